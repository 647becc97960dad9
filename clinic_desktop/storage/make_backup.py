"""Making a backup of a file, which nobody needs to have open: written on this computer, opened and checked
there, then brought to its folder.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from clinic_desktop.foundation.backups import KEYS, Backup, Check, Facts
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.security import key_slots
from clinic_desktop.security.key_slots import slots_file
from clinic_desktop.storage import backup_folder, check, inside
from clinic_desktop.storage.backup import copy_file
from clinic_desktop.storage.backup_folder import FILE, NO_ROOM, NOT_WRITABLE
from clinic_desktop.storage.engine import Sealed, Where, beside, file_of
from clinic_desktop.storage.failures import worded

# Every record is looked at below this size; above it every page and guard, which is what a disk can spoil.
# The rest is left to ``check`` at night: it would hold the computer up for minutes in the middle of a day.
WHOLE_BYTES = 256 * 2**20
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def before_update(where: Where, at: datetime, revision: str) -> Backup:
    """A backup beside the data before it is brought to ``revision``; it needs no store to be opened."""
    folder = backup_folder.own_folder(where)
    backup_folder.must_be_there(folder, folder)
    return make(where, folder / backup_folder.file_name(at, FILE, revision), at)


def make(where: Path | Sealed | str, target: Path, at: datetime) -> Backup:
    """A backup of a file, whole under its name or not there. Nothing is put on record."""
    source = file_of(where)
    with failing_at(target.parent), at_first(source.absolute().parent, target.parent) as local:
        copy_file(where, local)
        facts = _looked_at(beside(where, local), at)
        slots = None
        if isinstance(where, Sealed):
            try:
                slots = key_slots.written(key_slots.read(source))
            except key_slots.SlotsLost:  # with those of an older backup it can be opened still
                facts = replace(facts, findings=(*facts.findings, KEYS))
        return backup_folder.put(local, target, facts, slots)


@contextmanager
def at_first(folder: Path, *others: Path) -> Iterator[Path]:
    """A name beside the data, on a disk of this computer, for what is not yet checked; gone afterwards. What
    a crash left there, and in the other folders to which it is brought, goes first."""
    backup_folder.clear_left([folder, *others])
    backup_folder.clear_ended(folder)
    local = backup_folder.unfinished(folder)
    try:
        yield local
    finally:
        for left in (local, slots_file(local)):
            with suppress(OSError):
                left.unlink(missing_ok=True)


@contextmanager
def failing_at(folder: Path) -> Iterator[None]:
    """What the system says against a folder, in words."""
    try:
        yield
    except OSError as failure:
        words = NO_ROOM if failure.errno in _FULL else NOT_WRITABLE
        if not folder.is_dir():
            words = backup_folder.FOLDER_GONE
        raise EnvironmentFailure(words.format(folder=folder)) from failure


def _looked_at(local: Path | Sealed, at: datetime) -> Facts:
    file = file_of(local)
    size = file.stat().st_size
    whole = size <= WHOLE_BYTES
    found = check.findings(local) if whole else []  # its pages and guards were looked at as it was copied
    with worded():
        there = inside.of_file(local)
    # Before an update it is of an older version; and of the slots those count that lie beside the clinic.
    found = [one for one in found if one.code not in ("version", KEYS)]
    unread = () if there.whole else (inside.UNREAD,)
    codes = tuple(dict.fromkeys([*(one.code for one in found), *unread]))
    done = Check.WHOLE if whole else Check.PAGES
    return Facts(
        there.clinic, at, program(), there.inside.revision, there.inside.head, done, codes, size,
        backup_folder.hash_of(file),
    )  # fmt: skip


def program() -> str:
    """The version of this program."""
    try:
        return version("clinic-desktop")
    except PackageNotFoundError:
        return "unknown"
