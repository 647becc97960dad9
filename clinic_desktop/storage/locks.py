"""Locks on clinic days, so that coverage and places are looked at by one transaction at a time.

On PostgreSQL they are advisory locks that end with the transaction: everybody who changes days shares the
lock "all days" and takes each of theirs in order; who changes the set-up takes "all days" alone.
On SQLite a writer has the whole file, which is the same with less.
"""

from datetime import date
from typing import Literal

from sqlalchemy import Connection, text

from clinic_desktop.foundation.clock import day_number

Days = frozenset[date] | Literal["all"]
ALL: Literal["all"] = "all"
_CLASS, _ALL_DAYS = 0x434C, -(2**31)
_TAKE_ALL = text("SELECT pg_advisory_xact_lock(:class, :all)")
# In one go, and in this order: first the share of all days, then each day in order.
_TAKE_DAYS = text(
    "SELECT pg_advisory_xact_lock_shared(:class, :all) UNION ALL"
    " SELECT pg_advisory_xact_lock(:class, day) FROM unnest(CAST(:days AS int[])) day"
)


def take(connection: Connection, wanted: Days) -> None:
    """Wait for the locks; bounded by the connection's lock timeout."""
    if connection.dialect.name == "sqlite":
        return
    if wanted == ALL:
        connection.execute(_TAKE_ALL, {"class": _CLASS, "all": _ALL_DAYS})
    else:
        days = sorted(day_number(day) for day in wanted)
        connection.execute(_TAKE_DAYS, {"class": _CLASS, "all": _ALL_DAYS, "days": days})


def must_hold(held: Days, wanted: Days) -> None:
    """Locks are taken once: a second round could wait for somebody who waits for the first."""
    if held != ALL and (wanted == ALL or not held.issuperset(wanted)):
        raise RuntimeError("lock all days of a transaction at once, or two desks may wait for each other")
