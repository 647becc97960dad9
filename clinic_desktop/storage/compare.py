"""Whether the tables of a database are what the program means them to be, on either engine."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Connection,
    Float,
    ForeignKeyConstraint,
    Inspector,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    create_engine,
    inspect,
    text,
)
from sqlalchemy.types import TypeEngine

from clinic_desktop.storage.guards_postgres import CLAIM_CONSTRAINT

_KINDS: tuple[type[TypeEngine[Any]], ...] = (BigInteger, Boolean, Float, Integer, Text)
Fact = tuple[object, ...]
_read_apart: dict[tuple[Fact, ...], dict[str, frozenset[Fact]]] = {}  # the last tables, by their statements


def differences(connection: Connection, expected: MetaData) -> list[str]:
    """What is missing and what is too much, in words; empty when nothing differs."""
    there = _there(connection)
    out = []
    for table in expected.sorted_tables:
        if table.name not in there:
            out.append(f"{table.name}: missing")
            continue
        wanted, found = _wanted(table), there[table.name]
        out += [f"{table.name}: lacks {_worded(fact)}" for fact in sorted(wanted - found, key=str)]
        out += [f"{table.name}: has {_worded(fact)}" for fact in sorted(found - wanted, key=str)]
    return out


def made_otherwise(connection: Connection, expected: MetaData) -> list[str]:
    """What a file's tables and indexes say that those of a new one do not, and what stands beside them: a
    clause that no list of columns shows. Empty on a server."""
    if connection.dialect.name != "sqlite":
        return []
    wanted, found = _made_new(expected), _made(connection)
    names = [name for name in sorted(wanted.keys() | found.keys()) if wanted.get(name) != found.get(name)]
    return [f"{kind} {name} is not as the program makes it" for kind, name in names]


@cache
def _made_new(expected: MetaData) -> dict[tuple[str, str], tuple[str, ...]]:
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            expected.create_all(connection)
            return _made(connection)
    finally:
        engine.dispose()


def _made(connection: Connection) -> dict[tuple[str, str], tuple[str, ...]]:
    """The lines of each statement: a revision may have added its constraints in another order."""
    query = text(
        "SELECT type, name, sql FROM sqlite_master"
        r" WHERE type <> 'trigger' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'"
    )
    return {
        (row.type, row.name): tuple(sorted(one.strip().rstrip(",") for one in str(row.sql).splitlines()))
        for row in connection.execute(query)
    }


def bare(expression: str) -> str:
    """An SQL expression without the blanks, brackets, quotes and casts that a server adds to show it."""
    return re.sub(r"::\w+|[\s()'\"]", "", expression).lower()


def _worded(fact: Fact) -> str:
    return " ".join(",".join(map(str, part)) if isinstance(part, tuple) else str(part) for part in fact)


def _kind(of: TypeEngine[Any]) -> str:
    plain = of.impl if isinstance(of, TypeDecorator) else of
    return next((kind.__name__ for kind in _KINDS if isinstance(plain, kind)), repr(of))


@cache
def _wanted(table: Table) -> frozenset[Fact]:
    def facts() -> Iterator[Fact]:
        for column in table.columns:
            yield "column", column.name, _kind(column.type), bool(column.nullable)
        yield "key", tuple(column.name for column in table.primary_key)
        for index in table.indexes:
            yield "index", index.name, tuple(c.name for c in index.columns), bool(index.unique)
        for one in table.constraints:
            if isinstance(one, UniqueConstraint):
                yield "unique", one.name, tuple(c.name for c in one.columns)
            elif isinstance(one, CheckConstraint):
                yield "check", one.name, bare(str(one.sqltext))
            elif isinstance(one, ForeignKeyConstraint):
                yield "reference", one.name, tuple(one.column_keys), one.referred_table.name

    return frozenset(facts())


def _there(connection: Connection) -> dict[str, frozenset[Fact]]:
    """A file holds its tables as the statements that made them: equal ones are read apart once."""
    if connection.dialect.name != "sqlite":
        return _found(inspect(connection))
    made = tuple(
        map(tuple, connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master"))
    )
    if made not in _read_apart:
        found = _found(inspect(connection))
        _read_apart.clear()
        _read_apart[made] = found
    return _read_apart[made]


def _found(inspector: Inspector) -> dict[str, frozenset[Fact]]:
    facts: dict[str, set[Fact]] = {}
    for (_, table), columns in inspector.get_multi_columns().items():
        facts[table] = {("column", c["name"], _kind(c["type"]), bool(c["nullable"])) for c in columns}
    for (_, table), key in inspector.get_multi_pk_constraint().items():
        facts[table].add(("key", tuple(key["constrained_columns"] if key else ())))
    for (_, table), indexes in inspector.get_multi_indexes().items():
        # A unique constraint or an exclusion shows as an index too; it is told below, or by its guard.
        facts[table] |= {
            ("index", one["name"], tuple(one["column_names"]), bool(one["unique"]))
            for one in indexes
            if not one.get("duplicates_constraint") and one["name"] != CLAIM_CONSTRAINT
        }
    for (_, table), uniques in inspector.get_multi_unique_constraints().items():
        facts[table] |= {("unique", one["name"], tuple(one["column_names"])) for one in uniques}
    for (_, table), checks in inspector.get_multi_check_constraints().items():
        facts[table] |= {("check", one["name"], bare(one["sqltext"])) for one in checks}
    for (_, table), keys in inspector.get_multi_foreign_keys().items():
        facts[table] |= {
            ("reference", one["name"], tuple(one["constrained_columns"]), one["referred_table"])
            for one in keys
        }
    return {table: frozenset(found) for table, found in facts.items()}
