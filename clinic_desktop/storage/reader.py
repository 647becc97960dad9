"""Reading: records and rows, all of one moment."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from clinic_desktop.foundation.clock import ServerClock
from clinic_desktop.foundation.errors import NotFound
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.storage.failures import worded, worded_reading
from clinic_desktop.storage.history import HistoryReads
from clinic_desktop.storage.lines import Lines
from clinic_desktop.storage.other_visits import OtherVisitReads
from clinic_desktop.storage.reads import BoardReads
from clinic_desktop.storage.schedule import ScheduleReads
from clinic_desktop.storage.setups import SetupCache
from clinic_desktop.storage.tables import RECORDS
from clinic_desktop.storage.trail_reads import TrailReads
from clinic_desktop.storage.typed import for_server, shape, together

T = TypeVar("T")


class Records(ScheduleReads, BoardReads, HistoryReads, TrailReads, OtherVisitReads):
    """What can be asked; whoever is made from this says how rows are had."""

    def __init__(self, setups: SetupCache, *, server: bool) -> None:
        self._setups, self._server = setups, server
        self._seen_setup: Setup | None = None
        self._found: dict[type, dict[tuple[object, ...], list[Any]]] = {}

    def setup(self) -> Setup:
        if self._seen_setup is None:
            self._seen_setup = self._setups.current(self.rows, self.find)
        return self._seen_setup

    def get(self, kind: type[T], record_id: int) -> T:
        found = self.find(kind, id=record_id)
        if not found:
            raise NotFound(spoken(kind), record_id)
        return found[0]

    def find(self, kind: type[T], /, **equal: object) -> list[T]:
        """Records, read once: at one moment they are the same however often the rules ask for them."""
        if not equal or not all(isinstance(value, Hashable) for value in equal.values()):
            return self._read(kind, equal)
        found, asked = self._found.setdefault(kind, {}), tuple(equal.items())
        if asked not in found:
            found[asked] = self._read(kind, equal)
        return list(found[asked])

    def read_ahead(self, number: int, of: Mapping[type, str]) -> None:
        """On a server in one statement, however many kinds: each time it is waited for takes longer than it
        needs to find them."""
        missing = [one for one in of.items() if ((one[1], number),) not in self._found.get(one[0], ())]
        if not self._server or not missing:
            return
        (found,) = self.rows(together(tuple(missing)), [number] * len(missing))
        for (kind, field), rows in zip(missing, found, strict=True):
            found_of = self._found.setdefault(kind, {})
            found_of[((field, number),)] = [shape(kind).record(row) for row in rows or ()]

    def _read(self, kind: type[T], equal: Mapping[str, object]) -> list[T]:
        wanted = shape(kind)
        query, parameters = wanted.select(equal, self._server)
        return [wanted.record(row) for row in self.rows(query, parameters)]


class Reader(Records):
    """Reads on a line of its own; everything read through it is of one moment."""

    def __init__(self, lines: Lines, setups: SetupCache) -> None:
        super().__init__(setups, server=lines.server)
        self._lines, self._sound = lines, True

    def __enter__(self) -> Self:
        with worded_reading():
            self._line = self._lines.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lines.damage.hear(problem)
        self._lines.give_back(self._line, sound=self._sound)

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The driver's own rows of a query whose parameters are marked by ``?``."""
        self._sound = False
        with worded_reading():
            asked = self._ask(query, parameters)
            found: list[tuple[Any, ...]] = asked.fetchall()
        self._sound = True
        return found

    def _ask(self, query: str, parameters: Sequence[object]) -> Any:  # noqa: ANN401 - a cursor of either driver
        """A server answers in its own numbers: to read them from digits takes half as long again."""
        if self._server:
            return self._line.execute(for_server(query), parameters, binary=True)
        return self._line.execute(query, parameters)

    def rows_of_each(self, query: str, many: Sequence[Sequence[object]]) -> list[list[tuple[Any, ...]]]:
        """The rows of a query for each of many parameters; a server is waited for once."""
        if not self._server:
            return super().rows_of_each(query, many)
        self._sound = False
        with worded_reading(), self._line.pipeline():
            asked = [self._ask(query, parameters) for parameters in many]
            found: list[list[tuple[Any, ...]]] = [one.fetchall() for one in asked]
        self._sound = True
        return found


class SqlRecords(Records):
    """Reads inside a transaction of the engine, where statements are built: to write, and to check."""

    # On PostgreSQL the first statement sets the moment; SQLite does the same by itself.
    _options: tuple[dict[str, Any], dict[str, Any]] = (
        {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
        {"writes": False},
    )

    def __init__(self, engine: Engine, setups: SetupCache) -> None:
        super().__init__(setups, server=engine.dialect.name == "postgresql")
        self._engine = engine

    def __enter__(self) -> Self:
        server, file = self._options
        with worded():
            self._connection = self._engine.connect()
            try:
                self._connection.execution_options(**(server if self._server else file))
                self._connection.begin()
                self._line: Any = self._connection.connection.driver_connection
            except BaseException:
                self._connection.close()
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Closing rolls back what was not committed. A line that is already gone needs no goodbye.
        with suppress(DBAPIError):
            self._connection.close()

    @property
    def connection(self) -> Connection:
        return self._connection

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The driver's own rows of a query whose parameters are marked by ``?``."""
        with worded():
            asked = self._line.execute(for_server(query) if self._server else query, parameters)
            return cast("list[tuple[Any, ...]]", asked.fetchall())


def hear_server(clock: ServerClock, rows: Callable[[str], list[tuple[Any, ...]]]) -> None:
    """Let the clock hear what the server says."""
    ((instant,),) = rows("SELECT clock_timestamp()")
    clock.hear(instant)


def spoken(kind: type) -> str:
    """A record kind in words: "visit type"."""
    return RECORDS[kind].name.replace("_", " ")
