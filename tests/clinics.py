"""The small clinic for tests: made once on each database, and found by each test as it was made.

``file_clinic`` is a copy of its file. ``kept_clinic`` is its database on a server, whose rows are put back.
``any_clinic``: the test runs once on each.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.storage.store import SqlStore, open_store
from tests.small_clinic import SmallClinic, build
from tests.storage import postgres
from tests.storage.kept import KeptDatabase


def filled(store: SqlStore) -> SmallClinic:
    """The small clinic in an empty store."""

    def opened(clock: FixedClock) -> SqlStore:
        store.clock = clock
        return store

    return build(Path(), opened)


def at_home(model: SmallClinic, where: Path | str) -> SmallClinic:
    """The small clinic in a copy of its database."""
    clock = FixedClock(model.clock.at)
    return replace(model, store=open_store(where, clock), clock=clock)


@pytest.fixture(scope="session")
def model_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """The small clinic in a file, made once and copied for each test."""
    path = shutil.copy(empty_file, tmp_path_factory.mktemp("model") / "clinic.db")
    model = filled(open_store(path))
    model.store.close()
    return model


@pytest.fixture(scope="session")
def model_database(postgres_server: postgres.Server, empty_database: str) -> tuple[SmallClinic, str]:
    """The same on a server, with the name of its database."""
    name = postgres_server.database(empty_database)
    model = filled(open_store(postgres_server.address(name, postgres.DESK)))
    model.store.close()
    return model, name


@pytest.fixture
def file_clinic(model_file: SmallClinic, tmp_path: Path) -> Iterator[SmallClinic]:
    path = shutil.copy(Path(model_file.store.where), tmp_path / "clinic.db")
    clinic = at_home(model_file, path)
    yield clinic
    clinic.store.close()


@pytest.fixture(scope="session")
def kept_database(
    postgres_server: postgres.Server, model_database: tuple[SmallClinic, str]
) -> Iterator[KeptDatabase]:
    _, template = model_database
    kept = KeptDatabase(postgres_server, postgres_server.database(template))
    yield kept
    kept.close()


@pytest.fixture
def kept_clinic(
    model_database: tuple[SmallClinic, str], kept_database: KeptDatabase
) -> Iterator[SmallClinic]:
    clinic = at_home(model_database[0], kept_database.address)
    yield clinic
    clinic.store.close()
    kept_database.put_back()


@pytest.fixture(params=["file_clinic", "kept_clinic"], ids=["sqlite", "postgres"])
def any_clinic(request: pytest.FixtureRequest) -> SmallClinic:
    clinic: SmallClinic = request.getfixturevalue(request.param)
    return clinic
