"""The panel of what waits for somebody: incidents that a prescriber closes with words, clearances that a
prescriber renews on the patient's page, and REMS forms, which are filled and sent in the ledger.
"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.to_renew import ToRenew
from clinic_desktop.treatment.ledger import LedgerForm
from clinic_desktop.treatment.to_see import OpenIncident, ToSee
from clinic_desktop.ui.floor.to_see_words import (
    count_words,
    form_row,
    incident_row,
    incident_words,
    renewal_row,
    renewal_words,
)
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.page_rows import Line as ListLine
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Line, Panel

_MARGIN = 14
Waiting = OpenIncident | ToRenew


class ToSeePanel(Panel):
    """``answered`` carries an incident and the words that close it, ``form_wanted`` the visit whose form
    is to be seen in the ledger, ``visit_wanted`` the visit that the chosen one is about, ``patient_wanted``
    whose clearance it is."""

    answered = Signal(object, str)  # OpenIncident
    form_wanted = Signal(int)
    visit_wanted = Signal(object)  # Visit
    patient_wanted = Signal(int)
    left = Signal()

    def __init__(
        self,
        setup: Callable[[], Setup],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", (), parent)
        self.setAccessibleName(tr("To see to"))
        self._setup = setup
        self._chosen: Waiting | None = None
        self._may_close = False
        self._count = label("", TextRole.BODY, "second", wrap=True)
        self._incidents_title = label(tr("Incidents"), TextRole.STRONG)
        self.incidents = LineList(tr("Incidents"), at_once=True)
        self._renewals_title = label(tr("Clearances to renew"), TextRole.STRONG)
        self.renewals = LineList(tr("Clearances to renew"), at_once=True)
        self._forms_title = label(tr("REMS forms"), TextRole.STRONG)
        self.forms = LineList(tr("REMS forms"), at_once=True)
        self._make_box()
        self._lay_out()
        self.incidents.chosen.connect(self._choose)
        self.renewals.chosen.connect(self._choose)
        self.forms.chosen.connect(self._to_form)

    def _make_box(self) -> None:
        self._who = label("", TextRole.TITLE, wrap=True)
        self.about = label("", TextRole.BODY, wrap=True)
        self.answer = QLineEdit()
        self.answer.setMaxLength(500)
        self._answer_row = FieldRow(tr("What was decided"), self.answer, tr("It stays with the incident."))
        self._not_yours = label("", TextRole.BODY, "second", wrap=True)
        self.close_it = Button(tr("Close the incident"), Kind.PRIMARY, key="Return", size="small")
        self.show_patient = Button(tr("Show the patient"), Kind.PRIMARY, key="Return", size="small")
        self.show_visit = Button(tr("Show the visit"), size="small")
        self.back = Button(tr("Back"), Kind.QUIET, size="small")
        self.answer.returnPressed.connect(self._close)
        self.close_it.fired.connect(self._close)
        self.show_patient.fired.connect(self._show_patient)
        self.show_visit.fired.connect(self._show_visit)
        self.back.fired.connect(self.left)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.close_it, self.show_patient, self.show_visit, self.back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._box = QWidget()
        column = QVBoxLayout(self._box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (Line(), self._who, self.about, self._answer_row, self._not_yours):
            column.addWidget(widget)
        column.addLayout(buttons)
        self._box.hide()

    def _lay_out(self) -> None:
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        body.setSpacing(9)
        head = label(tr("To see to"), TextRole.TITLE)
        for widget in (
            head,
            self._count,
            self._incidents_title,
            self.incidents,
            self._renewals_title,
            self.renewals,
            self._forms_title,
            self.forms,
            self._box,
        ):
            body.addWidget(widget)
        body.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def show_waiting(self, there: ToSee, today: date, *, may_close: bool) -> None:
        """Everything that is open; what was chosen stays so while it is."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self._box.isAncestorOf(focused)
        self._may_close = may_close
        self._count.setText(count_words(there, today) or tr("Nothing waits."))
        self.incidents.set_lines([ListLine(incident_row(one), one) for one in there.incidents])
        self.renewals.set_lines([ListLine(renewal_row(one, today), one) for one in there.renewals])
        self.forms.set_lines([ListLine(form_row(one, today), one) for one in there.forms])
        self._incidents_title.setVisible(bool(there.incidents))
        self._renewals_title.setVisible(bool(there.renewals))
        self._forms_title.setVisible(bool(there.forms))
        if self._chosen not in (*there.incidents, *there.renewals):
            self.choose_none()
            if inside:
                self.focus_list()

    def _lists(self) -> tuple[LineList, ...]:
        return self.incidents, self.renewals, self.forms

    def focus_list(self) -> None:
        """To the first list that has something; nothing is left to do here where none has."""
        for one in self._lists():
            if one.lines():
                one.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
        self.left.emit()

    def choose_none(self) -> None:
        self._chosen = None
        self._box.hide()

    @property
    def chosen(self) -> Waiting | None:
        return self._chosen

    def _choose(self, one: Waiting) -> None:
        self._chosen = one
        incident = isinstance(one, OpenIncident)
        self._who.setText(one.patient)
        self.about.setText(self._words(one))
        may = incident and self._may_close
        self._answer_row.setVisible(may)
        self._answer_row.set_problem("")
        self.close_it.setVisible(may)
        self.show_patient.setVisible(isinstance(one, ToRenew))
        self.show_visit.setVisible(_visit_of(one) is not None)
        self._not_yours.setText(_whose(one))
        self._not_yours.setVisible(not may)
        self.answer.clear()
        self._box.show()
        elsewhere = self.show_patient if isinstance(one, ToRenew) else self.show_visit
        (self.answer if may else elsewhere).setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_form(self, one: LedgerForm) -> None:
        """What is done about a form is done in the ledger."""
        self.form_wanted.emit(one.visit.id)

    def _words(self, one: Waiting) -> str:
        if isinstance(one, OpenIncident):
            return incident_words(one, self._setup())
        return renewal_words(one, self._setup())

    def _close(self) -> None:
        if not isinstance(self._chosen, OpenIncident):
            return
        if words := self.answer.text().strip():
            self.answered.emit(self._chosen, words)
        else:
            self._answer_row.set_problem(tr("Say what was decided."))

    def show_problems(self, problems: dict[str, str]) -> None:
        """What the core refused, by field."""
        self._answer_row.set_problem(problems.get("answer", ""))

    def _show_visit(self) -> None:
        if self._chosen is not None and (visit := _visit_of(self._chosen)) is not None:
            self.visit_wanted.emit(visit)

    def _show_patient(self) -> None:
        if isinstance(self._chosen, ToRenew):
            self.patient_wanted.emit(self._chosen.clearance.patient_id)


def _visit_of(one: Waiting) -> Visit | None:
    """The visit that it is about; of a clearance the first one after its end."""
    if isinstance(one, ToRenew):
        return one.visits[0] if one.visits else None
    return one.visit


def _whose(one: Waiting) -> str:
    """Who does what is to be done, for whoever may not."""
    if isinstance(one, ToRenew):
        return tr("A prescriber renews it on the patient's page.")
    return tr("A prescriber closes it.")
