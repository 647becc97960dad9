"""What follows once something was booked, named or cancelled: it is said and shown."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.rulebook import Finding, holding
from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.booking import Booked
from clinic_desktop.scheduling.freed import left_by
from clinic_desktop.scheduling.holding import Settled
from clinic_desktop.scheduling.looking_booking import Look
from clinic_desktop.scheduling.looking_course import PlannedCourse
from clinic_desktop.scheduling.looking_elastic import Elastic
from clinic_desktop.scheduling.model import GoingHomePlan, Visit
from clinic_desktop.scheduling.repair_taking import Repaired
from clinic_desktop.scheduling.repairing import Proposal
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.stopping import Stop, Stopped
from clinic_desktop.ui.board.ports import GhostBoard
from clinic_desktop.ui.booking.booking_panel import BookingPanel
from clinic_desktop.ui.booking.course_panel import CoursePanel
from clinic_desktop.ui.booking.new_time import NewTimes
from clinic_desktop.ui.booking.to_know import ToKnow
from clinic_desktop.ui.booking.visit_reading import VisitRead
from clinic_desktop.ui.booking.words import driver_line, room_words, when_words
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, NoticeAction
from clinic_desktop.ui.reconfirming import tell_to_confirm_again
from clinic_desktop.ui.waitlist.reading import Wanted, first_wanted
from clinic_desktop.ui.waitlist.words import slot_words
from clinic_desktop.ui.wording import worded


class Opener(Protocol):
    """The panels as seen from here."""

    @property
    def frame(self) -> Frame | None: ...

    @property
    def board(self) -> GhostBoard: ...

    @property
    def booking(self) -> BookingPanel: ...

    @property
    def course(self) -> CoursePanel: ...

    def close(self) -> None: ...

    def shows(self, draft: Look | PlannedCourse) -> bool: ...

    def plan_course(self, frame: Frame, desk: Desk, patient_id: int | None) -> None: ...

    def fill(self, frame: Frame, wanted: Wanted) -> None: ...

    @property
    def in_use(self) -> bool: ...


class After(QObject):
    """Speaks in the window's status bar and notices."""

    def __init__(self, desk: Desk, panels: Opener) -> None:
        super().__init__(desk)
        self._desk, self._panels = desk, panels
        self._new_times = NewTimes(desk)
        self._to_know = ToKnow(desk)
        self._new_times.wanted.connect(self._find_a_time)

    def tell(self, sentence: str) -> None:
        """Name the last action."""
        if self._panels.frame is not None and sentence:
            self._panels.frame.say(sentence)

    def booked(self, booked: Booked, seen: Look) -> None:
        """A visit was booked, or held."""
        visit, frame = booked.visits[0], self._panels.frame
        if self._panels.shows(seen):  # else the next one is being entered already
            self._panels.booking.reset()
            self._panels.close()
        self._panels.board.show_visit(visit.id, visit.day)
        if frame is None or seen.about is None or seen.type is None or seen.spot is None:
            return
        held = visit.state is VisitState.HELD
        pattern = tr("{patient} booked for {when}: {what}.")
        if held:
            pattern = tr("{patient} held for {when}: {what}.")
        places = (seen.type.name, room_words(self._desk.setup, visit.room_id))
        words = pattern.format(
            patient=seen.about.patient.name,
            when=when_words(seen.spot.at, self._desk.today()),
            what=", ".join(one for one in places if one),
        )
        frame.say(words)
        self._warn(frame, booked.warnings, booked.visits)

    def course_booked(self, booked: Booked, planned: PlannedCourse) -> None:
        """Visits of a course were booked."""
        frame, visits = self._panels.frame, booked.visits
        if self._panels.shows(planned):  # else somebody goes on planning
            self._panels.course.reset()
            self._panels.close()
        if visits:
            self._panels.board.show_visit(visits[0].id, visits[0].day)
        if frame is None:
            return
        if not visits:
            words = tr("{patient}: the course has %n visit(s) now.", "", len(planned.template.type_codes))
            frame.say(words.format(patient=planned.about.patient.name))
            return
        held = all(one.state is VisitState.HELD for one in visits)
        pattern = tr("{patient}: %n visit(s) booked", "", len(visits))
        if held:
            pattern = tr("{patient}: %n visit(s) held", "", len(visits))
        words = pattern.format(patient=planned.about.patient.name)
        first, last = short_date(visits[0].day), short_date(visits[-1].day)
        frame.say(tr("{what}, {first} to {last}.").format(what=words, first=first, last=last))
        if left := planned.count - len(visits):
            text = tr("On the to-place list: %n.", "", left)
            self._to_know.say(frame, tr("Booked in part"), text, visits)
        self._warn(frame, booked.warnings, booked.visits)

    def driver_named(self, settled: Settled, before: Sequence[Visit], plan: GoingHomePlan | None) -> None:
        """A driver was named for visits, or taken away."""
        frame = self._panels.frame
        self._panels.close()
        if frame is None:
            return
        count = len(settled.visits)
        name = driver_line(plan) if plan else tr("Nobody yet")
        words = tr("{name} for %n visit(s).", "", count).format(name=name)
        free = sum(one.state is VisitState.HELD for one in before) - sum(
            one.state is VisitState.HELD for one in settled.visits
        )
        if free > 0:
            words += " " + tr("%n visit(s) (is|are) booked now.", "", free)
        frame.say(words)
        tell_to_confirm_again(frame, settled.warnings)

    def cancelled(self, settled: Settled, read: VisitRead) -> None:
        """A visit was cancelled, or missed."""
        frame, visit = self._panels.frame, settled.visits[0]
        self._panels.close()
        if frame is None:
            return
        missed = visit.state is VisitState.MISSED
        pattern = tr("{patient} missed {day}.") if missed else tr("{patient} cancelled for {day}.")
        frame.say(pattern.format(patient=read.about.patient.name, day=short_date(visit.day)))
        if read.goes_on:
            self._new_times.offer(frame, read)
        if visit.state is VisitState.CANCELLED:
            self.freed(frame, [read.visit])

    def _find_a_time(self, patient_id: int) -> None:
        if (frame := self._panels.frame) is not None:
            self._panels.plan_course(frame, self._desk, patient_id)

    def freed(self, frame: Frame, before: Iterable[Visit], after: Iterable[Visit] = ()) -> None:
        """Visits were cancelled, moved, swapped or repaired: if somebody waits for a time that this gave
        back, whom to call stands beside the board at once; a panel that is worked in keeps its place."""
        slots = left_by(before, after)
        if slots:
            work = partial(first_wanted, self._desk.store, self._desk.now(), slots)
            run(self, work, partial(self._offer, frame), self._not_offered, quiet=True)

    def _offer(self, frame: Frame, wanted: Wanted | None) -> None:
        if wanted is None:
            return
        fill = partial(self._panels.fill, frame, wanted)
        if not self._panels.in_use:
            fill()
        elif wanted.slot is not None:
            words, whom = slot_words(wanted.slot, self._desk.setup), NoticeAction(tr("Whom to call"), fill)
            frame.notice(tr("Somebody waits for it"), words, Tone.INFO, whom)

    def _not_offered(self, _problem: ClinicProblem) -> None:
        """Nothing was asked for; the list is there to look at."""

    def warn(self, findings: Sequence[Finding]) -> None:
        """What stays to be done after a call."""
        if self._panels.frame is not None:
            self._warn(self._panels.frame, findings)

    def rearranged(self, booked: Booked, seen: Elastic) -> None:
        """A visit of a course was moved, or made up, and others with it."""
        frame = self._panels.frame
        self._panels.close()
        if frame is None:
            return
        count = len(booked.visits)
        if seen.wish.ending is None:
            words = tr("{patient}: %n visit(s) moved.", "", count)
        else:
            words = tr("{patient}: cancelled for {day}, %n visit(s) placed anew.", "", count)
        day = short_date(seen.changed.day)
        frame.say(words.format(patient=seen.about.patient.name, day=day))
        self._warn(frame, booked.warnings, booked.visits)
        self.freed(frame, [seen.changed, *(one.visit for one in seen.reflow.shifts)], booked.visits)

    def stopped(self, stopped: Stopped, stop: Stop) -> None:
        """A course was stopped: its times are free, the earliest first."""
        frame = self._panels.frame
        self._panels.close()
        if frame is None:
            return
        words = tr("{patient}: the course is stopped, %n visit(s) cancelled.", "", len(stopped.visits))
        frame.say(words.format(patient=stop.patient.name))
        self.freed(frame, stop.cancelled)

    def repaired(self, repaired: Repaired, seen: Proposal) -> None:
        """A day was repaired: who must be called is said until somebody has seen to it."""
        frame = self._panels.frame
        self._panels.close()
        if frame is None:
            return
        day = short_date(seen.day)
        frame.say(tr("%n visit(s) changed on {day}.", "", len(repaired.visits)).format(day=day))
        if seen.to_call:
            names = ", ".join(one.patient.name for one in seen.to_call)
            text = tr("{names}. The clinic asked for it: it counts against nobody.").format(names=names)
            self._to_know.say(frame, tr("To call: %n", "", len(seen.to_call)), text, repaired.visits)
        self._warn(frame, repaired.warnings, repaired.visits)
        self.freed(frame, [one.visit for one in seen.lines if one.move is not None], repaired.visits)

    def _warn(self, frame: Frame, warnings: Sequence[Finding], visits: Sequence[Visit] = ()) -> None:
        """What stays to be done is said once more, for whoever books quickly."""
        others = tell_to_confirm_again(frame, warnings)
        holds = holding(others)
        besides = tr("Something to know") if holds else tr("Booked, with something to know")
        rest = [one for one in others if one not in holds]
        for title, some in ((tr("Held"), holds), (besides, rest)):
            if some:
                self._to_know.say(frame, title, " ".join(dict.fromkeys(map(worded, some))), visits)
