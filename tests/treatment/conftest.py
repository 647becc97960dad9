"""A small clinic for tests of treatment, copied from one that is made once."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.storage.store import open_store
from tests.small_clinic import SmallClinic, build


@pytest.fixture(scope="session")
def model_clinic(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallClinic, Path]:
    folder = tmp_path_factory.mktemp("clinic")
    made = build(folder)
    made.store.close()
    return made, folder / "clinic.sqlite"


@pytest.fixture
def clinic(model_clinic: tuple[SmallClinic, Path], tmp_path: Path) -> Iterator[SmallClinic]:
    made, file = model_clinic
    copied = Path(shutil.copy(file, tmp_path / "clinic.sqlite"))
    clock = FixedClock(made.clock.at)
    store = open_store(copied, clock)
    yield replace(made, store=store, clock=clock)
    store.close()
