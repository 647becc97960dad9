"""Statements that write rows, made once for each table: making one takes longer than carrying it out."""

from functools import cache

from sqlalchemy import ColumnElement, Delete, Insert, Table, bindparam, delete, insert

from clinic_desktop.storage.tables import claim


@cache
def adding(table: Table) -> Insert:
    return insert(table)


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
