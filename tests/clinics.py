"""The small clinic for tests: made once on each database, and found by each test as it was made.

``file_clinic`` is in a file. ``kept_clinic`` is its database on a server, whose rows are put back.
``any_clinic``: the test runs once on each, and with every case in a sealed file too (``sealed_clinic``).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic_desktop.security import key_slots
from clinic_desktop.storage.cipher import can_seal
from clinic_desktop.storage.engine import Sealed
from clinic_desktop.storage.store import open_store
from tests.every_case import EVERY_CASE
from tests.small_clinic import SmallClinic, at_home, build, filled, opened
from tests.storage import postgres
from tests.storage.kept import KeptDatabase

SEALED_BY = bytes(range(32))
SLOTS = key_slots.with_wrapping_key(
    key_slots.new_slots(), SEALED_BY, key_slots.Kind.KEY_FILE, bytes(range(32, 64))
)


@pytest.fixture(scope="session")
def model_database(postgres_server: postgres.Server, empty_database: str) -> tuple[SmallClinic, str]:
    """The same on a server, with the name of its database."""
    name = postgres_server.database(empty_database)
    model = filled(open_store(postgres_server.address(name, postgres.DESK)))
    model.store.close()
    return model, name


@pytest.fixture
def file_clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    clinic = build(tmp_path)
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
    model, _ = model_database
    yield opened(model, kept_database.store)
    kept_database.put_back()


@pytest.fixture(scope="session")
def sealed_model(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallClinic, bytes]:
    """The same in a sealed file, and the file."""
    where = Sealed(tmp_path_factory.mktemp("sealed") / "clinic.sqlite", SEALED_BY)
    model = filled(open_store(where, make=True))
    model.store.close()
    return model, where.path.read_bytes()


@pytest.fixture
def sealed_clinic(sealed_model: tuple[SmallClinic, bytes], tmp_path: Path) -> Iterator[SmallClinic]:
    clinic = sealed_in(tmp_path, sealed_model)
    yield clinic
    clinic.store.close()


def sealed_in(folder: Path, sealed_model: tuple[SmallClinic, bytes]) -> SmallClinic:
    """A copy of the sealed clinic in a folder."""
    model, file = sealed_model
    where = Sealed(folder / "clinic.sqlite", SEALED_BY)
    where.path.write_bytes(file)
    key_slots.write_new(where.path, SLOTS)
    return at_home(model, where)


_ON = {"sqlite": "file_clinic", "postgres": "kept_clinic"}
if EVERY_CASE and can_seal():
    _ON["sealed"] = "sealed_clinic"


@pytest.fixture(params=_ON.values(), ids=_ON.keys())
def any_clinic(request: pytest.FixtureRequest) -> SmallClinic:
    clinic: SmallClinic = request.getfixturevalue(request.param)
    return clinic
