"""How many decisions are open, on the place's mark in the rail, whatever place is shown."""

from functools import partial

from PySide6.QtCore import QTimer

from clinic_desktop.aftercare.texts_waiting import Texts
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.treatment.decisions import requests
from clinic_desktop.treatment.request import Request
from clinic_desktop.ui.decisions.commands import DECISIONS
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame

_EVERY_MS = 300_000  # what is new is heard of at once; only midnight comes by itself


MATTERS = frozenset({
    "visit", "stamp", "incident", "asked", "told_word", "rule_override", "clearance", "drug_order", "patient",
    "review", "call_attempt", "sheet_text", "after_flag",
})  # fmt: skip


class DecisionsWatch(QTimer):
    """Counts what waits for a prescriber; lives as long as the desk."""

    def __init__(self, frame: Frame, desk: Desk) -> None:
        super().__init__(desk)
        self._frame, self._desk = frame, desk
        self._reader: LatestReader[list[Request]] = LatestReader(self, self._count)
        self.setInterval(_EVERY_MS)
        self.timeout.connect(self.look)
        desk.hub.changed.connect(self._heard)

    def start(self) -> None:  # type: ignore[override]  # with the interval set above, and a first look
        super().start()
        self.look()

    def look(self) -> None:
        self._reader.read(partial(_read, self._desk))

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & MATTERS:
            self.look()

    def _count(self, found: list[Request]) -> None:
        grave = any(one.here or one.late or one.urgent for one in found)
        self._frame.set_badge(DECISIONS, len(found), Tone.DANGER if grave else Tone.NEUTRAL)


def _read(desk: Desk) -> list[Request]:
    with desk.store.read() as records:
        return requests(records, desk.now(), Texts())
