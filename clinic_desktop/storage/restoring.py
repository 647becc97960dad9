"""Putting a backup in the place of a clinic's file: a look first, then a swap that nothing is lost by.

Whatever moment the power goes at, the clinic's name stands for the data of before or for the restored data,
each of them whole, and the data of before is never gone.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.backups import KEYS, Head, Restored, Seen
from clinic_desktop.foundation.clock import Clock, SystemClock, zone
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure, StoreRefused
from clinic_desktop.foundation.private_file import sync_folder, write_private
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security import key_slots
from clinic_desktop.security.backup_place import KIND
from clinic_desktop.security.key_slots import SlotsLost, slots_file
from clinic_desktop.security.put_on_record import put_on_record
from clinic_desktop.security.rights import Right, require
from clinic_desktop.storage import backup_folder, check, inside, look, moved
from clinic_desktop.storage.engine import (
    Sealed,
    Where,
    beside,
    file_of,
    is_address,
    open_engine,
    raw_line,
    real_file,
)
from clinic_desktop.storage.failures import BUSY, problem_of, worded
from clinic_desktop.storage.keyed import opened_backup, opened_or_refused
from clinic_desktop.storage.known_backup import refuse_backup
from clinic_desktop.storage.make_backup import at_first, failing_at
from clinic_desktop.storage.network_folder import refuse_share
from clinic_desktop.storage.other_clinic import refuse_other
from clinic_desktop.storage.schema import new_file
from clinic_desktop.storage.sealing import copy_sealed
from clinic_desktop.storage.store import open_store
from clinic_desktop.storage.trail_mark import TrailMark, mark_of_restored

IN_USE = (
    "The clinic is open in another window or on another desk. Close it there, then restore. "
    "Nothing was changed."
)
NO_BACKUP = "There is no backup at {name}. Nothing was changed."
NOT_AS_WRITTEN = (
    "{name} is not as it was written: the file has changed since. Nothing was changed. Take another backup."
)
NOT_SOUND = "What is in {name} does not hold together ({codes}). Nothing was changed. Take another backup."
NO_BACKUP_OF_OURS = "{name} is no backup of Clinic Desktop. Nothing was changed. Choose another file."
SAME_FILE = "This is the clinic's own file, not a backup of it. Nothing was changed."
SENTENCES = (IN_USE, SAME_FILE)
_HELPERS = ("-wal", "-shm", "-journal")


def look_into(file: Path | Sealed, where: Where) -> Seen:
    """What is in a backup, and what of the clinic at ``where`` would no longer be there. Reads only.

    A sealed backup comes with its key (:func:`~clinic_desktop.storage.keyed.to_restore`), else it is opened
    by that of ``where`` or by what this computer has. Raises :class:`EnvironmentFailure` for what is no
    backup, or cannot be read, and where the clinic was moved away.
    """
    if is_address(where):
        from clinic_desktop.storage import server_restore  # noqa: PLC0415 - most clinics have no server

        return server_restore.look_into(where, file_of(file))
    return _seen(_source(file, where), where)


def _source(file: Path | Sealed, where: Where) -> Path | Sealed:
    path = file_of(file)
    if not path.is_file():
        raise EnvironmentFailure(NO_BACKUP.format(name=path.name))
    if file_of(where).exists() and path.samefile(file_of(where)):
        raise EnvironmentFailure(SAME_FILE)
    return opened_backup(file, where) if isinstance(file, Path) else file


def _seen(source: Path | Sealed, where: Where) -> Seen:
    file = file_of(source)
    facts = backup_folder.facts_of(file)
    with failing_at(file.parent), worded():
        if not _ours(source):
            raise EnvironmentFailure(NO_BACKUP.format(name=file.name))
        as_written = None if facts is None else backup_folder.hash_of(file) == facts.sha256
        # An older version is brought up to date. What opened the backup may be the clinic's own slots.
        found = [one.code for one in check.findings(source) if one.code not in ("version", KEYS)]
        there = inside.of_file(source)
    if not there.whole:
        found.append(inside.UNREAD)
    else:
        look.known_or_refused(there.inside.revision)
    seen = Seen(file, there.inside, facts, as_written, tuple(dict.fromkeys(found)))
    seen = replace(seen, newer=backup_folder.newer_beside(file, there.clinic))
    return _compared(seen, there.clinic, _there(where, source))


def _ours(source: Path | Sealed) -> bool:
    name = file_of(source).name
    try:
        return look.is_ours(source)
    except StoreRefused as refused:
        if str(refused) != look.FOREIGN.format(name=name):
            raise
        raise EnvironmentFailure(NO_BACKUP_OF_OURS.format(name=name)) from refused


def _there(where: Where, backup: Path | Sealed) -> Where:
    """The clinic that is there now. Where nothing else opens it, it may be the one that the backup is of."""
    if isinstance(where, Sealed) or isinstance(backup, Path):
        return where
    with suppress(ClinicProblem):
        if look.is_plain(file_of(where)):
            return where
    return Sealed(file_of(where), backup.key)


def _compared(seen: Seen, clinic: str, where: Where) -> Seen:
    """With the clinic that is there now, where it can be read."""
    path, revision = file_of(where), ""
    if not path.exists():
        return seen
    if not path.is_file():  # a folder; a pipe, that would be waited for
        raise StoreRefused(look.FOREIGN.format(name=path.name))
    try:
        with worded():
            engine = open_engine(where, lambda: look.read_only(beside(where, path)))
            try:
                with engine.connect() as connection:
                    revision = moved.revision_of(connection)
                    there = inside.of(connection)
                    at = seen.inside.head
                    came_from_it = not at.number or inside.hash_at(connection, at.number) == at.hash
                    lost = inside.changes_after(connection, at.number) if came_from_it else None
            finally:
                engine.dispose()
    except Exception as failure:  # damaged, or not ours: it is kept aside as it is
        if str(failure) == BUSY:
            raise
    else:
        if there.whole:  # else it is kept aside to the last byte, too
            seen = replace(seen, now=there.inside, same_clinic=there.clinic == clinic, lost=lost)
    moved.refuse_marked(revision)  # else there would be two clinics
    return seen


def restore(
    where: Path | Sealed | str,
    file: Path | Sealed,
    actor: Actor = PROGRAM,
    clock: Clock | None = None,
    *,
    other_clinic: bool = True,
) -> Restored:
    """Put a backup in the place of the clinic at ``where``, which nobody may have open.

    The data of before stays beside it under a dated name; nothing is overwritten, the backup stays as it is.
    What is put in place is sealed as the clinic was, or as the backup is where no clinic's key is known;
    then the slots beside the backup come with it. Raises :class:`EnvironmentFailure`; then the clinic is
    as it was. other_clinic: whoever asks knows whose backup it is; else another clinic's is refused.
    """
    if is_address(where):
        from clinic_desktop.storage import server_restore  # noqa: PLC0415 - most clinics have no server

        return server_restore.restore(where, file_of(file), actor, clock, other_clinic=other_clinic)
    require(actor, Right.SET_UP)
    refuse_share(file_of(where))
    refuse_backup(file_of(where))
    clock = clock or SystemClock()
    source = _source(file, where)
    name = file_of(source).name
    seen = _seen(source, where)
    if seen.as_written is False:
        raise EnvironmentFailure(NOT_AS_WRITTEN.format(name=name))
    if seen.findings:
        raise EnvironmentFailure(NOT_SOUND.format(name=name, codes=", ".join(seen.findings)))
    refuse_other(seen, allowed=other_clinic)
    opened_or_refused(where, source)
    path = real_file(file_of(where)).absolute()
    kept, slots = _as_it_will_be(path, where, source)
    there = _there(where, source)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = _free_name(path, clock.now(), seen.inside.zone)
    with failing_at(path.parent), worded(), at_first(path.parent) as new:
        _bring(source, beside(kept, new))
        nobody_else = _alone_unread if seen.now is None else alone
        with nobody_else(there):  # before anything is said of a restoring that does not come
            pass
        mark = mark_of_restored(kept)
        _say_so(beside(kept, new), mark, seen, aside if path.exists() else None, actor, clock)
        with nobody_else(there):
            was = _swap(path, new, aside, slots)
    backup_folder.remember_source(path, file_of(source))
    return Restored(seen, was)


def _as_it_will_be(path: Path, where: Where, backup: Path | Sealed) -> tuple[Path | Sealed, bytes | None]:
    """How what is put in place is kept, and the slots that have to come with it, if any: each of the two is
    renamed by itself, so those that open the clinic of before are never replaced by others.

    Raises :class:`SlotsLost` where nothing would open it.
    """
    if isinstance(where, Sealed):
        try:
            key_slots.read(path)
        except SlotsLost:
            if isinstance(backup, Path):
                raise
        else:
            return where, None
    if isinstance(backup, Path):
        return path, None
    key_slots.read(backup.path)
    return Sealed(path, backup.key), slots_file(backup.path).read_bytes()


def _bring(source: Path | Sealed, new: Path | Sealed) -> None:
    """A copy beside the clinic, kept as that will be."""
    if isinstance(new, Sealed) and not (isinstance(source, Sealed) and source.key == new.key):
        copy_sealed(source, new)
        return
    with file_of(source).open("rb") as opened:
        _written(opened, file_of(new))


def _written(source: BinaryIO, new: Path) -> None:
    """On the disk, for its owner alone."""
    new_file(new)
    with new.open("wb") as target:
        shutil.copyfileobj(source, target, 2**20)
        target.flush()
        os.fsync(target.fileno())


def _free_name(path: Path, at: datetime, zone_name: str) -> Path:
    """A name beside the clinic that nothing has, by the clinic's clock as the backups' names are."""
    local = at.astimezone(zone(zone_name) if zone_name else None)
    stem = f"{path.stem} before restoring {local:%Y-%m-%d %H%M%S}"
    taken, number = path.with_name(f"{stem}{path.suffix}"), 1
    while taken.exists() or slots_file(taken).exists():
        number += 1
        taken = path.with_name(f"{stem} {number}{path.suffix}")
    return taken


def _say_so(
    new: Path | Sealed, mark: TrailMark | None, seen: Seen, aside: Path | None, actor: Actor, clock: Clock
) -> None:
    """On record in the restored clinic: from which backup, and what trail went on without it. ``mark``: of
    the place where it will lie, and not of the one where it is made."""
    about: dict[str, object] = {"from": seen.file.name, **_plain("backup", seen.inside.head)}
    # Null where nobody could read what was there: that something was put in its place is said all the same.
    about |= _plain("instead", seen.now.head) if seen.now is not None else {"instead": None}
    if aside is not None:
        about["aside"] = aside.name
    if seen.before_accounts:
        about["accounts"] = "none: of before the first"
    with closing(open_store(new, clock, mark=mark)) as store:
        put_on_record(store, actor, Deed.RESTORED, KIND, about)
        store.engine.dispose()
    path = file_of(new)
    with closing(raw_line(new, str(path))) as line:
        line.execute("PRAGMA journal_mode = DELETE").fetchone()  # all of it in the one file that is renamed
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _plain(word: str, head: Head) -> dict[str, object]:
    return {word: {"number": head.number, "hash": head.hash}}


@contextmanager
def alone(where: Where) -> Iterator[None]:
    """While nobody else has the clinic's file open, and (but on Windows, which itself lets no open file be
    renamed) nobody else can read or write it.

    Raises :class:`EnvironmentFailure` where somebody has it.
    """
    path = file_of(where)
    if not path.exists() or not path.stat().st_size:
        yield
        return
    line = raw_line(where, str(path), timeout=0.2)
    try:
        _take_all(line)
        if os.name == "nt":
            line.close()
        yield
    finally:
        with suppress(Exception):
            line.close()


@contextmanager
def _alone_unread(where: Where) -> Iterator[None]:
    """The same of a file that cannot be read, which with its journal stays as it is to the last byte.

    SQLite would bring the journal into it; so it is opened under another name, which has none. Windows lets
    no open file be renamed, and where there are no hard links or the first page is spoiled nobody can tell.
    """
    path = file_of(where)
    other = path.with_name(f".clinic-backup-{secrets.token_hex(4)}.local")  # which goes after a crash, too
    if os.name == "nt" or not path.exists() or not _linked(path, other):
        yield
        return
    line = None
    try:
        try:
            line = raw_line(where, str(other), timeout=0.2)
            line.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
            line.execute("BEGIN EXCLUSIVE")
        except Exception as failure:
            problem = problem_of(failure)
            if problem is None:
                raise
            if str(problem) == BUSY:
                raise EnvironmentFailure(IN_USE) from failure
            # Damaged it is; that is known.
        yield
    finally:
        with suppress(Exception):
            if line is not None:
                line.close()
        for end in ("", *_HELPERS):
            other.with_name(other.name + end).unlink(missing_ok=True)


def _linked(file: Path, other: Path) -> bool:
    with suppress(OSError):
        os.link(file, other)
        return True
    return False


def _take_all(line: object) -> None:
    execute = line.execute  # type: ignore[attr-defined]  # a driver's connection, of either library
    try:
        # Taking the log away asks for the file alone, and leaves all of it in that one file.
        execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
        (mode,) = execute("PRAGMA journal_mode = DELETE").fetchone()
        execute("BEGIN EXCLUSIVE")
    except Exception as failure:
        problem = problem_of(failure)
        if problem is not None and str(problem) == BUSY:
            raise EnvironmentFailure(IN_USE) from failure
        raise
    if mode != "delete":
        raise EnvironmentFailure(IN_USE)


def _swap(path: Path, new: Path, aside: Path, slots: bytes | None) -> str | None:
    """One renaming puts the restored data in place; before it the data of before has a second name."""
    with ExitStack() as read:
        return _swapped(path, new, aside, slots, read)


def _swapped(path: Path, new: Path, aside: Path, slots: bytes | None, read: ExitStack) -> str | None:
    kept = path.exists()
    if kept:
        _also_named(path, aside, read)
    if slots_file(path).exists() and (kept or slots is not None):
        _also_named(slots_file(path), slots_file(aside), read)
    # Of a file that is too damaged to be read, or that somebody took away. What lay beside the restored data
    # would be read into it.
    logs = {helper: path.with_name(path.name + helper) for helper in _HELPERS}
    for helper, log in logs.items():
        if log.exists():
            _also_named(log, aside.with_name(aside.name + helper), read)
    sync_folder(path.parent)
    for log in logs.values():
        log.unlink(missing_ok=True)
    if slots is not None:
        write_private(slots_file(path), slots, on_disk=True)
    new.replace(path)
    sync_folder(path.parent)
    return aside.name if kept else None


def _also_named(file: Path, other: Path, read: ExitStack) -> None:
    """read: closes what had to be read. Whoever closes a file besides SQLite lets go of SQLite's lock on it,
    and this one has to last until the swap."""
    try:
        os.link(file, other)
    except FileExistsError:
        raise
    except OSError:  # no hard links there: a copy, whole on the disk before anything is renamed
        source = read.enter_context(file.open("rb"))
        _written(source, other)
        if os.name == "nt":  # no lock is held there, and no open file is renamed
            source.close()
