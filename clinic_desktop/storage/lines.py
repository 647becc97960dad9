"""Connections kept for reading: the driver's own, without the price of an engine on each read."""

from collections.abc import Callable
from contextlib import suppress
from queue import Empty, Full, LifoQueue
from typing import Any
from weakref import finalize

from clinic_desktop.foundation.errors import AWAY, ServerAway
from clinic_desktop.storage.damage import Damage
from clinic_desktop.storage.engine import Where, connector, is_address
from clinic_desktop.storage.open_lines import OpenLines

_KEPT = 8  # idle lines; more are opened when more threads read at once, and closed after
_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_LOST = frozenset({None, "57P01", "57P02", "57P03", "08000", "08003", "08006"})


class Lines:
    """Lines to one database. Each carries one reader at a time, in one transaction.

    ``lost`` is told when a server is found to have lost one: others to it may be dead, too. ``there``: knows
    those to a server.
    """

    def __init__(
        self,
        where: Where,
        connect: Callable[[], Any] | None = None,
        lost: Callable[[], object] | None = None,
        there: OpenLines | None = None,
    ) -> None:
        self.server, self._lost, self._there = is_address(where), lost, there or OpenLines()
        self.damage = Damage(server=self.server)
        self._connect = connect or connector(where)
        self._idle: LifoQueue[Any] = LifoQueue(_KEPT)
        finalize(self, _close, self._idle).atexit = False  # where nobody closed them

    def take(self) -> Any:  # noqa: ANN401 - a driver's connection
        """A line on which a transaction has begun."""
        line = self._next()
        try:
            self._begin(line)
        except Exception as failure:
            line.close()
            if not self.server or getattr(failure, "sqlstate", "") not in _LOST:
                raise
            # The server was started anew since this line was last used: once more, on a new one.
            self.close()
            if self._lost is not None:
                self._lost()
            line = self._next()
            self._begin(line)
        return line

    def _next(self) -> Any:  # noqa: ANN401 - a driver's connection
        with suppress(Empty):
            return self._idle.get_nowait()
        if self._there.shut:
            raise ServerAway(AWAY)
        line = self._connect()
        if self.server:
            line.autocommit = True  # the transaction's begin and end are said below
            self._there.add(line)
        return line

    def _begin(self, line: Any) -> None:  # noqa: ANN401 - a driver's connection
        line.execute(_SNAPSHOT if self.server else "BEGIN")

    def give_back(self, line: Any, *, sound: bool) -> None:  # noqa: ANN401 - a driver's connection
        """End the transaction and keep the line, unless something went wrong on it."""
        try:
            if sound:
                # Nothing was written; and after a rollback the driver would forget what it has prepared.
                line.execute("COMMIT")
                self._idle.put_nowait(line)
                return
        except Full:
            pass
        except Exception:  # noqa: S110 - it is not kept; whoever read has what it wanted
            pass
        line.close()

    def close(self) -> None:
        _close(self._idle)


def _close(idle: LifoQueue[Any]) -> None:
    with suppress(Empty):
        while True:
            idle.get_nowait().close()
