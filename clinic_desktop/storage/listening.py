"""Woken when anybody commits: a server says so itself; of a file, the counter of its changes is looked at.

Nothing is read here but that something happened. What it was is in the change feed.
"""

import selectors
import socket
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import Any

from clinic_desktop.foundation.errors import AWAY, ServerAway
from clinic_desktop.storage.engine import Where, connector, is_address
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.trail import NOTIFY_CHANNEL

EVERY = 0.07
"""Seconds between two looks at a file's counter: each takes some microseconds and reads no page."""
PROOF = 15.0
"""Seconds after which a silent line has to prove that it lives."""
_PATIENCE = 5.0  # seconds for the proof


class Listener(ABC):
    """One listener to one database, for one thread; ``stop`` may come from another.

    ``open``, then ``wait`` again and again. After a failure of either: ``open`` once more. Whatever was
    committed after ``open`` wakes; what was committed before it is asked for from the feed.
    """

    def __init__(self, where: Where) -> None:
        self._connect = connector(where)
        self._line: Any = None
        self._bell, self._ear = socket.socketpair()

    @property
    def answers_within(self) -> float | None:
        """Seconds in which the database answers: None, as a file is no one that could be silent."""
        return None

    def open(self) -> None:
        """Listen from now on. Raises :class:`ClinicProblem` where the database is not reached."""
        self._hang_up()
        with worded():
            self._line = self._connect()
            self._begin()

    def wait(self) -> bool:
        """True once the feed is to be asked: something was committed, or nothing was heard for
        :data:`PROOF` seconds and the line lives. False once it was stopped. Raises :class:`ClinicProblem`
        when the line is lost."""
        with worded():
            return self._wait()

    def pause(self, seconds: float) -> bool:
        """Wait for the end alone; False once it has come."""
        return not self._sleep(seconds)[0]

    def stop(self) -> None:
        """End every wait, now and from now on."""
        with suppress(OSError):
            self._bell.send(b".")

    def close(self) -> None:
        """Let go of everything: by the thread that waits, at its end."""
        self._hang_up()
        self._bell.close()
        self._ear.close()

    @abstractmethod
    def _begin(self) -> None: ...

    @abstractmethod
    def _wait(self) -> bool: ...

    def _hang_up(self) -> None:
        if self._line is not None:
            with suppress(Exception):
                self._line.close()
        self._line = None

    def _sleep(self, seconds: float, other: int | None = None) -> tuple[bool, bool]:
        """Whether the end came, and whether ``other`` (a socket) has something to read."""
        with selectors.DefaultSelector() as asleep:
            asleep.register(self._ear, selectors.EVENT_READ)
            if other is not None:
                asleep.register(other, selectors.EVENT_READ)
            woken = {key.fd for key, _ in asleep.select(max(seconds, 0))}
        return self._ear.fileno() in woken, other in woken


class OfFile(Listener):
    """Between the programs of one computer, and between the connections of one program."""

    def _begin(self) -> None:
        self._seen = self._version()

    def _wait(self) -> bool:
        until = time.monotonic() + PROOF
        with selectors.DefaultSelector() as asleep:
            asleep.register(self._ear, selectors.EVENT_READ)
            while time.monotonic() < until:
                if asleep.select(EVERY):
                    return False
                seen, self._seen = self._seen, self._version()
                if seen != self._seen:
                    return True
        return True

    def _version(self) -> int:
        """Another number after each commit by any other connection, this program's own too."""
        ((version,),) = self._line.execute("PRAGMA data_version").fetchall()
        return int(version)


class OfServer(Listener):
    """The server rings with each commit; what it says is a number and nothing else."""

    @property
    def answers_within(self) -> float | None:
        return _PATIENCE

    def _begin(self) -> None:
        self._line.autocommit = True
        self._line.execute(f"LISTEN {NOTIFY_CHANNEL}")

    def _wait(self) -> bool:
        if self._rang():
            return True
        over, woken = self._sleep(PROOF, self._line.pgconn.socket)
        while woken and not over:
            self._line.pgconn.consume_input()
            if self._rang():
                return True
            over, woken = self._sleep(PROOF, self._line.pgconn.socket)
        return not over and self._lives()

    def _rang(self) -> bool:
        rang = False
        while self._line.pgconn.notifies() is not None:
            rang = True  # the feed is asked once for all of them
        return rang

    def _lives(self) -> bool:
        """A line that was cut without a word (a cable, a sleeping computer) is silent as an idle one is."""
        line, until = self._line.pgconn, time.monotonic() + _PATIENCE
        line.send_query(b"SELECT 1")
        line.flush()
        while True:
            while not line.is_busy():
                if line.get_result() is None:
                    return True
            over, woken = self._sleep(until - time.monotonic(), line.socket)
            if over:
                return False
            if not woken:
                raise ServerAway(AWAY)
            line.consume_input()


def listener(where: Where) -> Listener:
    """What wakes whoever waits for changes of that clinic."""
    return OfServer(where) if is_address(where) else OfFile(where)
