"""Files with patient data: readable for their owner alone, and written whole or not at all."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TextIO


def write_private(file: Path, data: bytes, *, on_disk: bool = False) -> None:
    """Write a file that nobody else reads, also while it is written. An older one of its name stays as it was
    until the new one is whole; with ``on_disk`` also when the power goes. Raises ``OSError``.

    What is no file, such as a pipe, gets the bytes.
    """
    file = file.resolve()
    if file.exists() and not file.is_file():
        file.write_bytes(data)
        return
    try:
        with _beside(file) as part:
            with part.open("wb") as opened:
                opened.write(data)
                if on_disk:
                    opened.flush()
                    os.fsync(opened.fileno())
            part.replace(file)
            if on_disk:
                sync_folder(file.parent)
    except OSError as problem:  # about the file that was asked for
        raise OSError(problem.errno, problem.strerror, str(file)) from problem


def write_private_new(file: Path, data: bytes) -> None:
    """The same, on the disk, for a name that nothing may have yet; raises ``FileExistsError`` where something
    has it, also where another program gave it at the same moment."""
    with _beside(file) as part:
        with part.open("wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        name_new(part, file)
    sync_folder(file.parent)


def name_new(part: Path, file: Path) -> None:
    """Let a whole file be found under a name that nothing has, else ``FileExistsError``: unlike a renaming it
    never takes another program's file away. The first name may stay."""
    try:
        os.link(part, file)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as a memory stick's
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        part.replace(file)


def sync_folder(folder: Path) -> None:
    """Put a new name on the disk, where the system lets a folder be opened (Windows does it by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A file of the same folder that only its owner reads; gone afterwards."""
    number, name = tempfile.mkstemp(prefix=".clinic-", suffix=".part", dir=file.parent)  # made with 0600
    os.close(number)
    part = Path(name)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def private_text(file: Path) -> Iterator[TextIO]:
    """The same for a text that is written bit by bit. Raises ``OSError``."""
    with _beside(file.resolve()) as part:
        with part.open("w", encoding="utf-8", newline="") as out:
            yield out
        part.replace(file)


def clear_older(folder: Path, names: re.Pattern[str], before: datetime) -> int:
    """Delete the files of a folder that have such names and were written before that. How many went; what
    cannot be deleted now stays for the next time."""
    gone = 0
    try:
        old = [one for one in folder.iterdir() if names.fullmatch(one.name) and _is_older(one, before)]
    except OSError:
        return gone
    for file in old:
        with suppress(OSError):
            file.unlink()
            gone += 1
    return gone


def _is_older(file: Path, than: datetime) -> bool:
    return file.is_file() and file.stat().st_mtime < than.timestamp()
