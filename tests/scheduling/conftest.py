"""A small clinic for tests of booking."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.storage.store import SqlStore
from tests.small_clinic import SmallClinic, build


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def any_clinic(any_store: SqlStore, tmp_path: Path) -> SmallClinic:
    """The same on each database."""

    def opened(clock: FixedClock) -> SqlStore:
        any_store.clock = clock
        return any_store

    return build(tmp_path, opened)
