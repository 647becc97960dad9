"""What is in a clinic's data, in a few numbers, without opening it to write."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, func, select, text

from clinic_desktop.foundation.backups import Head, Inside
from clinic_desktop.storage import look
from clinic_desktop.storage.as_read import moment
from clinic_desktop.storage.audit import CHANGING
from clinic_desktop.storage.engine import Sealed, open_engine
from clinic_desktop.storage.tables import audit


@dataclass(frozen=True, slots=True)
class There:
    """clinic: the hash of the first entry of its audit trail; empty for a clinic without one."""

    clinic: str
    inside: Inside


def of_file(where: Path | Sealed) -> There:
    """Of a file that may be in use; raises the driver's failures."""
    engine = open_engine(where, lambda: look.read_only(where))
    try:
        with engine.connect() as connection:
            return of(connection)
    finally:
        engine.dispose()


def of(connection: Connection) -> There:
    """Of the clinic at the other end of a connection, all of one moment."""
    number, audit_hash = connection.execute(text("SELECT audit_id, audit_hash FROM head")).one()
    first = connection.execute(text("SELECT hash FROM audit WHERE id = 1")).scalar()
    changed = connection.execute(text("SELECT at FROM audit ORDER BY id DESC LIMIT 1")).scalar()
    visits, from_day, to_day = connection.execute(
        text("SELECT count(*), min(day), max(day) FROM visit")
    ).one()
    return There(
        str(first or ""),
        Inside(
            str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()),
            Head(int(number), str(audit_hash)),
            int(connection.execute(text("SELECT count(*) FROM patient")).scalar_one()),
            int(visits),
            _day(from_day),
            _day(to_day),
            moment(changed) if changed is not None else None,
            int(connection.execute(text("SELECT count(*) FROM account")).scalar_one()),
        ),
    )


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


def _day(text_or_day: object) -> date | None:
    if text_or_day is None or isinstance(text_or_day, date):
        return text_or_day
    return date.fromisoformat(str(text_or_day))
