"""Who runs out in the next three business days: of an authorization, of paid visits, of devices."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.paying import RunningOut, running_out
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.page_rows import Line
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import all_worded


class RunningOutPanel(PanelFrame):
    """``chosen`` carries the id of a patient: Enter on a line, or a click."""

    chosen = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Running out in the next 3 business days"))
        self._desk = desk
        self.list = LineList(tr("Visits that lack something"), at_once=True)
        self.none = label("", TextRole.BODY, "second", wrap=True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        self.why = label("", TextRole.BODY, "second", wrap=True)  # of the current line, in full
        self.why.setContentsMargins(10, 8, 10, 0)
        column.addWidget(self.list)
        column.addWidget(self.why)
        column.addWidget(self.none)
        self.set_body(body)
        self.show_foot(False)
        self.list.chosen.connect(self._chosen)
        self.list.selectionModel().currentChanged.connect(self._show_why)
        self._found: list[RunningOut] = []
        self._reader: LatestReader[list[RunningOut]] = LatestReader(self, self._read)
        desk.hub.changed.connect(self._others_changed)

    def start(self) -> None:
        """Read it, and take the focus."""
        self.list.setFocus()
        self._look(self.list.setFocus)  # once more: an empty list takes none

    def _look(self, then: Callable[[], object] | None = None) -> None:
        desk = self._desk
        self._reader.read(partial(_found, desk.store, desk), then)

    def _others_changed(self, _changes: object) -> None:
        if self.isVisible():
            self._look()

    def _read(self, found: list[RunningOut]) -> None:
        self._found = found
        self.list.set_lines([Line(_row(one), one.patient.id) for one in found])
        self.none.setText(
            "" if found else tr("Nobody runs out. Every visit is authorized, paid and supplied.")
        )
        self.none.setVisible(not found)
        self._show_why()

    def _show_why(self) -> None:
        row = self.list.currentIndex().row()
        self.why.setText(all_worded(self._found[row].why) if 0 <= row < len(self._found) else "")
        self.why.setVisible(bool(self.why.text()))

    def _chosen(self, patient_id: object) -> None:
        if isinstance(patient_id, int):
            self.chosen.emit(patient_id)


def _found(store: ScheduleStore, desk: Desk) -> list[RunningOut]:
    with store.read() as records:
        return running_out(records, desk.now())


def _row(one: RunningOut) -> Row:
    when = f"{short_date(one.visit.day)}, {clock_time(one.visit.minute)}"
    return Row(f"{one.patient.name}, {when}", all_worded(one.why), icon="warning")
