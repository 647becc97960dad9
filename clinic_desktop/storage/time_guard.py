"""What has not happened yet is on no record, as SQL for a server: an entry of a stay or of the trail that is
dated ahead of the server's clock, by which a minimum stay would seem over.

Every desk goes by the server's own clock, so nothing true is ahead of it; the tolerance is for a clock that
was put back, or a standby's that is behind. A file's clock is the computer's, which whoever writes to it may
set: there ``check`` tells (:mod:`clinic_desktop.storage.check_times`).
"""

from datetime import timedelta

TO_COME = "a time that is still to come"
TOLERANCE = timedelta(minutes=5)
#: What the comment on a database says where a clinic goes by another time than the server's, for a rehearsal
#: or a test. Only the owner of the database writes it there.
OWN_TIME = "clinic-desktop: a time of its own"
_NOW = "extract(epoch FROM clock_timestamp())"
_SAYS = """coalesce(shobj_description((SELECT oid FROM pg_database WHERE datname = current_database()),
    'pg_database'), '')"""


def to_come(*columns: str) -> str:
    """A new row (``NEW``) with one of these moments ahead of the server's clock."""
    ahead = " OR ".join(f'NEW."{one}" > {_NOW} + {TOLERANCE.seconds}' for one in columns)
    return " ".join(f"({ahead}) AND {_SAYS} <> '{OWN_TIME}'".split())
