"""The small clinic for tests of booking, on each database."""

import pytest

from tests.small_clinic import SmallClinic


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    return any_clinic
