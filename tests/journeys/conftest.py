"""What every journey begins with: a window, and nothing left behind at its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.collecting import Collector
from tests.journeys.desk_story import DeskStory, close_story, open_story


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[DeskStory]:
    """A desk with the receptionist Rosa Diaz at it."""
    # The system's own file dialog is another program's window: no key of ours reaches it.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    story = open_story(qtbot, tmp_path)
    yield story
    close_story(story)


@pytest.fixture(autouse=True)
def collected_as_in_the_window(collector: Collector) -> None:
    """Nothing of Qt ends on a worker thread."""
