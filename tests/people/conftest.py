"""A clinic for the tests that need a store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.people.small_clinic import SmallClinic, small_clinic


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    with small_clinic(tmp_path) as made:
        yield made
