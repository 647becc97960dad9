"""What the tests of the window and the journeys share."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from clinic_desktop.ui.collecting import Collector


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    """In charge of garbage during the test, as in the program."""
    home = QObject()
    made = Collector(home)
    yield made
    made.look()
    made.stop()
