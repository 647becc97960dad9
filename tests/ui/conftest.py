"""Every test of the window collects garbage as the window does."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from clinic_desktop.ui import cups
from clinic_desktop.ui.collecting import Collector
from clinic_desktop.ui.shell import Shell


@pytest.fixture(autouse=True)
def collected_as_in_the_window(collector: Collector) -> None:
    """Nothing of Qt ends on a worker thread."""


@pytest.fixture(autouse=True)
def no_left_window(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves its window open: it would take what the next test tells the window."""
    yield
    left = [one for one in qapp.topLevelWidgets() if isinstance(one, Shell) and one.isVisible()]
    for one in left:
        one.close()
    assert left == []


@pytest.fixture(autouse=True)
def printers_are_waited_for() -> None:
    """A program that ended in a test before this one waits for no printer any more; another one does."""
    cups.wait_again()
