"""Statements that write rows of what is no record, for the driver itself: an engine takes longer to say one
than a database to carry it out. A server is waited for once, however many rows there are.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Table

from clinic_desktop.storage.tables import claim
from clinic_desktop.storage.typed import for_server, writing

Rows = Iterable[Mapping[str, Any]]


class Adding:
    """Adds rows of one table, given as a field's value for each of its columns but for an id of its own."""

    def __init__(self, table: Table) -> None:
        columns = [one for one in table.c if not one.primary_key or one.autoincrement is False]
        names = ", ".join(f'"{one.name}"' for one in columns)
        self._write = [(one.name, write) for one in columns if (write := writing(one))]
        marks = ", ".join(f":{one.name}" for one in columns)
        self._in_file = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"
        #: For a server: its one parameter is all rows, as :meth:`as_json` gives them.
        self.on_server = (
            f"INSERT INTO {table.name} ({names})"
            f" SELECT {names} FROM json_populate_recordset(CAST(NULL AS {table.name}), CAST(? AS json))"
        )

    def run(self, line: Any, rows: Rows, *, server: bool) -> None:  # noqa: ANN401 - either driver's connection
        if server:
            line.execute(for_server(self.on_server), [self.as_json(rows)])
        else:
            line.executemany(self._in_file, [self._kept(row) for row in rows])

    def as_json(self, rows: Rows) -> str:
        return json.dumps([self._kept(row) for row in rows])

    def _kept(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row as its columns hold it."""
        return {**row, **{name: write(row[name]) for name, write in self._write}}


@cache
def adding(table: Table) -> Adding:
    return Adding(table)


CLAIMS_OF = f"DELETE FROM {claim.name} WHERE visit_id = ?"
CLAIM_AT = f"DELETE FROM {claim.name} WHERE place = ? AND starts = ?"
