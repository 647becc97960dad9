"""Keeping the floor on this computer while the server is there, for a start without it."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.operations import BEHIND, run

_SOON_MS = 15_000  # after a change: those of a busy minute go together
_DAY_MS = 600_000  # how often it is looked whether the day is another one


class FloorCopy(QObject):
    """``copy`` keeps the floor as it is now, in a worker; a failure leaves the copy before, and the paper."""

    def __init__(self, desk: Desk, copy: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._copy = desk, copy
        self._day: date | None = None
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._soon.timeout.connect(self.make)
        self._daily = QTimer(self, interval=_DAY_MS)
        self._daily.timeout.connect(self._look)
        desk.hub.changed.connect(self._heard)

    def start(self) -> None:
        self._daily.start()
        self.make()

    def make(self) -> None:
        """Now, unless the server is away: what there is then is what there was."""
        if self._desk.outage.away_since is None:
            day = self._desk.today()
            run(self, self._copy, partial(self._made, day), self._not_made, quiet=True, pool=BEHIND)

    def _made(self, day: date, _done: object) -> None:
        self._day = day

    def _not_made(self, _problem: ClinicProblem) -> None:
        self._day = None  # with the next look

    def _heard(self, _changes: Changes) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _look(self) -> None:
        if self._day != self._desk.today():
            self.make()
