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


def take(connection: Connection, wanted: Days) -> None:
    """Wait for the locks; bounded by the connection's lock timeout."""
    if connection.dialect.name == "sqlite":
        return
    share = "" if wanted == ALL else "_shared"
    connection.execute(
        text(f"SELECT pg_advisory_xact_lock{share}(:class, :all)"), {"class": _CLASS, "all": _ALL_DAYS}
    )
    if wanted != ALL and wanted:
        query = text("SELECT pg_advisory_xact_lock(:class, day) FROM unnest(CAST(:days AS int[])) day")
        connection.execute(query, {"class": _CLASS, "days": sorted(day_number(day) for day in wanted)})


def must_hold(held: Days, wanted: Days) -> None:
    """Locks are taken once: a second round could wait for somebody who waits for the first."""
    if held != ALL and (wanted == ALL or not held.issuperset(wanted)):
        raise RuntimeError("lock all days of a transaction at once, or two desks may wait for each other")
