"""Bring an older clinic's tables to this program's: one transaction, all or nothing."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine, MetaData, event, select, text, update

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.storage import compare, guards, locks, make_backup, schema
from clinic_desktop.storage.engine import Where, is_address, open_engine
from clinic_desktop.storage.failures import NO_RIGHT, worded
from clinic_desktop.storage.migrations import r0001
from clinic_desktop.storage.revisions import REVISIONS
from clinic_desktop.storage.tables import metadata, schema_version

Step = Callable[[Operations], None]
STEPS: Mapping[str, Step] = {"0001": r0001.upgrade}

_NOT_AS_MEANT = (
    "The clinic's data could not be brought to this version and was left as it was. "
    "Use the version of the program from before, and send this report: {report}"
)
_OWNER_FIRST = (
    "The clinic's data is of an older version. Let the owner of the database open it once with this version."
)


def migrate(
    where: Where,
    at: datetime,
    *,
    revisions: Sequence[str] = REVISIONS,
    steps: Mapping[str, Step] = STEPS,
    meant: MetaData = metadata,
) -> None:
    """Take the clinic at a path or address to the last of ``revisions``.

    Of a file a backup is made first, beside it, named after ``at``. What does not end as ``meant``, with
    every guard, is rolled back: the clinic then opens in the program it came from.
    """
    if not is_address(where):
        make_backup.before_update(where, at, revisions[-1])
    engine = open_engine(where)
    if not is_address(where):
        event.listen(engine, "connect", _without_references)
    try:
        with worded():
            _in_one_transaction(engine, revisions, steps, meant)
    except EnvironmentFailure as failure:
        if str(failure) == NO_RIGHT:
            raise EnvironmentFailure(_OWNER_FIRST) from failure
        raise
    finally:
        engine.dispose()


def _without_references(connection: object, _: object) -> None:
    # A table is rebuilt by dropping the old one: with references enforced that would drop or refuse rows.
    # They are checked as a whole at the end. SQLite takes this setting only outside a transaction.
    connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[attr-defined]  # a driver's connection


def _in_one_transaction(
    engine: Engine, revisions: Sequence[str], steps: Mapping[str, Step], meant: MetaData
) -> None:
    with closing(engine.connect()) as connection:
        connection.execution_options(writes=True)
        with connection.begin():
            locks.take(connection, locks.ALL)
            found: str = connection.execute(select(schema_version.c.version_num)).scalar_one()
            due = revisions[revisions.index(found) + 1 :]
            if not due:
                return  # another desk was quicker
            guards.clear(connection)
            operations = Operations(MigrationContext.configure(connection))
            for revision in due:
                steps[revision](operations)
            schema.finish(connection)
            connection.execute(update(schema_version).values(version_num=due[-1]))
            _as_meant(connection, meant)


def _as_meant(connection: Connection, meant: MetaData) -> None:
    report = [*guards.differing(connection), *compare.differences(connection, meant)]
    if connection.dialect.name == "sqlite":
        lost = connection.execute(text("PRAGMA foreign_key_check")).all()
        report += [f"{row[0]}: row {row[1]} refers to nothing" for row in lost]
    if report:
        raise EnvironmentFailure(_NOT_AS_MEANT.format(report="; ".join(report)))
