"""The lines to a server that are open, of whatever thread: so that one on which no answer ever comes can be
hung up from another."""

import socket
from collections.abc import Collection
from contextlib import suppress
from threading import Lock
from typing import Any
from weakref import WeakSet


class OpenLines:
    """Knows each as long as somebody has it. Whoever waits on one that is hung up hears that the server is
    away."""

    def __init__(self) -> None:
        self._lines: WeakSet[Any] = WeakSet()
        self._one_by_one = Lock()
        self.shut = False  # no other is to be opened

    def add(self, line: Any) -> None:  # noqa: ANN401 - a driver's connection
        with self._one_by_one:
            self._lines.add(line)

    def waiting(self) -> list[Any]:
        """Those on which the answer to a statement is waited for at this moment."""
        with self._one_by_one:
            there = list(self._lines)
        return [one for one in there if _is_waiting(one)]

    def hang_up(self, lines: Collection[Any] | None = None) -> None:
        """Those of ``lines`` (by default all) on which an answer is waited for now. Waits for nothing."""
        for one in self.waiting():
            if lines is None or any(one is other for other in lines):
                _hang_up(one)


def _is_waiting(line: Any) -> bool:  # noqa: ANN401 - a driver's connection
    from psycopg.pq import TransactionStatus  # noqa: PLC0415 - only where a server is used

    return not line.closed and line.pgconn.transaction_status == TransactionStatus.ACTIVE


def _hang_up(line: Any) -> None:  # noqa: ANN401 - a driver's connection
    """The line stays the driver's to close."""
    with suppress(Exception):  # it has ended meanwhile
        ended = socket.socket(fileno=line.fileno())
        try:
            ended.shutdown(socket.SHUT_RDWR)
        finally:
            ended.detach()
