"""Statements that write rows, made once for each table: making one takes longer than carrying it out."""

from functools import cache

from sqlalchemy import Insert, Table, bindparam, delete, insert

from clinic_desktop.storage.tables import claim


@cache
def adding(table: Table) -> Insert:
    return insert(table)


CLAIMS_OF = delete(claim).where(claim.c.visit_id == bindparam("visit"))
CLAIM_AT = delete(claim).where(claim.c.place == bindparam("at"), claim.c.starts == bindparam("since"))
