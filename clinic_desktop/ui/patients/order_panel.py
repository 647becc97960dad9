"""Writing an order: drug, route, dose, how often, how long."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.foundation.errors import BadInput, ClinicProblem, Refusal
from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.people.clearances import standings
from clinic_desktop.people.model import Order
from clinic_desktop.people.orders import PER_WEIGHT, UNITS, order_problems
from clinic_desktop.people.rules import ORDER_ABOVE_ALL, ORDER_ABOVE_USUAL
from clinic_desktop.scheduling.ordering import Ordered, stop_order, write_order
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import ReasonDialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import run, show_problem
from clinic_desktop.ui.patients.page_facts import PageFacts
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.patients.wording import day_words, problem_words
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.parsed_line import ParsedLine, date_line
from clinic_desktop.ui.wording import all_worded, fields_worded

# What an order for a way of treating mostly says; the prescriber changes it freely.
_USUAL = {
    "iv": ("ketamine", "IV", PER_WEIGHT),
    "spravato": ("esketamine", "nasal", "mg"),
    "im": ("ketamine", "IM", PER_WEIGHT),
    "kap": ("ketamine", "IM", PER_WEIGHT),
}
_NOT_USUAL = ("", "", "mg")
_ASKED = {ORDER_ABOVE_USUAL, ORDER_ABOVE_ALL}
_ABOVE_USUAL = (
    ("pain", QT_TR_NOOP("A long infusion for pain")),
    ("response", QT_TR_NOOP("Lower doses did not help")),
    ("tolerance", QT_TR_NOOP("Used to higher doses from another clinic")),
)


class OrderPanel(PanelFrame):
    """``done`` carries the :class:`Ordered`. ``order`` None writes a new one."""

    done = Signal(object)  # Ordered

    def __init__(
        self, desk: Desk, facts: PageFacts, order: Order | None = None, parent: QWidget | None = None
    ) -> None:
        title = tr("Change the order for {name}") if order else tr("Order for {name}")
        super().__init__(title.format(name=facts.patient.name), parent)
        self._desk, self._facts = desk, facts
        self._seen = order or Order(patient_id=facts.patient.id)
        self.modality, self.unit = ChoiceBox(), ChoiceBox()
        self.drug, self.route, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.dose, self.weight = _number_line(tr("Dose")), _number_line(tr("Weight in kg"))
        self.interval, self.visits = _count_line(tr("Days between visits")), _count_line(tr("Visits in all"))
        self.weighed_on = date_line(self._read_day, day_words, name=tr("Weighed on"))
        self.valid_to = date_line(self._read_day, day_words, name=tr("Valid to"), placeholder=tr("no end"))
        self._build()
        self._fill()
        self.stop_button = self.add_button(tr("Stop the order"), Kind.QUIET)
        self.stop_button.setVisible(bool(self._seen.id))
        self.stop_button.fired.connect(self._ask_stop)
        verb = tr("Save the order") if self._seen.id else tr("Write the order")
        self.write_button = self.add_button(verb, Kind.PRIMARY, "Ctrl+Return")
        self.write_button.fired.connect(self.confirm)
        self.renew_rights()

    def renew_rights(self) -> None:
        allowed = may(self._desk.actor, Right.ORDER)
        for button in (self.stop_button, self.write_button):
            self.lock(button, [] if allowed else [tr("Only a prescriber writes orders.")])

    def _build(self) -> None:
        self.form = Form()
        for name, text, editor, beside in (
            ("modality", tr("Treatment"), self.modality, False),
            ("drug", tr("Drug"), self.drug, False),
            ("route", tr("Route"), self.route, True),
            ("dose", tr("Dose"), self.dose, False),
            ("unit", tr("Unit"), self.unit, True),
            ("weight_kg", tr("Weight in kg"), self.weight, False),
            ("weighed_on", tr("Weighed on"), self.weighed_on, True),
            ("interval_days", tr("Days between visits"), self.interval, False),
            ("visits", tr("Visits in all"), self.visits, True),
            ("valid_to", tr("Valid to"), self.valid_to, False),
            ("note", tr("Note"), self.note, False),
        ):
            self.form.add(name, text, editor, partial(self._problem, name), beside=beside)
        self.form.submitted.connect(self.confirm)
        self.set_body(self.form)

    def _fill(self) -> None:
        order = self._seen
        for one in self._facts.setup.modalities:
            self.modality.addItem(one.name, one.code)
        for unit in UNITS:
            self.unit.addItem(unit, unit)
        self.modality.setCurrentIndex(max(0, self.modality.findData(order.modality or self._likely())))
        self.dose.set_value(order.dose or None)
        self.weight.set_value(order.weight_kg)
        self.weighed_on.set_value(order.weighed_on)
        self.interval.set_value(order.interval_days)
        self.visits.set_value(order.visits)
        self.valid_to.set_value(order.valid_to)
        self.note.setText(order.note)
        if order.id:
            self._fill_drug(order.drug, order.route, order.unit)
        else:
            self._usual()
            self.modality.currentIndexChanged.connect(self._usual)
        self.unit.currentIndexChanged.connect(self._show_weight)
        self._show_weight()

    def _usual(self) -> None:
        self._fill_drug(*_USUAL.get(str(self.modality.currentData()), _NOT_USUAL))

    def _fill_drug(self, drug: str, route: str, unit: str) -> None:
        self.drug.setText(drug)
        self.route.setText(route)
        self.unit.setCurrentIndex(self.unit.findData(unit))

    def _show_weight(self) -> None:
        by_weight = self.unit.currentData() == PER_WEIGHT
        self.form.row("weight_kg").setVisible(by_weight)
        self.form.row("weighed_on").setVisible(by_weight)
        if by_weight and self.weighed_on.value is None:
            self.weighed_on.set_value(self._facts.today)

    def _likely(self) -> str:
        """What the patient is cleared for."""
        found = standings(self._facts.clearances, self._facts.today)
        return next((code for code, stand in found.items() if stand.holds), "")

    def start(self) -> None:
        (self.dose if self.drug.text() else self.modality).setFocus()

    def draft(self) -> Order:
        """What is typed, as an order."""
        by_weight = self.unit.currentData() == PER_WEIGHT
        return replace(
            self._seen,
            modality=str(self.modality.currentData() or ""),
            drug=self.drug.text().strip(),
            route=self.route.text().strip(),
            dose=self.dose.value or 0.0,
            unit=str(self.unit.currentData()),
            weight_kg=self.weight.value if by_weight else None,
            weighed_on=self.weighed_on.value if by_weight else None,
            interval_days=self.interval.value,
            visits=self.visits.value,
            valid_to=self.valid_to.value,
            note=self.note.text().strip(),
        )

    def confirm(self) -> None:
        if not self.write_button.missing and self.form.all_well():
            self._write()

    def _write(self, _code: str = "", meant: str = "") -> None:
        work = partial(write_order, self._desk.store, self._desk.actor, self.draft(), meant)
        run(self, work, self._written, self._refused, key="patients.order")

    def _written(self, ordered: Ordered) -> None:
        self._desk.record(ordered.changes)
        self.done.emit(ordered)

    def _refused(self, problem: ClinicProblem) -> None:
        if isinstance(problem, BadInput):
            self.form.show_problems(fields_worded(problem.problems))
        elif isinstance(problem, Refusal) and {one.rule for one in problem.findings} <= _ASKED:
            self._ask_meant(problem.findings)
        else:
            show_problem(problem)

    def _ask_meant(self, found: Sequence[Finding]) -> None:
        """Why; for more than any source gives there is no ready answer."""
        title, verb = tr("Is this dose meant?"), self.write_button.text()
        ready = () if any(one.rule is ORDER_ABOVE_ALL for one in found) else _ABOVE_USUAL
        ReasonDialog.ask(self, title, all_worded(found), ready, verb, self._write)

    def _ask_stop(self) -> None:
        reasons = [
            ("done", QT_TR_NOOP("Course is over")),
            ("changed", QT_TR_NOOP("Replaced by another order")),
            ("reaction", QT_TR_NOOP("Reaction to the treatment")),
        ]
        text = tr("Visits after today have no order then.")
        ReasonDialog.ask(self, tr("Stop this order?"), text, reasons, tr("Stop the order"), self._stop)

    def _stop(self, _code: str, reason: str) -> None:
        work = partial(
            stop_order, self._desk.store, self._desk.actor, self._seen.id, self._seen.version, reason
        )
        run(self, work, self._written, key="patients.order")

    def _found(self) -> Problems:
        return order_problems(self.draft(), self._facts.today)

    def _problem(self, name: str) -> str:
        editors: dict[str, ParsedLine[Any]] = {
            "dose": self.dose, "weight_kg": self.weight, "interval_days": self.interval,
            "visits": self.visits, "valid_to": self.valid_to, "weighed_on": self.weighed_on,
        }  # fmt: skip
        if name in editors and not editors[name].understood:
            return tr("This was not understood. Write a plain number, or a day such as 12/31.")
        return problem_words(self._found(), name)

    def _read_day(self, typed: str) -> date | None:
        return typed_day(typed.lower().replace(",", " "), self._facts.today)


def _number_line(name: str) -> ParsedLine[float]:
    return ParsedLine(_read_number, _show_number, name=name)


def _count_line(name: str) -> ParsedLine[int]:
    return ParsedLine(_read_count, str, name=name)


def _read_number(typed: str) -> float | None:
    """A dose or a weight; a comma may stand for the point."""
    try:
        number = float(typed.strip().replace(",", "."))
    except ValueError:
        return None
    return number if 0 < number < 10_000 else None


def _show_number(number: float) -> str:
    return f"{number:g}"


def _read_count(typed: str) -> int | None:
    text = typed.strip()
    return int(text) if text.isdecimal() and len(text) <= 3 else None
