"""The history of a patient at the side: who changed what, when and why."""

from functools import partial
from typing import cast

from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.people.model import Patient
from clinic_desktop.treatment.history import PAGE, HistoryStore
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.patients.history_facts import History, read_history
from clinic_desktop.ui.patients.history_list import HistoryList
from clinic_desktop.ui.patients.history_words import lines_of
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.viewed import viewed

BELONGINGS = frozenset(
    {
        "clearance",
        "screening",
        "drug_order",
        "merge",
        "visit",
        "course",
        "stamp",
        "rule_override",
        "paper",
        "after_call",
        "after_flag",
    }
)


class HistoryPanel(PanelFrame):
    """Follows the patient whose page is shown, and the news of them; nothing is changed from here."""

    def __init__(self, desk: Desk, patient: Patient, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk, self._patient = desk, patient
        self._most = PAGE
        self.list = HistoryList()
        self.list.wanted_more.connect(self.confirm)
        self.set_list(self.list)
        self.older = self.add_button(tr("Older changes"), key="Ctrl+Return")
        self.older.fired.connect(self.confirm)
        self.older.hide()
        self.show_foot(False)
        self._reader: LatestReader[History] = LatestReader(self, self._show)
        desk.hub.changed.connect(self._heard)
        self._show_patient(patient)

    def follow(self, patient: Patient) -> None:
        """The page shows somebody, perhaps another."""
        if patient.id != self._patient.id:
            self.list.set_lines(())
            self._most = PAGE
        if patient != self._patient:
            self._show_patient(patient)

    def _show_patient(self, patient: Patient) -> None:
        self._patient = patient
        title = tr("History of {name}").format(name=patient.name)
        self.set_title(title)
        self.list.setAccessibleName(title)
        self.read()

    def read(self) -> None:
        """Read as many changes as are asked for, the newest first."""
        store = cast(HistoryStore, self._desk.store)
        self._reader.read(partial(read_history, store, self._patient.id, self._desk.today(), self._most))
        viewed(self._desk).saw(self._patient.id, "history")

    def start(self) -> None:
        self.list.setFocus()

    def confirm(self) -> None:
        """Older ones too, as many again."""
        if not self.older.isHidden():
            self._most += PAGE
            self.read()

    def _show(self, history: History) -> None:
        if history.patient_id != self._patient.id:
            return
        self.list.set_lines(lines_of(history))
        self.older.setVisible(history.more)
        self.show_foot(history.more)

    def _heard(self, changes: Changes) -> None:
        if self._patient.id in changes.patients or changes.kinds & BELONGINGS:
            self.read()
