"""The small clinic for tests of treatment, on each database: the use cases are the same on both."""

import pytest

from tests.small_clinic import SmallClinic


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    return any_clinic
