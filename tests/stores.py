"""Stores for every test that needs one: a file, a server, or each of both.

``sqlite_store``: an empty clinic in a file of its own. ``postgres_store``: the same on a throwaway server,
opened by a desk's role with the least rights, for tests that alter the database. ``any_store``: the test runs
once on each; on the server in a database that all these tests use in turn, which is as quick as a file.
The clock stands at ``NOON``; ``clinic_clock`` moves it.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.storage.store import SqlStore, open_store
from tests.storage import postgres
from tests.storage.kept import KeptDatabase

NOON = datetime(2026, 11, 2, 18, tzinfo=UTC)  # a Monday, noon in Chicago


@pytest.fixture
def clinic_clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic's file with nothing in it, to be copied: quicker than making each anew."""
    path = tmp_path_factory.mktemp("empty") / "clinic.db"
    open_store(path, FixedClock(NOON), make=True).close()
    return path


@pytest.fixture
def clinic_file(empty_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(empty_file, tmp_path / "clinic.db"))


@pytest.fixture
def sqlite_store(clinic_file: Path, clinic_clock: FixedClock) -> Iterator[SqlStore]:
    store = open_store(clinic_file, clinic_clock)
    yield store
    store.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """One server for all tests of this process, without waiting for the disk."""
    try:
        postgres.programs()
    except postgres.NotInstalled as missing:
        pytest.skip(str(missing))
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def empty_database(postgres_server: postgres.Server) -> str:
    """A clinic's database with nothing in it, to be copied."""
    name = postgres_server.database()
    open_store(postgres_server.address(name, postgres.OWNER), FixedClock(NOON), make=True).close()
    return name


@pytest.fixture
def clinic_database(postgres_server: postgres.Server, empty_database: str) -> Iterator[str]:
    """The name of a database with an empty clinic."""
    name = postgres_server.database(empty_database)
    yield name
    postgres_server.drop(name)


@pytest.fixture
def postgres_store(
    postgres_server: postgres.Server, clinic_database: str, clinic_clock: FixedClock
) -> Iterator[SqlStore]:
    store = open_store(postgres_server.address(clinic_database, postgres.DESK), clinic_clock)
    yield store
    store.close()


@pytest.fixture(scope="session")
def kept_empty(postgres_server: postgres.Server, empty_database: str) -> Iterator[KeptDatabase]:
    kept = KeptDatabase(postgres_server, postgres_server.database(empty_database))
    yield kept
    kept.close()


@pytest.fixture
def kept_store(kept_empty: KeptDatabase, clinic_clock: FixedClock) -> Iterator[SqlStore]:
    yield kept_empty.store(clinic_clock)
    kept_empty.put_back()


@pytest.fixture(params=["sqlite_store", "kept_store"], ids=["sqlite", "postgres"])
def any_store(request: pytest.FixtureRequest) -> SqlStore:
    store: SqlStore = request.getfixturevalue(request.param)
    return store
