"""A small clinic for tests of booking."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.small_clinic import SmallClinic, build


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    yield made
    made.store.close()
