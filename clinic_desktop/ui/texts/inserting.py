"""Facts and statements that a text may have: typed letters narrow them down, Enter puts one into the text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget

from clinic_desktop.aftercare.fields import FIELDS, NEEDED_FIELDS
from clinic_desktop.aftercare.text_trial import Said, fields_of
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.dialogs import Dialog, list_height
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.texts.words import statement_name
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_MOST_HEIGHT = 380
_TO_THE_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


@dataclass(frozen=True, slots=True)
class Piece:
    """What can be put in, or gone to: a statement that is said already has a line."""

    row: Row
    words: str = ""
    own_line: bool = False
    line: int = 0


def pieces(kind: str, said: Sequence[Said]) -> list[Piece]:
    """Statements that are missing first, then facts, then the statements that are said."""
    missing = [one for one in said if not one.line]
    there = [one for one in said if one.line]
    return [*map(_statement, missing), *_facts(kind), *map(_statement, there)]


def _statement(one: Said) -> Piece:
    name = statement_name(one.number)
    if not one.line:
        row = Row(name, tr("Every text of this kind has to say it."), badge=tr("missing"), tone=Tone.DANGER)
        return Piece(row, f"[{one.number}] ", own_line=True)
    return Piece(Row(name, badge=tr("said, line {line}").format(line=one.line), tone=Tone.OK), line=one.line)


def _facts(kind: str) -> Iterator[Piece]:
    needed = NEEDED_FIELDS.get(kind, frozenset())
    for name, label in fields_of(kind).items():
        field = FIELDS[name]
        wish = " or skip" if field.may_skip else ""
        need = tr("Without it no sheet is printed.")
        detail = tr("Where it is not known, its sentence is left out.") if field.may_skip else need
        if field.whole_line:
            detail = tr("On a line of its own.")
        row = Row(f"{{{{{name}}}}}: {label}", detail, badge=tr("needed") if name in needed else "")
        yield Piece(row, f"{{{{{name}{wish}}}}}", own_line=field.whole_line)


class Inserting(Dialog):
    """``take`` gets the chosen piece after the dialog has closed."""

    def __init__(self, parent: QWidget, found: Sequence[Piece], take: Callable[[Piece], object]) -> None:
        about = tr("Facts are filled in for each visit. Statements are what every sheet of this kind says.")
        super().__init__(parent, tr("Facts and statements"), about)
        self._all, self._take, self._shown = list(found), take, list(found)
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Type a few letters, such as driver or alcohol"))
        self.line.setAccessibleName(tr("Narrow down"))
        self.line.textChanged.connect(self._fill)
        self.line.returnPressed.connect(self._taken)
        self.line.installEventFilter(self)
        self._model = RowModel(self)
        self.list = QListView()
        self._delegate = RowDelegate(self.list, wrap=True)
        self.list.setAccessibleName(tr("Facts and statements"))
        self.list.setProperty("framed", "true")
        self.list.setModel(self._model)
        follow_selection(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setFixedHeight(list_height(parent, theme().px(_MOST_HEIGHT)))
        self.list.activated.connect(self._taken)
        self.list.selectionModel().currentChanged.connect(self._say)
        self.body.addWidget(self.line)
        self.body.addWidget(self.list)
        self.add_leave_button(tr("Back"))
        self._fill()
        self.line.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, found: Sequence[Piece], take: Callable[[Piece], object]) -> "Inserting":
        made = cls(parent, found, take)
        made.open()
        return made

    def _fill(self) -> None:
        wanted = self.line.text().casefold().split()
        self._shown = [one for one in self._all if all(word in one.row.spoken.casefold() for word in wanted)]
        self._model.set_things([one.row for one in self._shown])
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

    def _taken(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            wanted = self._shown[index.row()]
            self.accept()
            self._take(wanted)
