"""The backups of a clinic that does not open, or whose file is gone: those in the folders that this computer
knows for its place."""

import mmap
from contextlib import suppress
from pathlib import Path

from clinic_desktop.foundation.backups import Backup
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.security import key_slots
from clinic_desktop.storage import backup_folder
from clinic_desktop.storage.engine import real_file


def backups_for(place: Path) -> list[Backup]:
    """Newest first; of other clinics too where nothing at the place tells which one it was. For a worker
    thread; nothing is changed."""
    path = real_file(place)
    found = backup_folder.known(path, None)
    clinics = {one.facts.clinic for one in found}
    if len(clinics) < 2:
        return found
    own = _number(path)
    if own is not None:
        return [one for one in found if _number(one.file) in (own, None)]
    meant = {one for one in clinics if _has(path, one)}
    return [one for one in found if not meant or one.facts.clinic in meant]


def _number(path: Path) -> str | None:
    """The clinic's number in the slots beside an encrypted file."""
    with suppress(ClinicProblem, OSError):
        return key_slots.read(path).clinic if key_slots.slots_file(path).exists() else None
    return None


def _has(path: Path, clinic: str) -> bool:
    """Whether the first entry of that clinic's trail stands in a file that may be damaged."""
    with (
        suppress(OSError, ValueError),
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        return bool(clinic) and data.find(clinic.encode()) >= 0
    return False
