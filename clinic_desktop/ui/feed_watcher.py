"""Hears of what other windows and programs changed: woken when somebody wrote, it asks the feed for what came
after the last number.

Only numbers are asked for, never a day; a view reads again only when something it shows was touched.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Event, Thread
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.ui.desk import ChangeHub
from clinic_desktop.ui.operations import run

QUIET = 15.0
"""Seconds without news after which the line is asked whether it lives."""
AGAIN = (0.5, 1.0, 2.0)
"""Seconds until the next try while nothing answers; the last goes on."""
AWAY = 2000
"""Milliseconds between two questions while nothing answers."""


class Listener(Protocol):
    """What :func:`clinic_desktop.storage.listener.listen` answers."""

    def wait(self, seconds: float) -> bool: ...

    def wake(self) -> None: ...

    def close(self) -> None: ...


class FeedWatcher(QObject):
    """``since(number)`` answers what came after it; ``listen`` opens what wakes it. ``failed`` hears of
    trouble, and None once it is over.

    This desk's own changes come by as well: a view that read since then has nothing more to read.
    """

    _woken = Signal()

    def __init__(
        self,
        hub: ChangeHub,
        since: Callable[[int], Changes],
        listen: Callable[[], Listener],
        number: int,
        failed: Callable[[ClinicProblem | None], object],
    ) -> None:
        super().__init__(hub)
        self._hub, self._since, self._number, self._failed = hub, since, number, failed
        self._away = self._missed = self._asking = False
        self._ear = _Ear(listen, self._woken.emit)
        self._woken.connect(self.look, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self, interval=AWAY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._ear.start()

    def stop(self) -> None:
        """Hear nothing more. Waits for its thread, which is woken."""
        self._timer.stop()
        self._ear.stop()

    def look(self) -> None:
        """Ask now; while an answer is awaited, once more after it: it may not have the last news."""
        if self._asking:
            self._missed = True
            return
        self._asking = True
        run(self, partial(self._since, self._number), self._heard, self._could_not, quiet=True)

    def _heard(self, changes: Changes) -> None:
        if self._away:
            self._away = False
            self._timer.stop()
            self._failed(None)
        if changes.number > self._number:
            self._number = changes.number
            self._hub.tell(changes)
        self._answered()

    def _could_not(self, problem: ClinicProblem) -> None:
        self._away = True
        self._timer.start()
        self._failed(problem)
        self._answered()

    def _answered(self) -> None:
        self._asking = False
        if self._missed:
            self._missed = False
            self.look()


class _Ear:
    """A thread that waits for news and opens its line anew whenever that is lost. It reads nothing."""

    def __init__(self, listen: Callable[[], Listener], wake: Callable[[], None]) -> None:
        self._listen, self._wake = listen, wake
        self._over = Event()
        self._line: Listener | None = None
        self._thread = Thread(target=self._hear, name="feed", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        line = self._line
        if line is not None:
            line.wake()
        if self._thread.is_alive():
            self._thread.join()

    def _hear(self) -> None:
        tries = 0
        while not self._over.is_set():
            try:
                self._line = line = self._listen()
                self._tell()  # what came while nobody listened
                tries = 0
                self._wait_on(line)
            except ClinicProblem:
                self._tell()  # the question has the trouble too, and says it
            finally:
                opened, self._line = self._line, None
                if opened is not None:
                    opened.close()
            self._over.wait(AGAIN[min(tries, len(AGAIN) - 1)])
            tries += 1

    def _wait_on(self, line: Listener) -> None:
        while not self._over.is_set():
            if line.wait(QUIET):
                self._tell()

    def _tell(self) -> None:
        with suppress(RuntimeError):  # the window is gone
            self._wake()
