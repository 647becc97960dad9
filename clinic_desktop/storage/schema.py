"""Making a new database, and knowing what an existing one is before it is touched."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select

from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.storage import guards
from clinic_desktop.storage.audit import FIRST_HASH
from clinic_desktop.storage.engine import APPLICATION_ID
from clinic_desktop.storage.tables import head, metadata, schema_version

REVISIONS = ("0001",)  # every migration there is, oldest first
CURRENT = REVISIONS[-1]

_SQLITE_MAGIC = b"SQLite format 3\x00"
_NEWER = (
    "This clinic's data was made by a newer Clinic Desktop. It was left as it is. "
    "Update the program on this computer."
)
_FOREIGN = "{name} is not a Clinic Desktop file. It was left as it is. Choose the clinic's own data file."
_DAMAGED = "{name} is damaged. It was left as it is. Restore the last good backup."


def create(engine: Engine) -> None:
    """Make every table and guard in an empty database."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        metadata.create_all(connection)
        guards.build(connection)
        connection.execute(
            insert(head),
            {
                "id": 1,
                "change_number": 0,
                "audit_id": 0,
                "audit_hash": FIRST_HASH,
                "chart_number": 0,
                "setup_number": 0,
            },
        )
        connection.execute(insert(schema_version), {"version_num": CURRENT})
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def exists(engine: Engine) -> bool:
    """Whether the database holds a clinic, ours; an empty one does not."""
    with engine.connect() as connection:
        return inspect(connection).has_table("alembic_version")


def version(connection: Connection) -> str:
    """The revision of an existing database; refuses one that a newer program made."""
    found: str = connection.execute(select(schema_version.c.version_num)).scalar_one()
    if found not in REVISIONS:
        raise StoreRefused(_NEWER)
    return found


def look_before_opening(path: Path) -> None:
    """Refuse a file that is not ours or is damaged, reading it without changing a byte.

    A missing or empty file is fine: a clinic can be made there.
    """
    if not path.exists() or path.stat().st_size == 0:
        return
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(_SQLITE_MAGIC) or int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise StoreRefused(_FOREIGN.format(name=path.name))
    if _has_journal(path):
        return  # a crash left a journal: opening the file heals it, then it is checked
    # immutable: SQLite neither locks nor writes, and makes no files beside this one.
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError:
        verdict = None
    finally:
        connection.close()
    if verdict != ("ok",):
        raise StoreRefused(_DAMAGED.format(name=path.name))


def _has_journal(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0
