"""Ctrl+C in the terminal and the system's request to end close the program without a question."""

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

_TOLD = (signal.SIGINT, signal.SIGTERM)


class ToldToEnd(QObject):
    """Python runs its handlers only between two steps of its own, and an idle window takes none: the signal's
    number comes through a socket that wakes Qt. ``leave`` is called then; asked twice it ends at once."""

    def __init__(self, app: QApplication, leave: Callable[[], object]) -> None:
        super().__init__(app)
        self._leave = leave
        self._ours, self._woken = socket.socketpair()
        for one in (self._ours, self._woken):
            one.setblocking(False)
        self._before = signal.set_wakeup_fd(self._woken.fileno(), warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, self._told) for number in _TOLD}
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)

    def _wake(self) -> None:
        """Python has run the handler by the time that this returns."""
        self._ours.recv(64)

    def _told(self, number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        self._leave()

    def stop(self) -> None:
        """Leave the signals as they were."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        for one in (self._ours, self._woken):
            one.close()
