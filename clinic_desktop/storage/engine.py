"""The one connection factory: opens SQLite or PostgreSQL and reads back what it set."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.pool import QueuePool

from clinic_desktop.foundation.errors import EnvironmentFailure

APPLICATION_ID = 0x434C4E43  # "CLNC" in the header of our SQLite files
BUSY_SECONDS = 10
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a commit is on the disk before it is acknowledged
    "foreign_keys": 1,
    "temp_store": 2,  # MEMORY: no patient data in temporary files
    "busy_timeout": BUSY_SECONDS * 1000,
}


def open_engine(where: Path | str) -> Engine:
    """An engine for a file's path or a ``postgresql://`` address (without a password in it)."""
    if isinstance(where, str) and "://" in where:
        return _postgres(make_url(where))
    return _sqlite(Path(where))


def _sqlite(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        # isolation_level None: the driver must not begin transactions on its own.
        connection = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS
        )
        _set_pragmas(connection)
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=8)
    event.listen(engine, "begin", _begin_immediate_to_write)
    return engine


def _set_pragmas(connection: sqlite3.Connection) -> None:
    for name, wanted in _PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        (found,) = connection.execute(f"PRAGMA {name}").fetchone()
        if found != wanted:
            connection.close()
            raise EnvironmentFailure(
                f"The clinic's data cannot be kept safely here ({name} is {found}, not {wanted}). "
                "Move it to a disk of this computer."
            )


def _begin_immediate_to_write(connection: Connection) -> None:
    # A writer takes the lock before it looks, so that what it saw still holds when it writes.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(url: URL) -> Engine:
    if url.password:
        raise EnvironmentFailure(
            "A password in the address can be seen by others. Leave it out and set PGPASSWORD or PGPASSFILE."
        )
    url = url.set(drivername="postgresql+psycopg")
    options: dict[str, Any] = {"application_name": "clinic-desktop", "connect_timeout": 5}
    if schema := os.environ.get("CLINIC_DESKTOP_SCHEMA"):
        options["options"] = f"-csearch_path={schema}"
    return create_engine(url, connect_args=options, pool_size=4, max_overflow=8, pool_pre_ping=True)
