"""The next thing to do about a visit: the one button that stands out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinic_desktop.scheduling.states import PLANNED, VisitState
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.driver_badge import DriverMark
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

SOON = 90  # minutes before the patient is expected in which "arrived" comes first


class Step(StrEnum):
    """What comes next. The value names the command that does it, where there is one."""

    MOVE = "move"
    DRIVER = "driver"
    CLEAR = "patient"
    ARRIVED = "arrived"
    CONFIRM = "confirm"
    CONFIRM_DRIVER = "confirm-driver"
    TO_ROOM = "to-room"
    OVER = "over"
    FLOOR = "floor"
    BOOK_AGAIN = "openings"
    PATIENT = "open"


_WORDS = {
    Step.MOVE: QT_TR_NOOP("Next: move"),
    Step.DRIVER: QT_TR_NOOP("Next: name driver"),
    Step.CLEAR: QT_TR_NOOP("Next: clearance"),
    Step.ARRIVED: QT_TR_NOOP("Next: arrived"),
    Step.CONFIRM: QT_TR_NOOP("Next: confirm"),
    Step.CONFIRM_DRIVER: QT_TR_NOOP("Next: ask driver"),
    Step.TO_ROOM: QT_TR_NOOP("Next: to room"),
    Step.OVER: QT_TR_NOOP("Next: visit over"),
    Step.FLOOR: QT_TR_NOOP("On the floor"),
    Step.BOOK_AGAIN: QT_TR_NOOP("Book again"),
    Step.PATIENT: QT_TR_NOOP("Open patient"),
}


@dataclass(frozen=True, slots=True)
class Now:
    """The moment and the person: what may come next depends on both."""

    today: date
    minute: int
    may_record: bool


def step_word(step: Step) -> str:
    """What stands on the button."""
    return tr(_WORDS[step])


def next_step(block: Block, now: Now) -> Step:
    """Trouble first, then what time asks for, then what is still to be confirmed. A day that is over is past
    trouble: what is left to do is to record it. Who never came gets another time. Whoever is in the room is
    seen to on the floor, where what their visit is held for stands among what is to be settled."""
    if block.gone:
        return Step.BOOK_AGAIN
    if block.day >= now.today and (trouble := _trouble(block)):
        return trouble
    if block.state in PLANNED and not block.here:
        return _before(block, now)
    return _here(block, now)


def _trouble(block: Block) -> Step | None:
    if block.displaced:
        return Step.MOVE
    if block.state is not VisitState.HELD or block.whereabouts is VisitState.IN_ROOM:
        return None
    return Step.DRIVER if "driver" in block.waits else Step.CLEAR


def _before(block: Block, now: Now) -> Step:
    due = block.day == now.today and now.minute >= block.arrive - SOON
    if due or block.day < now.today:
        return Step.ARRIVED if block.needs_room else Step.OVER
    if block.driver is DriverMark.MISSING:
        return Step.DRIVER
    if block.state is VisitState.BOOKED:
        return Step.CONFIRM
    if block.driver is DriverMark.NAMED:
        return Step.CONFIRM_DRIVER
    return Step.PATIENT


def _here(block: Block, now: Now) -> Step:
    if block.ended:
        return Step.PATIENT
    if block.whereabouts is VisitState.ARRIVED and now.may_record:
        return Step.TO_ROOM
    if block.whereabouts in (VisitState.ARRIVED, VisitState.IN_ROOM) and not block.treatment:
        return Step.OVER
    return Step.FLOOR
