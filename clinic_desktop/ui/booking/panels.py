"""The booking panels as the board calls them: which panel opens, and what it draws on the board."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject

from clinic_desktop.scheduling.looking_booking import Look
from clinic_desktop.scheduling.looking_course import PlannedCourse
from clinic_desktop.scheduling.repairing import Proposal
from clinic_desktop.ui.board.ports import Ghost, GhostBoard, Slot
from clinic_desktop.ui.booking import booking_panel, cancel_panel, course_panel, driver_panel, repair_panel
from clinic_desktop.ui.booking.after import After
from clinic_desktop.ui.booking.booking_panel import BookingPanel, Request
from clinic_desktop.ui.booking.cancel_panel import CancelPanel
from clinic_desktop.ui.booking.course_panel import CoursePanel
from clinic_desktop.ui.booking.driver_panel import DriverPanel
from clinic_desktop.ui.booking.ghosts import course_ghosts, ghosts_of
from clinic_desktop.ui.booking.panel_shell import PanelShell
from clinic_desktop.ui.booking.repair_panel import Asked, RepairPanel
from clinic_desktop.ui.booking.repair_words import ghosts_of as repair_ghosts
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.places import Frame


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


class Panels(QObject):
    """Implements ``BookingPanels``: one panel of each kind, so that a draft waits where it was left."""

    def __init__(self, desk: Desk, people: LiveDirectory) -> None:
        super().__init__(desk)
        self._desk, self._people = desk, people
        self._board: GhostBoard = NoBoard()
        self._frame: Frame | None = None
        self._after = After(desk, self)
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

    def plan_course(self, frame: Frame, _desk: Desk, patient_id: int | None) -> None:
        self._open_course(frame).open_for(patient_id)

    def to_place(self, frame: Frame, _desk: Desk) -> None:
        """The courses with visits that still want a time."""
        self._open_course(frame).open_to_place()

    def repair_day(self, frame: Frame, _desk: Desk, day: date, kind: str, number: int | None) -> None:
        self._show(frame, self.repairing, repair_panel.WIDTH)
        self.repairing.open_for(Asked(day, kind, number))

    def change_driver(self, frame: Frame, _desk: Desk, visit_id: int) -> None:
        self._show(frame, self.driver, driver_panel.WIDTH)
        self.driver.open_for(visit_id)

    def cancel(self, frame: Frame, _desk: Desk, visit_id: int) -> None:
        self._show(frame, self.cancelling, cancel_panel.WIDTH)
        self.cancelling.open_for(visit_id)

    # The panels, made when they are first needed.

    @property
    def booking(self) -> BookingPanel:
        made = self._panels.get("booking")
        if not isinstance(made, BookingPanel):
            made = BookingPanel(self._desk, self._people)
            made.saver.booked.connect(self._after.booked)
            made.looked.connect(self._looked)
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
            self._keep("cancel", made)
        return made

    @property
    def repairing(self) -> RepairPanel:
        made = self._panels.get("repair")
        if not isinstance(made, RepairPanel):
            made = RepairPanel(self._desk)
            made.done.connect(self._after.repaired)
            made.proposed.connect(self._proposed)
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

    def close(self) -> None:
        """Take the panel away; its draft stays."""
        if self._frame is not None:
            self._frame.close_panel()

    def _open_booking(self, frame: Frame, request: Request) -> None:
        self._show(frame, self.booking, booking_panel.WIDTH)
        self._board.listen(self._slot_to_book)
        self.booking.open_for(request)

    def _open_course(self, frame: Frame) -> CoursePanel:
        self._show(frame, self.course, course_panel.WIDTH)
        self._board.listen(self._slot_to_plan)
        return self.course

    def _show(self, frame: Frame, panel: PanelShell, width: int) -> None:
        self._frame = frame
        frame.show_panel(panel, width)

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

    def _proposed(self, seen: Proposal, current: int) -> None:
        if not self.repairing.isVisible():
            return
        self._board.show_ghosts(repair_ghosts(seen, current))
        line = self.repairing.current_line
        if line is not None:
            self._board.show_day(seen.day, line.move.minute if line.move else line.visit.minute)

    def _hidden(self) -> None:
        self._board.show_ghosts([])
        self._board.listen(None)


def make_booking_panels(desk: Desk, people: LiveDirectory) -> Panels:
    """What the board is given to book with: a ``BookingPanels``."""
    return Panels(desk, people)
