"""The panel of what waits for the floor: incidents, with what is still to be told and called, and REMS forms,
which are filled and sent in the ledger. A prescriber answers an incident in "My decisions".
"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.scheduling.model import Setup
from clinic_desktop.treatment.ledger import LedgerForm
from clinic_desktop.treatment.to_see import OpenIncident, ToSee
from clinic_desktop.ui.floor.to_see_words import (
    count_words,
    form_row,
    incident_row,
    incident_words,
)
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.page_rows import Line as ListLine
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.widgets.scrolled import Inside, Scrolled

_MARGIN = 14


class ToSeePanel(Panel):
    """``decision_wanted`` carries the incident that a prescriber answers, ``form_wanted`` the visit whose
    form is to be seen in the ledger, ``visit_wanted`` the visit that the chosen one is about."""

    decision_wanted = Signal(int)
    form_wanted = Signal(int)
    visit_wanted = Signal(object)  # Visit
    left = Signal()

    def __init__(
        self,
        setup: Callable[[], Setup],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", (), parent)
        self.setAccessibleName(tr("To see to"))
        self._setup = setup
        self._chosen: OpenIncident | None = None
        self._may_close = False
        self._count = label("", TextRole.BODY, "second", wrap=True)
        self._incidents_title = label(tr("Incidents"), TextRole.STRONG)
        self.incidents = LineList(tr("Incidents"), at_once=True)
        self._forms_title = label(tr("REMS forms"), TextRole.STRONG)
        self.forms = LineList(tr("REMS forms"), at_once=True)
        self._make_box()
        self._lay_out()
        self.incidents.chosen.connect(self._choose)
        self.forms.chosen.connect(self._to_form)

    def _make_box(self) -> None:
        self._who = label("", TextRole.TITLE, wrap=True)
        self.about = label("", TextRole.BODY, wrap=True)
        self._not_yours = label(tr("A prescriber closes it."), TextRole.BODY, "second", wrap=True)
        self.show_visit = Button(tr("Show the visit"), Kind.PRIMARY, key="Return", size="small")
        self.decide = Button(tr("Answer it"), size="small")
        self.decide.setAccessibleDescription(tr("In My decisions"))
        self.back = Button(tr("Back"), Kind.QUIET, size="small")
        self.show_visit.fired.connect(self._show_visit)
        self.decide.fired.connect(self._decide)
        self.back.fired.connect(self.left)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.show_visit, self.decide, self.back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._box = QWidget()
        column = QVBoxLayout(self._box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (Line(), self._who, self.about, self._not_yours):
            column.addWidget(widget)
        column.addLayout(buttons)
        self._box.hide()

    def _lay_out(self) -> None:
        inside = Inside()
        body = QVBoxLayout(inside)
        body.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        body.setSpacing(9)
        head = label(tr("To see to"), TextRole.TITLE)
        for widget in (
            head,
            self._count,
            self._incidents_title,
            self.incidents,
            self._forms_title,
            self.forms,
            self._box,
        ):
            body.addWidget(widget)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Scrolled(inside))

    def show_waiting(self, there: ToSee, today: date, *, may_close: bool) -> None:
        """Everything that is open; what was chosen stays so while it is."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self._box.isAncestorOf(focused)
        self._may_close = may_close
        self._count.setText(count_words(there, today) or tr("Nothing waits."))
        self.incidents.set_lines([ListLine(incident_row(one), one) for one in there.incidents])
        self.forms.set_lines([ListLine(form_row(one, today), one) for one in there.forms])
        self._incidents_title.setVisible(bool(there.incidents))
        self._forms_title.setVisible(bool(there.forms))
        if self._chosen not in there.incidents:
            self.choose_none()
            if inside:
                self.focus_list()

    def _lists(self) -> tuple[LineList, ...]:
        return self.incidents, self.forms

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
    def chosen(self) -> OpenIncident | None:
        return self._chosen

    def _choose(self, one: OpenIncident) -> None:
        self._chosen = one
        self._who.setText(one.patient)
        self.about.setText(incident_words(one, self._setup()))
        self.decide.setVisible(self._may_close)
        self._not_yours.setVisible(not self._may_close)
        self._box.show()
        (self.decide if self._may_close else self.show_visit).setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_form(self, one: LedgerForm) -> None:
        """What is done about a form is done in the ledger."""
        self.form_wanted.emit(one.visit.id)

    def _decide(self) -> None:
        if self._chosen is not None:
            self.decision_wanted.emit(self._chosen.incident.id)

    def _show_visit(self) -> None:
        if self._chosen is not None:
            self.visit_wanted.emit(self._chosen.visit)
