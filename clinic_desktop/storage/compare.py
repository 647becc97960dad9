"""Whether the tables of a database are what the program means them to be, on either engine."""

import re
from collections.abc import Iterator
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
    inspect,
)
from sqlalchemy.types import TypeEngine

_KINDS: tuple[type[TypeEngine[Any]], ...] = (BigInteger, Boolean, Float, Integer, Text)
Facts = frozenset[tuple[object, ...]]


def differences(connection: Connection, expected: MetaData) -> list[str]:
    """What is missing and what is too much, in words; empty when nothing differs."""
    inspector = inspect(connection)
    out = []
    for table in expected.sorted_tables:
        if not inspector.has_table(table.name):
            out.append(f"{table.name}: missing")
            continue
        wanted, found = _wanted(table), _found(inspector, table.name)
        out += [f"{table.name}: lacks {_worded(fact)}" for fact in sorted(wanted - found, key=str)]
        out += [f"{table.name}: has {_worded(fact)}" for fact in sorted(found - wanted, key=str)]
    return out


def bare(expression: str) -> str:
    """An SQL expression without the blanks, brackets, quotes and casts that a server adds to show it."""
    return re.sub(r"::\w+|[\s()'\"]", "", expression).lower()


def _worded(fact: tuple[object, ...]) -> str:
    return " ".join(",".join(map(str, part)) if isinstance(part, tuple) else str(part) for part in fact)


def _kind(of: TypeEngine[Any]) -> str:
    plain = of.impl if isinstance(of, TypeDecorator) else of
    return next((kind.__name__ for kind in _KINDS if isinstance(plain, kind)), repr(of))


def _wanted(table: Table) -> Facts:
    def facts() -> Iterator[tuple[object, ...]]:
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


def _found(inspector: Inspector, name: str) -> Facts:
    def facts() -> Iterator[tuple[object, ...]]:
        for column in inspector.get_columns(name):
            yield "column", column["name"], _kind(column["type"]), bool(column["nullable"])
        yield "key", tuple(inspector.get_pk_constraint(name)["constrained_columns"])
        for index in inspector.get_indexes(name):
            # A unique constraint or an exclusion shows as an index too, and is told below or by its guard.
            if not index.get("duplicates_constraint") and index["name"] != "claim_taken":
                yield "index", index["name"], tuple(index["column_names"]), bool(index["unique"])
        for unique in inspector.get_unique_constraints(name):
            yield "unique", unique["name"], tuple(unique["column_names"])
        for check in inspector.get_check_constraints(name):
            yield "check", check["name"], bare(check["sqltext"])
        for key in inspector.get_foreign_keys(name):
            yield "reference", key["name"], tuple(key["constrained_columns"]), key["referred_table"]

    return frozenset(facts())
