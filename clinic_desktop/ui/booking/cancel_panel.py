"""Why a visit will not take place: one of six reasons on a key each, or that nobody came.

None stands chosen: a visit is cancelled for a reason that somebody gave.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import WallTime, from_utc_minute, instant_minute
from clinic_desktop.foundation.errors import ClinicProblem, Conflict, EnvironmentFailure, Refusal, StaleEdit
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.booking import Booked
from clinic_desktop.scheduling.business_days import cancelled_in_time_until
from clinic_desktop.scheduling.cancelling import CancelReason, Ending, cancel, miss
from clinic_desktop.scheduling.elastic import rearrange
from clinic_desktop.scheduling.holding import Settled
from clinic_desktop.scheduling.looking_elastic import Elastic, look_at_all
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.reflow import Scope
from clinic_desktop.scheduling.rules import planned_only
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.stopping import Stop, Stopped, look_to_stop, stop_course
from clinic_desktop.security.rights import Right
from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.booking.panel_shell import PanelShell, Part
from clinic_desktop.ui.booking.said_box import Said, SaidBox
from clinic_desktop.ui.booking.scope_part import ScopePart
from clinic_desktop.ui.booking.visit_card import VisitCard
from clinic_desktop.ui.booking.visit_meanwhile import VisitMeanwhile
from clinic_desktop.ui.booking.visit_reading import VisitRead, read_visit
from clinic_desktop.ui.booking.words import when_words
from clinic_desktop.ui.cancel_reasons import REASONS
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader, run, show_problem
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.who_may import lacks
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.label import label, set_ink
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import worded

WIDTH = 404
MISSED = "missed"


class CancelPanel(PanelShell):
    """``done`` carries :class:`Settled` and the :class:`VisitRead` it was about; ``rearranged`` carries
    :class:`Booked` and the :class:`Elastic` when it was made up at once; ``stopped`` carries :class:`Stopped`
    and the :class:`Stop` when the course was stopped."""

    done = Signal(object, object)
    rearranged = Signal(object, object)
    stopped = Signal(object, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Cancel a visit"), parent)
        self._desk = desk
        self._visit_id = 0
        self._read_one: VisitRead | None = None
        self._reason_before = ""  # chosen when that was refused, until its visit is read again
        self._refused: tuple[int, str, str] = (0, "", "")  # a visit, reason and note that were not saved
        self._reader: LatestReader[VisitRead] = LatestReader(self, self._read)
        self.card = VisitCard()
        self.reasons = AnswerList(tr("Reasons"), 7, begin=False)
        self.note = QLineEdit()
        self.note.setMaxLength(200)
        self.note.setPlaceholderText(tr("Note, if there is more to say"))
        self.note.setAccessibleName(tr("Note"))
        self.counts = label("", TextRole.LABEL, "second", wrap=True)
        self.scope = ScopePart(tr("What becomes of the course?"))
        self.said = SaidBox(self.scope.before_after)
        self.take = Button(tr("Cancel the visit"), Kind.DANGER, size="large", key="Return")
        about, why, more = Part(tr("Visit")), Part(tr("Why?")), Part(tr("Note"), line=False)
        self.meanwhile = VisitMeanwhile(desk)
        self.put_on_top(self.meanwhile)
        about.content.addWidget(self.card)
        why.content.addWidget(self.reasons)
        more.content.addWidget(self.note)
        for part in (about, why, self.scope, more):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.foot.addWidget(self.said)
        self.foot.addWidget(self.counts)
        self.foot.addWidget(self.take)
        self.reasons.moved.connect(self._show)
        self.reasons.picked.connect(self._picked)
        self.reasons.entered.connect(self._entered)
        self.scope.entered.connect(self.confirm)
        self.scope.changed.connect(self._show)
        self.take.fired.connect(self.confirm)
        self.take.refused.connect(self.confirm)
        self._desk.hub.changed.connect(self._others_changed)
        self.on_enter(self.note, self.confirm)

    def open_for(self, visit_id: int) -> None:
        """About one visit."""
        self._visit_id, self._read_one = visit_id, None
        of, self._reason_before, note = self._refused
        if of != visit_id:
            self._reason_before = note = ""
        self.note.setText(note)
        self.reasons.set_choices(())
        self.scope.clear()
        self.said.clear()
        self.meanwhile.forget()
        self.take.setText(tr("Cancel the visit"))
        self.take.set_missing([tr("reading the visit")])
        self._look(self.reasons.setFocus)

    def _look(self, then: Callable[[], object] | None = None) -> None:
        self._reader.read(partial(read_visit, self._desk.store, self._visit_id, self._desk.now()), then)

    def _others_changed(self, _changes: Changes) -> None:
        if self.isVisible() and self._visit_id:
            self._look()

    def _read(self, read: VisitRead) -> None:
        self._read_one = read
        self.meanwhile.shows(read.visit)
        when = when_words(WallTime(read.visit.day, read.visit.minute, read.visit.fold), self._desk.today())
        self.subtitle.setText(f"{read.about.patient.name}  {when}")  # however far the card is scrolled
        self.card.show_visit(read, self._desk.setup, self._desk.today())
        choices = [Choice(reason.value, Row(tr(text))) for reason, text in REASONS.items()]
        if self._begun(read):
            choices.append(Choice(MISSED, Row(tr("Missed: the patient did not come"))))
        self.reasons.set_choices(choices, self._reason_before)
        self._reason_before = ""
        self._show()
        self._look_at_course(read)

    def _look_at_course(self, read: VisitRead) -> None:
        """Where the visit could be made up at once, and who would move for it."""
        if read.course is None or planned_only(read.visit, "cancelled"):
            self.scope.clear()
            return
        desk, visit = self._desk, read.visit
        work = partial(_look_at_course, desk.store, desk.now(), visit.id, self._ending(visit))
        run(self, work, partial(self._course_seen, visit.id), lambda _problem: self.scope.clear(), quiet=True)

    def _course_seen(self, visit_id: int, seen: tuple[Mapping[Scope, Elastic], Stop | None]) -> None:
        if visit_id == self._visit_id:
            reaches, stop = seen
            self.scope.show_reaches(reaches, self._desk.setup, stop)

    def _ending(self, visit: Visit) -> Ending:
        """How it ends, by what is chosen and written now."""
        note, chosen = self.note.text().strip(), self.reasons.current
        if chosen == MISSED:
            return Ending(visit.id, visit.version, VisitState.MISSED, None, note)
        reason = CancelReason(chosen or CancelReason.PATIENT)
        return Ending(visit.id, visit.version, VisitState.CANCELLED, reason, note)

    def _begun(self, read: VisitRead) -> bool:
        return read.visit.start <= instant_minute(self._desk.now())

    # Showing.

    def _show(self, _reason: str = "") -> None:
        read = self._read_one
        if read is None:
            return
        missed = self.reasons.current == MISSED
        verb, missing = self._verb(missed=missed), self._missing(read)
        unasked = not self.reasons.current and missing == [self._no_reason()]
        self.take.setText(f"{verb}: {missing[0]}" if unasked else verb)
        self.take.set_missing(missing)
        if not unasked and self.said.lines == (self._ask(),):
            self.said.clear()
        self.take.updateGeometry()
        words, ink = self._counts(read)
        if read.goes_on and ink != "danger" and not self._makes_up and self.scope.stop is None:
            words += " " + tr("The other visits of the course stay; this one goes to the to-place list.")
        self.counts.setText(words)
        set_ink(self.counts, ink)

    def _verb(self, *, missed: bool) -> str:
        if (stop := self.scope.stop) is not None:
            return tr("Cancel %n visit(s) of {patient}", "", len(stop.cancelled)).format(
                patient=stop.patient.name
            )
        if self._makes_up:
            return tr("Record as missed, make it up") if missed else tr("Cancel and make it up")
        return tr("Record as missed") if missed else tr("Cancel the visit")

    @property
    def _makes_up(self) -> bool:
        """Whether it gets another time at once."""
        seen = self.scope.chosen
        return seen is not None and seen.wish.scope is not Scope.THIS

    def _missing(self, read: VisitRead) -> list[str]:
        if refused := planned_only(read.visit, "cancelled"):
            return [worded(refused)]
        if rightless := lacks(self._desk.actor, Right.CANCEL, tr("Only a {who} can cancel")):
            return rightless
        if not self.reasons.current:
            return [self._no_reason()]
        if self.scope.stop is not None and self.reasons.current == MISSED:
            return [tr("choose why the course stops; that one visit was missed does not say it")]
        seen = self.scope.chosen
        return [tr("no time to make it up")] if seen is not None and seen.what is None else []

    @staticmethod
    def _no_reason() -> str:
        return tr("choose a reason")

    @staticmethod
    def _ask() -> Said:
        return Said(tr("Why? Choose a reason with its digit or an arrow; nothing is cancelled before."))

    def _counts(self, read: VisitRead) -> tuple[str, str]:
        """Whether it counts as late, for the reason that is chosen."""
        if refused := planned_only(read.visit, "cancelled"):
            return worded(refused), "danger"
        if self.reasons.current == MISSED:
            return tr("Counts as missed. The course goes on."), "second"
        reason = CancelReason(self.reasons.current or CancelReason.PATIENT)
        if reason.asked_by == "clinic":
            return tr("Does not count against the patient."), "second"
        if (stop := self.scope.stop) is not None:
            return _late_words(stop)
        until = cancelled_in_time_until(read.visit, roster_for(self._desk.setup))
        last = from_utc_minute(until, read.visit.zone)
        by = {"day": short_date(last.day), "time": clock_time(last.minute)}
        if instant_minute(self._desk.now()) >= until:
            return tr("Counts as late: in time was until {day}, {time}.").format(**by), "warn"
        return tr("In time: until {day}, {time}.").format(**by), "second"

    # Answers.

    def _picked(self, _reason: str) -> None:
        self._show()
        self.reasons.setFocus()

    def _entered(self, _reason: str) -> None:
        self.confirm()

    def confirm(self) -> None:
        """Cancel for the reason that is chosen."""
        read, desk, reason = self._read_one, self._desk, self.reasons.current
        if read is not None and self.take.missing == (self._no_reason(),):
            self.said.show_findings(desk.actor, (), [self._ask()])
            self.reasons.setFocus()
            return
        if read is None or self.take.missing:
            return
        visit, note = read.visit, self.note.text().strip()
        if (stop := self.scope.stop) is not None:
            stopping = partial(stop_course, desk.store, desk.actor, stop, CancelReason(reason), note)
            run(self, stopping, partial(self._stopped, stop), self._failed, key="booking.cancel")
            return
        seen = self.scope.chosen
        if self._makes_up and seen is not None and seen.what is not None:
            what = replace(seen.what, ending=self._ending(visit))
            made_up = partial(rearrange, desk.store, desk.actor, what)
            run(self, made_up, partial(self._made_up, seen), self._failed, key="booking.cancel")
            return
        if reason == MISSED:
            work = partial(miss, desk.store, desk.actor, visit.id, visit.version, note)
        else:
            work = partial(
                cancel, desk.store, desk.actor, visit.id, visit.version, CancelReason(reason), note
            )
        run(self, work, partial(self._done, read), self._failed, key="booking.cancel")

    def _stopped(self, stop: Stop, stopped: Stopped) -> None:
        self._saved()
        self._desk.hub.tell(stopped.changes)
        self.stopped.emit(stopped, stop)
        self._desk.remember(stopped.changes)

    def _made_up(self, seen: Elastic, booked: Booked) -> None:
        self._saved()
        self._desk.hub.tell(booked.changes)
        self.rearranged.emit(booked, seen)
        self._desk.remember(booked.changes)

    def _done(self, read: VisitRead, settled: Settled) -> None:
        self._saved()
        self._desk.hub.tell(settled.changes)
        self.done.emit(settled, read)
        self._desk.remember(settled.changes)

    def _saved(self) -> None:
        self._visit_id, self._refused = 0, (0, "", "")

    def _failed(self, problem: ClinicProblem) -> None:
        if isinstance(problem, EnvironmentFailure):  # also after somebody was elsewhere meanwhile
            self._refused = self._visit_id, self.reasons.current, self.note.text()
        if isinstance(problem, Refusal):
            self.said.show_findings(self._desk.actor, problem.findings)
            return
        if isinstance(problem, StaleEdit | Conflict):
            self._look()  # and it is told who was first, where it was this visit
        if not (isinstance(problem, StaleEdit) and problem.record_id == self._visit_id):
            show_problem(problem)


def _look_at_course(
    store: ScheduleStore, now: datetime, visit_id: int, ending: Ending
) -> tuple[Mapping[Scope, Elastic], Stop | None]:
    """Each way to go on with the course, and its end."""
    return look_at_all(store, now, visit_id, None, ending), look_to_stop(store, now, visit_id)


def _late_words(stop: Stop) -> tuple[str, str]:
    """How many of the cancelled visits count as late: each by its own time."""
    late = len(stop.late)
    if not late:
        return tr("In time for all of them."), "second"
    if late == len(stop.cancelled):
        return tr("Counts as late, %n visit(s).", "", late), "warn"
    return tr("%n of them (counts|count) as late, the others are in time.", "", late), "warn"
