"""The Set-up place in the real window, on a clinic in a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.ui import operations
from tests.ui.set_up.stage import Stage


@pytest.fixture
def stage(tmp_path: Path, qtbot: QtBot) -> Iterator[Stage]:
    made = Stage(tmp_path)
    made.open_window(qtbot)
    yield made
    qtbot.waitUntil(lambda: operations.running_count() == 0)
    made.close()
