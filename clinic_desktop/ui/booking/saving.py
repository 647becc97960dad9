"""Saving what the panels have put together, off the GUI thread, and what comes of it."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.errors import ClinicProblem, Conflict, Refusal
from clinic_desktop.scheduling.booking import Booked
from clinic_desktop.scheduling.looking_booking import Look, Spot, book_looked
from clinic_desktop.scheduling.looking_course import PlannedCourse, book_planned
from clinic_desktop.ui.booking import lost_race
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run, show_problem


class BookingSaver(QObject):
    """``booked`` with :class:`Booked` and the :class:`Look`; ``refused`` with findings; ``stale`` when
    things are to be read anew; ``instead`` with the :class:`Spot` taken after a lost race, ``left`` when
    none was taken, ``lost`` with a sentence when there is no other."""

    booked = Signal(object, object)
    refused = Signal(object)
    stale = Signal()
    instead = Signal(object)
    left = Signal()
    lost = Signal(str)

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
            work = partial(lost_race.look_after, desk.store, desk.now(), seen, problem)
            run(self, work, self._lost)
            self.stale.emit()
        elif isinstance(problem, Refusal):
            self.refused.emit(problem.findings)
        else:
            self.stale.emit()
            show_problem(problem)

    def _lost(self, lost: lost_race.Lost) -> None:
        if not lost.offers:
            self.lost.emit(lost_race.text(lost))
            return
        asked = lost_race.ask(self._panel, self._desk.setup, self._desk.today(), lost, self._take)
        asked.rejected.connect(self.left)

    def _take(self, spot: Spot) -> None:
        self.instead.emit(spot)


class CourseSaver(QObject):
    """``booked`` with :class:`Booked` and the plan; ``refused`` with findings; ``lost`` with a sentence
    when something was taken meanwhile or changed: plan anew."""

    booked = Signal(object, object)
    refused = Signal(object)
    lost = Signal(str)

    def __init__(self, desk: Desk, panel: QWidget) -> None:
        super().__init__(panel)
        self._desk = desk

    def save(self, planned: PlannedCourse) -> None:
        """Book every visit that the plan placed, all or none."""
        desk = self._desk
        work = partial(book_planned, desk.store, desk.actor, planned)
        run(self, work, partial(self._done, planned), self._failed, key="booking.course")

    def _done(self, planned: PlannedCourse, booked: Booked) -> None:
        self._desk.hub.tell(booked.changes)
        self.booked.emit(booked, planned)
        self._desk.remember(booked.changes)

    def _failed(self, problem: ClinicProblem) -> None:
        if isinstance(problem, Conflict):
            names = ", ".join(dict.fromkeys(one.name for one in problem.taken)) or tr("A place")
            pattern = tr("{what} was just taken. Nothing was booked; this is the plan anew.")
            self.lost.emit(pattern.format(what=names))
        elif isinstance(problem, Refusal):
            self.refused.emit(problem.findings)
        else:
            show_problem(problem)
            self.lost.emit("")
