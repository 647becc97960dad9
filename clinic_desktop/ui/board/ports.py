"""What the board asks of the booking panels, and what it offers them.

The board knows no panel: it is given one object with these calls. Whoever wires the window hands the
real panels to ``board_spec``; without any, the board says that booking is not there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import Move
from clinic_desktop.scheduling.typed_answers import CourseMeant, VisitMeant
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.places import Frame


@dataclass(frozen=True, slots=True)
class Slot:
    """A free cell somebody pointed at: minutes of the local day; no room in the column without one.

    ``until`` is the end of a selected range; None where only a start was pointed at.
    """

    day: date
    minute: int
    room_id: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Ghost:
    """A visit that might be: drawn on the board, saved nowhere. Minutes of the local day.

    start to end: the patient's time, which is told. turned: the room is ready again, which is drawn; 0 is
    at once. number: shown as a key cap, 0 for none. chosen: the one that Enter would take. note: a line below
    the label, such as why it is offered.
    """

    day: date
    room_id: int | None
    start: int
    end: int
    label: str
    note: str = ""
    number: int = 0
    chosen: bool = False
    turned: int = 0


class GhostBoard(Protocol):
    """The board as a panel sees it, while the panel stands beside it."""

    def show_ghosts(self, ghosts: Sequence[Ghost], on_pick: Callable[[int], object] | None = None) -> None:
        """Draw ghosts in place of those before; an empty list takes them away.

        ``on_pick(n)`` when somebody clicks ``ghosts[n]`` or presses Enter on it.
        """
        ...

    def listen(self, on_slot: Callable[[Slot], object] | None) -> None:
        """While set, a click or Enter on a free cell tells the panel instead of booking anew."""
        ...

    def show_day(self, day: date, minute: int | None = None) -> None:
        """Turn to a day, and scroll to a minute of it. The focus stays where it is."""
        ...

    def show_visit(self, visit_id: int, day: date | None = None) -> None:
        """Turn to the visit and select it; ``day`` spares looking it up."""
        ...

    def select_patient(self, patient_id: int) -> None:
        """Select the patient's visit on the page that is shown, if there is one."""
        ...

    def to_pinboard(self, patient_id: int | None = None) -> None:
        """The pinboard, and a patient's visit there."""
        ...

    def standing(self) -> object:
        """Which page is shown and what is selected there, to come back to."""
        ...

    def stand_again(self, was: object) -> None:
        """Come back to where the board was standing."""
        ...

    @property
    def selected_visit(self) -> int | None: ...

    @property
    def selected_patient(self) -> int | None: ...


class BookingPanels(Protocol):
    """What stands beside the board while something is booked, planned, settled or cancelled.

    Each call opens its panel or dialog at once and comes back; what was saved is told to
    ``desk.hub``, and the board reads anew by itself.
    """

    def attach(self, board: GhostBoard) -> None:
        """Called once, when the board is made."""
        ...

    def book(
        self,
        frame: Frame,
        desk: Desk,
        day: date,
        minute: int | None,
        room_id: int | None,
        patient_id: int | None,
    ) -> None:
        """Book a visit; ``minute`` None: the best time from that day on."""
        ...

    def offer(self, frame: Frame, desk: Desk, patient_id: int, type_code: str, since: date) -> None:
        """Book a visit of a type for a patient: the best time from that day on."""
        ...

    def plan_course(self, frame: Frame, desk: Desk, patient_id: int | None) -> None: ...

    def to_place(self, frame: Frame, desk: Desk) -> None:
        """The courses with visits that wait for a time."""
        ...

    def repair_day(self, frame: Frame, desk: Desk, day: date, kind: str, number: int | None) -> None:
        """Something happened to a day. ``kind`` and ``number`` as far as known: "late" and a visit, "staff"
        and a person, "room" and a room, "stands" for what is displaced or stranded already, and the visit to
        look at first."""
        ...

    def openings(self, frame: Frame, desk: Desk, day: date, patient_id: int | None) -> None:
        """The first openings from that day on."""
        ...

    def who_could_come(
        self, frame: Frame, desk: Desk, day: date, slot: Slot | None, visit_id: int | None
    ) -> None:
        """Whom of the waitlist to call about a slot, the time of a visit, or what the day gave back."""
        ...

    def freed(self, frame: Frame, desk: Desk, before: Sequence[Visit], after: Sequence[Visit]) -> None:
        """Visits were moved: whom to call, if somebody waits for a time that this gave back."""
        ...

    def waitlist(self, frame: Frame, desk: Desk, patient_id: int | None) -> None:
        """Who waits; somebody is added or taken off."""
        ...

    def messages(self, frame: Frame, desk: Desk, patient_id: int | None) -> None:
        """What waits for who is at work, and a new message."""
        ...

    def crisis_card(self, frame: Frame, desk: Desk, patient_id: int | None, *, by_name: bool = False) -> None:
        """Somebody on the phone is in danger; ``by_name``: the patient was chosen on purpose."""
        ...

    def change_driver(self, frame: Frame, desk: Desk, visit_id: int) -> None: ...

    def move_in_course(
        self,
        frame: Frame,
        desk: Desk,
        move: Move,
        alone: Callable[[], object],
        put_back: Callable[[], object],
    ) -> None:
        """A visit of a course was let go elsewhere: move it ``alone``, or ask how far the move reaches; put
        it back when nothing comes of it."""
        ...

    def cancel(self, frame: Frame, desk: Desk, visit_id: int) -> None:
        """Ask why, then cancel."""
        ...

    def preview(self, found: object, on_pick: Callable[[object], object]) -> bool:
        """Draw what the one line offers, before it is taken; None takes it away and turns back, and is
        answered False when nothing was drawn. ``on_pick(found)`` when its ghost is clicked."""
        ...

    def stay(self) -> bool:
        """Somebody left the line for what it shows: they go on from there, and nothing turns them back.
        Whether something is still drawn."""
        ...

    def take(self, frame: Frame, found: object) -> bool:
        """Book what the one line offered; False when it is nothing that is booked."""
        ...


class NothingWired:
    """Stands in where no panels were given, and says so."""

    def attach(self, board: GhostBoard) -> None:
        """Nothing to attach."""

    def book(self, frame: Frame, *_what: object, **_more: object) -> None:
        frame.notice(tr("Booking is not part of this window"), tr("Open the program's own window to book."))

    def move_in_course(
        self, _frame: Frame, _desk: Desk, _move: Move, alone: Callable[[], object], _put_back: object
    ) -> None:
        """Without panels every visit moves alone."""
        alone()

    offer = plan_course = to_place = openings = change_driver = cancel = who_could_come = waitlist = book
    messages = crisis_card = repair_day = book

    def freed(self, *_what: object) -> None:
        """Nobody waits where nobody is booked."""

    def preview(self, *_what: object) -> bool:
        return False

    def stay(self) -> bool:
        return False

    def take(self, frame: Frame, found: object) -> bool:
        if isinstance(found, VisitMeant | CourseMeant):
            self.book(frame)
            return True
        return False
