"""Knowing what a file is before it is opened to write: not a byte of it is changed."""

import sqlite3
from pathlib import Path

from clinic_desktop.foundation.errors import EnvironmentFailure, StoreRefused
from clinic_desktop.security.key_slots import KeyWanted, SlotsLost, slots_file
from clinic_desktop.storage import cipher, guards_sqlite, moved
from clinic_desktop.storage.engine import (
    APPLICATION_ID,
    BUSY_SECONDS,
    Sealed,
    file_of,
    no_room_at,
    no_room_for,
    raw_line,
    real_file,
)
from clinic_desktop.storage.failures import FULL, problem_of
from clinic_desktop.storage.revisions import CURRENT, REVISIONS

NEWER = (
    "This clinic's data was made by a newer Clinic Desktop. It was left as it is. "
    "Update the program on this computer."
)
UNGUARDED = (
    "This clinic's data has lost its protection against double booking ({names}). "
    "It was left as it is. Run the check, or restore the last good backup."
)
FOREIGN = "{name} is not a Clinic Desktop file. It was left as it is. Choose the clinic's own data file."
DAMAGED = "{name} is damaged. It was left as it is. Restore the last good backup."
UNREADABLE = "{name} cannot be read here. It was left as it is. Check the rights on its folder."
LOCKED = (
    "{name} is encrypted. It was left as it is. Open it with its passphrase or recovery key, or name its key "
    "file."
)
LOST_SLOTS = (
    "{name} is no Clinic Desktop file, or an encrypted one whose {slots} is missing. It was left as it is. "
    "Every backup has a copy of {slots}: put it beside {name}, then open it again."
)
WRONG_KEY = (
    "{name} does not open with this key. Either the key belongs to another clinic's data, or the file is "
    "damaged. It was left as it is. Try the other key, or restore the last good backup."
)
PLAIN = "{name} is not encrypted, and no key opens it. It was left as it is. Open it without a key."
EMPTY = "This database holds no clinic yet. Set up a clinic there first."
SENTENCES = (NEWER, EMPTY)

# A whole check reads the whole file. Above this size opening looks at the small tables that everything
# stands on; the rest is read behind the window, and by ``check`` and backups.
WHOLE_CHECK_BYTES = 64 * 2**20
_SMALL_TABLES = ("sqlite_master", "head", "alembic_version", "clinic", "staff", "shift", "room", "visit_type")
_MAGIC = b"SQLite format 3\x00"
_BYTES_OF_CHANCE = 240  # of 256, in a page of 4,096: text, pictures and zeros have fewer


class Locked(KeyWanted):
    """The file is encrypted, and was to be opened without its key."""


def look(where: Path | Sealed) -> str | None:
    """The revision of the clinic in a file; None where there is no file, or an empty one.

    Raises :class:`StoreRefused` for a foreign, damaged, newer or unguarded one, and for one that this key
    does not open; :class:`Locked` for a sealed one without a key.
    """
    return _revision(where) if is_ours(where) else None


def is_ours(where: Path | Sealed) -> bool:
    """Whether there is a file of ours, by its first page; raises :class:`StoreRefused` for another's."""
    path = file_of(where)
    first = _first_page(path)
    if not first:
        return False
    if first.startswith(_MAGIC):
        if int.from_bytes(first[68:72]) != APPLICATION_ID:
            raise StoreRefused(FOREIGN.format(name=path.name))
        if isinstance(where, Sealed):
            raise StoreRefused(PLAIN.format(name=path.name))
    elif isinstance(where, Path):
        raise _without_key(path, first)
    elif not cipher.fits(path, where.key):
        raise StoreRefused(WRONG_KEY.format(name=path.name))
    return True


def is_sealed(path: Path) -> bool:
    """Whether there is a clinic's file that wants a key: not SQLite's mark, and the slots beside it."""
    first = _first_page(path)
    return bool(first) and not first.startswith(_MAGIC) and slots_file(path).exists()


def is_plain(path: Path) -> bool:
    """Whether there is a file of SQLite's that wants no key."""
    return _first_page(path).startswith(_MAGIC)


def _first_page(path: Path) -> bytes:
    """Empty where there is no file."""
    try:
        if not path.exists():
            return b""
        if not path.is_file():  # a pipe would be waited for without an end
            raise StoreRefused(FOREIGN.format(name=path.name))
        with path.open("rb") as file:
            return file.read(cipher.PAGE)
    except OSError as failure:
        raise EnvironmentFailure(UNREADABLE.format(name=path.name)) from failure


def _without_key(path: Path, first: bytes) -> StoreRefused:
    """A sealed file looks like chance: whole pages in which nearly every byte there can be is met."""
    slots = slots_file(path)
    if slots.exists():
        return Locked(LOCKED.format(name=path.name))
    chance = path.stat().st_size % cipher.PAGE == 0 and len(set(first)) > _BYTES_OF_CHANCE
    if chance:
        return SlotsLost(LOST_SLOTS.format(name=path.name, slots=slots.name))
    return StoreRefused(FOREIGN.format(name=path.name))


def read_only(where: Path | Sealed) -> sqlite3.Connection:
    """A connection that cannot change the file.

    With a journal beside it, somebody has the file open or a crash left it: it is read with the journal,
    under SQLite's locks. Without one nobody writes, and SQLite need not even make its helper files;
    :func:`as_it_was` says whether that stayed so. On a full disk there is no room to share an empty journal,
    and nobody can write.
    """
    path = file_of(where)
    still = not _journal(path).exists() or (not _journal(path).stat().st_size and no_room_at(path))
    mode = "mode=ro&immutable=1" if still else "mode=ro"
    return raw_line(where, f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=BUSY_SECONDS)


def as_it_was(path: Path) -> tuple[bool, int, int]:
    """Changes whenever somebody began to write to the file."""
    stat = path.stat()
    return _journal(path).exists(), stat.st_size, stat.st_mtime_ns


def _unreadable() -> tuple[type[Exception], ...]:
    # TypeError: there is no row to take apart. UnicodeDecodeError: what should be words is none.
    return *cipher.failures(), TypeError, UnicodeDecodeError


def _revision(where: Path | Sealed) -> str:
    path = file_of(where)
    if not has_its_length(where):
        raise StoreRefused(DAMAGED.format(name=path.name))
    connection = read_only(where)
    try:
        whole = path.stat().st_size <= WHOLE_CHECK_BYTES
        sound = check_whole(connection) if whole else check_small(connection)
        if whole and isinstance(where, Sealed) and not _journal(path).exists():
            # Free pages too. Beside a journal somebody may be writing the page that is read.
            sound = sound and not cipher.unsound_pages(connection)
        if not sound:
            raise StoreRefused(DAMAGED.format(name=path.name))
        (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        known_or_refused(found)
        there = triggers(connection)
    except _unreadable() as failure:
        of_disk = EnvironmentFailure(FULL) if no_room_for(failure, where) else problem_of(failure)
        # Full, or not to be read: the file itself may be sound.
        if isinstance(of_disk, EnvironmentFailure) and not isinstance(of_disk, StoreRefused):
            raise of_disk from failure
        raise StoreRefused(DAMAGED.format(name=path.name)) from failure
    finally:
        connection.close()
    if found == CURRENT:
        guarded_or_refused(guards_sqlite.compared(there))
    return str(found)


def has_its_length(where: Path | Sealed) -> bool:
    """Whether the file is as long as its header says; with a journal beside it the header may be behind.

    A sealed file's header is for its library, which refuses a shorter one; its salt is seen to here.
    """
    path = file_of(where)
    if isinstance(where, Sealed):
        return cipher.has_salt(path, where.key)
    with path.open("rb") as file:
        header = file.read(100)
    page = int.from_bytes(header[16:18])
    return _journal(path).exists() or path.stat().st_size >= int.from_bytes(header[28:32]) * page


def _journal(path: Path) -> Path:
    file = real_file(path)
    return file.with_name(f"{file.name}-wal")


def triggers(connection: sqlite3.Connection) -> dict[str, str]:
    """Each trigger's text by its name."""
    return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))


def known_or_refused(revision: str) -> None:
    """Refuse a database that a newer program made, and one whose clinic went elsewhere."""
    moved.refuse_marked(revision)
    if revision not in REVISIONS:
        raise StoreRefused(NEWER)


def guarded_or_refused(differing: list[str]) -> None:
    """Refuse a database whose guards are not what they should be."""
    if differing:
        raise StoreRefused(UNGUARDED.format(names=", ".join(differing)))


def check_whole(connection: sqlite3.Connection) -> bool:
    """Whether every page of the file is sound."""
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


def check_small(connection: sqlite3.Connection) -> bool:
    """Whether the file has its length, and the small tables that everything stands on are sound."""
    checks = (f"PRAGMA quick_check({table})" for table in _SMALL_TABLES)
    return all(connection.execute(check).fetchone() == ("ok",) for check in checks)
