"""The crisis card: where the patient is, whom to call, who is on duty, 988 and 911, and what was done.

Every step that is ticked is kept at once, with its time; closing the card loses nothing.
"""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.words import clock_time, plain_date
from clinic_desktop.people.model import Patient
from clinic_desktop.people.phones import usual_phone
from clinic_desktop.scheduling.crisis import CrisisCall, CrisisStep, Done, Kept, keep_crisis, on_duty
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.booking.panel_shell import PanelShell, Part
from clinic_desktop.ui.booking.patient_part import CHANGE_KEY, PatientPart
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader, run, show_problem
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.patients.page_rows import address_words, emergency_words
from clinic_desktop.ui.patients.wording import born_words, known_as
from clinic_desktop.ui.theme import set_text
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.label import label, numbers_whole
from clinic_desktop.ui.widgets.notice_box import NoticeBox

WIDTH = 404
SAME_CALL = timedelta(hours=2)  # a card that was closed for longer begins anew
STEPS = {
    CrisisStep.STAYED: QT_TR_NOOP("Stayed on the line"),
    CrisisStep.PLACE: QT_TR_NOOP("Asked where they are now"),
    CrisisStep.CALLED_911: QT_TR_NOOP("Called 911"),
    CrisisStep.GAVE_988: QT_TR_NOOP("Gave 988: call or text"),
    CrisisStep.CLINICIAN: QT_TR_NOOP("Told the clinician on duty"),
    CrisisStep.CONTACT: QT_TR_NOOP("Called the emergency contact"),
}


class CrisisPanel(PanelShell):
    """``told`` carries a sentence for the status bar."""

    told = Signal(str)
    presses = True  # it waits for no other panel

    def __init__(self, desk: Desk, people: LiveDirectory, parent: QWidget | None = None) -> None:
        super().__init__(tr("Crisis call"), parent)
        self._desk, self._people = desk, people
        self._call = self._on_record = CrisisCall()
        self._maybe = 0  # whom it may be about: the cursor stood there
        self._saving = self._again = self._quiet = self._closing = False
        self._reader: LatestReader[Patient] = LatestReader(self, self._show_patient)
        self.help = NoticeBox(
            tr("Danger to life now: call 911. Stay on the line."),
            tr("Thoughts of suicide: 988, call or text, at any hour."),
            Tone.DANGER,
        )
        set_text(self.subtitle, TextRole.TITLE)  # who it is about is read at a glance
        self.duty = label("", TextRole.STRONG, wrap=True)
        self.patient = PatientPart(desk, people)
        self.facts = label("", TextRole.BODY, wrap=True)
        self.steps = {one: QCheckBox(tr(text)) for one, text in STEPS.items()}
        self.place = QLineEdit()
        self.phone = QLineEdit()
        self.note = QLineEdit()
        self.kept = label("", TextRole.LABEL, "second", wrap=True)
        self.new = Button(tr("Another call"), Kind.QUIET, icon="plus", size="small", key="Ctrl+N")
        self.save = Button(tr("Save and close"), Kind.PRIMARY, size="large", key="Ctrl+Return")
        doing, more = Part(tr("What was done")), Part(tr("Where, and what they said"), line=False)
        duty = Part(tr("Clinician on duty"))
        duty.content.addWidget(self.duty)
        for box in self.steps.values():
            doing.content.addWidget(box)
        for name, line in (
            (tr("Where they are now"), self.place),
            (tr("Phone they call from"), self.phone),
            (tr("Note"), self.note),
        ):
            line.setMaxLength(500)
            more.content.addWidget(FieldRow(name, line))
        self.patient.content.addWidget(self.facts)
        more.content.addWidget(self.new)
        self.put_on_top(self.help)
        for part in (self.patient, duty, doing, more):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.foot.addWidget(self.kept)
        self.foot.addWidget(self.save)
        self._connect()

    def _connect(self) -> None:
        for box in self.steps.values():
            box.toggled.connect(self._keep)
        for line in (self.place, self.phone, self.note):
            line.editingFinished.connect(self._keep)
            self.on_enter(line, self._keep)
        self.patient.chosen.connect(self._chosen)
        self.patient.dropped.connect(self._dropped)
        self.add_key(CHANGE_KEY, self.patient.ask, anywhere=True)
        self.patient.resumed.connect(self._it_is)
        self.patient.named.connect(self._named)
        self._named("")
        self.save.fired.connect(self.confirm)
        self.new.fired.connect(self.begin)
        self.add_key("Ctrl+N", self.begin)

    def open_for(self, patient_id: int | None, *, by_name: bool = False) -> None:
        """A new call; one that was just left goes on, unless it is about somebody who was chosen on purpose.

        Where the cursor only stood on somebody it is asked who it is: they are one Enter away.
        """
        other = by_name and patient_id is not None and self._call.patient_id not in (None, patient_id)
        if self._untouched() or other or self._is_old():
            self._begin()
        on = on_duty(self._desk.setup, self._desk.now())
        names = "\n".join(" ".join(filter(None, (one.name, usual_phone(one.phone)))) for one in on[:3])
        self._scroll.verticalScrollBar().setValue(0)  # wherever it was left
        self.duty.setText(numbers_whole(names or self._nobody()))
        if patient_id is not None and by_name:
            self._maybe = patient_id
            self._it_is()
        elif self._call.patient_id is None:
            self._ask(patient_id)

    def _ask(self, maybe: int | None) -> None:
        """Who it is; whom the cursor stood on is offered by name and birth date."""
        person = self._people.directory.kept(maybe) if maybe is not None else None
        self._maybe = maybe or 0
        if person is None:
            self.patient.ask()
            return
        self.patient.begin("")
        who = "  ".join(filter(None, (known_as(person), born_words(person, self._desk.today()))))
        self.patient.former.setText(tr("It is {name}").format(name=who))

    def _it_is(self) -> None:
        self.patient.show_patient(self._maybe)
        self._chosen(self._maybe)

    def _named(self, who: str) -> None:
        self.subtitle.setText(who or tr("Nobody chosen yet"))

    def _nobody(self) -> str:
        nobody = tr("Nobody is in the house by the shifts. Call the prescriber.")
        phones = self._desk.setup.clinic.phones
        if not phones:
            return nobody
        each = [" ".join(filter(None, (one.label, one.number, one.hours))) for one in phones]
        return "\n".join([nobody, tr("The lines of the clinic:"), *each])

    @property
    def call(self) -> CrisisCall:
        """The call as it stands on the card."""
        return self._call

    def begin(self) -> None:
        """Somebody else calls."""
        self._keep()
        self._begin()
        self.patient.ask()

    def _is_old(self) -> bool:
        """So long ago that it is another call."""
        began = self._call.began_at
        return began is not None and self._desk.now() - began > SAME_CALL

    def _untouched(self) -> bool:
        return not self._call.id and self._typed() == replace(CrisisCall(), patient_id=self._call.patient_id)

    def _begin(self) -> None:
        self._call = self._on_record = CrisisCall()
        self._quiet = True
        for box in self.steps.values():
            box.setChecked(False)
        for line in (self.place, self.phone, self.note):
            line.clear()
        self.facts.clear()
        self.kept.clear()
        self.kept.hide()
        self._quiet = False

    # Who.

    def _chosen(self, patient_id: int, _at_once: bool = False) -> None:
        if patient_id != self._call.patient_id:
            self.facts.clear()  # somebody else's, until these are read
        self._call = replace(self._call, patient_id=patient_id)
        self._reader.read(partial(_read_patient, self._desk.store, patient_id))
        next(iter(self.steps.values())).setFocus()
        self._keep()

    def _dropped(self) -> None:
        self._call = replace(self._call, patient_id=None)
        self.facts.clear()

    def _show_patient(self, patient: Patient) -> None:
        if patient.id != self._call.patient_id:
            return  # of the caller before
        phones = ", ".join(one.number for one in patient.phones)
        address = address_words(patient) or tr("no address on record: ask")
        lines = (
            tr("Address: {address}").format(address=address),
            tr("Emergency contact: {who}").format(who=emergency_words(patient) or tr("none on record")),
            tr("Phones: {phones}").format(phones=phones or tr("none")),
            tr("Born {day}").format(day=plain_date(patient.birth_date)) if patient.birth_date else "",
            tr("Allergies: {what}").format(what=patient.allergies) if patient.allergies else "",
            patient.alerts,
        )
        self.facts.setText(numbers_whole("\n".join(one for one in lines if one)))

    # What was done.

    def _typed(self) -> CrisisCall:
        known = {one.step: one for one in self._call.done}
        now = self._desk.now().replace(microsecond=0)
        done = [known.get(step, Done(step, now)) for step, box in self.steps.items() if box.isChecked()]
        return replace(
            self._call,
            done=tuple(done),
            place=self.place.text().strip(),
            phone=self.phone.text().strip(),
            note=self.note.text().strip(),
        )

    def _keep(self) -> None:
        """Put what stands on the card on record, where something does."""
        if not self._quiet and not self._untouched() and self._typed() != self._on_record:
            self._save()

    def _save(self) -> None:
        """While one saving runs, once more after it."""
        call = self._typed()
        if self._saving:
            self._again = True
            return
        self._saving = True
        desk = self._desk
        began = call if call.began_at else replace(call, began_at=desk.now().replace(microsecond=0))
        run(self, partial(keep_crisis, desk.store, desk.actor, began), self._is_kept, self._not_kept)

    def _is_kept(self, kept: Kept) -> None:
        self._saving = False
        self._on_record = kept.call
        self._call = replace(kept.call, patient_id=self._call.patient_id)  # who may be known better by now
        at = clock_time(local_time(self._desk.now(), self._desk.zone).minute)
        self._say(tr("On record, {time}. The prescribers have an urgent message.").format(time=at))
        self._desk.record(kept.changes)
        if self._again:
            self._again = False
            self._save()
        elif self._closing:
            self._closing = False
            self.told.emit(tr("The crisis call is on record."))
            self._begin()
            self.closed.emit()

    def _not_kept(self, problem: ClinicProblem) -> None:
        self._saving = self._again = self._closing = False
        self._say(tr("Not on record yet. Write it on paper too, and save again."))
        show_problem(problem)

    def _say(self, words: str) -> None:
        self.kept.show()
        self.kept.setText(words)
        announce(self.kept, words)

    def confirm(self) -> None:
        """Keep it, though nobody be known, and close the card; nothing is on record that nobody did."""
        if self._untouched():
            self._say(tr("Nothing is on record: tick what was done, or write a word. Esc closes the card."))
            return
        self._closing = True
        self._save()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._keep()


def _read_patient(store: ScheduleStore, patient_id: int) -> Patient:
    with store.read() as records:
        return records.get(Patient, patient_id)
