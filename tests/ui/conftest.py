"""Every test of the window collects garbage as the window does."""

import pytest

from clinic_desktop.ui.collecting import Collector


@pytest.fixture(autouse=True)
def collected_as_in_the_window(collector: Collector) -> None:
    """Nothing of Qt ends on a worker thread."""
