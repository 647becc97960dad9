"""Statements that write rows, made once for each table: making one takes longer than carrying it out."""

from functools import cache

from sqlalchemy import ColumnElement, Delete, Insert, Table, Update, bindparam, delete, insert, update
from sqlalchemy.sql.dml import ReturningInsert

from clinic_desktop.storage.tables import claim


@cache
def adding(table: Table) -> Insert:
    return insert(table)


@cache
def adding_for_ids(table: Table) -> ReturningInsert[tuple[int]]:
    """Answered by the ids, in the order of the rows."""
    return insert(table).returning(table.c.id, sort_by_parameter_order=True)


@cache
def changing(table: Table) -> Update:
    """Of the row that was ``seen``, whatever columns are given."""
    return update(table).where(_is_seen(table))


@cache
def removing(table: Table) -> Delete:
    """Of the row that was ``seen``."""
    return delete(table).where(_is_seen(table))


def seen(record_id: int, version: int) -> dict[str, int]:
    """A row as whoever changes it has seen it."""
    return {"seen_id": record_id, "seen_version": version}


def _is_seen(table: Table) -> ColumnElement[bool]:
    return (table.c.id == bindparam("seen_id")) & (table.c.version == bindparam("seen_version"))


CLAIMS_OF = delete(claim).where(claim.c.visit_id == bindparam("visit"))
CLAIM_AT = delete(claim).where(claim.c.place == bindparam("at"), claim.c.starts == bindparam("since"))
