"""Repairing the day: what happened, what it does to the visits, and one key that does it all.

Before somebody says what happened nothing is proposed: no visit moves that nobody asked about.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import ClinicProblem, StaleEdit
from clinic_desktop.foundation.words import long_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.disruption import Disruption, coming
from clinic_desktop.scheduling.meanwhile import Meanwhile, read_meanwhile
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.repair_taking import Repaired, repair
from clinic_desktop.scheduling.repairing import Line, Proposal, propose
from clinic_desktop.security.rights import Right
from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.booking.panel_shell import PanelShell, Part
from clinic_desktop.ui.booking.repair_event import LATE, STANDS, RepairEvent, Running
from clinic_desktop.ui.booking.repair_words import row_of, spoken, summary
from clinic_desktop.ui.booking.words import room_words
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader, run, show_problem
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.visit_changed import visit_told
from clinic_desktop.ui.who_changed import MeanwhileBox
from clinic_desktop.ui.who_may import lacks
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.wording import problem_worded

WIDTH = 440
QUIET = 150  # ms without another key before the day is worked out anew


@dataclass(frozen=True, slots=True)
class Asked:
    """What a day is repaired for, as far as it is known: a visit, a person, a room, or what stands. Without a
    kind ``number`` is the visit that is meant where somebody says that one is late; of what stands it is the
    visit that is looked at first."""

    day: date
    kind: str = ""
    number: int | None = None


class RepairPanel(PanelShell):
    """``proposed`` carries a :class:`Proposal` and the id of the visit that is looked at; ``done`` carries
    :class:`Repaired` and the :class:`Proposal`; ``withdrawn``: nothing is proposed any more."""

    proposed = Signal(object, int)
    withdrawn = Signal()
    done = Signal(object, object)
    hidden = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Repair the day"), parent)
        self._desk = desk
        self._asked: Asked | None = None
        self._seen: Proposal | None = None
        self._days: LatestReader[list[Running]] = LatestReader(self, self._offer)
        self._reader: LatestReader[Proposal] = LatestReader(self, self._show, self._failed)
        self.event_part = RepairEvent()
        self.lines = AnswerList(tr("Proposed changes"), 8, numbered=False, wrap=True)
        self.whole = label("", TextRole.LABEL, "second", wrap=True)
        self.sum = label("", TextRole.LABEL, "second", wrap=True)
        self.meanwhile = MeanwhileBox()
        self.put_on_top(self.meanwhile)
        self.take = Button(tr("Change all"), Kind.PRIMARY, size="large", key="Ctrl+Return")
        what = Part(tr("What to do"), line=False)
        what.content.addWidget(self.lines)
        what.content.addWidget(self.whole)
        self.body.addWidget(self.event_part)
        self.body.addWidget(what)
        self.body.addStretch(1)
        self.foot.addWidget(self.sum)
        self.foot.addWidget(self.take)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(QUIET)
        self._soon.timeout.connect(self._look)
        self.event_part.changed.connect(self._changed)
        self.event_part.entered.connect(self.lines.setFocus)
        self.lines.moved.connect(self._looked_at)
        self.lines.picked.connect(self._looked_at)
        self.lines.entered.connect(self._entered)
        self.take.fired.connect(self.confirm)
        self.take.refused.connect(self.event_part.go_on)
        for field in (self.event_part.begin, self.event_part.until, self.event_part.minutes):
            self.on_enter(field, self._time_entered)
        desk.hub.changed.connect(self._others_changed)

    def open_for(self, asked: Asked) -> None:
        """Ask about a day."""
        self._asked = asked
        self.meanwhile.hide()
        self.subtitle.setText(long_date(asked.day))
        self._withdraw(tr("reading the day"))
        work = partial(_running, self._desk.store, asked.day, instant_minute(self._desk.now()))
        self._days.read(work, self.event_part.go_on)

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self.hidden.emit()

    @property
    def proposal(self) -> Proposal | None:
        """What is proposed for what is answered now."""
        return self._seen

    def _offer(self, visits: list[Running]) -> None:
        asked, desk = self._asked, self._desk
        if asked is None:
            return
        here = asked.day == desk.today()
        grid = desk.setup.policies.grid
        begin = desk.minute_now() // grid * grid if here else 0
        self.event_part.offer(asked.day, begin, desk.setup, visits, None if asked.kind else asked.number)
        if asked.kind:
            self.event_part.choose(asked.kind, asked.number)
        self._look()

    # Working it out.

    def _changed(self) -> None:
        if missing := self.event_part.missing:
            self._withdraw(missing)
            return
        self._forget(tr("working it out"))
        self._soon.start()

    def _others_changed(self, _changes: Changes) -> None:
        if self.isVisible() and self._asked is not None:
            self._soon.start()

    def _look(self) -> None:
        answer, asked = self.event_part.answer(), self._asked
        if answer is None or asked is None:
            self._withdraw(self.event_part.missing)
            return
        desk = self._desk
        self._reader.read(partial(propose, desk.store, desk.actor, asked.day, answer))

    def _forget(self, missing: str) -> None:
        self._seen = None
        self._say_take([missing])

    def _withdraw(self, missing: str) -> None:
        """Nothing is proposed: something is still to be said."""
        self._soon.stop()
        self._forget(missing)
        self.lines.set_choices(())
        for words in (self.sum, self.whole):
            words.clear()
        self.withdrawn.emit()

    def _say_take(self, missing: list[str]) -> None:
        """What the button does, or what it waits for."""
        verb = tr("Change all")
        self.take.setText(tr("{verb}: {missing}").format(verb=verb, missing=missing[0]) if missing else verb)
        self.take.set_missing(missing)

    def _show(self, seen: Proposal) -> None:
        if not self._is_asked(seen.what):
            return
        self._seen = seen
        self.lines.set_choices([Choice(str(one.visit.id), row_of(one, seen.setup)) for one in seen.lines])
        self._look_first(seen)
        self.sum.setText(summary(seen))
        self._say_take(self._missing(seen))
        self._looked_at("")

    def _look_first(self, seen: Proposal) -> None:
        """At the visit for which somebody came here, the first time that it is shown."""
        asked = self._asked
        if asked is None or asked.kind != STANDS or asked.number is None:
            return
        if any(one.visit.id == asked.number for one in seen.lines):
            self.lines.set_current(str(asked.number))
            self._asked = replace(asked, number=None)

    def _is_asked(self, what: Disruption) -> bool:
        """Whether it is still what is answered: another answer is worked out already."""
        return what == self.event_part.answer()

    def _missing(self, seen: Proposal) -> list[str]:
        if rightless := lacks(self._desk.actor, Right.MOVE, tr("Only a {who} can move visits")):
            return rightless
        records = self.event_part.kind not in (LATE, STANDS)
        if not records and all(one.move is None for one in seen.lines):
            return [tr("nothing to change")]
        return []

    def _looked_at(self, _visit: str) -> None:
        line = self.current_line
        self.whole.setText(spoken(line, self._seen.setup) if line and self._seen else "")
        if self._seen is not None:
            self.proposed.emit(self._seen, line.visit.id if line else 0)

    @property
    def current_line(self) -> Line | None:
        """The line that is looked at."""
        lines = self._seen.lines if self._seen else ()
        return next((one for one in lines if str(one.visit.id) == self.lines.current), None)

    # Doing it.

    def _time_entered(self) -> None:
        """A time was typed: what comes of it is read before it is done."""
        if self.event_part.missing:
            self.event_part.go_on()
        else:
            self.lines.setFocus()

    def _entered(self, _visit: str) -> None:
        self.confirm()

    def confirm(self) -> None:
        """Do all that is proposed."""
        seen, desk = self._seen, self._desk
        if seen is None or self.take.missing:
            if self.event_part.missing:
                self.event_part.go_on()
            return
        run(
            self,
            partial(repair, desk.store, desk.actor, seen),
            partial(self._done, seen),
            partial(self._not_done, seen),
            key="repair",
        )

    def _done(self, seen: Proposal, repaired: Repaired) -> None:
        self._asked = None
        self.meanwhile.hide()
        self._withdraw(self.event_part.missing or tr("say what happened"))
        self._desk.hub.tell(repaired.changes)
        self.done.emit(repaired, seen)
        self._desk.remember(repaired.changes)

    def _not_done(self, seen: Proposal, problem: ClinicProblem) -> None:
        """Nothing of it: where somebody else was first with one of the visits, who it was; the day anew."""
        if not isinstance(problem, StaleEdit):
            self._failed(problem)
            return
        self._forget(tr("working it out"))
        self._look()
        line = next((one for one in seen.lines if one.visit.id == problem.record_id), None)
        if line is None:
            show_problem(problem)
            return
        read = partial(read_meanwhile, self._desk.store, line.visit)
        run(self, read, partial(self._tell, line.patient.name))

    def _tell(self, patient: str, told: Meanwhile[Visit]) -> None:
        title, what = visit_told(told, self._desk)
        anew = tr("Nothing was changed. This is the day anew: look at it, then take it.")
        self.meanwhile.tell(title, f"{patient}. {what} {anew}".replace("  ", " "))

    def _failed(self, problem: ClinicProblem) -> None:
        self.sum.setText(problem_worded(problem))
        show_problem(problem)


def _running(store: ScheduleStore, day: date, now: int) -> list[Running]:
    """The visits that could run late on a day: going on, or to come."""
    with store.read() as records:
        setup = records.setup()
        visits: list[Visit] = coming(records.visits_on(day, day), now)
        people = {one.id: one for one in records.find(Patient, id=sorted({v.patient_id for v in visits}))}
    rooms = {one.id: room_words(setup, one.room_id) for one in visits}
    return [
        Running(one.id, one.minute, people[one.patient_id].name, rooms[one.id], one.whereabouts)
        for one in visits
    ]
