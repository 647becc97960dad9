"""Making a new clinic: every table, guard and right, all or nothing."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, insert

from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.foundation.private_file import name_new, sync_folder
from clinic_desktop.storage import grants, guards
from clinic_desktop.storage.audit import FIRST_HASH
from clinic_desktop.storage.engine import APPLICATION_ID, Sealed, beside, file_of, open_engine
from clinic_desktop.storage.revisions import CURRENT
from clinic_desktop.storage.tables import head, metadata, schema_version
from clinic_desktop.storage.trail_mark import NO_MARKS

THERE_ALREADY = "There is a clinic here already. It was left as it is. Choose another place."
LOG_LEFT = (
    "{log} lies here, the journal of data that was taken away or deleted. It may hold what was saved last, "
    "and would be read into whatever gets the name {name}. Nothing was changed. Put that data back, or move "
    "the journal away, then try again."
)
SENTENCES = (THERE_ALREADY,)
_LOGS = ("-wal", "-journal")


def make_file(where: Path | Sealed) -> None:
    """Make a clinic's file beside its place, whole and on the disk, before it gets its name."""
    path = file_of(where)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        new_file(new)
        engine = open_engine(beside(where, new))
        try:
            make_tables(engine)
        finally:
            engine.dispose()
        give_name(new, path, lambda: StoreRefused(THERE_ALREADY))
    finally:
        new.unlink(missing_ok=True)
    sync_folder(path.parent)


def new_file(path: Path) -> None:
    """An empty file that only its owner can read; SQLite gives its journal the same rights."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def give_name(new: Path, path: Path, taken: Callable[[], Exception]) -> None:
    """Let a finished file be found under its name; raises ``taken()`` when that name is in use, and
    :class:`StoreRefused` where the journal of another would be read into it."""
    empty = path.exists() and not path.stat().st_size
    if empty or not path.exists():
        for log in (path.with_name(path.name + end) for end in _LOGS):
            if log.exists() and log.stat().st_size:
                raise StoreRefused(LOG_LEFT.format(log=log.name, name=path.name))
    if empty:
        path.unlink()  # an empty file holds no clinic
    try:
        name_new(new, path)
    except FileExistsError as failure:
        raise taken() from failure


def make_tables(engine: Engine) -> None:
    """Make every table and guard in an empty database, in one transaction."""
    with engine.connect() as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            metadata.create_all(connection)
            finish(connection)
            closed_or_refused(connection)
            connection.execute(insert(schema_version), {"version_num": CURRENT})
            connection.execute(insert(head), first_head())


def first_head() -> dict[str, object]:
    """The row that numbers changes and audit rows, before there are any."""
    return {
        "id": 1,
        "change_number": 0,
        "audit_id": 0,
        "audit_hash": FIRST_HASH,
        "setup_number": 0,
        "marks": NO_MARKS,
    }


def closed_or_refused(connection: Connection) -> None:
    """No new clinic where everybody may make something beside its tables."""
    if connection.dialect.name != "sqlite":
        grants.closed_or_refused(connection)


def finish(connection: Connection) -> None:
    """What stands round the tables: guards, rights, and the mark of whose file it is."""
    guards.build(connection)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    else:
        grants.apply(connection)
