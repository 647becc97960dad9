"""Hears of what other windows and programs changed: is woken, and asks the feed for what came after the last
number.

Only numbers are asked for, never a day, and nothing while nothing happens; a view reads again only when
something it shows was touched. A server that was asked and hangs (its disk, say) keeps the line and says
nothing: it counts as away after the time in which its listener says that it answers.
"""

from collections.abc import Callable
from threading import Thread

from PySide6.QtCore import QObject, Qt, QTimer, Signal, SignalInstance, Slot

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import steady_seconds
from clinic_desktop.foundation.errors import AWAY, ClinicProblem, ServerAway, WentBack
from clinic_desktop.foundation.store import Listener
from clinic_desktop.ui import failure
from clinic_desktop.ui.desk import ChangeHub

SOON, SELDOM = 0.25, 4.0
"""Seconds until a lost line is tried again: the first time, and at most."""
_LOOKS = 5  # at whether an answer is still waited for, in the time that it may take
_FAREWELL = 2.0  # seconds for the thread to end: one that is about to connect ends by itself a little later


class FeedWatcher(QObject):
    """``since(number)`` answers what came after it. ``failed`` hears of trouble, and None once it is over; of
    :class:`WentBack` once, while it goes on listening.

    This desk's own changes come by as well: a view that read since then has nothing more to read.
    """

    _heard = Signal(object)  # Changes
    _trouble = Signal(object)  # what went wrong, None once all is well again

    def __init__(
        self,
        hub: ChangeHub,
        listener: Listener,
        since: Callable[[int], Changes],
        number: int,
        failed: Callable[[ClinicProblem | None], object],
    ) -> None:
        super().__init__(hub)
        self._hub, self._listener, self._failed = hub, listener, failed
        self._heard.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._trouble.connect(self._say, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(listener.stop)
        self._follower = _Follower(listener, since, number, self._heard, self._trouble)
        self._within, self._silent = listener.answers_within, False
        self._patience = QTimer(self)
        self._patience.timeout.connect(self._look)
        # A daemon: one that waits for a server's name must not keep the program from ending.
        self._thread = Thread(target=self._follower.run, name="feed", daemon=True)

    def start(self) -> None:
        self._thread.start()
        if self._within is not None:
            self._patience.start(round(1000 * self._within / _LOOKS))

    def stop(self) -> None:
        """Hear nothing any more."""
        self._listener.stop()
        self._patience.stop()
        if self._thread.is_alive():
            self._thread.join(_FAREWELL)

    @Slot(object)
    def _tell(self, changes: Changes) -> None:
        self._hub.tell(changes)

    @Slot()
    def _look(self) -> None:
        if self._within is None or self._follower.said:  # else the thread has told what is wrong
            return
        silent = self._follower.waits > self._within
        if silent != self._silent:
            self._silent = silent
            self._failed(ServerAway(AWAY) if silent else None)

    @Slot(object)
    def _say(self, problem: BaseException | None) -> None:
        if problem is None or isinstance(problem, ClinicProblem):
            self._failed(problem)
        else:
            failure.report(problem)


class _Follower:
    """What the thread does. Of the window it owns nothing but the bound signals of an object there."""

    def __init__(
        self,
        listener: Listener,
        since: Callable[[int], Changes],
        number: int,
        heard: SignalInstance,
        trouble: SignalInstance,
    ) -> None:
        self._listener, self._since, self._number = listener, since, number
        self._heard, self._trouble = heard, trouble
        self.said = ""  # the trouble that was told and is not over
        self._asked_at: float | None = None  # the first question that has no answer, in steady seconds

    @property
    def waits(self) -> float:
        """Seconds for which an answer is waited for, through every line that was lost meanwhile."""
        asked = self._asked_at
        return 0.0 if asked is None else steady_seconds() - asked

    def run(self) -> None:
        try:
            self._follow()
        except RuntimeError:  # the window went, and its signals with it
            pass
        finally:
            self._listener.close()

    def _follow(self) -> None:
        """Listen. A line that was lost is opened again before anybody is told, then more and more rarely."""
        rest = 0.0
        while self._listener.pause(rest):
            self._well = False
            problem = self._listen()
            if problem is None:
                return
            if not self._well or not isinstance(problem, ClinicProblem):
                self._tell(problem)
            rest = SOON if self._well else min(2 * rest, SELDOM) or SOON

    def _listen(self) -> Exception | None:
        """Until the end (None), or until something went wrong. First what was missed is caught up."""
        try:
            self._asks()
            self._listener.open()
            self._ask()
            self._well = True
            while self._listener.wait():
                self._ask()
        except Exception as problem:
            return problem
        return None

    def _asks(self) -> None:
        if self._asked_at is None:
            self._asked_at = steady_seconds()

    def _ask(self) -> None:
        self._asks()
        back = None
        try:
            changes = self._since(self._number)
        except WentBack as problem:  # it answers: from here on it is followed from where it stands
            back, changes = problem, Changes(problem.number)
            self._number = problem.number
        self._asked_at = None
        if self.said:
            self.said = ""
            self._trouble.emit(None)
        if back is not None:
            self._trouble.emit(back)
        elif changes.number > self._number:
            self._number = changes.number
            self._heard.emit(changes)

    def _tell(self, problem: Exception) -> None:
        if str(problem) != self.said:
            self.said = str(problem) or type(problem).__name__
            self._trouble.emit(problem)
