"""Whether two databases hold the same: counts and hashes of each table, worked out here from both's rows.

Neither database's own order of letters, form of a number or idea of true and false plays a part.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Boolean, Connection, Table, text

from clinic_desktop.foundation.moving_steps import Print
from clinic_desktop.storage.tables import metadata, schema_version

_AT_ONCE = 5000
TOLD_EVERY = 5000
"""Rows after which whoever waits hears how far it is."""
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Row = Sequence[Any]

TABLES: tuple[Table, ...] = tuple(one for one in metadata.sorted_tables if one is not schema_version)


class Printing:
    """Takes rows in the order of their numbers, and answers their print."""

    def __init__(self, table: Table) -> None:
        self._yes_no = [place for place, one in enumerate(table.c) if isinstance(one.type, Boolean)]
        self._rows, self._hash = 0, hashlib.sha256()

    def take(self, row: Row) -> None:
        values = list(row)
        for place in self._yes_no:
            if values[place] is not None:
                values[place] = int(values[place])
        # A float reads back as the same float; its shortest digits are the same on both sides.
        self._hash.update(f"{_written(values)}\n".encode())
        self._rows += 1

    @property
    def print(self) -> Print:
        return Print(self._rows, self._hash.hexdigest())


def rows_of(connection: Connection, table: Table) -> Iterator[Row]:
    """Every row of a table in the order of its numbers, as the driver gives them, some thousand at a time."""
    names = ", ".join(f'"{one.name}"' for one in table.c)
    (key,) = table.primary_key
    query = text(f'SELECT {names} FROM {table.name} ORDER BY "{key.name}"')
    with connection.execute(query, execution_options={"yield_per": _AT_ONCE}) as rows:
        yield from rows


def prints(
    connection: Connection, told: Callable[[int, str, int], object] = lambda _number, _name, _rows: None
) -> dict[str, Print]:
    """The print of each table; ``told`` hears each table's number from 1, its name, and every some thousand
    rows how many of all were read."""
    found: dict[str, Print] = {}
    done = 0
    for number, table in enumerate(TABLES, start=1):
        told(number, table.name, done)
        printing = Printing(table)
        for row in rows_of(connection, table):
            printing.take(row)
            done += 1
            if not done % TOLD_EVERY:
                told(number, table.name, done)
        found[table.name] = printing.print
    return found


def unlike(one: Mapping[str, Print], other: Mapping[str, Print]) -> list[str]:
    """Names of the tables that differ."""
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]


def numbered(connection: Connection) -> dict[str, int]:
    """The highest number that was ever given in each table that numbers its rows by itself: numbers of rows
    that were taken away are not given again."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, seq FROM sqlite_sequence")).all()
        known = {table.name for table in TABLES}
        return {name: int(last) for name, last in rows if name in known and last}
    found = {}
    for table, sequence in sequences(connection).items():
        # A row may have come with its number, which the sequence then has not seen.
        query = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END, (SELECT max(id) FROM {table})"
        given, there = connection.execute(text(f"{query} FROM {sequence}")).one()
        if last := max(given, there or 0):
            found[table] = int(last)
    return found


def sequences(connection: Connection) -> dict[str, str]:
    """On a server: the sequence of each table that has one, quoted."""
    query = text("SELECT pg_get_serial_sequence(:table, :key)")
    found = {}
    for table in TABLES:
        (key,) = table.primary_key
        name = connection.execute(query, {"table": table.name, "key": key.name}).scalar()
        if name:
            found[table.name] = str(name)
    return found
