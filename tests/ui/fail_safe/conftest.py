"""A clinic with a visit of today, whose day is kept on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.small_clinic import SmallClinic, build
from tests.treatment.stays import booked


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    booked(made, "IVM")
    yield made
    made.store.close()
