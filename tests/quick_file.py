"""A clinic's file for tests of use cases: opened in a third of the time, and otherwise as the program has it.

- Its statements are put into SQL once in each process. An engine does that anew for whatever it is asked
  first, which is most of what a short test asks.
- It is not looked over: the test has just copied it from one that was made. ``tests/storage`` holds the
  looking.
- Nobody waits for the disk: such a test proves a rule, and not what is left after a power cut.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Dialect

from clinic_desktop.foundation.clock import Clock, FixedClock
from clinic_desktop.storage.engine import open_engine
from clinic_desktop.storage.store import SqlStore, open_store


def quick_store(path: Path, clock: Clock) -> SqlStore:
    """The store over a sound clinic's file of the current revision."""
    engine = open_engine(path)
    event.listen(engine, "connect", lambda line, _: line.execute("PRAGMA synchronous = 0"))
    engine.dialect, statements = _shared()
    engine.update_execution_options(compiled_cache=statements)
    return SqlStore(path, engine, clock)


@cache
def file_of(fill: Callable[[SqlStore], object], at: datetime) -> bytes:
    """A clinic's file that ``fill`` wrote into at that moment: made once in each process, for each test to
    have a copy."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "clinic.sqlite"
        store = open_store(path, FixedClock(at), make=True)
        fill(store)
        store.close()
        return path.read_bytes()


@cache
def _shared() -> tuple[Dialect, dict[Any, Any]]:
    """A dialect that knows SQLite from its first connection, and what it has put into SQL."""
    engine = create_engine("sqlite://")
    engine.connect().close()
    return engine.dialect, {}
