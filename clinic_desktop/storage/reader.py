"""Reading inside one snapshot."""

from contextlib import suppress
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from clinic_desktop.foundation.errors import NotFound
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.schedule import ScheduleReads
from clinic_desktop.storage.setups import SetupCache
from clinic_desktop.storage.tables import RECORDS

T = TypeVar("T")


class Reader(ScheduleReads):
    """Everything read through it is of one moment."""

    # On PostgreSQL the first statement sets the moment; SQLite does the same by itself.
    _options = ({"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}, {"writes": False})

    def __init__(self, engine: Engine, setups: SetupCache) -> None:
        self._engine, self._setups = engine, setups

    def __enter__(self) -> Self:
        server, file = self._options
        with worded():
            self._connection = self._engine.connect()
            try:
                at_home = self._engine.dialect.name == "sqlite"
                self._connection.execution_options(**(file if at_home else server))
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
        with worded():
            return self._setups.current(self._connection, self.find)

    def get(self, kind: type[T], record_id: int) -> T:
        found = self.find(kind, id=record_id)
        if not found:
            raise NotFound(spoken(kind), record_id)
        return found[0]

    def find(self, kind: type[T], **equal: object) -> list[T]:
        table = RECORDS[kind]
        query = select(table).order_by(table.c.id)
        for name, value in equal.items():
            column = table.c[name]
            query = query.where(
                column.in_(value) if isinstance(value, list | tuple | set | frozenset) else column == value
            )
        with worded():
            return [kind(**row) for row in self._connection.execute(query).mappings()]


def spoken(kind: type) -> str:
    """A record kind in words: "visit type"."""
    return RECORDS[kind].name.replace("_", " ")
