"""One panel for each thing that becomes of a drug: it came, was drawn, wasted, returned, or counted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.foundation.errors import BadInput, ClinicProblem
from clinic_desktop.people.model import Drug, DrugMovement, Moved
from clinic_desktop.people.stock import StockCount, lot_key
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.security.rights import may
from clinic_desktop.treatment.stock import Lot
from clinic_desktop.treatment.stocking import Counted, Logged, count_lot, move_drugs, right_for
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.expiry_line import expiry_line
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.ledger import drug_words
from clinic_desktop.ui.ledger.drugs_read import DrugsRead, ToDraw
from clinic_desktop.ui.operations import run, show_problem
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.patients.wording import day_words
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.parsed_line import ParsedLine, date_line
from clinic_desktop.ui.wording import fields_worded

WIDTH = 420


class Deed(StrEnum):
    """What is recorded."""

    RECEIVED = "received"
    DRAWN = "drawn"
    WASTED = "wasted"
    SENT = "sent"
    COUNTED = "counted"


_TITLES = {
    Deed.RECEIVED: QT_TR_NOOP("Drugs came in"),
    Deed.DRAWN: QT_TR_NOOP("Drawn from lot {lot}"),
    Deed.WASTED: QT_TR_NOOP("Wasted from lot {lot}"),
    Deed.SENT: QT_TR_NOOP("Returned or transferred from lot {lot}"),
    Deed.COUNTED: QT_TR_NOOP("Count lot {lot}"),
}
_VERBS = {
    Deed.RECEIVED: QT_TR_NOOP("Record what came"),
    Deed.DRAWN: QT_TR_NOOP("Record what was drawn"),
    Deed.WASTED: QT_TR_NOOP("Record the waste"),
    Deed.SENT: QT_TR_NOOP("Record what went"),
    Deed.COUNTED: QT_TR_NOOP("Record the count"),
}
_MOVED = {
    Deed.RECEIVED: Moved.RECEIVED,
    Deed.DRAWN: Moved.DRAWN,
    Deed.WASTED: Moved.WASTED,
    Deed.SENT: Moved.SENT,
    Deed.COUNTED: None,
}
_NOT_A_NUMBER = QT_TR_NOOP("This was not understood. Write a number, like 3 or 36.5.")


class DeedPanel(PanelFrame):
    """``done`` carries what the log says to it, and the changes. What does not stand is said at its field."""

    done = Signal(object, object)  # findings, Changes

    def __init__(self, title: str, deed: Deed, desk: Desk) -> None:
        super().__init__(title)
        self._desk, self._deed = desk, deed
        self.form = Form()
        self.keep = self.add_button(tr(_VERBS[deed]), Kind.PRIMARY, "Ctrl+Return")
        self.keep.fired.connect(self.confirm)
        self.form.submitted.connect(self.confirm)
        self._first: QWidget = self.form
        self._numbers: dict[str, ParsedLine[float]] = {}

    def number(self, name: str, text: str, hint: str = "", *, beside: bool = False) -> ParsedLine[float]:
        """A field for an amount."""
        line = ParsedLine(_read_number, _show_number, name=text)
        self._numbers[name] = line
        self.form.add(name, text, line, partial(_misread, line), hint, beside=beside)
        return line

    def somebody(self, text: str, field: str, hint: str = "", *, beside: bool = False) -> ChoiceBox:
        """Another member of staff than whoever acts."""
        box = ChoiceBox()
        box.addItem(tr("Choose"), 0)
        for one in self._desk.setup.staff:
            if one.active and one.id != self._desk.actor.person_id:
                box.addItem(one.name, one.id)
        self.form.add(field, text, box, None, hint, beside=beside)
        return box

    def text(self, name: str, text: str, hint: str = "", *, beside: bool = False) -> QLineEdit:
        line = QLineEdit()
        self.form.add(name, text, line, None, hint, beside=beside)
        return line

    def finish(self, first: QWidget) -> None:
        self.set_body(self.form)
        self._first = first
        self.renew_rights()

    def start(self) -> None:
        self._first.setFocus()

    def work(self) -> Callable[[], Logged | Counted]:
        """The use case with what is typed."""
        raise NotImplementedError

    def renew_rights(self) -> None:
        allowed = may(self._desk.actor, right_for(_MOVED[self._deed]))
        self.lock(self.keep, [] if allowed else [tr("Nurses and prescribers record this.")])

    def confirm(self) -> None:
        if not self.keep.missing and self.form.all_well():
            run(self, self.work(), self._kept, self._refused, key="ledger.drugs")

    def _kept(self, kept: Logged | Counted) -> None:
        self.done.emit(kept.warnings if isinstance(kept, Logged) else (), kept.changes)

    def _refused(self, problem: ClinicProblem) -> None:
        if isinstance(problem, BadInput):
            self.form.show_problems(fields_worded(problem.problems))
        else:
            show_problem(problem)


class ReceivePanel(DeedPanel):
    """Devices, or vials, that came for the house. Those for one patient are recorded on their page."""

    def __init__(self, desk: Desk, read: DrugsRead) -> None:
        super().__init__(tr(_TITLES[Deed.RECEIVED]), Deed.RECEIVED, desk)
        self._today = read.today
        self.drug = ChoiceBox()
        for drug, words in drug_words.DRUGS.items():
            self.drug.addItem(tr(words), drug.value)
        self.form.add("drug", tr("What"), self.drug)
        self.count = self.number("devices", tr("How many"))
        self.lot = self.text("lot", tr("Lot"), beside=True)
        self.expires = expiry_line(read.today)
        self.form.add("expires", tr("Expires"), self.expires, partial(_misread_day, self.expires))
        self.on = date_line(self._read_day, day_words, name=tr("On"))
        self.on.set_value(read.today)
        self.form.add("on", tr("On"), self.on, partial(_misread_day, self.on), beside=True)
        self.strength = self.number("strength", tr("mg in one mL"))
        self.ml = self.number("ml", tr("mL in one vial"), beside=True)
        self.note = self.text("note", tr("Note"), tr("From whom; or: counted to begin with"))
        last = next((one for one in read.here(Drug.KETAMINE) if one.size), None)
        self.strength.set_value(last.strength if last else 50)
        self.ml.set_value(last.ml if last else 10)
        self.drug.currentIndexChanged.connect(self._turned)
        self._turned()
        self.finish(self.drug)

    def _turned(self, _index: int = 0) -> None:
        for name in ("strength", "ml"):
            self.form.row(name).setVisible(self._drug is Drug.KETAMINE)

    @property
    def _drug(self) -> Drug:
        return Drug(self.drug.currentData())

    def _read_day(self, typed: str) -> date | None:
        return typed_day(typed.lower().replace(",", " "), self._today)

    def draft(self) -> DrugMovement:
        """What is typed."""
        count, vials = self.count.value or 0, self._drug is Drug.KETAMINE
        strength, ml = self.strength.value or 0, self.ml.value or 0
        made = DrugMovement(
            drug=self._drug,
            lot=lot_key(self.lot.text()),
            expires=self.expires.value,
            on=self.on.value or self._today,
            note=self.note.text().strip(),
        )
        if vials:
            return replace(made, mg=count * strength * ml, strength=strength, ml=ml)
        return replace(made, devices=int(count))

    def work(self) -> Callable[[], Logged]:
        return partial(move_drugs, self._desk.store, self._desk.actor, self.draft())

    def _refused(self, problem: ClinicProblem) -> None:
        if isinstance(problem, BadInput) and "mg" in problem.problems:
            found = dict(problem.problems)
            found["devices"] = found.pop("mg")
            problem = BadInput(found)
        super()._refused(problem)


class LotPanel(DeedPanel):
    """Something became of one lot."""

    def __init__(self, desk: Desk, deed: Deed, lot: Lot) -> None:
        super().__init__(tr(_TITLES[deed]).format(lot=lot.lot), deed, desk)
        self._lot = lot
        self._devices = lot.drug is Drug.SPRAVATO

    def line(self, what: Moved, amount: float, **more: object) -> DrugMovement:
        lot = self._lot
        made = DrugMovement(
            what=what, drug=lot.drug, lot=lot.lot, on=self._desk.today(), patient_id=lot.owner
        )
        made = replace(made, **more)  # type: ignore[arg-type]  # replace checks the names
        return replace(made, devices=-int(amount)) if self._devices else replace(made, mg=-amount)

    @property
    def says(self) -> str:
        """What the log says is here."""
        return tr("The log says {here}.").format(here=self._lot.words())


class DrawPanel(LotPanel):
    """From a vial, for a visit; what is left of the vial is wasted before a witness in the same step."""

    def __init__(self, desk: Desk, lot: Lot, visits: tuple[ToDraw, ...]) -> None:
        super().__init__(desk, Deed.DRAWN, lot)
        self._visits = {one.visit.id: one for one in visits}
        self.visit = ChoiceBox()
        self.visit.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for one in visits:
            words = tr("{patient} (drawn already)") if one.drawn else "{patient}"
            self.visit.addItem(words.format(patient=one.patient), one.visit.id)
        self.visit.addItem(tr("No visit of today"), 0)
        self.form.add("visit", tr("For"), self.visit)
        self.mg = self.number("mg", tr("Drawn, mg"), self.says)
        self.rest = self.number("rest", tr("Wasted of the rest, mg"), tr("Empty: it is kept."), beside=True)
        self.witness = self.somebody(tr("Witness of the waste"), "witness")
        self.note = self.text("note", tr("Note"))
        self.visit.currentIndexChanged.connect(self._turned)
        self.mg.textChanged.connect(self._reckon)
        self._turned()
        self.finish(self.visit)

    def _turned(self, _index: int = 0) -> None:
        there = self._visits.get(self.visit.currentData())
        self.mg.set_value(there.mg if there and there.mg else None)
        self._reckon()

    def _reckon(self, _text: str = "") -> None:
        """What is left of the vial that this is drawn from."""
        drawn, size = self.mg.value or 0, self._lot.size
        if not drawn or not size:
            self.rest.set_value(None)
            return
        left = round((self._lot.here - drawn) % size, 2)
        self.rest.set_value(left or None)

    def work(self) -> Callable[[], Logged]:
        visit, note = self.visit.currentData() or None, self.note.text().strip()
        lines = [self.line(Moved.DRAWN, self.mg.value or 0, visit_id=visit, note=note)]
        if self.rest.value:
            witness = self.witness.currentData() or None
            lines.append(self.line(Moved.WASTED, self.rest.value, visit_id=visit, witness_id=witness))
        return partial(move_drugs, self._desk.store, self._desk.actor, *lines)


class WastePanel(LotPanel):
    """Devices, or what is in vials, that nobody gets: somebody else sees it."""

    def __init__(self, desk: Desk, lot: Lot) -> None:
        super().__init__(desk, Deed.WASTED, lot)
        field, text = ("devices", tr("Devices")) if self._devices else ("mg", tr("mg"))
        self.amount = self.number(field, text, self.says)
        self.witness = self.somebody(tr("Witness"), "witness", beside=True)
        self.note = self.text("note", tr("What happened"))
        self.finish(self.amount)

    def work(self) -> Callable[[], Logged]:
        line = self.line(
            Moved.WASTED,
            self.amount.value or 0,
            witness_id=self.witness.currentData() or None,
            note=self.note.text().strip(),
        )
        return partial(move_drugs, self._desk.store, self._desk.actor, line)


class SendPanel(LotPanel):
    """Back to the pharmacy, or to another place."""

    def __init__(self, desk: Desk, lot: Lot) -> None:
        super().__init__(desk, Deed.SENT, lot)
        field, text = ("devices", tr("Devices")) if self._devices else ("mg", tr("mg"))
        self.amount = self.number(field, text, self.says)
        self.note = self.text("note", tr("Where to, and why"))
        self.finish(self.amount)

    def work(self) -> Callable[[], Logged]:
        line = self.line(Moved.SENT, self.amount.value or 0, note=self.note.text().strip())
        return partial(move_drugs, self._desk.store, self._desk.actor, line)


class CountPanel(LotPanel):
    """Two people count, and do not see what the log says: a number that stands there is found. Where theirs
    is another one, they are told when they record it, and say why in words."""

    def __init__(self, desk: Desk, lot: Lot) -> None:
        super().__init__(desk, Deed.COUNTED, lot)
        self.lot = lot
        blind = tr("Count what is in the safe. What the log says is told afterwards.")
        self.whole = self.number("counted", tr("Devices") if self._devices else tr("Whole vials"), blind)
        self.rest = self.number("rest", tr("mg in an open vial"), beside=True)
        self.form.row("rest").setVisible(not self._devices)
        self.second = self.somebody(tr("Counted with"), "second")
        self.note = self.text(
            "note", tr("A difference, in words"), tr("Empty at first; asked for where there is one.")
        )
        self.finish(self.whole)

    def work(self) -> Callable[[], Counted]:
        whole, size = self.whole.value, 1 if self._devices else self._lot.size or 1
        # An empty field is no count: below zero, it is refused and said.
        counted = -1 if whole is None else whole * size + (self.rest.value or 0)
        made = StockCount(
            drug=self._lot.drug,
            lot=self._lot.lot,
            counted=round(counted, 2),
            second_id=self.second.currentData() or 0,
            note=self.note.text().strip(),
        )
        return partial(count_lot, self._desk.store, self._desk.actor, made)


def _misread(line: ParsedLine[float]) -> str:
    return "" if line.understood else tr(_NOT_A_NUMBER)


def _misread_day(line: ParsedLine[date]) -> str:
    return "" if line.understood else tr("This was not understood. Write a day such as 12/31.")


def _read_number(typed: str) -> float | None:
    text = typed.strip().replace(",", "")
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number < 1_000_000 else None


def _show_number(number: float) -> str:
    return str(int(number)) if number == int(number) else str(round(number, 2))
