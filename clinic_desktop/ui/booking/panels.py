"""The booking panels as the board calls them: which panel opens, and what it draws on the board."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.scheduling.freed import Slot as FreeSlot
from clinic_desktop.scheduling.looking_booking import Answers, Look
from clinic_desktop.scheduling.looking_course import PlannedCourse
from clinic_desktop.scheduling.looking_elastic import Elastic, look_at_all
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import Move
from clinic_desktop.scheduling.reflow import Scope
from clinic_desktop.scheduling.repairing import Proposal
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.ui.board.ports import Ghost, GhostBoard, Slot
from clinic_desktop.ui.booking import (
    booking_panel,
    cancel_panel,
    course_move_panel,
    course_panel,
    driver_panel,
    repair_panel,
)
from clinic_desktop.ui.booking.after import After
from clinic_desktop.ui.booking.booking_panel import BookingPanel, Request
from clinic_desktop.ui.booking.cancel_panel import CancelPanel
from clinic_desktop.ui.booking.course_move_panel import CourseMovePanel
from clinic_desktop.ui.booking.course_panel import CoursePanel
from clinic_desktop.ui.booking.driver_panel import DriverPanel
from clinic_desktop.ui.booking.ghosts import course_ghosts, ghosts_of
from clinic_desktop.ui.booking.offered import Offered
from clinic_desktop.ui.booking.panel_shell import PanelShell
from clinic_desktop.ui.booking.patient_part import PatientPart
from clinic_desktop.ui.booking.repair_panel import Asked, RepairPanel
from clinic_desktop.ui.booking.repair_words import ghosts_of as repair_ghosts
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.looking_banner import say_nothing_saved
from clinic_desktop.ui.messages import crisis_panel, messages_panel
from clinic_desktop.ui.messages.crisis_panel import CrisisPanel
from clinic_desktop.ui.messages.messages_panel import MessagesPanel
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.papers import print_card
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.waitlist import opening_panel, waitlist_panel
from clinic_desktop.ui.waitlist.opening_panel import OpeningPanel
from clinic_desktop.ui.waitlist.reading import OpeningRead, Wanted
from clinic_desktop.ui.waitlist.waitlist_panel import WaitlistPanel

_SAVES = BookingPanel | CoursePanel | CourseMovePanel | CancelPanel | DriverPanel | RepairPanel
LENGTH = 120  # minutes of a free time of which only the start was pointed at


class NoBoard:
    """Stands in until a board is attached: a panel works without one."""

    selected_visit: int | None = None
    selected_patient: int | None = None

    def show_ghosts(self, ghosts: Sequence[Ghost], on_pick: Callable[[int], object] | None = None) -> None:
        """Nowhere to draw."""

    def listen(self, on_slot: Callable[[Slot], object] | None) -> None:
        """Nobody points at anything."""

    def show_day(self, day: date, minute: int | None = None) -> None:
        """Nothing to turn."""

    def show_visit(self, visit_id: int, day: date | None = None) -> None:
        """Nothing to select."""

    def select_patient(self, patient_id: int) -> None:
        """Nobody to select."""

    def to_pinboard(self, patient_id: int | None = None) -> None:
        """Nothing to go to."""

    def standing(self) -> object:
        return ()

    def stand_again(self, was: object) -> None:
        """Nothing to turn."""


class Panels(QObject):
    """Implements ``BookingPanels``: one panel of each kind, so that a draft waits where it was left."""

    def __init__(self, desk: Desk, people: LiveDirectory) -> None:
        super().__init__(desk)
        self._desk, self._people = desk, people
        self._board: GhostBoard = NoBoard()
        self._frame: Frame | None = None
        self._after = After(desk, self)
        self._offered = Offered(desk, self._after, self)
        self._panels: dict[str, PanelShell] = {}
        self._ghosts: list[Ghost] = []

    # What the board and other places call.

    def attach(self, board: GhostBoard) -> None:
        self._board = board

    def book(
        self,
        frame: Frame,
        _desk: Desk,
        day: date,
        minute: int | None,
        room_id: int | None,
        patient_id: int | None,
    ) -> None:
        self._open_booking(frame, Request(day, minute, room_id, patient_id))

    def openings(self, frame: Frame, _desk: Desk, day: date, patient_id: int | None) -> None:
        self._open_booking(frame, Request(day, patient_id=patient_id, openings=True))

    def offer(self, frame: Frame, _desk: Desk, patient_id: int, type_code: str, since: date) -> None:
        self._frame = frame
        self.open_draft(Answers(patient_id=patient_id, type_code=type_code, since=since))

    def plan_course(self, frame: Frame, _desk: Desk, patient_id: int | None) -> None:
        self._to_course(frame, partial(self.course.open_for, patient_id))

    def to_place(self, frame: Frame, _desk: Desk) -> None:
        """The courses with visits that still want a time."""
        self._to_course(frame, self.course.open_to_place)

    def who_could_come(
        self, frame: Frame, _desk: Desk, day: date, slot: Slot | None, visit_id: int | None
    ) -> None:
        """Whom to call about a free time."""
        self.fill(frame, Wanted(day, _free(slot), visit_id))

    def fill(self, frame: Frame, wanted: Wanted) -> None:
        if self._show(frame, self.opening, opening_panel.WIDTH):
            self.opening.open_for(wanted)

    def freed(self, frame: Frame, _desk: Desk, before: Sequence[Visit], after: Sequence[Visit]) -> None:
        """Visits were moved, on the board."""
        self._frame = frame
        self._after.freed(frame, before, after)

    def waitlist(self, frame: Frame, _desk: Desk, patient_id: int | None) -> None:
        """Who waits, and for what."""
        if self._show(frame, self.waiting, waitlist_panel.WIDTH):
            self.waiting.open_for(patient_id)

    def messages(self, frame: Frame, _desk: Desk, patient_id: int | None) -> None:
        """What waits for who is at work, and a new message."""
        if self._show(frame, self.mail, messages_panel.WIDTH):
            self.mail.open_for(patient_id)

    def crisis_card(
        self, frame: Frame, _desk: Desk, patient_id: int | None, *, by_name: bool = False
    ) -> None:
        """Somebody on the phone is in danger."""
        if self._show(frame, self.crisis, crisis_panel.WIDTH):
            self.crisis.open_for(patient_id, by_name=by_name)

    def repair_day(self, frame: Frame, _desk: Desk, day: date, kind: str, number: int | None) -> None:
        if self._show(frame, self.repairing, repair_panel.WIDTH):
            self.repairing.open_for(Asked(day, kind, number))

    def change_driver(self, frame: Frame, _desk: Desk, visit_id: int) -> None:
        if self._show(frame, self.driver, driver_panel.WIDTH):
            self.driver.open_for(visit_id)

    def move_in_course(
        self,
        frame: Frame,
        desk: Desk,
        move: Move,
        alone: Callable[[], object],
        put_back: Callable[[], object],
    ) -> None:
        """Ask how far the move reaches where other visits of the course are in the way; else just move."""
        opened = partial(self._open_move, frame, move, alone, put_back)
        work = partial(look_at_all, desk.store, desk.now(), move.visit_id, move, None)
        run(self, work, opened, partial(_anyhow, alone), quiet=True)

    def _open_move(
        self,
        frame: Frame,
        move: Move,
        alone: Callable[[], object],
        put_back: Callable[[], object],
        seen: Mapping[Scope, Elastic],
    ) -> None:
        if not any(one.reflow.shifts for one in seen.values()):
            alone()
            return
        if self._show(frame, self.moving, course_move_panel.WIDTH):
            self.moving.open_for(seen, move, alone, put_back)
        else:
            put_back()

    def cancel(self, frame: Frame, _desk: Desk, visit_id: int) -> None:
        if self._show(frame, self.cancelling, cancel_panel.WIDTH):
            self.cancelling.open_for(visit_id)

    # What the one line offers.

    def preview(self, found: object, on_pick: Callable[[object], object]) -> bool:
        return self._offered.show(found, on_pick)

    def stay(self) -> bool:
        return self._offered.stay()

    def take(self, frame: Frame, found: object) -> bool:
        self._frame = frame
        return self._offered.take(found, frame)

    def open_draft(self, answers: Answers, said: str = "") -> None:
        """The booking panel with what is answered already."""
        if self._frame is not None:
            self._to_booking(self._frame, partial(self.booking.open_draft, answers, said))

    def open_course_draft(self, planned: PlannedCourse, said: str = "") -> None:
        """The course panel with what is asked already."""
        if self._frame is not None:
            self._to_course(self._frame, partial(self.course.open_draft, planned, said))

    def show_own_ghosts(self) -> None:
        """Of the panel that stands beside the board, if one does."""
        made = self._panels.values()
        if any(isinstance(one, BookingPanel) and one.isVisible() for one in made):
            self._looked(self.booking.seen)
        elif any(isinstance(one, CoursePanel) and one.isVisible() for one in made):
            self.course.tell()
        else:
            self._board.show_ghosts([])

    # The panels, made when they are first needed.

    def _lead_on(self, part: PatientPart) -> None:
        """From whom a panel is about to where they wait, and to what is parked."""
        part.waitlist_wanted.connect(self._to_waitlist)
        part.pinboard_wanted.connect(self._to_pinboard)

    def _to_waitlist(self, patient_id: int) -> None:
        if self._frame is not None:
            self.waitlist(self._frame, self._desk, patient_id or None)

    def _to_pinboard(self, patient_id: int) -> None:
        if self._frame is not None:
            self._frame.go("board")
            self._board.to_pinboard(patient_id)

    @property
    def booking(self) -> BookingPanel:
        made = self._panels.get("booking")
        if not isinstance(made, BookingPanel):
            made = BookingPanel(self._desk, self._people)
            made.saver.booked.connect(self._after.booked)
            made.looked.connect(self._looked)
            self._lead_on(made.patient)
            made.hidden.connect(self._hidden)
            self._keep("booking", made)
        return made

    @property
    def course(self) -> CoursePanel:
        made = self._panels.get("course")
        if not isinstance(made, CoursePanel):
            made = CoursePanel(self._desk, self._people)
            made.saver.booked.connect(self._after.course_booked)
            made.planned.connect(self._planned)
            made.card_wanted.connect(self._print_card)
            made.told.connect(self._after.tell)
            self._lead_on(made.patient)
            made.hidden.connect(self._hidden)
            self._keep("course", made)
        return made

    @property
    def driver(self) -> DriverPanel:
        made = self._panels.get("driver")
        if not isinstance(made, DriverPanel):
            made = DriverPanel(self._desk)
            made.named.connect(self._after.driver_named)
            made.told.connect(self._after.tell)
            self._keep("driver", made)
        return made

    @property
    def cancelling(self) -> CancelPanel:
        made = self._panels.get("cancel")
        if not isinstance(made, CancelPanel):
            made = CancelPanel(self._desk)
            made.done.connect(self._after.cancelled)
            made.rearranged.connect(self._after.rearranged)
            made.stopped.connect(self._after.stopped)
            self._keep("cancel", made)
        return made

    @property
    def moving(self) -> CourseMovePanel:
        made = self._panels.get("move")
        if not isinstance(made, CourseMovePanel):
            made = CourseMovePanel(self._desk)
            made.moved.connect(self._after.rearranged)
            self._keep("move", made)
        return made

    @property
    def opening(self) -> OpeningPanel:
        made = self._panels.get("opening")
        if not isinstance(made, OpeningPanel):
            made = OpeningPanel(self._desk)
            made.told.connect(self._after.tell)
            made.warned.connect(self._after.warn)
            made.shown.connect(self._opening_read)
            made.booked.connect(self._from_waitlist)
            made.hidden.connect(self._hidden)
            self._keep("opening", made)
        return made

    @property
    def waiting(self) -> WaitlistPanel:
        made = self._panels.get("waiting")
        if not isinstance(made, WaitlistPanel):
            made = WaitlistPanel(self._desk, self._people, self._parse_day)
            made.told.connect(self._after.tell)
            self._keep("waiting", made)
        return made

    @property
    def mail(self) -> MessagesPanel:
        made = self._panels.get("messages")
        if not isinstance(made, MessagesPanel):
            made = MessagesPanel(self._desk, self._people)
            made.told.connect(self._after.tell)
            self._keep("messages", made)
        return made

    @property
    def crisis(self) -> CrisisPanel:
        made = self._panels.get("crisis")
        if not isinstance(made, CrisisPanel):
            made = CrisisPanel(self._desk, self._people)
            made.told.connect(self._after.tell)
            self._keep("crisis", made)
        return made

    def _parse_day(self, text: str) -> date | None:
        return typed_day(text.strip().lower(), self._desk.today())

    @property
    def repairing(self) -> RepairPanel:
        made = self._panels.get("repair")
        if not isinstance(made, RepairPanel):
            made = RepairPanel(self._desk)
            made.done.connect(self._after.repaired)
            made.proposed.connect(self._proposed)
            made.withdrawn.connect(self._nothing_proposed)
            made.hidden.connect(self._hidden)
            self._keep("repair", made)
        return made

    def _keep(self, name: str, panel: PanelShell) -> None:
        panel.closed.connect(self.close)
        self._panels[name] = panel

    # Opening and closing.

    @property
    def frame(self) -> Frame | None:
        """The window a panel was last shown in."""
        return self._frame

    @property
    def board(self) -> GhostBoard:
        return self._board

    @property
    def in_use(self) -> bool:
        """Whether a panel is shown, and somebody may be typing in it."""
        return any(one.isVisible() for one in self._panels.values())

    def close(self) -> None:
        """Take the panel away; its draft stays."""
        if self._frame is not None:
            self._frame.close_panel()

    def shows(self, draft: Look | PlannedCourse) -> bool:
        """Whether a panel stands as it did for that; none is made for the question."""
        if isinstance(draft, Look):
            made = self._panels.get("booking")
            return isinstance(made, BookingPanel) and made.answers == draft.answers
        course = self._panels.get("course")
        return isinstance(course, CoursePanel) and course.shows(draft)

    def _open_booking(self, frame: Frame, request: Request) -> None:
        self._to_booking(frame, partial(self.booking.open_for, request))

    def _to_booking(self, frame: Frame, then: Callable[[], object]) -> None:
        if self._show(frame, self.booking, booking_panel.WIDTH):
            self._board.listen(self._slot_to_book)
            then()

    def _to_course(self, frame: Frame, then: Callable[[], object]) -> None:
        if self._show(frame, self.course, course_panel.WIDTH):
            self._board.listen(self._slot_to_plan)
            then()

    def _show(self, frame: Frame, panel: PanelShell, width: int) -> bool:
        """False where the panel that stands there holds something: it stays; and where nothing is saved."""
        if self._desk.only_looks and isinstance(panel, _SAVES):
            say_nothing_saved(frame)
            return False
        self._frame = frame
        self._offered.forget()
        return frame.show_panel(panel, width)

    def _print_card(self, patient_id: int) -> None:
        if self._frame is not None:
            print_card(self.course, self._frame, self._desk, patient_id)

    # The board beside the panel.

    def _slot_to_book(self, slot: Slot) -> None:
        self.booking.take_slot(slot.day, slot.minute, slot.room_id)

    def _slot_to_plan(self, slot: Slot) -> None:
        self.course.take_slot(slot.day, slot.minute)

    def _looked(self, seen: Look) -> None:
        if not self.booking.isVisible():
            return
        self._ghosts = ghosts_of(seen, self.booking.times.spots, self._desk.setup)
        self._board.show_ghosts(self._ghosts, self._picked)
        if seen.spot is not None:
            self._board.show_day(seen.spot.at.day, seen.spot.at.minute)

    def _picked(self, place: int) -> None:
        self.booking.take_row(self._ghosts[place].number - 1)

    def _planned(self, planned: PlannedCourse, current: int) -> None:
        if not self.course.isVisible():
            return
        self._board.show_ghosts(course_ghosts(planned, self._desk.setup, current), self.course.take_ghost)
        here = next((one for one in planned.plan.placed if one.no == current), None)
        if here is not None:
            self._board.show_day(here.day, here.minute)

    def _opening_read(self, read: OpeningRead) -> None:
        """The free time as a ghost, with how many could come."""
        slot = read.slot
        if slot is None or not self.opening.isVisible():
            self._board.show_ghosts([])
            return
        note = tr("%n could come", "", len(read.best))
        ghost = Ghost(slot.day, slot.room_id, slot.minute, slot.until, tr("Free"), note, 0, chosen=True)
        self._board.show_ghosts([ghost])
        self._board.show_day(slot.day, slot.minute)

    def _from_waitlist(self, visit: Visit) -> None:
        """Somebody of the waitlist was booked."""
        self.close()
        self._board.show_visit(visit.id, visit.day)

    def _proposed(self, seen: Proposal, current: int) -> None:
        if not self.repairing.isVisible():
            return
        self._board.show_ghosts(repair_ghosts(seen, current))
        line = self.repairing.current_line
        if line is not None:
            self._board.show_day(seen.day, line.move.minute if line.move else line.visit.minute)

    def _nothing_proposed(self) -> None:
        if self.repairing.isVisible():
            self._board.show_ghosts([])

    def _hidden(self) -> None:
        self._board.show_ghosts([])
        self._board.listen(None)


def _anyhow(alone: Callable[[], object], _problem: ClinicProblem) -> None:
    """What would move with it could not be found out: it moves alone, and the rules are asked again."""
    alone()


def _free(slot: Slot | None) -> FreeSlot | None:
    if slot is None:
        return None
    return FreeSlot(slot.day, slot.minute, slot.until or slot.minute + LENGTH, slot.room_id)


def make_booking_panels(desk: Desk, people: LiveDirectory) -> Panels:
    """What the board is given to book with: a ``BookingPanels``."""
    return Panels(desk, people)
