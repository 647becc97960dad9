"""What is in a clinic's data, in a few numbers, without opening it to write."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfoNotFoundError

from sqlalchemy import Connection, func, select, text

from clinic_desktop.foundation.backups import Head, Inside
from clinic_desktop.foundation.clock import zone
from clinic_desktop.foundation.errors import EnvironmentFailure, StoreRefused
from clinic_desktop.storage import look
from clinic_desktop.storage.as_read import day, moment
from clinic_desktop.storage.audit import CHANGING
from clinic_desktop.storage.engine import Sealed, open_engine
from clinic_desktop.storage.failures import problem_of
from clinic_desktop.storage.tables import audit

UNREAD = "summary"
"""The code of the finding that not even this could be read."""

T = TypeVar("T")
_NO_VISITS: tuple[int, date | None, date | None, bool] = (0, None, None, False)


@dataclass(frozen=True, slots=True)
class There:
    """clinic: the hash of the first entry of its audit trail; empty for a clinic without one. whole: all of
    it could be read; else what could not is empty."""

    clinic: str
    inside: Inside
    whole: bool = True


def of_file(where: Path | Sealed) -> There:
    """Of a file that may be in use, as far as that can be read: a cell or a table may be spoiled. Raises the
    driver's failures of what cannot be read at all: a disk, a lock."""
    engine = open_engine(where, lambda: look.read_only(where))
    try:
        with engine.connect() as connection:
            return _as_far_as_it_goes(connection)
    finally:
        engine.dispose()


def of(connection: Connection) -> There:
    """Of the clinic at the other end of a connection, all of one moment; raises what a spoiled one raises,
    but for a day that is none."""
    visits, first, last, whole = _visits(connection)
    return There(
        _clinic(connection),
        Inside(
            _revision(connection), _head(connection), _count(connection, "patient"), visits, first, last,
            _changed_at(connection), _count(connection, "account"), _name(connection), _zone(connection),
        ),
        whole,
    )  # fmt: skip


def _as_far_as_it_goes(connection: Connection) -> There:
    whole = True

    def read(ask: Callable[[], T], otherwise: T) -> T:
        nonlocal whole
        try:
            return ask()
        except Exception as failure:
            problem = problem_of(failure)
            if isinstance(problem, EnvironmentFailure) and not isinstance(problem, StoreRefused):
                raise
            whole = False
            return otherwise

    clinic = read(lambda: _clinic(connection), "")
    visits, first, last, days = read(lambda: _visits(connection), _NO_VISITS)
    inside = Inside(
        read(lambda: _revision(connection), ""),
        read(lambda: _head(connection), Head(0, "")),
        read(lambda: _count(connection, "patient"), 0),
        visits,
        first,
        last,
        read(lambda: _changed_at(connection), None),
        read(lambda: _count(connection, "account"), 0),
        read(lambda: _name(connection), ""),
        read(lambda: _zone(connection), ""),
    )
    return There(clinic, inside, whole and days)


def _clinic(connection: Connection) -> str:
    return str(connection.execute(text("SELECT hash FROM audit WHERE id = 1")).scalar() or "")


def _revision(connection: Connection) -> str:
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def _head(connection: Connection) -> Head:
    number, hashed = connection.execute(text("SELECT audit_id, audit_hash FROM head")).one()
    return Head(int(number), str(hashed))


def _count(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def _visits(connection: Connection) -> tuple[int, date | None, date | None, bool]:
    """How many, the first and the last day of them, and whether these are days: ``check`` names the row."""
    visits, first, last = connection.execute(text("SELECT count(*), min(day), max(day) FROM visit")).one()
    found = day(first), day(last)
    return int(visits), *found, not visits or None not in found


def _name(connection: Connection) -> str:
    return str(connection.execute(text("SELECT name FROM clinic")).scalar() or "")


def _zone(connection: Connection) -> str:
    found = str(connection.execute(text("SELECT zone FROM clinic")).scalar() or "")
    with suppress(ValueError, OSError, ZoneInfoNotFoundError):
        return zone(found).key
    return ""


def _changed_at(connection: Connection) -> datetime | None:
    changed = connection.execute(text("SELECT at FROM audit ORDER BY id DESC LIMIT 1")).scalar()
    return None if changed is None else moment(changed)


def hash_at(connection: Connection, number: int) -> str | None:
    """The hash of an entry of the audit trail; None where it has none of that number."""
    query = text("SELECT hash FROM audit WHERE id = :number")
    found = connection.execute(query, {"number": number}).scalar()
    return None if found is None else str(found)


def changes_after(connection: Connection, number: int) -> int:
    """How many changes to records stand in the audit trail after an entry; what was only looked at or printed
    is not counted."""
    query = select(func.count()).select_from(audit).where(audit.c.id > number, audit.c.action.in_(CHANGING))
    return connection.execute(query).scalar_one()
