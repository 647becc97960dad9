"""Knowing what a file is before it is opened to write: not a byte of it is changed."""

import sqlite3
from pathlib import Path

from clinic_desktop.foundation.errors import EnvironmentFailure, StoreRefused
from clinic_desktop.storage import guards_sqlite, moved
from clinic_desktop.storage.engine import APPLICATION_ID, BUSY_SECONDS
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

# A whole check reads the whole file. Above this size opening looks at the small tables that everything
# stands on, and the whole is left to ``check`` and to backups.
WHOLE_CHECK_BYTES = 16 * 2**20
_SMALL_TABLES = ("sqlite_master", "head", "alembic_version", "clinic", "staff", "shift", "room", "visit_type")
_MAGIC = b"SQLite format 3\x00"


def look(path: Path) -> str | None:
    """The revision of the clinic in a file; None where there is no file, or an empty one.

    Raises :class:`StoreRefused` for a foreign, damaged, newer or unguarded one.
    """
    return _revision(path) if is_ours(path) else None


def is_ours(path: Path) -> bool:
    """Whether there is a file of ours, by its first bytes; raises :class:`StoreRefused` for another's."""
    try:
        if not path.exists() or not path.stat().st_size:
            return False
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as failure:
        raise EnvironmentFailure(UNREADABLE.format(name=path.name)) from failure
    if not header.startswith(_MAGIC) or int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise StoreRefused(FOREIGN.format(name=path.name))
    return True


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that cannot change the file.

    With a journal beside it, somebody has the file open or a crash left it: it is read with the journal,
    under SQLite's locks. Without one nobody writes, and SQLite need not even make its helper files;
    :func:`as_it_was` says whether that stayed so.
    """
    mode = "mode=ro" if _journal(path).exists() else "mode=ro&immutable=1"
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_SECONDS,
    )


def as_it_was(path: Path) -> tuple[bool, int, int]:
    """Changes whenever somebody began to write to the file."""
    stat = path.stat()
    return _journal(path).exists(), stat.st_size, stat.st_mtime_ns


def _revision(path: Path) -> str:
    if not has_its_length(path):
        raise StoreRefused(DAMAGED.format(name=path.name))
    connection = read_only(path)
    try:
        whole = path.stat().st_size <= WHOLE_CHECK_BYTES
        sound = check_whole(connection) if whole else check_small(connection)
        if not sound:
            raise StoreRefused(DAMAGED.format(name=path.name))
        (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        known_or_refused(found)
        there = triggers(connection)
    except (sqlite3.Error, TypeError) as failure:  # TypeError: there is no row to take apart
        raise StoreRefused(DAMAGED.format(name=path.name)) from failure
    finally:
        connection.close()
    if found == CURRENT:
        guarded_or_refused(guards_sqlite.compared(there))
    return str(found)


def has_its_length(path: Path) -> bool:
    """Whether the file is as long as its header says; with a journal beside it the header may be behind."""
    with path.open("rb") as file:
        header = file.read(100)
    page = int.from_bytes(header[16:18])
    return _journal(path).exists() or path.stat().st_size >= int.from_bytes(header[28:32]) * page


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def triggers(connection: sqlite3.Connection) -> dict[str, str]:
    """Each trigger's text by its name."""
    return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))


def known_or_refused(revision: str) -> None:
    """Refuse a database that a newer program made, and one whose clinic went elsewhere."""
    if words := moved.words_of(revision):
        raise StoreRefused(words)
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
