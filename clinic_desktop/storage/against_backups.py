"""Whether the audit trail is still the one that the backups saw: each of them knows where it ended then."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from clinic_desktop.foundation.backups import Backup
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.storage import backup_folder, inside, look
from clinic_desktop.storage.as_read import fields, moment
from clinic_desktop.storage.check import Finding
from clinic_desktop.storage.engine import Where, beside, file_of, is_address, open_engine

CODE = "trail-before-backup"
_CUT = "The audit trail ends before entry {number}, which was there when {name} was made."
_OTHER = "The audit trail up to entry {number} is not the one of when {name} was made."


def findings(where: Where) -> list[Finding]:
    """What does not fit the heads that stand beside the backups of this computer. What cannot be read at all
    is for the check itself to say."""
    engine = (
        open_engine(where)
        if is_address(where)
        else open_engine(where, lambda: look.read_only(beside(where, file_of(where))))
    )
    try:
        with engine.connect() as connection:
            clinic = inside.of(connection).clinic
            backups = backup_folder.known(where, clinic) if clinic else []
            return list(_unlike(connection, backups))
    except (ClinicProblem, SQLAlchemyError, TypeError, ValueError):  # the last two: what a damaged cell holds
        return []
    finally:
        engine.dispose()


def _unlike(connection: Connection, backups: list[Backup]) -> Iterator[Finding]:
    restored = _restored(connection)
    for one in backups:
        head = one.facts.head
        there = inside.hash_at(connection, head.number)
        if there == head.hash:
            continue
        # A backup of what went on after the state that was restored has entries that are not in this trail.
        made = one.at.replace(microsecond=0)  # the trail keeps whole seconds
        if any(number <= head.number and made <= at for number, at in restored):
            continue
        words = _CUT if there is None else _OTHER
        yield Finding(CODE, words.format(number=head.number, name=one.file.name))


def _restored(connection: Connection) -> list[tuple[int, datetime]]:
    """The entries that say that a backup was put in place, and when; "instead" is null where nobody could
    read what was there before."""
    query = text("SELECT id, at, after FROM audit WHERE action = :deed ORDER BY id")
    rows = connection.execute(query, {"deed": Deed.RESTORED.value}).all()
    return [(row.id, moment(row.at)) for row in rows if "instead" in fields(row.after)]
