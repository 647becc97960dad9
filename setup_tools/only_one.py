"""One set-up at a time: a second start waits for the first instead of tearing down what it builds."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_POLL_SECONDS = 0.3

if sys.platform == "win32":
    import msvcrt

    _FAR = 2**30  # Windows keeps others from reading locked bytes, so lock one that the file does not have

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


@contextmanager
def only_one(file: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold an existing file's lock for the time of the block; the system lets go of it if we are killed."""
    with file.open("rb") as handle:
        if not _try_lock(handle.fileno()):
            say("Another set-up is running here; waiting for it.")
            while not _try_lock(handle.fileno()):
                time.sleep(_POLL_SECONDS)
        yield
