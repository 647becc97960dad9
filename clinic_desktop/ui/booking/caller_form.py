"""Somebody new on the phone: name and number are enough, the rest becomes a to-do."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.foundation.errors import BadInput, ClinicProblem
from clinic_desktop.foundation.rulebook import Problems
from clinic_desktop.people.model import Patient, Phone
from clinic_desktop.people.patients import Saved, quick_create
from clinic_desktop.people.validation import caller_problems
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run, show_problem
from clinic_desktop.ui.patients.duplicate_notice import DuplicateNotice
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.wording import fields_worded, worded

_FIELDS = {"given": "given_name", "family": "family_name", "phone": "phones"}


class CallerForm(QWidget):
    """``added`` carries the new :class:`Patient`, ``known`` the id of a record that was there already."""

    added = Signal(object)
    known = Signal(int)
    left = Signal()

    def __init__(self, desk: Desk, people: LiveDirectory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._people = desk, people
        self.given, self.family, self.phone = QLineEdit(), QLineEdit(), QLineEdit()
        self.form = Form()
        self.form.add("given", tr("First name"), self.given)
        self.form.add("family", tr("Last name"), self.family, self._check("family_name"), beside=True)
        phone_check = self._check("phones", "phones.0")
        self.form.add("phone", tr("Phone"), self.phone, phone_check, tr("The rest can be asked later."))
        self.doubles = DuplicateNotice()
        self.add_button = Button(tr("Add and go on"), Kind.PRIMARY, key="Return")
        leave = Button(tr("Back to the search"), Kind.QUIET)
        foot = QHBoxLayout()
        foot.addWidget(leave)
        foot.addStretch(1)
        foot.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addWidget(self.doubles)
        column.addLayout(foot)
        leave.fired.connect(self.left)
        self.add_button.fired.connect(self._add)
        self.form.submitted.connect(self._add)
        self.form.edited.connect(self._look_for_doubles)
        self.doubles.open_wanted.connect(self.known)

    def start(self, typed: str) -> None:
        """Begin with what was typed into the search: digits are a phone, words a name."""
        is_number = any(letter.isdigit() for letter in typed)
        family, _, given = typed.partition(",")
        if not given:
            given, _, family = typed.rpartition(" ") if " " in typed else (typed, "", "")
        for line, text in ((self.given, given), (self.family, family)):
            line.setText("" if is_number else text.strip().title())
        self.phone.setText(typed if is_number else "")
        self.form.show_problems({})
        lines = (self.given, self.family, self.phone)
        next((one for one in lines if not one.text()), self.phone).setFocus()

    def _draft(self) -> Patient:
        number = self.phone.text().strip()
        phones = (Phone(number),) if number else ()
        return Patient(given_name=self.given.text(), family_name=self.family.text(), phones=phones)

    def _check(self, *names: str) -> "_Check":
        return _Check(self, names)

    def found(self) -> Problems:
        """What does not stand, by the record's fields."""
        return caller_problems(self._draft(), self._desk.today())

    def _look_for_doubles(self) -> None:
        draft = self._draft()
        named = len(draft.given_name.strip()) > 1 and len(draft.family_name.strip()) > 1
        people = self._people.directory.likely(draft) if named else []
        self.doubles.show_people(people, self._desk.today())

    def _add(self) -> None:
        if not self.form.all_well():
            return
        draft, desk = self._draft(), self._desk
        number = draft.phones[0].number
        work = partial(quick_create, desk.store, desk.actor, draft.given_name, draft.family_name, number)
        run(self, work, self._saved, self._refused, key="booking.caller")

    def _saved(self, saved: Saved) -> None:
        self._desk.record(saved.changes)
        self.added.emit(saved.patient)

    def _refused(self, problem: ClinicProblem) -> None:
        if not isinstance(problem, BadInput):
            show_problem(problem)
            return
        shown = {
            field: text
            for field, name in _FIELDS.items()
            for key, text in fields_worded(problem.problems).items()
            if key.split(".")[0] == name
        }
        self.form.show_problems(shown)


class _Check:
    """Asks the record's own rules about one field of the form."""

    def __init__(self, form: CallerForm, names: tuple[str, ...]) -> None:
        self._form, self._names = form, names

    def __call__(self) -> str:
        found = self._form.found()
        return next((worded(found[name]) for name in self._names if name in found), "")
