"""The history of one visit at the side: who changed what, at which PC, when and why. Open to all staff."""

from functools import partial
from typing import cast

from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.treatment.history import PAGE, HistoryStore
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.patients.history_facts import History, read_visit_history
from clinic_desktop.ui.patients.history_list import HistoryList
from clinic_desktop.ui.patients.history_panel import BELONGINGS
from clinic_desktop.ui.patients.history_words import lines_of
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.viewed import viewed


class VisitHistoryPanel(PanelFrame):
    """Follows the news of the visit; nothing is changed from here."""

    def __init__(
        self, desk: Desk, visit_id: int, patient_id: int, about: str, parent: QWidget | None = None
    ) -> None:
        """about: whose visit, and when, in words."""
        title = tr("History of the visit: {about}").format(about=about)
        super().__init__(title, parent)
        self._desk, self._visit_id, self._patient_id = desk, visit_id, patient_id
        self._most = PAGE
        self.list = HistoryList()
        self.list.setAccessibleName(title)
        self.list.wanted_more.connect(self.confirm)
        self.set_list(self.list)
        self.older = self.add_button(tr("Older changes"), key="Ctrl+Return")
        self.older.fired.connect(self.confirm)
        self.older.hide()
        self.show_foot(False)
        self._reader: LatestReader[History] = LatestReader(self, self._show)
        desk.hub.changed.connect(self._heard)
        self.read()
        viewed(desk).saw(patient_id, "visit history")

    def read(self) -> None:
        """Read as many changes as are asked for, the newest first."""
        store = cast(HistoryStore, self._desk.store)
        asked = self._visit_id, self._patient_id, self._desk.today(), self._most
        self._reader.read(partial(read_visit_history, store, *asked))

    def start(self) -> None:
        self.list.setFocus()

    def confirm(self) -> None:
        """Older ones too, as many again."""
        if not self.older.isHidden():
            self._most += PAGE
            self.read()

    def _show(self, history: History) -> None:
        self.list.set_lines(lines_of(history))
        self.older.setVisible(history.more)
        self.show_foot(history.more)

    def _heard(self, changes: Changes) -> None:
        if self._visit_id in changes.visits or changes.kinds & (BELONGINGS - {"visit"}):
            self.read()
