"""A free time and the three best people to call about it: phone, why, and what came of it by one digit."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, Conflict
from clinic_desktop.foundation.words import clock_time, near_date
from clinic_desktop.scheduling.call_words import Caller, patient_first, spoken_of, voicemail
from clinic_desktop.scheduling.calling_waiting import WaitCalled, call_waiting
from clinic_desktop.scheduling.calls import WAIT_OUTCOMES, CallOutcome
from clinic_desktop.scheduling.freed import BEST, Candidate, Slot
from clinic_desktop.scheduling.looking_lost import LostCall, after_calling
from clinic_desktop.ui import lost_race
from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.booking.panel_shell import PanelShell, Part
from clinic_desktop.ui.calls.outcome_grid import OutcomeGrid
from clinic_desktop.ui.calls.words import all_lines, line_words, outcome_words
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader, run, show_problem
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.waitlist.reading import OpeningRead, Wanted, read_opening
from clinic_desktop.ui.waitlist.words import candidate_row, near_words, phone_words, slot_words
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.rows import Row

WIDTH = 404
_MATTERS = frozenset({"visit", "wait_entry", "call_attempt", "patient"})


class PeopleList(AnswerList):
    """Arrows go from person to person; a digit is what came of the call."""

    digit = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0.value
        if 1 <= number <= 9 and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.digit.emit(number)
        else:
            super().keyPressEvent(event)


class OpeningPanel(PanelShell):
    """``shown`` carries what was read, ``booked`` the visit that was made, ``told`` a sentence."""

    shown = Signal(object)  # OpeningRead
    booked = Signal(object)  # Visit
    told = Signal(str)
    warned = Signal(object)  # findings
    hidden = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Who could come"), parent)
        self._desk = desk
        self._wanted: Wanted | None = None
        self._asked: Wanted | None = None  # as it was opened
        self._read_one: OpeningRead | None = None
        self._reader: LatestReader[OpeningRead] = LatestReader(self, self._read)
        self.slots = AnswerList(tr("Times that were freed"), 4, numbered=False)
        self.people = PeopleList(tr("Whom to call"), BEST, numbered=False)
        self.count = label("", TextRole.LABEL, "second", wrap=True)
        self.why = label("", TextRole.LABEL, "second", wrap=True)
        self.number = label("", TextRole.DISPLAY)
        self.first = label("", TextRole.BODY, wrap=True)
        self.check = label("", TextRole.STRONG, "danger", wrap=True)
        self.then = label("", TextRole.BODY, wrap=True)
        self.message = label("", TextRole.LABEL, "second", wrap=True)
        self.outcomes = OutcomeGrid(outcome_words)
        self.note = QLineEdit()
        self.note.setMaxLength(300)
        self.note.setPlaceholderText(tr("Note"))
        self.note.setAccessibleName(tr("Note on the call"))
        self.record = Button(tr("Record the call"), Kind.PRIMARY, size="large", key="Return")
        self._freed = Part(tr("Freed times of the day"))
        self._freed.content.addWidget(self.slots)
        self._whom = Part(tr("Whom to call"))
        self._whom.content.addWidget(self.count)
        self._whom.content.addWidget(self.people)
        self._whom.content.addWidget(self.why)
        self._whom.content.addWidget(self.outcomes)
        self._say = Part(tr("What to say"), line=False)
        words: tuple[QWidget, ...] = (self.number, self.first, self.check, self.then, self.message)
        for widget in words:
            self._say.content.addWidget(widget)
        for part in (self._freed, self._whom, self._say):
            self.body.addWidget(part)
        self.body.addStretch(1)
        foot: tuple[QWidget, ...] = (self.note, self.record)
        for widget in foot:
            self.foot.addWidget(widget)
        self.outcomes.set_outcomes(WAIT_OUTCOMES)
        self._connect()

    def _connect(self) -> None:
        self.slots.moved.connect(self._slot_moved)
        self.slots.picked.connect(self._slot_moved)
        self.people.moved.connect(self._person_moved)
        self.people.picked.connect(self._person_moved)
        self.people.digit.connect(self.outcomes.select)
        self.people.entered.connect(self._entered)
        self.outcomes.taken.connect(self.confirm)
        self.outcomes.selected.connect(self._say_record)
        self.record.fired.connect(self.confirm)
        self.record.refused.connect(self.outcomes.setFocus)
        self.on_enter(self.note, self.confirm)
        self._desk.hub.changed.connect(self._others_changed)

    def open_for(self, wanted: Wanted) -> None:
        """About a free time; the first person to call is chosen. A call that was begun about it goes on."""
        if wanted == self._asked and self.is_begun:
            self.people.setFocus()
            self._look()
            return
        self._wanted = self._asked = wanted
        self._read_one = None
        self.note.clear()
        self.outcomes.select_none()
        self._look(self._start)

    @property
    def is_begun(self) -> bool:
        """Whether somebody chose what came of a call, or wrote a note on it."""
        return self.outcomes.current is not None or bool(self.note.text().strip())

    def _look(self, then: Callable[[], object] | None = None) -> None:
        if self._wanted is not None:
            wanted = self._wanted
            self._reader.read(partial(read_opening, self._desk.store, self._desk.now(), wanted), then)

    def _others_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & _MATTERS:
            self._look()

    # Showing.

    @property
    def read(self) -> OpeningRead | None:
        return self._read_one

    @property
    def chosen(self) -> Candidate | None:
        """Whom the record button is about."""
        read = self._read_one
        found = (one for one in (read.best if read else ()) if str(one.entry.id) == self.people.current)
        return next(found, None)

    def _read(self, read: OpeningRead) -> None:
        self._read_one = read
        if read.slot is not None and self._wanted is not None and not self._wanted.said:
            self._wanted = replace(self._wanted, slot=read.slot, visit_id=None, said=True)
        self.subtitle.setText(slot_words(read.slot, read.setup) if read.slot else "")
        named = {_key(one): Choice(_key(one), Row(slot_words(one, read.setup))) for one in read.slots}
        self.slots.set_choices(list(named.values()), _key(read.slot) if read.slot else "")
        self._freed.setVisible(len(named) > 1)
        choices = [Choice(str(one.entry.id), candidate_row(one)) for one in read.best[:BEST]]
        self.people.set_choices(choices)
        self.count.setText(self._counted(read))
        self._show_person()
        self.shown.emit(read)

    def _start(self) -> None:
        (self.people if self.people.choices else self).setFocus()

    def _counted(self, read: OpeningRead) -> str:
        if read.slot is None and self._wanted is not None and self._wanted.slot is not None:
            time = slot_words(self._wanted.slot, read.setup)
            return tr("{time}: taken or closed by now. Nobody is to be called about it.").format(time=time)
        if read.slot is None:
            return tr("No time of this day was freed. Point at a free cell of the board, then ask again.")
        return " ".join(one for one in (self._others(read), near_words(read.near)) if one)

    def _others(self, read: OpeningRead) -> str:
        if not read.best:
            waiting = tr("%n on the waitlist.", "", read.waiting)
            return tr("Nobody on the waitlist fits this time. {waiting}").format(waiting=waiting)
        more = len(read.best) - BEST
        return tr("%n more could come too.", "", more) if more > 0 else ""

    def _show_person(self) -> None:
        one = self.chosen
        self._say.setVisible(one is not None)
        for widget in (self.why, self.outcomes, self.note, self.record):
            widget.setVisible(one is not None)
        if one is None:
            return
        patient, caller = one.about.patient, self._caller()
        asked, check = patient_first(patient, caller.name)
        self.why.setText(all_lines(one.reasons))
        self.number.setText(phone_words(patient))
        self.first.setText(all_lines((*spoken_of(patient), *asked)))
        self.check.setText(line_words(check))
        self.then.setText(self._offer(one))
        message = voicemail(patient, caller)
        left = line_words(message) if message else tr("Leave no message: the patient has not allowed it.")
        self.message.setText(tr("If a voicemail answers: {words}").format(words=left))
        self._say_record()

    def _offer(self, one: Candidate) -> str:
        when = tr("{day} at {time}").format(day=near_date(one.at.day), time=clock_time(one.at.minute))
        said = tr("Then say: A time has become free: {when}, {type}. Would you like to come?")
        return said.format(when=when, type=one.type.name)

    def _caller(self) -> Caller:
        desk = self._desk
        name = next((one.name for one in desk.setup.staff if one.id == desk.actor.person_id), "")
        return Caller(name or tr("the front desk"), desk.setup, desk.today())

    def _say_record(self) -> None:
        outcome, one = self.outcomes.current, self.chosen
        self.record.set_missing([] if outcome else [tr("Choose what came of it: a digit, then Enter.")])
        if outcome is CallOutcome.BOOKED and one is not None:
            self.record.setText(tr("Book {name}").format(name=one.about.patient.name))
        elif outcome is not None:
            self.record.setText(tr("Record: {outcome}").format(outcome=outcome_words(outcome)))
        else:
            self.record.setText(tr("Record the call"))
        self.record.updateGeometry()

    # Answers.

    def _slot_moved(self, key: str) -> None:
        read = self._read_one
        slot = next((one for one in (read.slots if read else ()) if _key(one) == key), None)
        if slot is not None and read is not None and slot != read.slot and self._wanted is not None:
            self._wanted = replace(self._wanted, slot=slot, visit_id=None, said=False)
            self._look()

    def _person_moved(self, _entry: str) -> None:
        self.outcomes.select_none()
        self._show_person()

    def _entered(self, _entry: str) -> None:
        if self.outcomes.current is None:
            self.outcomes.setFocus()
        else:
            self.confirm()

    def confirm(self) -> None:
        """Record what was chosen; the next person follows."""
        one, outcome = self.chosen, self.outcomes.current
        if one is None or outcome is None:
            self.outcomes.setFocus()
            return
        self._save(one, outcome)

    def _save(self, one: Candidate, outcome: CallOutcome) -> None:
        desk = self._desk
        work = partial(call_waiting, desk.store, desk.actor, one, outcome, self.note.text())
        run(self, work, partial(self._recorded, one), partial(self._failed, one), key="waitlist.call")

    def _recorded(self, one: Candidate, called: WaitCalled) -> None:
        self.note.clear()
        self.outcomes.select_none()
        self.people.setFocus()
        name, outcome = one.about.patient.name, outcome_words(called.attempt.outcome).lower()
        self.told.emit(tr("{name}: {outcome}.").format(name=name, outcome=outcome))
        if called.findings:
            self.warned.emit(called.findings)
        if called.visit is not None:
            self.booked.emit(called.visit)
        self._look(self._to_next)
        self._desk.hub.tell(called.changes)
        self._desk.remember(called.changes)

    def _to_next(self) -> None:
        """A call was recorded: the first who is left is called next."""
        if self.people.choices:
            self.people.set_current(self.people.choices[0].id)

    def _failed(self, one: Candidate, problem: ClinicProblem) -> None:
        if isinstance(problem, Conflict):
            work = partial(after_calling, self._desk.store, self._desk.now(), one, problem)
            run(self, work, partial(self._lost, one, problem))
        else:
            show_problem(problem)

    def _lost(self, one: Candidate, problem: Conflict, lost: LostCall) -> None:
        """Another time for whoever is on the phone, with what was typed; or else who else could come."""
        if not lost.others:
            show_problem(problem)
            self._look()
            return

        def take(number: int) -> None:
            self._save(lost.others[number], CallOutcome.BOOKED)

        race = lost_race.of_booking(self._desk.setup, self._desk.today(), lost.lost, one.about)
        asked = race.ask(self, tr("Book {when}"), tr("Back to the list"), take)
        asked.rejected.connect(self._look)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hidden.emit()


def _key(slot: Slot) -> str:
    return f"{slot.minute}-{slot.room_id}"
