"""Waiting for what other desks write: a server says it, and a file's change counter shows it.

No day is read for it, and nothing is asked in vain: whoever waits is woken, and asks the change feed then.
"""

import select
import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event
from typing import Any

from clinic_desktop.storage.engine import Where, connector, is_address
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.trail import NOTIFY_CHANNEL

FILE_SECONDS = 0.05
"""Between two looks at a file's counter: it takes some microseconds, in the memory that its readers share."""


class ServerListener:
    """A line of its own on which the server tells of each commit."""

    def __init__(self, connect: Callable[[], Any]) -> None:
        self._bell, self._ring = socket.socketpair()
        with worded():
            self._line = connect()
            self._line.autocommit = True
            self._line.execute(f"LISTEN {NOTIFY_CHANNEL}")

    def wait(self, seconds: float) -> bool:
        """Until somebody wrote (True), or so long; then the server is asked whether it is there.

        Raises :class:`~clinic_desktop.foundation.errors.ServerAway`.
        """
        ready, _, _ = select.select([self._line.fileno(), self._bell], [], [], seconds)
        with worded():
            if not ready:
                self._line.execute("SELECT 1")  # a dead line looks like a quiet one until it is used
            self._line.pgconn.consume_input()
        told = False
        while self._line.pgconn.notifies() is not None:
            told = True
        return told

    def wake(self) -> None:
        """Let whoever waits go on, from another thread."""
        with suppress(OSError):
            self._ring.send(b".")

    def close(self) -> None:
        for one in (self._line, self._bell, self._ring):
            with suppress(Exception):
                one.close()


class FileListener:
    """A line whose reader sees the counter that every commit of another line moves."""

    def __init__(self, connect: Callable[[], Any]) -> None:
        self._over = Event()
        with worded():
            self._line = connect()
        self._seen = self._counter()

    def _counter(self) -> int:
        with worded():
            found: int = self._line.execute("PRAGMA data_version").fetchone()[0]
        return found

    def wait(self, seconds: float) -> bool:
        """Until somebody wrote (True), or so long. Raises :class:`EnvironmentFailure` without its file."""
        left = seconds
        while left > 0 and not self._over.wait(min(left, FILE_SECONDS)):
            left -= FILE_SECONDS
            now = self._counter()
            if now != self._seen:
                self._seen = now
                return True
        return False

    def wake(self) -> None:
        self._over.set()

    def close(self) -> None:
        self._line.close()


Listener = ServerListener | FileListener


def listen(where: Where) -> Listener:
    """A listener of the clinic at a path or address; it is used by one thread, and woken by others."""
    connect = connector(where)
    return ServerListener(connect) if is_address(where) else FileListener(connect)
