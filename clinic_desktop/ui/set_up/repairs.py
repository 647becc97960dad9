"""The repair list: coming visits that no longer fit, until each of them is settled."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.scheduling.stranded import StrandedVisit, repair_list
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.set_up.stranded_list import StrandedList, whole_below
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Panel

Found = list[StrandedVisit]


class RepairView(QWidget):
    """Read when it is shown, and again after every change while it is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._reader: LatestReader[Found] = LatestReader(self, self._show)
        self.list = StrandedList(tr("Visits to repair"))
        self._title = label("", TextRole.TITLE, wrap=True)
        full = Panel("surface")
        column = QVBoxLayout(full)
        column.setContentsMargins(24, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(self._title)
        text = tr("Open each on the board to move or cancel it. Displaced visits come first.")
        column.addWidget(label(text, TextRole.BODY, "second", wrap=True))
        column.addWidget(self.list, 100)
        column.addWidget(whole_below(self.list))
        column.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                "check", tr("Every coming visit fits"), tr("Hours, rooms and people are there for all.")
            )
        )
        self._stack.addWidget(full)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.setFocusProxy(self.list)
        desk.hub.changed.connect(self._changed)

    def read(self) -> None:
        """Look at the coming visits again."""
        desk = self._desk
        now = instant_minute(desk.now())

        def work() -> Found:
            with desk.store.read() as records:
                return repair_list(records, now)

        self._reader.read(work)

    def _changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self.read()

    def _show(self, found: Found) -> None:
        count = len(found)
        self._title.setText(tr("%n coming visit(s) no longer fit", "", count))
        self.list.show_visits(found, self._desk.setup)
        self._stack.setCurrentIndex(1 if found else 0)
