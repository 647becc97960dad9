"""List and page together: whoever is chosen in the list is shown on the page, and both stay true."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, ServerAway
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader, show_problem
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.patients.page import PatientPage
from clinic_desktop.ui.patients.page_facts import PageFacts, read_page, todays_patients
from clinic_desktop.ui.patients.patient_list import PatientList
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.viewed import viewed
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.wording import problem_worded

LIST_WIDTH = 340
SIDE_BY_SIDE = 640  # below this width list and page take turns
_PAGE_AFTER_MS = 60  # the page waits for a pause in typing, the list never
_PAYERS = ("payer_authorization", "package", "drug_movement")
_PENDING = ("wait_entry", "pin")
_BELONGINGS = frozenset({
    "clearance", "screening", "drug_order", "merge", "visit", "patient", "paper", "preparation", "sheet",
    "score", "after_call", "after_flag", *_PAYERS, *_PENDING,
})  # fmt: skip
_NO_LIMIT = 16_777_215


class PatientsView(Panel):
    """``shown`` comes whenever the page shows something new; ``facts`` is what it shows, or None."""

    shown = Signal()
    book_wanted = Signal(int)  # the patient to book
    visit_wanted = Signal(object)  # a Visit to look at

    def __init__(self, desk: Desk, people: LiveDirectory, parent: QWidget | None = None) -> None:
        super().__init__("surface", (), parent)
        self._desk = desk
        self._page_first = self._to_page = False
        self.list = PatientList(desk, people)
        self.page = PatientPage()
        self._nobody = EmptyState("patients", "")
        self._say_nobody()
        self._right = QStackedWidget()
        self._right.addWidget(self._nobody)
        self._right.addWidget(self.page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self._right, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAGE_AFTER_MS)
        self._pause.timeout.connect(self.read)
        self._reader: LatestReader[PageFacts] = LatestReader(self, self._show, self._gone)
        self._todays: LatestReader[tuple[int, ...]] = LatestReader(
            self, self.list.set_todays, self.list.set_unread
        )
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self._opened)
        self.page.visit_wanted.connect(self.visit_wanted)
        self.page.head.back_wanted.connect(self.back_to_list)
        desk.hub.changed.connect(self._heard)
        desk.setup_changed.connect(self.read)

    @property
    def facts(self) -> PageFacts | None:
        """What the page shows now; None when nobody is chosen."""
        facts = self.page.facts
        return facts if facts is not None and facts.patient.id == self.list.current else None

    @property
    def narrow(self) -> bool:
        return self.width() < theme().px(SIDE_BY_SIDE)

    def read_todays(self) -> None:
        """Who comes today."""
        self._todays.read(partial(todays_patients, self._desk.store, self._desk.today()))

    def read(self) -> None:
        """Read the page of the chosen patient, now."""
        self._pause.stop()
        if self.list.current:
            work = partial(read_page, self._desk.store, self.list.current, self._desk.today())
            self._reader.read(work, self._lead_to_page if self._to_page else None)

    def choose(self, patient_id: int) -> None:
        """Show somebody, from wherever."""
        self.list.choose(patient_id)
        self._to_page = self.narrow  # the list, which has the focus, gives way
        self.show_page(first=True)
        if self.facts is not None:
            self._lead_to_page()

    def forget(self) -> None:
        """Nobody is chosen any more, and nobody looked for."""
        self.list.forget()
        self.show_page(first=False)

    def show_page(self, first: bool) -> None:
        """Page or list, where only one of them fits."""
        self._page_first = first
        self._arrange()

    def back_to_list(self) -> bool:
        """One step out: False when the list has the focus already."""
        if self.list.line.hasFocus():
            return False
        self._to_page = False
        self.show_page(first=False)
        self.list.start()
        return True

    def _picked(self, patient_id: int) -> None:
        if patient_id:
            self._pause.start()
        else:
            self._pause.stop()
            self._reader.cancel()
            self._say_nobody()
            self._right.setCurrentWidget(self._nobody)
            self.shown.emit()

    def _opened(self, _patient_id: int) -> None:
        self.show_page(first=True)
        self.page.head.edit.setFocus()

    def _show(self, facts: PageFacts) -> None:
        if facts.patient.id != self.list.current:
            return
        self.page.show_facts(facts)
        self._right.setCurrentWidget(self.page)
        viewed(self._desk).saw(facts.patient.id, "page")
        self.shown.emit()

    def _lead_to_page(self) -> None:
        if self._to_page:
            self._to_page = False
            self.page.head.edit.setFocus()

    def _say_nobody(self) -> None:
        text = tr("Find somebody at the left, or add a new patient with Ctrl\u00a0N.")
        self._nobody.set_words(tr("No patient chosen"), text)

    def _gone(self, problem: ClinicProblem) -> None:
        """Who is chosen stays chosen: their page as it was read, or that it cannot be, not that nobody is."""
        self._to_page = False
        if isinstance(problem, ServerAway) and self.facts is not None:
            return
        self._nobody.set_words(tr("This record could not be read"), problem_worded(problem))
        self._right.setCurrentWidget(self._nobody)
        if not isinstance(problem, ServerAway):  # the window says that already
            show_problem(problem)

    def _heard(self, changes: Changes) -> None:
        chosen = self.list.current
        if chosen in changes.patients or changes.kinds & _BELONGINGS:
            self.read()
        if self._desk.today() in changes.days:
            self.read_todays()

    def _arrange(self) -> None:
        page_alone = self.narrow and self._page_first
        self.page.head.back.setVisible(page_alone)
        self.list.setVisible(not page_alone)
        self._right.setVisible(not self.narrow or self._page_first)
        width = theme().px(LIST_WIDTH)
        self.list.setMinimumWidth(0 if self.narrow else width)
        self.list.setMaximumWidth(_NO_LIMIT if self.narrow else width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
