"""Records straight from a driver's rows, and into them: the quick road that every record takes.

An object mapper's rows cost several times what the database needs to find them, or to write them.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache, lru_cache, partial
from operator import attrgetter
from typing import Any, Generic, TypeVar, get_origin

from sqlalchemy import Boolean, Column, Float, Table, TypeDecorator
from sqlalchemy.engine.default import DefaultDialect

from clinic_desktop.foundation.secrets import Secret
from clinic_desktop.storage.columns import CONVERTER, Compound, Day, Hidden, Instant, Word
from clinic_desktop.storage.tables import RECORDS

T = TypeVar("T")
Row = Sequence[Any]
Reading = Callable[[Any], Any]


class Shape(Generic[T]):
    """How rows of one table become records of one kind."""

    def __init__(self, kind: type[T], table: Table) -> None:
        self.kind, self.table = kind, table
        self._read = [(place, found) for place, one in enumerate(table.c) if (found := _reading(one))]
        # A frozen record is filled through its slots: its own constructor asks leave for each field.
        self._fill = [getattr(kind, column.name).__set__ for column in table.c]
        self._write = [writing(one) for one in table.c]
        self._values = attrgetter(*table.c.keys())
        self._queries: dict[tuple[object, ...], str] = {}
        names = [f'"{one.name}"' for one in table.c]
        marks = ", ".join("?" * (len(names) - 1))
        #: Adds a record that has no id yet, and answers it; and one whose id is known.
        self.adding = f"INSERT INTO {table.name} ({', '.join(names[1:])}) VALUES ({marks}) RETURNING id"
        self.adding_known = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES (?, {marks}) RETURNING id"
        changed = ", ".join(f"{one} = ?" for one in names[1:])
        seen = "WHERE id = ? AND version = ?"
        #: Changes, or takes away, the record with an id that still has a version: these two come last.
        self.changing = f"UPDATE {table.name} SET {changed} {seen}"
        self.removing = f"DELETE FROM {table.name} {seen}"

    def columns(self, alias: str = "") -> str:
        """The columns in the order of the record's fields, quoted for both databases."""
        front = f"{alias}." if alias else ""
        return ", ".join(f'{front}"{one.name}"' for one in self.table.c)

    def place(self, column: str) -> int:
        """Which of the columns it is."""
        return list(self.table.c.keys()).index(column)

    def record(self, row: Row) -> T:
        """The record of a row that begins with this shape's columns."""
        values = list(row[: len(self._fill)])
        for place, read in self._read:
            if values[place] is not None:
                values[place] = read(values[place])
        made = object.__new__(self.kind)
        for fill, value in zip(self._fill, values, strict=True):
            fill(made, value)
        return made

    def row(self, record: T) -> list[object]:
        """A record's values as their columns hold them, in that order. Raises ``ValueError`` for an instant
        without a zone."""
        return [
            value if write is None or value is None else write(value)
            for write, value in zip(self._write, self._values(record), strict=True)
        ]

    def select(self, equal: Mapping[str, object], server: bool) -> tuple[str, list[object]]:
        """A query for records whose columns have these values (a list: any of them), in order of id.

        Parameters are marked by ``?``; :func:`for_server` marks them the other way.
        """
        asked = server, *((name, _how_many(value)) for name, value in equal.items())
        if asked not in self._queries:  # the same few are asked again and again
            self._queries[asked] = self._query(equal, server)
        return self._queries[asked], _parameters(equal, server)

    def _query(self, equal: Mapping[str, object], server: bool) -> str:
        conditions = [_condition(self.table.c[name], value, server) for name, value in equal.items()]
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT {self.columns()} FROM {self.table.name}{where} ORDER BY id"


@cache
def together(of: tuple[tuple[type, str], ...]) -> str:
    """A server's query for one row: of each kind the rows whose named column has a value, in order of id, as
    one JSON array of arrays; NULL for none. A parameter for each."""
    return f"SELECT {', '.join(_as_json(shape(kind), column) for kind, column in of)}"


def _as_json(wanted: Shape[Any], column: str) -> str:
    rows = f"json_agg(json_build_array({wanted.columns()}) ORDER BY id)"
    return f'(SELECT {rows} FROM {wanted.table.name} WHERE "{column}" = ?)'


def for_server(sql: str) -> str:
    """The same query in the server driver's way of marking parameters."""
    return sql.replace("?", "%s")


def _how_many(value: object) -> str:
    """None, one, or any of many."""
    if value is None:
        return "none"
    return "many" if isinstance(value, list | tuple | set | frozenset) else "one"


def _condition(column: Column[Any], value: object, server: bool) -> str:
    match _how_many(value):
        case "none":
            return f'"{column.name}" IS NULL'
        case "one":
            return f'"{column.name}" = ?'
    # One parameter however many values: the query's text stays the same, and no limit is met.
    return f'"{column.name}" {"= ANY(?)" if server else "IN (SELECT value FROM json_each(?))"}'


def _parameters(equal: Mapping[str, object], server: bool) -> list[object]:
    out: list[object] = []
    for value in equal.values():
        if isinstance(value, list | tuple | set | frozenset):
            many = [_bound(one) for one in value]
            out.append(many if server else json.dumps(many))
        elif value is not None:
            out.append(_bound(value))
    return out


def _bound(value: object) -> object:
    """A field's value as its column holds it."""
    match value:
        case datetime():
            return int(value.timestamp())
        case date():
            return value.isoformat()
        case StrEnum():
            return str(value)
    return value


def writing(column: Column[Any]) -> Reading | None:
    """What makes a column's value of a field's; None where they are the same."""
    if not isinstance(column.type, TypeDecorator):
        return None
    bind, dialect = column.type.process_bind_param, DefaultDialect()
    return lambda value: bind(value, dialect)


def _reading(column: Column[Any]) -> Reading | None:
    """What makes a field's value of a column's; None where they are the same."""
    match column.type:
        case Word(words=words):
            return {str(word): word for word in words}.__getitem__
        case Compound(shape=form):
            load = partial(_loaded, form)
            # The same few texts come again and again; what cannot be changed may be handed out twice.
            return load if get_origin(form) in (dict, Mapping) else lru_cache(maxsize=4096)(load)
    return _READ_AS.get(type(column.type))


_READ_AS: dict[type, Reading] = {
    Day: date.fromisoformat,
    Instant: partial(datetime.fromtimestamp, tz=UTC),
    Hidden: Secret,
    Boolean: bool,
    Float: float,  # JSON has no other number for 35.0 than 35
}


def _loaded(form: Any, text: str) -> Any:  # noqa: ANN401 - any type form that cattrs knows
    return CONVERTER.loads(text, form)


_SHAPES: dict[type, Shape[Any]] = {kind: Shape(kind, table) for kind, table in RECORDS.items()}


def shape(kind: type[T]) -> Shape[T]:
    """The shape of a record kind."""
    return _SHAPES[kind]
