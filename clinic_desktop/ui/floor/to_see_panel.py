"""The panel of what waits for somebody: incidents that a prescriber closes with words, clearances that a
prescriber renews on the patient's page, reviews that a prescriber owes a course, and REMS forms, which are
filled and sent in the ledger.
"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.reviews import OpenReview
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
    review_row,
    review_words,
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
Waiting = OpenIncident | ToRenew | OpenReview


class ToSeePanel(Panel):
    """``answered`` carries an incident and the words that close it, ``form_wanted`` the visit whose form
    is to be seen in the ledger, ``visit_wanted`` the visit that the chosen one is about, ``patient_wanted``
    whose clearance it is."""

    answered = Signal(object, str)  # OpenIncident
    form_wanted = Signal(int)
    reviewed = Signal(object, str)  # OpenReview
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
        self._reviews_title = label(tr("Reviews due"), TextRole.STRONG)
        self.reviews = LineList(tr("Reviews due"), at_once=True)
        self._forms_title = label(tr("REMS forms"), TextRole.STRONG)
        self.forms = LineList(tr("REMS forms"), at_once=True)
        self._make_box()
        self._lay_out()
        for shown in (self.incidents, self.renewals, self.reviews):
            shown.chosen.connect(self._choose)
        self.forms.chosen.connect(self._to_form)

    def _make_box(self) -> None:
        self._who = label("", TextRole.TITLE, wrap=True)
        self.about = label("", TextRole.BODY, wrap=True)
        self.answer = QLineEdit()
        self.answer.setMaxLength(500)
        self._answer_row = FieldRow(tr("What was decided"), self.answer, tr("It stays on record."))
        self._not_yours = label("", TextRole.BODY, "second", wrap=True)
        self.close_it = Button(tr("Close the incident"), Kind.PRIMARY, key="Return", size="small")
        self.review_it = Button(tr("Record it"), Kind.PRIMARY, key="Return", size="small")
        self.show_patient = Button(tr("Show the patient"), Kind.PRIMARY, key="Return", size="small")
        self.show_scores = Button(tr("Scores"), name=tr("Show the scores"), size="small")
        self.show_visit = Button(tr("Show the visit"), size="small")
        self.back = Button(tr("Back"), Kind.QUIET, size="small")
        self.answer.returnPressed.connect(self._close)
        self.close_it.fired.connect(self._close)
        self.review_it.fired.connect(self._close)
        self.show_scores.fired.connect(self._show_patient)
        self.show_patient.fired.connect(self._show_patient)
        self.show_visit.fired.connect(self._show_visit)
        self.back.fired.connect(self.left)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (
            self.close_it,
            self.review_it,
            self.show_patient,
            self.show_scores,
            self.show_visit,
            self.back,
        ):
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
            self._reviews_title,
            self.reviews,
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
        self._laid_out = QTimer(self)
        self._laid_out.setSingleShot(True)
        self._laid_out.timeout.connect(self._bring_up)

    def show_waiting(self, there: ToSee, today: date, *, may_close: bool) -> None:
        """Everything that is open; what was chosen stays so while it is."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self._box.isAncestorOf(focused)
        self._may_close = may_close
        self._count.setText(count_words(there, today) or tr("Nothing waits."))
        self.incidents.set_lines([ListLine(incident_row(one), one) for one in there.incidents])
        self.renewals.set_lines([ListLine(renewal_row(one, today), one) for one in there.renewals])
        self.reviews.set_lines([ListLine(review_row(one, self._setup()), one) for one in there.reviews])
        self.forms.set_lines([ListLine(form_row(one, today), one) for one in there.forms])
        self._incidents_title.setVisible(bool(there.incidents))
        self._renewals_title.setVisible(bool(there.renewals))
        self._reviews_title.setVisible(bool(there.reviews))
        self._forms_title.setVisible(bool(there.forms))
        if self._chosen not in (*there.incidents, *there.renewals, *there.reviews):
            self.choose_none()
            if inside:
                self.focus_list()

    def _lists(self) -> tuple[LineList, ...]:
        return self.incidents, self.renewals, self.reviews, self.forms

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
        incident, review = isinstance(one, OpenIncident), isinstance(one, OpenReview)
        self._who.setText(one.patient)
        self.about.setText(self._words(one))
        may = (incident or review) and self._may_close
        self._answer_row.setVisible(may)
        self._answer_row.set_problem("")
        self.close_it.setVisible(incident and may)
        self.review_it.setVisible(review and may)
        self.show_patient.setVisible(isinstance(one, ToRenew))
        self.show_scores.setVisible(review)
        self.show_visit.setVisible(_visit_of(one) is not None)
        self._not_yours.setText(_whose(one))
        self._not_yours.setVisible(not may)
        self.answer.clear()
        self._box.show()
        self._field(one, may=may).setFocus(Qt.FocusReason.OtherFocusReason)
        self._laid_out.start(0)  # the box stands below lists that may be long

    def _bring_up(self) -> None:
        if self._box.isVisible():
            self._scroll.ensureWidgetVisible(self._box)

    def _field(self, one: Waiting, *, may: bool) -> QWidget:
        """Where it is done, or what leads there."""
        if isinstance(one, ToRenew):
            return self.show_patient
        if isinstance(one, OpenReview):
            return self.answer if may else self.show_scores
        return self.answer if may else self.show_visit

    def _to_form(self, one: LedgerForm) -> None:
        """What is done about a form is done in the ledger."""
        self.form_wanted.emit(one.visit.id)

    def _words(self, one: Waiting) -> str:
        setup = self._setup()
        if isinstance(one, OpenIncident):
            return incident_words(one, setup)
        return review_words(one, setup) if isinstance(one, OpenReview) else renewal_words(one, setup)

    def _close(self) -> None:
        if not isinstance(one := self._chosen, OpenIncident | OpenReview):
            return
        words = self.answer.text().strip()
        if not words:
            self._answer_row.set_problem(tr("Say what was decided."))
        elif isinstance(one, OpenReview):
            self.reviewed.emit(one, words)
        else:
            self.answered.emit(one, words)

    def show_problems(self, problems: dict[str, str]) -> None:
        """What the core refused, by field."""
        self._answer_row.set_problem(problems.get("answer", "") or problems.get("words", ""))

    def _show_visit(self) -> None:
        if self._chosen is not None and (visit := _visit_of(self._chosen)) is not None:
            self.visit_wanted.emit(visit)

    def _show_patient(self) -> None:
        if isinstance(one := self._chosen, OpenReview):
            self.patient_wanted.emit(one.patient_id)
        elif isinstance(one, ToRenew):
            self.patient_wanted.emit(one.clearance.patient_id)


def _visit_of(one: Waiting) -> Visit | None:
    """The visit that it is about; of a clearance the first one after its end."""
    if isinstance(one, ToRenew):
        return one.visits[0] if one.visits else None
    return None if isinstance(one, OpenReview) else one.visit


def _whose(one: Waiting) -> str:
    """Who does what is to be done, for whoever may not."""
    if isinstance(one, ToRenew):
        return tr("A prescriber renews it on the patient's page.")
    if isinstance(one, OpenReview):
        return tr("A prescriber reviews it, in a visit or here.")
    return tr("A prescriber closes it.")
