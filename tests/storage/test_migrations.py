"""From an older version to this one: all or nothing, with a copy aside, and the guards standing after it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import BatchOperations, Operations

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.storage import check, compare, guards, schema
from clinic_desktop.storage.engine import open_engine
from clinic_desktop.storage.migrations import freeze, r0001
from clinic_desktop.storage.migrations.run import migrate
from clinic_desktop.storage.revisions import GIVEN
from clinic_desktop.storage.store import open_store
from clinic_desktop.storage.tables import RECORDS, metadata
from tests.shared_data import PROJECT
from tests.small_clinic import MONDAY, SmallClinic
from tests.storage import postgres
from tests.storage.conftest import as_owner, beside

AT = datetime(2026, 11, 20, 9, 30, 5, tzinfo=UTC)
TWO = ("0001", "0002")


@pytest.fixture(params=["file_clinic", "server_clinic"], ids=["sqlite", "postgres"])
def clinic(request: pytest.FixtureRequest) -> SmallClinic:
    """The small clinic in a database of its own, whose tables may change."""
    found: SmallClinic = request.getfixturevalue(request.param)
    return found


def rebuilt(op: Operations, table: str) -> AbstractContextManager[BatchOperations]:
    """A file's table is made anew, which drops its triggers; a server's is altered."""
    on_file = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table(table, recreate="always" if on_file else "never")


def add_nickname(op: Operations) -> None:
    """The test's own revision: a new column."""
    with rebuilt(op, "patient") as patient:
        patient.add_column(sa.Column("nickname", sa.Text(), nullable=False, server_default="none"))


def rebuild_visits(op: Operations) -> None:
    add_nickname(op)
    with rebuilt(op, "visit") as visit:
        visit.add_column(sa.Column("colour", sa.Text(), nullable=True))


@pytest.fixture
def meant() -> sa.MetaData:
    """The tables as the test's revision makes them."""
    tables = sa.MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(tables)
    tables.tables["patient"].append_column(sa.Column("nickname", sa.Text(), nullable=False))
    return tables


@pytest.fixture
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """A database with nothing at all in it."""
    if request.param == "sqlite":
        engine = open_engine(tmp_path / "empty.db")
        yield engine
        engine.dispose()
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    name = server.database()
    engine = open_engine(server.address(name, postgres.OWNER))
    yield engine
    engine.dispose()
    server.drop(name)


@pytest.mark.parametrize("empty", ["sqlite", "postgres"], indirect=True)
def test_the_first_revision_makes_the_tables_of_the_program(empty):
    """If this fails: python -m clinic_desktop.storage.migrations.freeze"""
    with empty.connect() as connection, connection.begin():
        r0001.upgrade(Operations(MigrationContext.configure(connection)))
        connection.execute(sa.schema.CreateTable(metadata.tables["alembic_version"]))
        schema.finish(connection)
        assert compare.differences(connection, metadata) == []
        assert guards.differing(connection) == []


def test_the_first_revision_writes_the_same_statements(tmp_path, clinic_file):
    engine = open_engine(tmp_path / "frozen.db")
    with engine.connect() as connection, connection.begin():
        r0001.upgrade(Operations(MigrationContext.configure(connection)))
        made = statements(connection)
    engine.dispose()
    engine = open_engine(clinic_file)
    with engine.connect() as connection:
        meant = {name: sql for name, sql in statements(connection).items() if name != "alembic_version"}
    engine.dispose()
    assert made == meant


def statements(connection: sa.Connection) -> dict[str, set[str]]:
    """Table and index statements as sets of lines: the order of constraints means nothing."""
    rows = connection.execute(
        sa.text("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL")
    )
    return {row.name: {line.strip().rstrip(",") for line in row.sql.splitlines()} for row in rows}


def test_the_frozen_text_is_what_freezing_would_write():
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--stdin-filename", "r0001.py", "-"],
        input=freeze.frozen(),
        capture_output=True,
        text=True,
        check=True,
        cwd=PROJECT,
    )
    assert freeze.FILE.read_text(encoding="utf-8") == done.stdout


@pytest.mark.parametrize("step", [add_nickname, rebuild_visits])
def test_a_migration_keeps_data_guards_and_references(clinic, meant, step):
    (visit,) = book(clinic.store, clinic.desk, clinic.wish()).visits
    if step is rebuild_visits:
        meant.tables["visit"].append_column(sa.Column("colour", sa.Text()))
    tables = ("patient", "visit", "claim", "audit", "stamp", "change", "visit_type")
    with beside(clinic.store.where) as direct:
        before = [direct.run(f"SELECT * FROM {table} ORDER BY 1") for table in tables]
    clinic.store.close()
    migrate(as_owner(clinic.store.where), AT, revisions=TWO, steps={"0002": step}, meant=meant)
    with beside(clinic.store.where) as direct:
        after = [direct.run(f"SELECT * FROM {table} ORDER BY 1") for table in tables]
        assert [len(rows) for rows in after] == [len(rows) for rows in before]
        assert [row[: len(old[0])] for rows, old in zip(after, before, strict=True) for row in rows] == [
            row for rows in before for row in rows
        ]
        assert direct.one("SELECT min(nickname) FROM patient") == "none"
        assert direct.one("SELECT version_num FROM alembic_version") == "0002"
        assert "claim" in direct.refused(
            "INSERT INTO claim (place, starts, ends, visit_id)"
            " SELECT place, starts, ends, visit_id FROM claim"
        )
        assert "no way home" in direct.refused("UPDATE visit SET plan_kind = NULL")
        direct.refused("DELETE FROM audit")
        direct.refused(f"DELETE FROM visit WHERE id = {visit.id}")
    engine = open_engine(as_owner(clinic.store.where))
    with engine.connect() as connection:
        assert guards.differing(connection) == []
    engine.dispose()
    # The trail knows nothing of the new columns, and all else is as it says.
    found = {one.code for one in check.findings(as_owner(clinic.store.where), revision="0002")}
    assert found == {"tables"}


def test_a_column_that_a_revision_added_is_known_to_whoever_reads_older_images():
    """If this fails: say in revisions.GIVEN what the revision gave the records that were there."""
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection, connection.begin():
        r0001.upgrade(Operations(MigrationContext.configure(connection)))
        first = sa.MetaData()
        first.reflect(connection)
    engine.dispose()
    added = {
        (table.name, column.name)
        for table in RECORDS.values()
        if table.name in first.tables
        for column in table.c
        if column.name not in first.tables[table.name].c
    }
    assert set(GIVEN) == added


def test_a_file_is_copied_aside_first_and_the_copy_opens(file_clinic, meant):
    path = file_clinic.store.where
    book(file_clinic.store, file_clinic.desk, file_clinic.wish())
    file_clinic.store.close()
    migrate(path, AT, revisions=TWO, steps={"0002": add_nickname}, meant=meant)
    (copy,) = path.parent.glob("backups/*.sqlite")
    assert copy.name == f"clinic-backup-before-0002-{AT.astimezone():%Y-%m-%d-%H%M%S%z}.sqlite"
    with beside(copy) as direct:
        assert direct.one("SELECT version_num FROM alembic_version") == "0001"
    store = open_store(Path(shutil.copy(copy, path.with_name("again.sqlite"))))  # nobody works in a backup
    with store.read() as records:
        assert len(records.find(Patient)) == 2
    store.close()


def stops_half_way(op: Operations) -> None:
    add_nickname(op)
    raise RuntimeError("the power went")


def does_more_than_meant(op: Operations) -> None:
    """Seen, because the tables are compared afterwards; as a check or an index that was lost would be."""
    add_nickname(op)
    with rebuilt(op, "claim") as claim:
        claim.add_column(sa.Column("colour", sa.Text(), nullable=True))


def loses_rows(op: Operations) -> None:
    add_nickname(op)
    op.execute("DELETE FROM patient")


@pytest.mark.parametrize(
    ("step", "failure", "words"),
    [
        (stops_half_way, RuntimeError, "the power went"),
        (does_more_than_meant, EnvironmentFailure, "claim: has column colour"),
        (loses_rows, Exception, "refers to nothing|no longer fit together"),
    ],
)
def test_a_migration_that_does_not_end_well_leaves_all_as_it_was(clinic, meant, step, failure, words):
    book(clinic.store, clinic.desk, clinic.wish())
    clinic.store.close()
    with pytest.raises(failure, match=words):
        migrate(as_owner(clinic.store.where), AT, revisions=TWO, steps={"0002": step}, meant=meant)
    store = open_store(clinic.store.where, clinic.clock)
    with store.read() as records:
        assert len(records.find(Patient)) == 2
    clinic.store = store
    book(store, clinic.desk, clinic.wish(day=MONDAY + timedelta(days=3)))
    store.close()


def test_of_two_desks_that_migrate_one_does(clinic, meant):
    clinic.store.close()
    done = []

    def once(op: Operations) -> None:
        done.append(1)
        add_nickname(op)

    where = as_owner(clinic.store.where)
    migrate(where, AT, revisions=TWO, steps={"0002": once}, meant=meant)
    migrate(where, AT.replace(second=6), revisions=TWO, steps={"0002": once}, meant=meant)
    assert done == [1]


def test_a_desk_cannot_migrate_a_server_and_is_told_who_can(server_clinic, meant):
    with pytest.raises(EnvironmentFailure, match="Let the owner of the database open it once"):
        migrate(server_clinic.store.where, AT, revisions=TWO, steps={"0002": add_nickname}, meant=meant)


OPENING = """
import sys
from pathlib import Path
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Patient
from clinic_desktop.storage.store import open_store
store = open_store(Path(sys.argv[1]), make=len(sys.argv) > 2)
with store.write(PROGRAM) as unit:
    unit.add(Patient())
    unit.commit()
store.close()
print(sorted(name for name in sys.modules if name.split(".")[0] in ("alembic", "psycopg", "mako")))
"""


@pytest.mark.parametrize("make", [[], ["make"]])
def test_alembic_is_not_imported_when_no_migration_is_due(clinic_file, tmp_path, make):
    path = tmp_path / "new.db" if make else clinic_file
    done = subprocess.run(
        [sys.executable, "-c", OPENING, str(path), *make],
        capture_output=True,
        text=True,
        check=True,
        cwd=PROJECT,
    )
    assert done.stdout.strip() == "[]"


def test_opening_an_older_clinic_migrates_it(sqlite_store, monkeypatch):
    """The road from opening to migrating, with a revision that this program does not have yet."""
    called = []
    monkeypatch.setattr("clinic_desktop.storage.store.CURRENT", "0002")
    monkeypatch.setattr("clinic_desktop.storage.migrations.run.migrate", lambda *args: called.append(args))
    sqlite_store.close()
    again = open_store(sqlite_store.where, sqlite_store.clock)
    assert called == [(sqlite_store.where, sqlite_store.clock.now())]
    again.close()
