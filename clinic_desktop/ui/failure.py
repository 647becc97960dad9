"""What happens to a bug: logged without patient data, said once and calmly, and the program goes on.

``report`` may be called from any thread; whatever is shown is shown on the GUI thread.
"""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QObject, Qt, Signal, Slot

_log = logging.getLogger(__name__)
_FRAMES = 30
_current: list["FailureHandler"] = []


@dataclass(frozen=True, slots=True)
class FailureReport:
    """``count`` is how many there have been since the program started; ``detail`` holds no data."""

    detail: str
    count: int


def describe(error: BaseException) -> str:
    """The kinds of exception and where they passed, without messages or values: those may name patients."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(parts) < 5:
        frames = traceback.extract_tb(seen.__traceback__)[-_FRAMES:]
        lines = [f"  {PurePath(f.filename).name}:{f.lineno} {f.name}" for f in frames]
        parts.append("\n".join([f"{type(seen).__module__}.{type(seen).__qualname__}", *lines]))
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    system = f"Python {sys.version.split()[0]}, PySide {pyside_version}, {sys.platform}"
    return "\nafter\n".join(parts) + f"\n{system}"


class FailureHandler(QObject):
    """Gathers unforeseen exceptions of all threads and hands them to ``show`` one at a time."""

    _caught = Signal(object)

    def __init__(self, show: Callable[[FailureReport], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self._count = 0
        self._showing = False
        self._before = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._handle, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over the interpreter's hooks."""
        _current.append(self)
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def remove(self) -> None:
        """Give the hooks back."""
        if self in _current:
            _current.remove(self)
            sys.excepthook, threading.excepthook = self._before

    def report(self, error: BaseException) -> None:
        """From any thread: log it now, show it when the GUI thread comes round."""
        detail = describe(error)
        _log.error("Unforeseen failure\n%s", detail)
        self._caught.emit(detail)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
        else:
            self.report(error)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self.report(args.exc_value)

    @Slot(object)
    def _handle(self, detail: str) -> None:
        self._count += 1
        if self._showing:  # a failure while showing a failure is logged, not shown
            return
        self._showing = True
        try:
            self._show(FailureReport(detail, self._count))
        except Exception as error:
            _log.critical("Could not show a failure\n%s", describe(error))
        finally:
            self._showing = False


def report(error: BaseException) -> None:
    """Hand a bug to the installed handler; without one it is logged."""
    if _current:
        _current[-1].report(error)
    else:
        _log.error("Unforeseen failure\n%s", describe(error))
