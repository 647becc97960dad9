"""Saving what the panels have put together, off the GUI thread, and what comes of it."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.errors import ClinicProblem, Conflict, Refusal, ServerAway
from clinic_desktop.scheduling.booking import Booked
from clinic_desktop.scheduling.looking_booking import Look, Spot, book_looked
from clinic_desktop.scheduling.looking_course import PlannedCourse, book_planned
from clinic_desktop.scheduling.looking_lost import Lost, LostCourse, after_booking, after_planning
from clinic_desktop.ui import lost_race
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run, show_problem


class BookingSaver(QObject):
    """``booked`` with :class:`Booked` and the :class:`Look`; ``refused`` with findings; ``stale`` when
    things are to be read anew; ``instead`` with the :class:`Spot` taken after a lost race, ``left`` when
    none was taken, ``lost`` with a sentence when there is no other; ``away`` where the server does not
    answer, after that was said."""

    booked = Signal(object, object)
    refused = Signal(object)
    stale = Signal()
    instead = Signal(object)
    left = Signal()
    lost = Signal(str)
    away = Signal()

    def __init__(self, desk: Desk, panel: QWidget) -> None:
        super().__init__(panel)
        self._desk, self._panel = desk, panel

    def save(self, seen: Look, reason: str) -> None:
        """Book what was looked at; ``reason`` goes over a hard rule. A second press does nothing."""
        desk = self._desk
        work = partial(book_looked, desk.store, desk.actor, seen, reason)
        run(self, work, partial(self._done, seen), partial(self._failed, seen), key="booking.book")

    def _done(self, seen: Look, booked: Booked) -> None:
        self._desk.hub.tell(booked.changes)
        self.booked.emit(booked, seen)
        self._desk.remember(booked.changes)

    def _failed(self, seen: Look, problem: ClinicProblem) -> None:
        if isinstance(problem, Conflict):
            desk = self._desk
            work = partial(after_booking, desk.store, desk.now(), seen, problem)
            run(self, work, partial(self._lost, seen))
            self.stale.emit()
        elif isinstance(problem, Refusal):
            self.refused.emit(problem.findings)
        else:
            if not isinstance(problem, ServerAway):  # there is nothing to read, and it would be said twice
                self.stale.emit()
            show_problem(problem)
            if isinstance(problem, ServerAway):
                self.away.emit()

    def _lost(self, seen: Look, lost: Lost) -> None:
        race = lost_race.of_booking(self._desk.setup, self._desk.today(), lost, seen.about)
        if not lost.offers:
            self.lost.emit(f"{race.title}. {race.text}")
            return

        def take(number: int) -> None:
            offer = lost.offers[number]
            self.instead.emit(Spot(offer.at, offer.choice.room_id))

        asked = race.ask(self._panel, tr("Book {when}"), tr("Back to the booking"), take)
        asked.rejected.connect(self.left)


class CourseSaver(QObject):
    """``booked`` with :class:`Booked` and the plan; ``refused`` with findings; ``instead`` with the
    :class:`PlannedCourse` taken after a lost race; ``lost`` with a sentence when something was taken
    meanwhile and nothing taken instead, or changed: plan anew; ``away`` as above: the plan stands."""

    booked = Signal(object, object)
    refused = Signal(object)
    instead = Signal(object)
    lost = Signal(str)
    away = Signal()

    def __init__(self, desk: Desk, panel: QWidget) -> None:
        super().__init__(panel)
        self._desk, self._panel = desk, panel

    def save(self, planned: PlannedCourse) -> None:
        """Book every visit that the plan placed, all or none."""
        desk = self._desk
        work = partial(book_planned, desk.store, desk.actor, planned)
        run(self, work, partial(self._done, planned), partial(self._failed, planned), key="booking.course")

    def _done(self, planned: PlannedCourse, booked: Booked) -> None:
        self._desk.hub.tell(booked.changes)
        self.booked.emit(booked, planned)
        self._desk.remember(booked.changes)

    def _failed(self, planned: PlannedCourse, problem: ClinicProblem) -> None:
        if isinstance(problem, Conflict):
            work = partial(after_planning, self._desk.store, self._desk.now(), planned, problem)
            run(self, work, partial(self._lost, planned))
        elif isinstance(problem, Refusal):
            self.refused.emit(problem.findings)
        else:
            show_problem(problem)
            if isinstance(problem, ServerAway):
                self.away.emit()
            else:
                self.lost.emit("")

    def _lost(self, planned: PlannedCourse, lost: LostCourse) -> None:
        """Another time for the one visit, or another plan for all."""
        race = lost_race.of_course(self._desk.setup, self._desk.today(), lost, planned.about)
        said = tr("{title}. Nothing was booked; this is the plan anew.").format(title=race.title)
        if not lost.others:
            self.lost.emit(said)
            return

        def take(number: int) -> None:
            self.instead.emit(lost.others[number])

        asked = race.ask(self._panel, tr("Book all, this one {when}"), tr("Plan it anew"), take)
        asked.rejected.connect(partial(self.lost.emit, said))
