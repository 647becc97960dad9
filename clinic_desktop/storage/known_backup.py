"""A backup is known before anybody works in it: it would be none any more, and there two clinics."""

from datetime import datetime
from pathlib import Path

from clinic_desktop.foundation.backups import clinics_time, named_at
from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.foundation.words import clock_time, plain_date
from clinic_desktop.storage.backup_folder import facts_of

IS_BACKUP = (
    "{name} is a backup of {when}. Nobody works in a backup, and it was left as it is. Look at it only, or "
    "restore it in the clinic's place."
)


def made_at(file: Path) -> datetime | None:
    """When the backup in a file was made, by the facts beside it, else by its name; None where it is none."""
    file = file.resolve()
    facts = facts_of(file)
    if facts is not None:
        return facts.made_at
    return named_at(file.name) if file.suffix == ".sqlite" else None


def refuse_backup(file: Path) -> None:
    """Raise :class:`StoreRefused` for a backup that is to be worked in."""
    at = made_at(file)
    if at is not None:
        local, called = clinics_time(at, file.resolve().name)
        when = f"{plain_date(local.day)}, {clock_time(local.minute)} {called}".rstrip()
        raise StoreRefused(IS_BACKUP.format(name=file.name, when=when))
