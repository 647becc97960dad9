"""Moving a plain clinic into a sealed file, so that at every step a crash leaves one of the two whole.

Beside ``clinic.sqlite`` and its slots lie meanwhile

- ``clinic.sqlite.sealing``: the sealed file in the making; worth nothing until it has the clinic's name,
- ``clinic.sqlite.plain``: a second name of the plain file, so that it can be overwritten after the swap.

Which of the two is the clinic says the file under the clinic's own name alone. :func:`tidy` ends at the next
start what a crash has left.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from clinic_desktop.foundation.clock import SystemClock
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.private_file import sync_folder
from clinic_desktop.security import key_slots
from clinic_desktop.security.key_slots import Slots
from clinic_desktop.storage import cipher, look
from clinic_desktop.storage.engine import APPLICATION_ID, Sealed, file_of, real_file
from clinic_desktop.storage.failures import BUSY, FULL, worded
from clinic_desktop.storage.known_backup import refuse_backup
from clinic_desktop.storage.network_folder import refuse_share
from clinic_desktop.storage.schema import new_file

SEALING, PLAIN = ".sealing", ".plain"
_BLOCK = 2**20

IN_USE = (
    "This clinic is open in another window or program of this computer. Nothing was changed. Close it there, "
    "then encrypt it."
)
ALREADY = "{name} is encrypted already. Nothing was changed."
NO_CLINIC = "There is no clinic at {name}. Nothing was changed."
NO_ROOM = (
    "The disk is full. Nothing was changed; the clinic is as it was, not encrypted. Free as much space as "
    "the clinic's file takes, then encrypt it."
)
NOT_THE_SAME = (
    "The encrypted copy was not the same as what it was made of, so it was not used. The clinic is as it "
    "was. Check the disk, then run the check on the clinic's data."
)
SENTENCES = (IN_USE, NO_ROOM, NOT_THE_SAME)

Step = Callable[[str], None]


def seal(path: Path, data_key: bytes, slots: Slots, step: Step = lambda _name: None) -> Sealed:
    """Move the plain clinic at ``path`` into a sealed file of the same name; nobody may have it open.

    slots: as they are to lie beside it, made with ``data_key``. step: hears the name of
    each step before it. Raises :class:`EnvironmentFailure`; until the swap the clinic then is as it was.

    The plain file is overwritten and deleted. On a disk of flash memory the drive decides which cells an
    overwriting reaches; only an encrypted disk hides what was there before.
    """
    path = real_file(path)
    refuse_share(path)
    refuse_backup(path)
    tidy(path)
    if look.is_sealed(path):
        raise EnvironmentFailure(ALREADY.format(name=path.name))
    if look.look(path) is None:
        raise EnvironmentFailure(NO_CLINIC.format(name=path.name))
    sealed = Sealed(path, data_key)
    try:
        with worded():
            _seal(sealed, slots, step)
    except EnvironmentFailure as failure:
        tidy(path)
        words = {FULL: NO_ROOM, BUSY: IN_USE}.get(str(failure))
        if words and not look.is_sealed(path):
            raise EnvironmentFailure(words) from failure
        raise
    return sealed


def copy_sealed(source: Path | Sealed, new: Sealed) -> None:
    """Copy a file that nobody writes to into a new one, sealed with another key and on the disk; the two are
    compared row by row. Raises the driver's failures and :class:`EnvironmentFailure`."""
    new_file(new.path)
    database = f"{file_of(source).absolute().as_uri()}?mode=ro&immutable=1"
    # SQLCipher's library reads a plain file too.
    with closing(cipher.driver().connect(database, isolation_level=None, uri=True)) as line:
        line.execute("PRAGMA cipher_log_level = NONE")
        if isinstance(source, Sealed):
            line.execute(f'PRAGMA key = "{cipher.spelled(source.key)}"')
        line.execute("PRAGMA temp_store = 2")
        _copied(line, new)
        _compared(line, new)
    _on_disk(new.path)


def _seal(sealed: Sealed, slots: Slots, step: Step) -> None:
    path, new = sealed.path, _beside(sealed.path, SEALING)
    # SQLCipher's library reads the plain file too: two libraries on one file would undo each other's locks.
    with closing(_alone(path)) as plain:
        step("copy")
        new_file(new)
        _copied(plain, Sealed(new, sealed.key))
        step("compare")
        _compared(plain, Sealed(new, sealed.key))
        _on_disk(new)
        step("slots")
        _others_slots_kept(path)
        key_slots.write(path, slots)
        step("second name")
        second = _second_name(path)
        if os.name == "nt":
            plain.close()  # a file that is open, here or elsewhere, gets no other name there
        step("swap")
        new.replace(path)
        sync_folder(path.parent)
        step("overwrite")
        # Still under the lock: whoever waits for the plain file finds nothing in it, and writes nothing.
        _overwritten(second)
        step("delete")
        second.unlink()
    sync_folder(path.parent)
    step("done")


def _others_slots_kept(path: Path) -> None:
    """What lies in the slots' place is not this clinic's, which is plain, but may be the last that opens the
    copies of another."""
    there = key_slots.slots_file(path)
    if not there.exists():
        return
    stem = f"{path.stem} before encrypting {SystemClock().now().astimezone():%Y-%m-%d %H%M%S}"
    kept, number = key_slots.slots_file(path.with_name(f"{stem}{path.suffix}")), 1
    while kept.exists():
        number += 1
        kept = key_slots.slots_file(path.with_name(f"{stem} {number}{path.suffix}"))
    there.rename(kept)
    sync_folder(path.parent)


def tidy(path: Path) -> None:
    """End what a crash has left of a sealing. Changes nothing where there was none.

    Raises :class:`EnvironmentFailure` where the disk lets nothing be ended; the clinic opens all the same.
    """
    new, second = _beside(path, SEALING), _beside(path, PLAIN)
    if not new.exists() and not second.exists():
        return
    with worded():
        if _somebody_is_at_it(second if second.exists() else path):
            return
        if second.exists():
            _end(path, second)
        for end in ("", "-journal"):
            _beside(new, end).unlink(missing_ok=True)
        sync_folder(path.parent)


def _end(path: Path, second: Path) -> None:
    """What a crash left of the plain file's second name."""
    if not path.exists():
        second.rename(path)  # and the sealed file had not got the first one yet
    elif path.samefile(second):
        second.unlink()
    elif look.is_sealed(path):
        _overwritten(second)
        second.unlink()
    # else somebody has put another file in the clinic's place, and this one is left to people


def _somebody_is_at_it(plain: Path) -> bool:
    """Whether a sealing goes on: it has the plain file alone from its first step to its last."""
    if not plain.exists():
        return False
    with closing(sqlite3.connect(plain, isolation_level=None, timeout=0)) as line:
        try:
            line.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as failure:  # half overwritten, or sealed meanwhile, it is nobody's
            return failure.sqlite_errorname.startswith("SQLITE_BUSY")
    return False


def _alone(path: Path) -> Any:  # noqa: ANN401 - a driver's connection
    """A line to the plain file that nobody else can use meanwhile, with everything of its journal in it."""
    line = cipher.driver().connect(str(path), isolation_level=None, check_same_thread=False, timeout=1)
    try:
        line.execute("PRAGMA cipher_log_level = NONE")
        line.execute("PRAGMA temp_store = 2")
        line.execute("PRAGMA locking_mode = EXCLUSIVE")
        # Only who has the file alone can do without the journal that is shared; it ends in the file.
        if line.execute("PRAGMA journal_mode = DELETE").fetchone() != ("delete",):
            raise EnvironmentFailure(BUSY)
        line.execute("BEGIN EXCLUSIVE")
        if _beside(path, "-wal").exists():
            raise EnvironmentFailure(BUSY)
        line.execute("ROLLBACK")  # the lock stays, in this mode
        # Nothing is written to the file any more, and what it left of its own journal is in clear.
        line.execute("PRAGMA journal_mode = MEMORY")
        if (journal := _beside(path, "-journal")).exists():
            _overwritten(journal)
            journal.unlink()
    except BaseException:
        line.close()
        raise
    return line


def _copied(plain: Any, new: Sealed) -> None:  # noqa: ANN401 - a driver's connection
    plain.execute("ATTACH DATABASE ? AS sealed KEY ?", (str(new.path), cipher.spelled(new.key)))
    try:
        # Worth nothing until it is whole and compared; then its maker brings it to the disk in one go.
        plain.execute("PRAGMA sealed.synchronous = OFF")
        plain.execute("SELECT sqlcipher_export('sealed')").fetchall()
        plain.execute(f"PRAGMA sealed.application_id = {APPLICATION_ID}")
    finally:
        plain.execute("DETACH DATABASE sealed")


def _compared(plain: Any, new: Sealed) -> None:  # noqa: ANN401 - a driver's connection
    """Every object of the schema and every row, with its number, in both; and every page sound."""
    with closing(look.read_only(new)) as copy:
        schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"
        found = plain.execute(schema).fetchall()
        same = found == copy.execute(schema).fetchall()
        tables = [name for kind, name, *_ in found if kind == "table"]
        same = same and all(_same_rows(plain, copy, name) for name in tables)
        sound = look.check_whole(copy) and not cipher.unsound_pages(copy)
    if not (same and sound):
        raise EnvironmentFailure(NOT_THE_SAME)


def _same_rows(plain: Any, copy: Any, table: str) -> bool:  # noqa: ANN401 - drivers' connections
    query = f'SELECT rowid, * FROM "{table}" ORDER BY rowid'
    one, other = plain.execute(query), copy.execute(query)
    while True:
        rows = one.fetchmany(1000)
        if rows != other.fetchmany(1000):
            return False
        if not rows:
            return True


def _second_name(path: Path) -> Path:
    second = _beside(path, PLAIN)
    try:
        os.link(path, second)
    except OSError:  # a file system without hard links: for a moment the clinic has its second name alone
        path.rename(second)
    sync_folder(path.parent)
    return second


def _overwritten(file: Path) -> None:
    with file.open("r+b") as opened:
        left = file.stat().st_size
        while left > 0:
            left -= opened.write(bytes(min(left, _BLOCK)))
        opened.flush()
        os.fsync(opened.fileno())


def _on_disk(file: Path) -> None:
    with file.open("r+b") as opened:
        os.fsync(opened.fileno())


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)
