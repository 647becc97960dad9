"""What the lists of calls have alike: who is next, and the keys by which a call is recorded from the list."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from clinic_desktop.ui.widgets.visit_rows import AboutVisit, VisitRows

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ToCall(AboutVisit, Protocol):
    """A row that is still to be called, is done, or rests: somebody was just tried."""

    @property
    def done(self) -> bool: ...
    @property
    def rests(self) -> bool: ...


R = TypeVar("R", bound=ToCall)


class CallRows(VisitRows[R]):
    """``digit``: a digit that was typed; ``entered``: Enter."""

    digit = Signal(int)
    entered = Signal()

    def below(self, visit_id: int) -> list[int]:
        """The other visits, in the order from the row below that one and round by the top."""
        ids = [one.visit.id for one in self.rows.things]
        here = ids.index(visit_id) if visit_id in ids else -1
        return [one for one in (*ids[here + 1 :], *ids[: here + 1]) if one != visit_id]

    def go_to_next(self, wanted: Sequence[int]) -> bool:
        """Put the cursor on the first of these visits that is still to be called; on one that rests only
        where no other is left."""
        rows = {one.visit.id: one for one in self.rows.things if not one.done}
        ready = [rows[one] for one in wanted if one in rows]
        free = next((one for one in ready if not one.rests), ready[0] if ready else None)
        return free is not None and self.go_to(free.visit.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0.value
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if 1 <= number <= 9 and plain:
            self.digit.emit(number)
        elif event.key() in _ENTER and plain:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
