"""All keys that work here, with a line to narrow them down; arrows choose, Enter runs the chosen one.

Last come the keys that panels and lists have for themselves: told, for there is nothing to run.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget

from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.commands import Command, best_first
from clinic_desktop.ui.dialogs import Dialog, list_height
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.told_keys import told_keys
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_KEY_ROOM = 92
_MOST_HEIGHT = 380
_TO_THE_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class AllKeys(Dialog):
    """``commands`` are those awake now; ``run`` runs one after the overlay has closed."""

    def __init__(self, parent: QWidget, commands: Sequence[Command], run: Callable[[str], object]) -> None:
        super().__init__(parent, tr("All keys"))
        self._told = told_keys()
        self._commands = [*_once(command for command in commands if command.keys), *self._told]
        self._shown: list[Command] = []
        self._run = run
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Type a few letters of what you want to do"))
        self.line.setAccessibleName(tr("Narrow down"))
        self.line.textChanged.connect(self._fill)
        self.line.returnPressed.connect(self._take)
        self.line.installEventFilter(self)
        self._model = RowModel(self)
        self._delegate = RowDelegate(self)
        self.list = QListView()
        self.list.setAccessibleName(tr("Keys"))
        self.list.setProperty("framed", "true")
        self.list.setModel(self._model)
        follow_selection(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setFixedHeight(list_height(parent, theme().px(_MOST_HEIGHT)))
        self.list.activated.connect(self._take)
        self.list.selectionModel().currentChanged.connect(self._say)
        self.body.addWidget(self.line)
        self.body.addWidget(self.list)
        self.add_leave_button(tr("Back"))
        self._fill()
        self.line.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, commands: Sequence[Command], run: Callable[[str], object]) -> "AllKeys":
        made = cls(parent, commands, run)
        made.open()
        return made

    def _fill(self) -> None:
        self._shown = best_first(self._commands, self.line.text())
        self._model.set_things([_row(command, told=command in self._told) for command in self._shown])
        if self._shown:
            self.list.setCurrentIndex(self._model.index(0, 0))

    def _say(self, current: QModelIndex) -> None:
        announce(self.line, str(current.data(Qt.ItemDataRole.AccessibleTextRole) or ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while letters go into the line."""
        typed = event.type() == QEvent.Type.KeyPress and watched is self.line
        if typed and isinstance(event, QKeyEvent) and event.key() in _TO_THE_LIST:
            return QApplication.sendEvent(self.list, event)
        return super().eventFilter(watched, event)

    def _take(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            wanted = self._shown[index.row()]
            self.accept()
            if wanted not in self._told:
                self._run(wanted.id)


def _once(commands: Iterable[Command]) -> list[Command]:
    """Those of a row of keys that are called the same are one line, with the first and the last key."""
    called: dict[str, list[Command]] = {}
    for one in commands:
        called.setdefault(one.text, []).append(one)
    return [
        found[0] if len(found) == 1 else replace(found[0], keys=(found[0].keys[0], found[-1].keys[-1]))
        for found in called.values()
    ]


def _row(command: Command, *, told: bool) -> Row:
    others = [key_text(key) for key in command.keys[1:]]
    where = [tr(command.hint)] if told and command.hint else []
    return Row(tr(command.text), right=", ".join([*others, *where]), key=command.key, key_room=_KEY_ROOM)
