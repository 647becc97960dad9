"""One move to a place at a time: who comes second is refused in words, and takes nothing away."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import text

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.storage.engine import Where, file_of, is_address, open_engine, real_file

GOING_ON = (
    "Another move to this place is going on, and nothing was moved now. Wait until it is done, or choose "
    "another place."
)
SENTENCES = (GOING_ON,)
_CLASS = 0x434D  # of the lock on a server; those of days have another
# The search path is the address's own; a move to another schema of the database is another place.
_TAKE = text("SELECT pg_try_advisory_xact_lock(:kind, hashtext(current_schema()))")


@contextmanager
def alone_at(target: Where) -> Iterator[None]:
    """While no other move goes to that place, from whichever program or PC. The system lets go of it when the
    program is killed. Raises :class:`EnvironmentFailure` where one is going on."""
    with _on_server(target) if is_address(target) else _in_folder(real_file(file_of(target))):
        yield


@contextmanager
def _on_server(address: str) -> Iterator[None]:
    engine = open_engine(address)
    try:
        with engine.connect() as line, line.begin():
            line.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            if not line.execute(_TAKE, {"kind": _CLASS}).scalar_one():
                raise EnvironmentFailure(GOING_ON)
            yield
    finally:
        engine.dispose()


@contextmanager
def _in_folder(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    held = path.with_name(f".{path.name}.moving")
    opened = _taken(held)
    try:
        yield
    finally:
        with suppress(OSError):
            if os.name != "nt":  # while it is held: whoever has it open looks whether it is still there
                held.unlink(missing_ok=True)
        opened.close()
        with suppress(OSError):
            if os.name == "nt":  # refused where another has it open by now
                held.unlink(missing_ok=True)


def _taken(file: Path) -> BinaryIO:
    while True:
        opened = file.open("a+b")
        try:
            if not _try_lock(opened):
                raise EnvironmentFailure(GOING_ON)
            if _is_still(opened, file):
                return opened
        except BaseException:
            opened.close()
            raise
        opened.close()


def _is_still(opened: BinaryIO, file: Path) -> bool:
    """Whether the file that is held has its name still: whoever held it before may have taken it away."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(opened.fileno()), file.stat())
    return False


def _try_lock(opened: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only there

            opened.seek(0)
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - only there

            fcntl.flock(opened.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return sys.platform != "win32"  # a file system that knows no such lock: it goes on without
    return True
