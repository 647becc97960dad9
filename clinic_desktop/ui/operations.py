"""The one way a screen calls a use case: off the GUI thread, answer or failure back on it.

The work touches no widget, model or picture. A failure worded for people (``ClinicProblem``) goes to
``on_failure`` or to the shell's calm notice; anything else is a bug and goes to ``failure.py``.
"""

import sys
from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QThreadPool, QTimer, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure, GivenUp, ServerAway
from clinic_desktop.ui import failure
from clinic_desktop.ui.wishes import PATIENCE, Wish

T = TypeVar("T")

AT_PRINTERS = "printers"
"""The pool of work that waits for a printer: however many wait, reading and recording go on."""

BEHIND = "behind"
"""The pool of work that nobody waits for, one thing at a time."""

CHECKING = "checking"
"""The pool of the check of the trail, which rests between its steps."""

HERE = "here"
"""The pool of what this computer does by itself while a server does not answer: keeping what happens, and
letting people in. What waits for a server that hangs takes no thread of it."""

_THREADS = {"": 4, AT_PRINTERS: 6, BEHIND: 1, CHECKING: 1, HERE: 2}
AGAIN_MS = 5_000
"""Until a read that failed is tried again: what it would have shown may have changed."""
_TURN = 0.001
"""Seconds after which a worker lets the window go on. A repaint asks for a turn with each widget: with the
5 ms that Python takes otherwise, a worker that makes pages holds it up so often that it is seen."""
_RETURNED = 10
"""Milliseconds in which a thread that has told its answer returns, nearly always."""
_running: set["Operation[Any]"] = set()  # keeps them alive until their answer was delivered
_leaving: set["Operation[Any]"] = set()  # delivered, while their threads have not returned yet
_default_failure: list[Callable[[ClinicProblem], None]] = []
_default_busy: list[Callable[[], None]] = []
_default_slow: list[Callable[[bool], None]] = []
SLOW_MS = 1_000
"""After which whoever entered something is told that it is not done yet."""


class Operation(QObject, Generic[T]):
    """One call of ``work``. Call ``start()``; hold on to it only to ask ``busy`` or to ``cancel()``.

    on_success and on_failure run on the GUI thread, and only while ``parent`` lives. key: while an
    operation with the same key runs, ``start()`` refuses and answers False (a second press of Book). pool:
    whose threads it takes, :data:`AT_PRINTERS` where it may wait for minutes.
    """

    finished = Signal()
    _answered = Signal(object, object)

    def __init__(
        self,
        parent: QObject,
        work: Callable[[], T],
        on_success: Callable[[T], None],
        on_failure: Callable[[ClinicProblem], None] | None = None,
        *,
        key: str = "",
        pool: str = "",
    ) -> None:
        super().__init__()
        self._parent, self._work = parent, work
        self._on_success, self._on_failure = on_success, on_failure
        self._key, self._pool = key, pool
        self.asked_for = bool(key)  # by somebody: it does not come again by itself
        self.kept_if_away = False  # on this computer, where a server does not answer
        self.failed = self._slow = False
        self._cancelled = False
        self._runner: _Runner | None = None
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self in _running

    def start(self) -> bool:
        """Begin; False when this or another operation of its key is still running."""
        if self.busy or (self._key and under_way(self._key)):
            return False
        _running.add(self)
        self._runner = _Runner(self._work, self._answered)
        _pool(self._pool).start(self._runner.run)
        if self.asked_for and self._pool != AT_PRINTERS:
            QTimer.singleShot(SLOW_MS, self, self._takes_long)
        return True

    @Slot()
    def _takes_long(self) -> None:
        self._slow = self.busy
        if self._slow:
            _tell_slow()

    def cancel(self) -> None:
        """Drop the answer of a read that nobody waits for any more. The work itself runs to its end."""
        self._cancelled = True

    @Slot(object, object)
    def _deliver(self, result: T, error: BaseException | None) -> None:
        _running.discard(self)
        if self._slow:
            self._slow = False
            _tell_slow()
        otherwise = GivenUp | ServerAway if self.kept_if_away else GivenUp
        self.failed = error is not None and not isinstance(error, otherwise)
        try:
            if error is not None:
                self._fail(error)
            elif not self._cancelled and isValid(self._parent):
                self._on_success(result)
        finally:
            self.finished.emit()
            self._end()

    @Slot()
    def _end(self) -> None:
        """Its thread may still be about to return from telling the answer, on this very object, which must
        not be gone by then."""
        if self.out:
            _leaving.discard(self)
        else:
            _leaving.add(self)
            QTimer.singleShot(_RETURNED, self._end)

    @property
    def out(self) -> bool:
        """Whether its thread has done with it."""
        return self._runner is None or self._runner.out

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, ClinicProblem):
            failure.report(error)
        elif self._cancelled:
            return
        elif self._on_failure is not None and isValid(self._parent):
            self._on_failure(error)
        else:
            show_problem(error)


class LatestReader(QObject, Generic[T]):
    """Reads of which only the newest counts: a search while typing, a day while paging.

    At most one read runs and one waits; an answer that was overtaken is dropped. A read that met no answer is
    told once, and tried again quietly until it has one or another is asked for: news that were heard while
    the data could not be read are shown all the same, however short that was. A ``parent`` that is a widget
    and hidden waits with it until it is shown.

    So ``on_result`` only shows. Whoever wants something to follow, the focus, a choice, a step, says so with
    ``read``: see :class:`Wish`. It is dropped when the read fails.
    """

    busy_changed = Signal(bool)

    def __init__(
        self,
        parent: QObject,
        on_result: Callable[[T], None],
        on_failure: Callable[[ClinicProblem], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._on_result, self._on_failure = on_result, on_failure
        self._current: Operation[T] | None = None
        self._waiting: Callable[[], T] | None = None
        self._unanswered: Callable[[], T] | None = None  # what failed and is tried again
        self._told: type[ClinicProblem] | None = None  # how
        self._wish: Wish | None = None
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._try_again)

    @property
    def busy(self) -> bool:
        return self._current is not None

    def read(
        self, work: Callable[[], T], then: Callable[[], object] | None = None, patience: float = PATIENCE
    ) -> None:
        """Run ``work`` next and forget whatever was asked before. ``then`` follows once it is shown, for
        ``patience`` seconds; a read without one, for news, leaves an earlier wish standing."""
        if then is not None:
            self._wish = Wish(self, then, patience)
        self._unanswered = None
        self._again.stop()
        if self._current is not None:
            self._current.cancel()
            self._waiting = work
            return
        self._start(work)
        self.busy_changed.emit(True)

    def cancel(self) -> None:
        """Forget what runs and what waits."""
        self._waiting = self._unanswered = self._wish = None
        self._again.stop()
        if self._current is not None:
            self._current.cancel()

    def follow(self, then: Callable[[], object]) -> None:
        """``then`` as soon as what is being read is shown; now where nothing is."""
        if self.busy:
            self._wish = Wish(self, then)
        else:
            then()

    def only_show(self) -> None:
        """Somebody chose by hand: what is being read is shown, and nothing follows."""
        self._wish = None

    def _try_again(self) -> None:
        parent = self.parent()
        if self._unanswered is None or self._current is not None:
            return
        if isinstance(parent, QWidget) and not parent.isVisible():
            self._again.start(AGAIN_MS)
        else:
            self._start(self._unanswered)

    def _came(self, result: T) -> None:
        self._unanswered = None
        self._on_result(result)
        if self._waiting is None and self._wish is not None:  # else it follows what is read now
            wish, self._wish = self._wish, None
            wish.come()

    def _could_not(self, work: Callable[[], T], problem: ClinicProblem) -> None:
        self._wish = None
        known = self._unanswered is work and self._told is type(problem)
        self._told = type(problem)
        if isinstance(problem, EnvironmentFailure) and self._waiting is None:
            self._unanswered = work
            self._again.start(AGAIN_MS)
        else:
            self._unanswered = None
        if not known:
            (self._on_failure or show_problem)(problem)

    def _start(self, work: Callable[[], T]) -> None:
        self._current = Operation(self, work, self._came, partial(self._could_not, work))
        self._current.finished.connect(self._next)
        self._current.start()

    @Slot()
    def _next(self) -> None:
        work, self._waiting, self._current = self._waiting, None, None
        if work is not None:
            self._start(work)
        else:
            self.busy_changed.emit(False)


def run(
    parent: QObject,
    work: Callable[[], T],
    on_success: Callable[[T], None],
    on_failure: Callable[[ClinicProblem], None] | None = None,
    *,
    key: str = "",
    quiet: bool = False,
    pool: str = "",
) -> Operation[T] | None:
    """Make an operation and start it; None when one of its key is still running.

    Then nothing was taken, and whoever pressed is told so; ``quiet`` for what nobody pressed, which comes
    again by itself. What was typed is the caller's to keep.
    """
    made = Operation(parent, work, on_success, on_failure, key=key, pool=pool)
    made.asked_for = bool(key) and not quiet
    if made.start():
        return made
    if not quiet and _default_busy:
        _default_busy[-1]()
    return None


def show_problem(problem: ClinicProblem) -> None:
    """What happens to a failure that no screen words itself."""
    if _default_failure:
        _default_failure[-1](problem)
    else:
        failure.report(problem)


def show_unless_away(problem: ClinicProblem) -> None:
    """Of what nobody asked for: that the server is away is said by the window, once and for all of it."""
    if not isinstance(problem, ServerAway):
        show_problem(problem)


def set_default_failure(handler: Callable[[ClinicProblem], None] | None) -> None:
    """The shell's calm notice; None takes it away again."""
    _default_failure.clear()
    if handler is not None:
        _default_failure.append(handler)


def set_default_busy(handler: Callable[[], None] | None) -> None:
    """How the shell says that something is still running; None takes it away again."""
    _default_busy.clear()
    if handler is not None:
        _default_busy.append(handler)


def set_default_slow(handler: Callable[[bool], None] | None) -> None:
    """How the shell says that what was entered takes long (True), and that it does no more; None takes it
    away again."""
    _default_slow.clear()
    if handler is not None:
        _default_slow.append(handler)


def _tell_slow() -> None:
    if _default_slow:
        _default_slow[-1](any(one._slow for one in _running))


def saving() -> bool:
    """Whether something that was entered is still on its way: whatever is written has a key. What is at a
    printer is on record already."""
    return any(one._key and one._pool != AT_PRINTERS for one in _running)


def entries() -> list[Operation[Any]]:
    """What somebody entered and has no answer to yet. What is at a printer is on record already."""
    return [one for one in _running if one.asked_for and one._pool != AT_PRINTERS]


def under_way(key: str) -> bool:
    """Whether an operation with this key is running."""
    return any(one._key == key for one in _running)


def at_printers() -> int:
    """How many operations wait for a printer."""
    return sum(one._pool == AT_PRINTERS for one in _running)


def running_count() -> int:
    """How many operations have not delivered their answer."""
    return len(_running)


def wait_for_all(milliseconds: int = 10_000) -> bool:
    """At the program's end: let the work finish, for so long at most. Answers are not delivered any more."""
    until = QDeadlineTimer(milliseconds)
    return all([_pool(name).waitForDone(until.remainingTime()) for name in _THREADS])


class _Runner:
    """Owns nothing but the work and the bound signal of an object that lives on the GUI thread. out: it has
    told the answer, and touches that object no more.

    No QRunnable: of those, seen with PySide6 6.11, most stay in memory after they have run.
    """

    def __init__(self, work: Callable[[], object], answered: SignalInstance) -> None:
        self._work, self._answered, self.out = work, answered, False

    def run(self) -> None:
        result: object = None
        problem: BaseException | None = None
        try:
            result = self._work()
        except BaseException as error:
            problem = error
        del self._work  # while the operation has it still: a screen it belongs to must not end on this thread
        self._answered.emit(result, problem)
        self.out = True


_pools: dict[str, QThreadPool] = {}


def _pool(name: str) -> QThreadPool:
    if name not in _pools:
        sys.setswitchinterval(_TURN)
        pool = QThreadPool()
        pool.setMaxThreadCount(_THREADS[name])
        _pools[name] = pool
    return _pools[name]
