"""Locks on clinic days, so that coverage and places are looked at by one transaction at a time.

On PostgreSQL they are advisory locks that end with the transaction: everybody who changes days shares the
lock "all days" and takes each of theirs in order; who changes the set-up takes "all days" alone.
On SQLite a writer has the whole file, which is the same with less.
"""

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection

from clinic_desktop.foundation.clock import day_number

Days = frozenset[date] | Literal["all"]
ALL: Literal["all"] = "all"
_CLASS, _ALL_DAYS = 0x434C, -(2**31)
_NOW = "clock_timestamp()"
ALL_DAYS_ALONE = f"pg_advisory_xact_lock({_CLASS}, {_ALL_DAYS})"
_TAKE_ALL = f"SELECT pg_advisory_xact_lock(%s, %s), {_NOW}"
# In one go, and in this order: first the share of all days, then each day in order.
_TAKE_DAYS = (
    f"SELECT pg_advisory_xact_lock_shared(%s, %s), {_NOW} UNION ALL"
    f" SELECT pg_advisory_xact_lock(%s, day), {_NOW} FROM unnest(CAST(%s AS int[])) day"
)


def take(connection: Connection, wanted: Days) -> datetime | None:
    """Wait for the locks; bounded by the connection's lock timeout. Answers what the server's clock says when
    they are taken; None in a file."""
    if connection.dialect.name == "sqlite":
        return None
    line: Any = connection.connection.driver_connection
    if wanted == ALL:
        taken = line.execute(_TAKE_ALL, [_CLASS, _ALL_DAYS])
    else:
        days = sorted(day_number(day) for day in wanted)
        taken = line.execute(_TAKE_DAYS, [_CLASS, _ALL_DAYS, _CLASS, days])
    instant: datetime = taken.fetchall()[-1][1]
    return instant


def must_hold(held: Days, wanted: Days) -> None:
    """Locks are taken once: a second round could wait for somebody who waits for the first."""
    if held != ALL and (wanted == ALL or not held.issuperset(wanted)):
        raise RuntimeError("lock all days of a transaction at once, or two desks may wait for each other")
