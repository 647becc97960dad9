# ruff: noqa: S608 - statements are put together from our own names and numbers only
"""What the drivers of both databases say differently, where a benchmark asks them by themselves."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

Driver = Any  # sqlite3's connection or psycopg's: they share no type


def begin(driver: Driver) -> None:
    if mark_of(driver) == "?" or driver.autocommit:
        driver.execute("BEGIN")


def mark_of(driver: Driver) -> str:
    return "?" if isinstance(driver, sqlite3.Connection) else "%s"


@contextmanager
def unwatched(driver: Driver) -> Iterator[None]:
    """A server lets no row in that is not in the trail; the owner of the tables may look away meanwhile."""
    _watch(driver, "DISABLE")
    yield
    _watch(driver, "ENABLE")


def _watch(driver: Driver, word: str) -> None:
    if mark_of(driver) != "?":
        for table in ("patient", "visit"):
            driver.execute(f"ALTER TABLE {table} {word} TRIGGER USER")


def columns_of(kind: type) -> list[str]:
    return [one.name for one in fields(kind)]


def copy_rows(
    driver: Driver, table: str, columns: list[str], varied: Sequence[str], pattern: int, rows: Iterable[Any]
) -> None:
    """Rows like the one with the id ``pattern``, except for the columns ``varied``."""
    others = ", ".join(f'"{name}"' for name in columns if name not in (*varied, "id"))
    names, mark = ", ".join(f'"{name}"' for name in varied), mark_of(driver)
    marks = ", ".join([mark] * len(varied))
    query = (
        f"INSERT INTO {table} ({names}, {others}) SELECT {marks}, {others} FROM {table} WHERE id = {pattern}"
    )
    driver.cursor().executemany(query, rows)


def settle(driver: Driver) -> None:
    """Statistics, and on a server what a quiet night would have cleaned up."""
    if mark_of(driver) == "?":
        driver.execute("ANALYZE")
        return
    before, driver.autocommit = driver.autocommit, True
    driver.execute("VACUUM ANALYZE")
    driver.autocommit = before
