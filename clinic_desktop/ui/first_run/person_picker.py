"""Who is at this desk? Chosen from the staff list at start, and again when somebody else sits down."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from clinic_desktop.people.model import Staff
from clinic_desktop.ui.dialogs import Dialog, list_height
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.set_up.words import role_words
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_KEYS = 9
_MOST_HEIGHT = 420
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PeopleList(QListView):
    """Names with roles. A digit or Enter takes one, letters jump to a name, arrows move."""

    picked = Signal(int)

    def __init__(self, people: Sequence[Staff], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids = [one.id for one in people]
        self._rows = RowModel(self)
        self._rows.set_things([_row(n, one) for n, one in enumerate(people, start=1)])
        self._delegate = RowDelegate(self)
        self.setModel(self._rows)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("People"))
        self.setProperty("framed", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        height = sum(self.sizeHintForRow(n) for n in range(len(people))) + 6
        most = theme().px(_MOST_HEIGHT)
        self.setFixedHeight(min(height, list_height(parent, most) if parent is not None else most))
        self.clicked.connect(self._taken)
        if people:
            self.setCurrentIndex(self._rows.index(0, 0))

    def set_current(self, staff_id: int) -> None:
        if staff_id in self._ids:
            self.setCurrentIndex(self._rows.index(self._ids.index(staff_id), 0))

    def take(self) -> None:
        """The current one."""
        if self.currentIndex().isValid():
            self.picked.emit(self._ids[self.currentIndex().row()])

    def _taken(self, index: QModelIndex) -> None:
        self.picked.emit(self._ids[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_1.value
        if 0 <= number < min(_KEYS, len(self._ids)) and not event.modifiers():
            self.picked.emit(self._ids[number])
        elif event.key() in _ENTER:
            self.take()
        else:
            super().keyPressEvent(event)


def _row(number: int, person: Staff) -> Row:
    key = str(number) if number <= _KEYS else ""
    return Row(person.name, role_words(person.roles), right=person.initials, key=key)


def at_work(staff: Sequence[Staff]) -> list[Staff]:
    """Those who can be picked, by name."""
    return sorted((one for one in staff if one.active), key=lambda one: one.name.casefold())


class PersonPicker(Dialog):
    """Answers ``on_choice`` with the id of the person; closing it chooses nobody."""

    def __init__(
        self, parent: QWidget, staff: Sequence[Staff], on_choice: Callable[[int], None], last: int = 0
    ) -> None:
        text = tr("What you do is recorded under your name.")
        super().__init__(parent, tr("Who are you?"), text, "person")
        self._on_choice = on_choice
        self.list = PeopleList(at_work(staff), parent)
        self.list.set_current(last)
        self.body.addWidget(self.list)
        self.add_leave_button(tr("Back"))
        take = self.add_button(tr("Start"), Kind.PRIMARY, key="Return")
        take.fired.connect(self.list.take)
        self.list.picked.connect(self._picked)
        self.list.setFocus()

    @classmethod
    def ask(
        cls, parent: QWidget, staff: Sequence[Staff], on_choice: Callable[[int], None], last: int = 0
    ) -> "PersonPicker":
        """``last``: who was here before, so that Enter alone is enough."""
        made = cls(parent, staff, on_choice, last)
        made.open()
        return made

    def _picked(self, staff_id: int) -> None:
        self.accept()
        self._on_choice(staff_id)
