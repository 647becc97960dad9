"""What stands beside the board: the selected visit, or the day while none is selected."""

from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.ui.board.day_panel import DayPanel
from clinic_desktop.ui.board.detail import Detail, read_detail
from clinic_desktop.ui.board.visit_panel import VisitPanel
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader


class Inspector(QStackedWidget):
    """Reads the rest of a visit off the GUI thread; what the board knows shows at once."""

    command = Signal(str)
    visit_wanted = Signal(int, object)  # with its day, None where it is one of the shown
    closed = Signal()

    def __init__(self, store: ScheduleStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._setup: Setup | None = None
        self._shown: tuple[int, int] | None = None
        self.day = DayPanel(self)
        self.addWidget(self.day)
        self.setAccessibleName(tr("Details"))
        self._reader = LatestReader[Detail](self, self._detail_came)
        self.day.command.connect(self.command)
        self.day.visit_wanted.connect(self._listed_taken)

    @cached_property
    def visit(self) -> VisitPanel:
        """Made for the first visit that is selected."""
        panel = VisitPanel(self)
        self.addWidget(panel)
        panel.command.connect(self.command)
        panel.visit_wanted.connect(self.visit_wanted)
        panel.closed.connect(self.closed)
        return panel

    def _listed_taken(self, visit_id: int) -> None:
        self.visit_wanted.emit(visit_id, None)

    def show_day(self) -> None:
        """No visit is selected."""
        self._reader.cancel()
        self._shown = None
        self.setCurrentWidget(self.day)

    def show_visit(self, visit_id: int, version: int, setup: Setup) -> None:
        """Bring up a visit's panel, and read what it does not know yet."""
        self._setup = setup
        self.setCurrentWidget(self.visit)
        if self._shown != (visit_id, version):
            self._shown = (visit_id, version)
            self._read(visit_id)

    def read_again(self) -> None:
        """Something of the shown visit changed that its version does not tell: a stamp, a patient."""
        if self._shown is not None:
            self._read(self._shown[0])

    def _read(self, visit_id: int) -> None:
        store = self._store
        self._reader.read(lambda: read_detail(store, visit_id))

    def _detail_came(self, detail: Detail) -> None:
        if self._setup is not None and self._shown is not None and self._shown[0] == detail.visit.id:
            self.visit.show_detail(detail, self._setup)
