"""Who pays, and the devices that came: an authorization, a package, a movement, each in its own panel."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.foundation.errors import BadInput, ClinicProblem
from clinic_desktop.foundation.rulebook import Problems
from clinic_desktop.people.model import Authorization, DrugMovement, Moved, Package
from clinic_desktop.people.payers import authorization_problems, package_problems
from clinic_desktop.people.stock import line_problems, lot_key
from clinic_desktop.scheduling.paying import Kept, keep_authorization, keep_package
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.security.rights import Right, may
from clinic_desktop.treatment.stocking import Logged, move_drugs
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.expiry_line import expiry_line
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run, show_problem
from clinic_desktop.ui.patients.page_facts import PageFacts
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.patients.wording import day_words, problem_words
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.parsed_line import ParsedLine, date_line
from clinic_desktop.ui.wording import fields_worded

Editors = tuple[tuple[str, str, QWidget, bool], ...]  # field, its label, the editor, beside the one before


class KeepingPanel(PanelFrame):
    """``done`` when it is kept. A panel says its fields, what is typed, what is wrong, and who keeps it."""

    done = Signal()

    def __init__(self, title: str, verb: str, desk: Desk, facts: PageFacts) -> None:
        super().__init__(title.format(name=facts.patient.name))
        self._desk, self._facts = desk, facts
        self.form = Form()
        self.keep = self.add_button(verb, Kind.PRIMARY, "Ctrl+Return")
        self.keep.fired.connect(self.confirm)

    def build(self, editors: Editors) -> None:
        self._lines = {name: one for name, _, one, _ in editors if isinstance(one, ParsedLine)}
        for name, text, editor, beside in editors:
            self.form.add(name, text, editor, partial(self._problem, name), beside=beside)
        self.form.submitted.connect(self.confirm)
        self.set_body(self.form)
        self._first = editors[0][2]
        self.renew_rights()

    def found(self) -> Problems:
        """What does not stand in what is typed."""
        raise NotImplementedError

    def keeping(self) -> Callable[[], Kept[Any] | Logged]:
        """The use case with what is typed."""
        raise NotImplementedError

    def start(self) -> None:
        self._first.setFocus()

    def renew_rights(self) -> None:
        allowed = may(self._desk.actor, Right.EDIT_PATIENT)
        self.lock(self.keep, [] if allowed else [tr("You may not change patients.")])

    def confirm(self) -> None:
        if not self.keep.missing and self.form.all_well():
            run(self, self.keeping(), self._kept, self._refused, key="patients.payer")

    def _kept(self, kept: Kept[Any] | Logged) -> None:
        self._desk.record(kept.changes)
        self.done.emit()

    def _refused(self, problem: ClinicProblem) -> None:
        if isinstance(problem, BadInput):
            self.form.show_problems(fields_worded(problem.problems))
        else:
            show_problem(problem)

    def _problem(self, name: str) -> str:
        line = self._lines.get(name)
        if line is not None and not line.understood:
            return tr("This was not understood. Write a plain number, or a day such as 12/31.")
        return problem_words(self.found(), name)

    def day_line(self, name: str, placeholder: str = "") -> ParsedLine[date]:
        return date_line(self._read_day, day_words, name=name, placeholder=placeholder)

    def _read_day(self, typed: str) -> date | None:
        return typed_day(typed.lower().replace(",", " "), self._facts.today)

    def treatments(self, code: str) -> ChoiceBox:
        """Every way of treating, ``code`` chosen; without one, that of the next visit."""
        box = ChoiceBox()
        box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for one in self._facts.setup.modalities:
            box.addItem(one.name, one.code)
        coming = (self._facts.setup.type_by_id(one.type_id).modality for one in self._facts.coming)
        likely = code or next((one for one in coming if one), "")
        box.setCurrentIndex(max(0, box.findData(likely)))
        return box


class AuthorizationPanel(KeepingPanel):
    """A payer's authorization, new or changed."""

    def __init__(self, desk: Desk, facts: PageFacts, seen: Authorization | None = None) -> None:
        super().__init__(tr("Authorization for {name}"), tr("Keep the authorization"), desk, facts)
        self._seen = seen or Authorization(patient_id=facts.patient.id, valid_from=facts.today)
        self.payer, self.number, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.modality = self.treatments(self._seen.modality)
        self.visits = count_line(tr("Visits"), tr("no limit"))
        self.valid_from = self.day_line(tr("From"))
        self.valid_to = self.day_line(tr("Valid to"), tr("no end"))
        for line, text in (
            (self.payer, self._seen.payer),
            (self.number, self._seen.number),
            (self.note, self._seen.note),
        ):
            line.setText(text)
        self.visits.set_value(self._seen.visits)
        self.valid_from.set_value(self._seen.valid_from)
        self.valid_to.set_value(self._seen.valid_to)
        self.build((
            ("payer", tr("Payer"), self.payer, False),
            ("number", tr("Number"), self.number, True),
            ("modality", tr("Treatment"), self.modality, False),
            ("visits", tr("Visits"), self.visits, True),
            ("valid_from", tr("From"), self.valid_from, False),
            ("valid_to", tr("Valid to"), self.valid_to, True),
            ("note", tr("Note"), self.note, False),
        ))  # fmt: skip

    def draft(self) -> Authorization:
        """What is typed."""
        return replace(
            self._seen,
            payer=self.payer.text().strip(),
            number=self.number.text().strip(),
            modality=str(self.modality.currentData() or ""),
            visits=self.visits.value,
            valid_from=self.valid_from.value or date.min,
            valid_to=self.valid_to.value,
            note=self.note.text().strip(),
        )

    def found(self) -> Problems:
        return authorization_problems(self.draft())

    def keeping(self) -> Callable[[], Kept[Authorization]]:
        return partial(keep_authorization, self._desk.store, self._desk.actor, self.draft())


class PackagePanel(KeepingPanel):
    """Treatments that the patient pays for together, new or changed."""

    def __init__(self, desk: Desk, facts: PageFacts, seen: Package | None = None) -> None:
        super().__init__(tr("Package for {name}"), tr("Keep the package"), desk, facts)
        self._seen = seen or Package(patient_id=facts.patient.id)
        self.name, self.note = QLineEdit(), QLineEdit()
        self.modality = self.treatments(self._seen.modality)
        self.visits, self.paid = count_line(tr("Visits")), count_line(tr("Paid"))
        self.name.setText(self._seen.name)
        self.note.setText(self._seen.note)
        self.visits.set_value(self._seen.visits or None)
        self.paid.set_value(self._seen.paid)
        self.build((
            ("name", tr("Name"), self.name, False),
            ("modality", tr("Treatment"), self.modality, True),
            ("visits", tr("Visits"), self.visits, False),
            ("paid", tr("Paid"), self.paid, True),
            ("note", tr("Note"), self.note, False),
        ))  # fmt: skip

    def draft(self) -> Package:
        """What is typed."""
        return replace(
            self._seen,
            name=self.name.text().strip(),
            modality=str(self.modality.currentData() or ""),
            visits=self.visits.value or 0,
            paid=self.paid.value or 0,
            note=self.note.text().strip(),
        )

    def found(self) -> Problems:
        return package_problems(self.draft())

    def keeping(self) -> Callable[[], Kept[Package]]:
        return partial(keep_package, self._desk.store, self._desk.actor, self.draft())


class DevicesPanel(KeepingPanel):
    """Devices that came for the patient, or went elsewhere than into a visit: lines of the drug log."""

    def __init__(self, desk: Desk, facts: PageFacts) -> None:
        super().__init__(tr("Devices for {name}"), tr("Record the devices"), desk, facts)
        self.devices = ParsedLine(_read_signed, str, name=tr("Devices"))
        self.lot, self.note = QLineEdit(), QLineEdit()
        self.on, self.expires = self.day_line(tr("On")), expiry_line(facts.today)
        self.on.set_value(facts.today)
        self.devices.setPlaceholderText(tr("8, or -1 for one that went"))
        self.build((
            ("devices", tr("Devices"), self.devices, False),
            ("lot", tr("Lot"), self.lot, True),
            ("expires", tr("Expires"), self.expires, False),
            ("on", tr("On"), self.on, True),
            ("note", tr("Note"), self.note, False),
        ))  # fmt: skip

    def draft(self) -> DrugMovement:
        """What is typed."""
        devices = self.devices.value or 0
        return DrugMovement(
            what=Moved.SENT if devices < 0 else Moved.RECEIVED,
            patient_id=self._facts.patient.id,
            on=self.on.value or self._facts.today,
            devices=devices,
            lot=lot_key(self.lot.text()),
            expires=self.expires.value,
            note=self.note.text().strip(),
        )

    def found(self) -> Problems:
        return line_problems(self.draft(), self._desk.actor.person_id, (), self._facts.today)

    def keeping(self) -> Callable[[], Logged]:
        return partial(move_drugs, self._desk.store, self._desk.actor, self.draft())


def count_line(name: str, placeholder: str = "") -> ParsedLine[int]:
    """A whole number of at most three digits."""
    line = ParsedLine(_read_count, str, name=name)
    line.setPlaceholderText(placeholder)
    return line


def _read_count(typed: str) -> int | None:
    text = typed.strip()
    return int(text) if text.isdecimal() and len(text) <= 3 else None


def _read_signed(typed: str) -> int | None:
    text = typed.strip().replace("\N{MINUS SIGN}", "-")
    count = _read_count(text.removeprefix("-").removeprefix("+"))
    return -count if count is not None and text.startswith("-") else count
