"""Hears of what other windows and programs changed: asks the feed for what came after the last number.

Only numbers are asked for, never a day; a view reads again only when something it shows was touched.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.ui.desk import ChangeHub
from clinic_desktop.ui.operations import run

# Milliseconds. Two desks see each other's changes within half a second; an idle desk takes 0.2 % of a core to
# ask (0.4 % on a server). Whoever gets no answer asks more rarely.
EVERY, AWAY = 250, 2000


class FeedWatcher(QObject):
    """``since(number)`` answers what came after it. ``failed`` hears of trouble, and None once it is over.

    This desk's own changes come by as well: a view that read since then has nothing more to read.
    """

    def __init__(
        self,
        hub: ChangeHub,
        since: Callable[[int], Changes],
        number: int,
        failed: Callable[[ClinicProblem | None], object],
    ) -> None:
        super().__init__(hub)
        self._hub, self._since, self._number, self._failed = hub, since, number, failed
        self._away = False
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._timer.start()

    @property
    def every(self) -> int:
        """The milliseconds between two questions as it asks now."""
        return self._timer.interval()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        """Ask now, unless the last question still waits for its answer."""
        run(self, partial(self._since, self._number), self._heard, self._could_not, key="feed", quiet=True)

    def _heard(self, changes: Changes) -> None:
        if self._away:
            self._away = False
            self._timer.setInterval(EVERY)
            self._failed(None)
        if changes.number > self._number:
            self._number = changes.number
            self._hub.tell(changes)

    def _could_not(self, problem: ClinicProblem) -> None:
        self._away = True
        self._timer.setInterval(AWAY)
        self._failed(problem)
