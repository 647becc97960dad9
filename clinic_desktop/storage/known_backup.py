"""A backup is known before anybody works in it: it would be none any more, and there two clinics."""

import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from clinic_desktop.foundation.clock import computer_time
from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.foundation.words import clock_time, plain_date
from clinic_desktop.storage.backup_folder import facts_of

IS_BACKUP = (
    "{name} is a backup of {when}. Nobody works in a backup, and it was left as it is. Look at it only, or "
    "restore it in the clinic's place."
)
_NAMED = re.compile(r"clinic-backup-(?:before-.+-)?(\d{4}-\d\d-\d\d-\d{6}[+-]\d{4})(?:-\w+)?\.sqlite")


def made_at(file: Path) -> datetime | None:
    """When the backup in a file was made, by the facts beside it, else by its name; None where it is none."""
    file = file.resolve()
    facts = facts_of(file)
    if facts is not None:
        return facts.made_at
    named = _NAMED.fullmatch(file.name)
    if named is not None:
        with suppress(ValueError):
            return datetime.strptime(named.group(1), "%Y-%m-%d-%H%M%S%z")
    return None


def refuse_backup(file: Path) -> None:
    """Raise :class:`StoreRefused` for a backup that is to be worked in."""
    at = made_at(file)
    if at is not None:
        local = computer_time(at)
        when = f"{plain_date(local.day)}, {clock_time(local.minute)}"
        raise StoreRefused(IS_BACKUP.format(name=file.name, when=when))
