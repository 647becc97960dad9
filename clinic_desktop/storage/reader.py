"""Reading inside one snapshot."""

from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from clinic_desktop.foundation.errors import NotFound
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.reads import BoardReads
from clinic_desktop.storage.schedule import ScheduleReads
from clinic_desktop.storage.setups import SetupCache
from clinic_desktop.storage.tables import RECORDS
from clinic_desktop.storage.typed import for_server, shape

T = TypeVar("T")


class Reader(ScheduleReads, BoardReads):
    """Everything read through it is of one moment."""

    # On PostgreSQL the first statement sets the moment; SQLite does the same by itself.
    _options = ({"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}, {"writes": False})

    def __init__(self, engine: Engine, setups: SetupCache) -> None:
        self._engine, self._setups = engine, setups
        self._seen_setup: Setup | None = None

    def __enter__(self) -> Self:
        server, file = self._options
        with worded():
            self._connection = self._engine.connect()
            try:
                self._connection.execution_options(**(server if self._on_server else file))
                self._connection.begin()
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

    def setup(self) -> Setup:
        if self._seen_setup is None:
            with worded():
                self._seen_setup = self._setups.current(self._connection, self.find)
        return self._seen_setup

    def get(self, kind: type[T], record_id: int) -> T:
        found = self.find(kind, id=record_id)
        if not found:
            raise NotFound(spoken(kind), record_id)
        return found[0]

    def find(self, kind: type[T], **equal: object) -> list[T]:
        wanted = shape(kind)
        query, parameters = wanted.select(equal, self._on_server)
        return [wanted.record(row) for row in self.rows(query, parameters)]

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The driver's own rows of a query whose parameters are marked by ``?``."""
        with worded():
            cursor = self._connection.connection.cursor()
            try:
                cursor.execute(for_server(query) if self._on_server else query, parameters)
                return cast("list[tuple[Any, ...]]", cursor.fetchall())
            finally:
                cursor.close()

    @property
    def _on_server(self) -> bool:
        return self._engine.dialect.name == "postgresql"


def spoken(kind: type) -> str:
    """A record kind in words: "visit type"."""
    return RECORDS[kind].name.replace("_", " ")
