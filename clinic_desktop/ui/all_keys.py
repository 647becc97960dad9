"""All keys that work here, with a line to narrow them down; Enter runs the first that is left."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_KEY_ROOM = 92


class AllKeys(Dialog):
    """``commands`` are those awake now; ``run`` runs one after the overlay has closed."""

    def __init__(self, parent: QWidget, commands: Sequence[Command], run: Callable[[str], object]) -> None:
        super().__init__(parent, tr("All keys"))
        self._commands = [command for command in commands if command.keys]
        self._shown: list[Command] = []
        self._run = run
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Type a few letters of what you want to do"))
        self.line.setAccessibleName(tr("Narrow down"))
        self.line.textChanged.connect(self._fill)
        self.line.returnPressed.connect(self._take)
        self._model = RowModel(self)
        self._delegate = RowDelegate(self)
        self.list = QListView()
        self.list.setAccessibleName(tr("Keys"))
        self.list.setProperty("framed", "true")
        self.list.setModel(self._model)
        follow_selection(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setMinimumHeight(min(theme().px(380), max(120, parent.window().height() - 220)))
        self.list.activated.connect(self._take)
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
        words = self.line.text().casefold().split()
        self._shown = [c for c in self._commands if all(w in tr(c.text).casefold() for w in words)]
        self._model.set_rows([_row(command) for command in self._shown])
        if self._shown:
            self.list.setCurrentIndex(self._model.index(0, 0))

    def _take(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            wanted = self._shown[index.row()].id
            self.accept()
            self._run(wanted)


def _row(command: Command) -> Row:
    others = ", ".join(key_text(key) for key in command.keys[1:])
    return Row(tr(command.text), right=others, key=command.key, key_room=_KEY_ROOM)
