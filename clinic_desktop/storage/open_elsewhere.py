"""Who else has a clinic open: other desks at a server by their names, other programs at a file."""

from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import text

from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.storage.engine import (
    AT_SERVER,
    Sealed,
    Where,
    beside,
    file_of,
    is_address,
    open_engine,
    raw_line,
)
from clinic_desktop.storage.failures import BUSY, problem_of, worded
from clinic_desktop.storage.network_folder import refuse_share

# Each desk has several lines. One of an older version says no desk's name, and has the one it signs in with.
_THERE = text(
    "SELECT DISTINCT coalesce(nullif(btrim(substr(application_name, length(:ours) + 1)), ''), usename)"
    " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND (application_name = :ours OR application_name LIKE :ours || ' %') ORDER BY 1"
)
HERE = ""
"""Of a file nobody can tell more than that somebody has it open."""


def open_elsewhere(where: Where) -> tuple[str, ...]:
    """The names of the desks that have the clinic at a server open besides this line; of a file ``(HERE,)``
    where another window or program has it. Raises :class:`ClinicProblem` where a server cannot be asked;
    what is wrong with a file is for whoever opens it to say.

    For a worker thread; nothing of this program may have it open. Nothing is changed."""
    if not is_address(where):
        return (HERE,) if _in_use(beside(where, file_of(where))) else ()
    engine = open_engine(where)
    try:
        with worded(), engine.connect() as line:
            return tuple(str(name) for name in line.execute(_THERE, {"ours": AT_SERVER}).scalars())
    finally:
        engine.dispose()


def _in_use(where: Path | Sealed) -> bool:
    """Whether somebody else has a file open: then nobody has it alone, not even for a moment."""
    path = file_of(where)
    with suppress(OSError, StoreRefused):
        refuse_share(path)
        if path.is_file() and path.stat().st_size:
            with closing(raw_line(where, str(path), timeout=0.2)) as line:
                try:
                    line.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
                    line.execute("BEGIN EXCLUSIVE")
                    line.execute("ROLLBACK")
                except Exception as failure:  # of either library
                    return str(problem_of(failure)) == BUSY
    return False
