"""The board in the real window, on a clinic in a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic_desktop.ui import operations
from tests.ui.board.stage import Stage


@pytest.fixture
def stage(tmp_path: Path, qapp: object) -> Iterator[Stage]:
    """A clinic with nothing booked; a test books, then opens the window."""
    made = Stage(tmp_path)
    yield made
    assert operations.wait_for_all()
    made.close()
