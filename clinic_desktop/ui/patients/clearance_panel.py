"""Clearing a patient for a treatment: for what, since when, until when, and what speaks against it."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.clearances import last_day, standings
from clinic_desktop.people.model import Clearance
from clinic_desktop.scheduling.clearing import Cleared, Decision, clear, clearing_findings, withdraw
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.states import NEVER_CAME
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import ReasonDialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.page_facts import PageFacts
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.patients.wording import day_words
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.parsed_line import date_line
from clinic_desktop.ui.wording import worded


class ClearancePanel(PanelFrame):
    """``done`` carries a :class:`Cleared`; the panel does not close itself."""

    done = Signal(object)

    def __init__(
        self, desk: Desk, facts: PageFacts, modality: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Clear {name}").format(name=facts.patient.name), parent)
        self._desk, self._facts = desk, facts
        self.modality, self.decided, self.note = ChoiceBox(), ChoiceBox(), QLineEdit()
        self.until = date_line(self._read_day, day_words, name=tr("Until"))
        self.against = NoticeBox("", "", Tone.WARN)
        self._fill(modality)
        self._build()
        self.clear_button = self.add_button("", Kind.PRIMARY, "Ctrl+Return")
        self.clear_button.fired.connect(self.confirm)
        self._renew_until()
        self._say()

    def _fill(self, modality: str) -> None:
        for one in self._facts.setup.modalities:
            self.modality.addItem(one.name, one.code)
        self.modality.setCurrentIndex(max(0, self.modality.findData(modality or self._likely())))
        self.decided.addItem(tr("Today, without a visit"), None)
        for visit in self._consultations():
            kind = self._facts.setup.type_by_id(visit.type_id).name
            self.decided.addItem(tr("{visit}, {day}").format(visit=kind, day=short_date(visit.day)), visit)
        self.decided.setCurrentIndex(1 if self.decided.count() > 1 else 0)

    def _likely(self) -> str:
        """What the next held visit waits for, else the first way of treating without a clearance."""
        for visit in self._facts.coming:
            if "clearance" in visit.held_for:
                return self._facts.setup.type_by_id(visit.type_id).modality
        known = standings(self._facts.clearances, self._facts.today)
        free = (
            m.code for m in self._facts.setup.modalities if m.code not in known or not known[m.code].holds
        )
        return next(free, "")

    def _consultations(self) -> list[Visit]:
        """Consultations that took place, the last one first."""
        types = {one.id: one for one in self._facts.setup.types}
        return [
            one
            for one in reversed(self._facts.visits)
            if types[one.type_id].gives_clearance
            and one.day <= self._facts.today
            and one.state not in NEVER_CAME
        ][:5]

    def _build(self) -> None:
        form = Form()
        form.add("modality", tr("Treatment"), self.modality)
        form.add("decided", tr("Decided"), self.decided)
        form.add("until", tr("Until"), self.until, self._unread_until)
        form.add("note", tr("Note"), self.note)
        form.submitted.connect(self.confirm)
        self.form = form
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(form)
        column.addWidget(self.against)
        self.set_body(body)
        self.modality.currentIndexChanged.connect(self._say)
        self.decided.currentIndexChanged.connect(self._renew_until)
        self.until.value_changed.connect(self._say)

    def start(self) -> None:
        self.modality.setFocus()

    def decision(self) -> Decision:
        """What is chosen."""
        visit = self.decided.currentData()
        return Decision(
            self._facts.patient.id,
            str(self.modality.currentData() or ""),
            until=self.until.value,
            visit_id=visit.id if isinstance(visit, Visit) else None,
            note=self.note.text(),
        )

    def confirm(self) -> None:
        if self.clear_button.missing or not self.form.all_well():
            return
        work = partial(clear, self._desk.store, self._desk.actor, self.decision())
        run(self, work, self._cleared, key="patients.clear")

    def renew_rights(self) -> None:
        self._say()

    def _cleared(self, cleared: Cleared) -> None:
        self._desk.record(cleared.changes)
        self.done.emit(cleared)

    def _on(self) -> date:
        visit = self.decided.currentData()
        return visit.day if isinstance(visit, Visit) else self._facts.today

    def _renew_until(self) -> None:
        self.until.set_value(last_day(self._on(), self._facts.setup.policies.clearance_months))
        self._say()

    def _read_day(self, typed: str) -> date | None:
        return typed_day(typed.lower().replace(",", " "), self._facts.today)

    def _unread_until(self) -> str:
        if self.until.value is not None:
            return ""
        return tr("Write the last day, such as 11/17/2027 or +6m.")

    def _say(self) -> None:
        """Name the button after what it does, and say what speaks against it."""
        draft = Clearance(
            patient_id=self._facts.patient.id,
            modality=str(self.modality.currentData() or ""),
            on=self._on(),
            until=self.until.value or self._on(),
        )
        found = clearing_findings(
            self._facts.patient, draft, self._facts.setup, self._facts.screening, self._facts.today
        )
        self.against.setVisible(bool(found))
        self.against.set_notice(" ".join(map(worded, found)), "", Tone.WARN)
        pattern = tr("Clear for {treatment} to {day}")
        until = day_words(self.until.value) if self.until.value else "?"
        self.clear_button.setText(pattern.format(treatment=self.modality.currentText(), day=until))
        allowed = may(self._desk.actor, Right.CLEAR)
        self.lock(self.clear_button, [] if allowed else [tr("Only a prescriber clears patients.")])


def ask_withdrawal(parent: QWidget, desk: Desk, facts: PageFacts, clearance: Clearance) -> ReasonDialog:
    """Ask why a clearance is taken back, then do it."""
    reasons = [
        ("pressure", QT_TR_NOOP("Blood pressure or heart")),
        ("reaction", QT_TR_NOOP("Reaction to the treatment")),
        ("condition", QT_TR_NOOP("New condition or medicine")),
        ("asked", QT_TR_NOOP("Patient asked")),
    ]

    def withdrawn(_code: str, reason: str) -> None:
        work = partial(withdraw, desk.store, desk.actor, clearance.id, clearance.version, reason)
        run(parent, work, told, key="patients.withdraw")

    def told(cleared: Cleared) -> None:
        desk.record(cleared.changes)

    title = tr("Withdraw the clearance for {treatment}?").format(treatment=facts.modality(clearance.modality))
    text = tr("Visits that need it are held until a prescriber clears again.")
    return ReasonDialog.ask(parent, title, text, reasons, tr("Withdraw"), withdrawn)
