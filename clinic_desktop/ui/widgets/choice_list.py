"""A few numbered choices: a digit or arrows go to one, Enter takes it. For reasons, and other times.

Where no button beside it repeats what Enter will do, a digit takes its line at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QWidget

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.list_model import Index
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_DIGITS = 9
_FRAME = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """``id`` goes back to whoever asked."""

    id: str
    row: Row


class ChoiceList(QListView):
    """Choices, the first nine with a digit. ``picked`` comes when one is taken, ``current_changed`` while
    moving.

    begin: whether the first stands chosen. Where it must be somebody's own choice nothing does, and Enter
    takes nothing before a digit or an arrow has chosen.
    at_once: a digit takes its line, as a click does. wrap: every word is to be read; none is cut.
    """

    picked = Signal(str)
    current_changed = Signal(str)

    def __init__(
        self,
        choices: Sequence[Choice],
        name: str,
        parent: QWidget | None = None,
        *,
        begin: bool = True,
        at_once: bool = False,
        wrap: bool = False,
    ) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._at_once = at_once
        self._rows = RowModel(self)
        self._delegate = RowDelegate(self, wrap=wrap)
        self.setModel(self._rows)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        goes_to, takes = (
            tr("A digit or an arrow goes to a line, Enter takes it."),
            tr("A digit takes a line."),
        )
        self.setAccessibleDescription(takes if at_once else goes_to)
        self.setProperty("framed", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.show_choices(choices)
        self.clicked.connect(self._taken)
        if choices and begin:
            self.setCurrentIndex(self._rows.index(0, 0))

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Others in their place; whichever was current stays so where it is among them."""
        was = self.current
        self._choices = tuple(choices)
        self._rows.set_things([
            replace(one.row, key=str(number) if number <= _DIGITS else "")
            for number, one in enumerate(choices, 1)
        ])  # fmt: skip
        self.set_current(was)
        self.updateGeometry()

    @property
    def current(self) -> str:
        """The id of the current choice; empty when there is none."""
        index = self.currentIndex()
        return self._choices[index.row()].id if index.isValid() else ""

    def set_current(self, choice_id: str) -> None:
        """Go to a choice without taking it; nowhere if it is not among these."""
        for place, one in enumerate(self._choices):
            if one.id == choice_id:
                self.setCurrentIndex(self._rows.index(place, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        chosen = self.currentIndex().isValid()
        super().focusInEvent(event)
        if not chosen:  # Qt goes to the first of a list that gets the focus
            self.setCurrentIndex(QModelIndex())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current_changed.emit(self.current)

    def sizeHint(self) -> QSize:
        height = sum(self.sizeHintForRow(row) for row in range(len(self._choices)))
        return QSize(super().sizeHint().width(), height + _FRAME)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.sizeHint().height(), 120))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_1.value
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and 0 <= number < min(_DIGITS, len(self._choices)):
            self.setCurrentIndex(self._rows.index(number, 0))
            if self._at_once:
                self.picked.emit(self.current)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.picked.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _taken(self, index: QModelIndex) -> None:
        self.picked.emit(self._choices[index.row()].id)
