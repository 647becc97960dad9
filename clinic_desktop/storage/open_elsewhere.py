"""Who else has a clinic open: other desks at a server by their names, other programs at a file."""

from sqlalchemy import text

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.storage.engine import AT_SERVER, Where, is_address, open_engine
from clinic_desktop.storage.failures import worded
from clinic_desktop.storage.restoring import IN_USE, alone

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
    where another window or program has it. Raises :class:`ClinicProblem` where it cannot be asked.

    For a worker thread; nothing of this program may have it open."""
    if not is_address(where):
        try:
            with worded(), alone(where):
                return ()
        except EnvironmentFailure as failure:
            if str(failure) != IN_USE:
                raise
            return (HERE,)
    engine = open_engine(where)
    try:
        with worded(), engine.connect() as line:
            return tuple(str(name) for name in line.execute(_THERE, {"ours": AT_SERVER}).scalars())
    finally:
        engine.dispose()
