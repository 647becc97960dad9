"""How many calls are open, on the place's mark in the rail, whatever place is shown."""

from functools import partial

from PySide6.QtCore import QTimer

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.scheduling.call_list import Span
from clinic_desktop.ui.calls import commands
from clinic_desktop.ui.calls.work import CallsRead, read_calls
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.operations import LatestReader, show_unless_away
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame

_EVERY_MS = 60_000  # a row turns red by the clock
MATTERS = frozenset({"visit", "call_attempt", "clinic", "closure", "profile", "after_call", "after_flag"})


class CallsWatch(QTimer):
    """Counts the calls of today, the next business day and the day after; lives as long as the desk."""

    def __init__(self, frame: Frame, desk: Desk) -> None:
        super().__init__(desk)
        self._frame, self._desk = frame, desk
        self._reader: LatestReader[CallsRead] = LatestReader(self, self._count, show_unless_away)
        self.setInterval(_EVERY_MS)
        self.timeout.connect(self.look)
        desk.hub.changed.connect(self._heard)

    def start(self) -> None:  # type: ignore[override]  # with the interval set above, and a first look
        super().start()
        self.look()

    def look(self) -> None:
        self._reader.read(partial(read_calls, self._desk.store, self._desk.now()))

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & MATTERS:
            self.look()

    def _count(self, read: CallsRead) -> None:
        rows = [one for one in read.rows if one.span is not Span.AFTER and not one.done]
        after = [one for one in read.after if not one.done]
        red = any(one.red for one in rows) or any(one.out_of_turn for one in after)
        self._frame.set_badge(commands.CALLS, len(rows) + len(after), Tone.DANGER if red else Tone.NEUTRAL)
