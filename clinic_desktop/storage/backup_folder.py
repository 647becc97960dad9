"""The folder of a clinic's backups: which are there, putting one there whole, and letting old ones go.

What has no side file (``NAME.json``) was not made here and is left alone, whatever it is called.
"""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.backups import Backup, Facts, named_at, to_delete
from clinic_desktop.foundation.clock import zone
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.private_file import name_new, sync_folder
from clinic_desktop.security.key_slots import slots_file
from clinic_desktop.storage.engine import Where, file_of, is_address, place_of
from clinic_desktop.storage.schema import give_name, new_file

FILE, DUMP = "sqlite", "dump"
THERE_ALREADY = "There is a file called {name} already. It was left as it is. Choose another name."
FOLDER_GONE = (
    "The folder for backups, {folder}, is not there. Connect its drive or choose another folder. "
    "The clinic's data is as it was; the backup is tried again by itself."
)
NO_ROOM = (
    "There is no room for a backup in {folder}. Free some space there or choose another folder. "
    "The clinic's data is as it was; the backup is tried again by itself."
)
NOT_WRITABLE = (
    "No backup can be written to {folder}. Check the rights on it, or choose another folder. "
    "The clinic's data is as it was; the backup is tried again by itself."
)
LOST_ON_THE_WAY = (
    "The backup did not arrive in {folder} as it was written. It was not kept. Check that drive, or choose "
    "another folder. The clinic's data is as it was; the backup is tried again by itself."
)
_FOLDER = "backups"
_PIECE = 2**20
_LEFT = re.compile(r"\.{1,2}clinic-backup-.*\.(new|part|local)(-wal|-shm|-journal|\.keys)?")
_UNFINISHED = re.compile(r"\.{1,2}clinic-backup-(\d+)-[0-9a-f]{8}\.local.*")
_LEFT_SECONDS = 6 * 3600  # no backup takes so long: a crash left it


class NameTaken(EnvironmentFailure):
    """Something has the name of a backup that was to be made, or got it at the same moment."""


def own_folder(where: Where) -> Path:
    """Where backups go unless another folder is chosen: beside the data; with the program's own files where
    the clinic is on a server."""
    if not is_address(where):
        return file_of(where).resolve().parent / _FOLDER
    before, now = (
        settings.home() / _FOLDER / hashlib.sha256(one.encode()).hexdigest()[:8]
        for one in (where, named(where))
    )
    return before if before.is_dir() and not now.is_dir() else now  # from when the whole address counted


def named(where: Where) -> str:
    """What the folder that was chosen for a clinic is remembered by: on a server by what does not change with
    the name that a desk signs in with, nor with how its line is kept safe; a file by its own place, by
    whatever links somebody came to it."""
    return place_of(where) if is_address(where) else str(file_of(where).resolve())


def _named_before(where: Where) -> list[str]:
    """By what older versions remembered it: the whole address, and each way to the file with its links."""
    if is_address(where):
        return [where]
    real, own = file_of(where).resolve(), str(file_of(where).absolute())
    others = (one for one in settings.backup_folders() if "://" not in one)
    return [own, *(one for one in others if one != own and Path(one).resolve() == real)]


def folder_of(where: Where) -> Path:
    """The folder that was chosen on this computer, else :func:`own_folder`."""
    chosen = _chosen(where)
    return Path(chosen) if chosen else own_folder(where)


def _chosen(where: Where) -> str:
    names = (named(where), *_named_before(where))
    return next((folder for one in names if (folder := settings.backup_folder(one))), "")


def came_from(where: Where) -> Path | None:
    """The folder that the restored clinic's backup came from, to keep its backups in again: while it is there
    and nobody has chosen a folder for the clinic on this computer."""
    folder = settings.restored_from(named(where))
    return Path(folder) if folder and not _chosen(where) and Path(folder).is_dir() else None


def remember_source(where: Where, backup: Path) -> None:
    """A backup has taken the clinic's place. A file that somebody copied to anywhere tells of no folder."""
    folder = backup.resolve().parent
    known_ones = {one.resolve() for one in (folder_of(where), own_folder(where))}
    if facts_of(backup) is not None and folder not in known_ones:
        settings.remember_restored_from(named(where), folder)


def on_the_datas_disk(where: Where) -> bool:
    """Whether the folder for backups lies on the disk of the clinic's file, and is lost with it; False for a
    clinic on a server, and where nobody knows."""
    if is_address(where):
        return False
    folder = folder_of(where).absolute()
    there = next((one for one in (folder, *folder.parents) if one.exists()), None)
    with suppress(OSError):
        return there is not None and there.stat().st_dev == file_of(where).resolve().parent.stat().st_dev
    return False


def carry_over(before: Where, now: Where) -> None:
    """The folder that was chosen for a clinic, for the place to which it was moved; one that was chosen there
    already stays."""
    chosen = _chosen(before)
    if chosen and not _chosen(now):
        settings.remember_backup_folder(named(now), Path(chosen))


def file_name(at: datetime, ending: str, before: str = "", zone_name: str = "") -> str:
    """By the clinic's clock where its zone is known, else by this computer's, and with its offset, so that no
    hour is there twice; it says nothing of the clinic. before: the version that it came before.

    How long a backup is kept, and in which order they are listed, goes by what stands beside it.
    """
    word = f"before-{before}-" if before else ""
    local = at.astimezone(zone(zone_name) if zone_name else None)
    return f"clinic-backup-{word}{local:%Y-%m-%d-%H%M%S%z}.{ending}"


def side_file(file: Path) -> Path:
    """Where the facts of a backup stand."""
    return file.with_name(f"{file.name}.json")


def facts_of(file: Path) -> Facts | None:
    """What stands beside a backup; None where nothing does, or something else."""
    try:
        return Facts.from_json(side_file(file).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def found_in(folder: Path, clinic: str | None) -> list[Backup]:
    """The backups of one clinic (its first hash) in a folder, newest first; none where it cannot be read.
    None: of every clinic."""
    found = []
    with suppress(OSError):
        for beside in folder.glob("*.json"):
            file = beside.with_suffix("")
            facts = facts_of(file)
            if facts is not None and clinic in (None, facts.clinic):
                found.append(Backup(file, facts, _size(file) == facts.size))
    return sorted(found, key=lambda one: one.at, reverse=True)


def newer_beside(file: Path, clinic: str) -> Backup | None:
    """The newest sound backup of a clinic (its first hash) that lies beside a backup of it and was made
    after that one; None without one, and where nobody knows when that one was made."""
    facts = facts_of(file)
    at = named_at(file.name) if facts is None else facts.made_at
    if at is None or not clinic:
        return None
    newest = next((one for one in found_in(file.parent, clinic) if one.good), None)
    return newest if newest is not None and newest.at - at >= timedelta(seconds=1) else None


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1


def known(where: Where, clinic: str | None) -> list[Backup]:
    """Those in the chosen folder and those beside the data, newest first; also where older versions put them,
    beside a link to it and in the folder that was chosen under the link's name. clinic: as
    in :func:`found_in`."""
    folders = [folder_of(where), own_folder(where)]
    if not is_address(where):
        for name in _named_before(where):
            folders += [Path(settings.backup_folder(name) or folders[0]), Path(name).parent / _FOLDER]
    folders = list({one.resolve(): one for one in reversed(folders)}.values())  # each once, by its first name
    found = [one for folder in folders for one in found_in(folder, clinic)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def must_be_there(folder: Path, own: Path) -> None:
    """A drive that is not plugged in is not made anew as a folder of this computer; our own one is made."""
    try:
        if folder == own:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        there = folder.is_dir()
    except OSError as failure:
        raise EnvironmentFailure(NOT_WRITABLE.format(folder=folder)) from failure
    if not there:
        raise EnvironmentFailure(FOLDER_GONE.format(folder=folder))


def hash_of(file: Path) -> str:
    """The SHA-256 of a file's bytes."""
    found = hashlib.sha256()
    with file.open("rb") as source:
        while piece := source.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def put(local: Path, target: Path, facts: Facts, slots: bytes | None) -> Backup:
    """Let a backup that was written and checked on this computer be found as ``target``.

    Its side file and key slots come first and its own name last: what has its name is whole. Raises
    ``OSError``, :class:`NameTaken`, and :class:`EnvironmentFailure` where other bytes arrived.
    """
    for file in (target, side_file(target), slots_file(target)):
        if file.exists():
            raise NameTaken(THERE_ALREADY.format(name=file.name))
    beside: list[Path] = []
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        _bring(local, part, facts)
        # The facts first: who gets their name has the other names too, and of two desks only one does.
        for file, data in ((side_file(target), facts.to_json().encode()), (slots_file(target), slots)):
            if data is not None:
                _write(file, data)
                beside.append(file)
        give_name(part, target, lambda: NameTaken(THERE_ALREADY.format(name=target.name)))
    except BaseException as failure:
        # What stands beside no file is of no use; what stands beside somebody else's is not theirs.
        for left in beside if isinstance(failure, NameTaken) or not target.exists() else ():
            with suppress(OSError):
                left.unlink(missing_ok=True)
        raise
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    sync_folder(target.parent)
    return Backup(target, facts)


def _bring(local: Path, part: Path, facts: Facts) -> None:
    """Onto the disk of the folder, where it is read again: a stick may take bytes and lose them."""
    with suppress(OSError):
        os.link(local, part)  # the same disk, on which it was checked
        return
    new_file(part)
    with local.open("rb") as source, part.open("wb") as target:
        shutil.copyfileobj(source, target, _PIECE)
        target.flush()
        os.fsync(target.fileno())
    if part.stat().st_size != facts.size or hash_of(part) != facts.sha256:
        raise EnvironmentFailure(LOST_ON_THE_WAY.format(folder=part.parent))


def _write(file: Path, data: bytes) -> None:
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        new_file(part)
        with part.open("wb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        name_new(part, file)
    except FileExistsError as failure:
        raise NameTaken(THERE_ALREADY.format(name=file.name)) from failure
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def clear(folder: Path, clinic: str, now: datetime) -> list[str]:
    """Let go of what the rule says of this clinic's backups; the names of those that went. What cannot be
    deleted now goes another time."""
    gone = []
    for one in to_delete(found_in(folder, clinic), now):
        if let_go(one.file):
            gone.append(one.file.name)
    return gone


def let_go(backup: Path) -> bool:
    """Delete a backup with what stands beside it; False where that cannot be done now."""
    with suppress(OSError):
        # Its side file last: while that is there, what is left is known as ours.
        for file in (backup, slots_file(backup), side_file(backup)):
            file.unlink(missing_ok=True)
        return True
    return False


def unfinished(folder: Path) -> Path:
    """A name for what is not yet checked, on a disk of this computer, by which it is known whose it is."""
    return folder / f".clinic-backup-{os.getpid()}-{secrets.token_hex(4)}.local"


def clear_ended(folder: Path) -> None:
    """Delete what a program of this computer that was ended left of a backup there: all of the clinic."""
    if os.name == "nt":  # there nobody can be asked for without being ended; it goes by its age
        return
    with suppress(OSError):
        for file in folder.iterdir():
            found = _UNFINISHED.fullmatch(file.name)
            if found is not None and not _lives(int(found[1])):
                with suppress(OSError):
                    file.unlink(missing_ok=True)


def _lives(program: int) -> bool:
    try:
        os.kill(program, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass  # somebody else's, or nobody knows
    return True


def clear_left(folders: Sequence[Path]) -> None:
    """Delete what a crash left of a backup under a name of ours that nobody looks for; how old it is goes by
    the clock of the disk where it lies, which on a network may be another than this computer's."""
    for folder in folders:
        with suppress(OSError):
            with TemporaryFile(dir=folder) as fresh:
                now = os.fstat(fresh.fileno()).st_mtime
            for file in folder.iterdir():
                if _LEFT.fullmatch(file.name) and now - file.stat().st_mtime > _LEFT_SECONDS:
                    file.unlink(missing_ok=True)
