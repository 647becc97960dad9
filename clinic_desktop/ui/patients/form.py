"""One panel to add a patient and to change one: by keyboard alone, checked as one types."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.foundation.both_changed import Joined, Side
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, ClinicProblem, StaleEdit
from clinic_desktop.foundation.rulebook import Problems
from clinic_desktop.people.model import Patient
from clinic_desktop.people.patients import brought_together
from clinic_desktop.people.validation import problems
from clinic_desktop.scheduling.meanwhile import Meanwhile, read_meanwhile
from clinic_desktop.scheduling.patient_edit import Kept, keep_patient
from clinic_desktop.ui.both_changed import BothChangedDialog, Open
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run, show_problem
from clinic_desktop.ui.patients.driver_list import DriverList
from clinic_desktop.ui.patients.duplicate_notice import DuplicateNotice
from clinic_desktop.ui.patients.form_fields import DATES, Fields, label_of
from clinic_desktop.ui.patients.history_record import change_said, patient_field
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.patients.wording import problem_words
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.who_changed import PATIENT, MeanwhileBox, told_title, told_too
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.wording import fields_worded

WIDTH = 440
_LOOK_AFTER_MS = 250
_ABOVE_HEADING = 10

# Fields in order; a "+" stands beside the one before it.
_WHO = ("given_name", "+family_name", "birth_date", "+preferred_name")
_CARE = ("indication", "rems_enrolled_on", "allergies", "alerts")
_EMERGENCY = ("emergency.name", "+emergency.relationship", "emergency.phone")
_ADDRESS = ("address.street", "address.city", "+address.state", "+address.postcode")
_MORE = ("sex", "+death_date", "notes")


class PatientForm(PanelFrame):
    """``saved`` carries what was ``Kept``. ``open_wanted`` asks for another record instead.

    patient None: a new one.
    """

    saved = Signal(object)
    open_wanted = Signal(int)

    def __init__(
        self,
        desk: Desk,
        people: LiveDirectory,
        patient: Patient | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_title(patient), parent)
        self._desk, self._people = desk, people
        self._seen = patient or Patient()
        self.drivers = DriverList(self)
        self.fields = Fields(desk.today, len(self._seen.phones))
        self.form = Form()
        self.meanwhile = MeanwhileBox()
        self.duplicates = DuplicateNotice()
        self.duplicates.open_wanted.connect(self.open_wanted)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK_AFTER_MS)
        self._look.timeout.connect(self.look_for_duplicates)
        self._build()
        self._show(self._seen)
        self.form.edited.connect(self._edited)
        self.drivers.edited.connect(self._edited)
        self.form.submitted.connect(self.confirm)
        self.save_button = self.add_button("", Kind.PRIMARY, "Ctrl+Return")
        self.save_button.fired.connect(self.confirm)
        self._name_button()
        desk.hub.changed.connect(self._others_changed)

    @property
    def has_draft(self) -> bool:
        """Whether something is typed that is not kept yet."""
        return self.draft() != self._seen

    @property
    def patient_id(self) -> int:
        """0 for a new patient."""
        return self._seen.id

    def draft(self) -> Patient:
        """What is typed, as a record."""
        return self.fields.read(self._seen, self.drivers.value())

    def start(self, part: str = "") -> None:
        """Put the focus into a field: the one named, such as a to-do's, else the first."""
        if part == "drivers":
            self.drivers.start()
            return
        name = _FIRST_FIELD.get(part, part) or "given_name"
        self.fields.editor(name).setFocus()

    def prefill(self, typed: str) -> None:
        """A new patient from what was typed into a search line: "okafor, amara" or "amara okafor"."""
        family, comma, given = typed.partition(",")
        if not comma:
            given, _, family = typed.rpartition(" ") if " " in typed else ("", "", typed)
        if any(c.isdigit() for c in typed):
            return
        self.fields.lines["given_name"].setText(_named(given))
        self.fields.lines["family_name"].setText(_named(family))

    def confirm(self) -> None:
        """Keep the record, unless something does not stand."""
        if not self.form.all_well() or not self._drivers_well():
            return
        draft = self.draft()
        work = partial(keep_patient, self._desk.store, self._desk.actor, draft)
        run(self, work, partial(self._saved, draft), self._refused, key="patients.save")

    # Building.

    def _build(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.put_on_top(self.meanwhile)
        column.addWidget(self.form)
        self._add_everything()
        self.set_body(body)

    def _add_everything(self) -> None:
        self._add_fields((*_WHO, *_phone_fields(self.fields.phone_names), "email"))
        self.form.add_widget(self.duplicates)
        self._heading(tr("Treatment"))
        self._add_fields(_CARE)
        self._heading(tr("How we reach them"))
        self._add_fields(("language",))
        self._boxes(self.fields.large_print)
        self.form.add_widget(label(tr("Allowed besides a call"), TextRole.LABEL, "second"))
        self._boxes(self.fields.voicemail, self.fields.text, self.fields.by_email)
        self._add_fields(("permissions.may_tell",))
        self._heading(tr("Emergency"))
        self._add_fields(_EMERGENCY)
        self.form.add_widget(self.drivers)
        self._heading(tr("Address"))
        self._add_fields(_ADDRESS)
        self._heading(tr("More"))
        self._add_fields(_MORE)

    def _add_fields(self, names: tuple[str, ...]) -> None:
        for marked in names:
            name = marked.removeprefix("+")
            editor, check = self.fields.editor(name), partial(self._problem, name)
            self.form.add(name, label_of(name), editor, check, _hint(name), beside=marked != name)

    def _heading(self, text: str) -> None:
        heading = label(text, TextRole.STRONG)
        heading.setContentsMargins(0, _ABOVE_HEADING, 0, 0)
        self.form.add_widget(heading)

    def _boxes(self, *boxes: QCheckBox) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        for box in boxes:
            row.addWidget(box)
            box.toggled.connect(self._edited)
        row.addStretch(1)
        self.form.add_widget(line)

    def _show(self, patient: Patient) -> None:
        self.fields.fill(patient)
        self.drivers.set_value(patient.drivers)

    def _drivers_well(self) -> bool:
        wrong = self.drivers.show_problems(self._found())
        if wrong is not None:
            wrong.name.setFocus()
            self.show_part(wrong)
        return wrong is None

    # Checking.

    def _found(self) -> Problems:
        return problems(self.draft(), self._desk.today())

    def _problem(self, name: str) -> str:
        return self.fields.unread(name) or problem_words(self._found(), name)

    def _edited(self) -> None:
        if not self._seen.id:
            self._look.start()

    def look_for_duplicates(self) -> None:
        """Who is here already and may be this person; asked by itself after a pause in typing."""
        draft = self.draft()
        named = bool(draft.given_name.strip() and draft.family_name.strip())
        likely = self._people.directory.likely(draft) if named else []
        self.duplicates.show_people(likely, self._desk.today())
        self._name_button()

    def _name_button(self) -> None:
        if self._seen.id:
            verb = tr("Save the changes")
        elif self.duplicates.people:
            verb = tr("Add, it is another person")
        else:
            verb = tr("Add the patient")
        self.save_button.setText(verb)
        self.save_button.updateGeometry()

    # Keeping.

    def _saved(self, sent: Patient, kept: Kept) -> None:
        """Kept as it was sent; what was typed meanwhile stays typed."""
        self._desk.record(kept.changes)
        typed = brought_together(sent, self.draft(), kept.patient).typed_stays
        self._seen = kept.patient
        self._show(typed)
        self.meanwhile.hide()
        self.saved.emit(kept)

    def _refused(self, problem: ClinicProblem) -> None:
        if isinstance(problem, BadInput):
            self.form.show_problems(fields_worded(problem.problems))
        elif isinstance(problem, StaleEdit):
            run(self, partial(read_meanwhile, self._desk.store, self._seen), self._bring_together)
        else:
            show_problem(problem)

    # Another desk.

    def _others_changed(self, changes: Changes) -> None:
        """Told at once, and nothing else: what is typed and the focus stay where they are."""
        if self._seen.id and self._seen.id in changes.patients:
            run(self, partial(read_meanwhile, self._desk.store, self._seen), self._told, quiet=True)

    def _told(self, told: Meanwhile[Patient]) -> None:
        now = told.now
        if now is None or told.seen.version != self._seen.version or now.version == self._seen.version:
            return
        if self.has_draft or any(self.fields.unread(name) for name in DATES):
            self._tell(told)
            return
        self._seen = now
        self._show(now)
        self.meanwhile.tell(told_title(told, self._desk, PATIENT), tr("It is shown as it is now."))

    def _tell(self, told: Meanwhile[Patient]) -> None:
        kept = tr("What you typed is kept. When you save, both are brought together.")
        self.meanwhile.tell(told_title(told, self._desk, PATIENT), kept)

    def _bring_together(self, told: Meanwhile[Patient]) -> None:
        """Another desk was first: what each changed alone stands, and of the rest somebody decides."""
        if told.now is None:
            return
        if told.seen.version != self._seen.version:  # the news came first, and is shown already
            self.confirm()
            return
        self._tell(told)
        both = brought_together(self._seen, self.draft(), told.now)
        BothChangedDialog.ask(
            self,
            told_title(told, self._desk, PATIENT),
            told_too(told, self._desk),
            _joined_words(both, told),
            [_open_words(one.name, both, told) for one in both.clashes],
            partial(self._save_both, both),
        )

    def _save_both(self, both: Joined[Patient], choices: Mapping[str, Side]) -> None:
        """Over the version that was seen just now; whoever was faster again is told of again."""
        self._seen = both.now
        self._show(both.decided(choices))
        self.meanwhile.hide()
        self.confirm()


def _joined_words(both: Joined[Patient], told: Meanwhile[Patient]) -> list[tuple[Side, str]]:
    """What one side alone changed, as it was and as it will be."""
    mine = both.typed_stays
    said: list[tuple[Side, str]] = []
    for side, names in ((Side.THEIRS, both.only_theirs), (Side.MINE, tuple(both.only_mine))):
        for name in names:
            field, words = patient_field(name)
            said.append((side, change_said(field, words(told.seen), words(mine))))
    return said


def _open_words(name: str, both: Joined[Patient], told: Meanwhile[Patient]) -> Open:
    field, words = patient_field(name)
    return Open(name, field, words(told.seen), words(both.now), words(both.typed_stays))


# Where a part of the record that has several fields, or another name, begins.
_FIRST_FIELD = {
    "phones": "phones.0",
    "emergency": "emergency.name",
    "address": "address.street",
    "permissions": "permissions.may_tell",
    "large_print": "language",
    "drivers": "emergency.name",
}


def _title(patient: Patient | None) -> str:
    return tr("New patient") if patient is None else tr("Edit {name}").format(name=patient.name)


def _hint(name: str) -> str:
    hints = {
        "birth_date": tr("Such as 4/12/84"),
        "allergies": tr("None known, when there are none"),
        "alerts": tr("Shown wherever the patient is shown"),
    }
    return hints.get(name, "")


def _phone_fields(names: list[str]) -> tuple[str, ...]:
    """Two beside each other."""
    return tuple(f"+{name}" if at % 2 else name for at, name in enumerate(names))


def _named(typed: str) -> str:
    """What was typed in small letters for a search, as a name."""
    text = typed.strip()
    return text.title() if text.islower() else text
