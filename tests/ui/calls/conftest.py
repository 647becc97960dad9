"""The Calls place in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.ui import operations
from tests.small_clinic import SmallClinic, build
from tests.ui.front_desk import FrontDesk, front_desk


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    yield made
    operations.wait_for_all()
    made.store.close()


@pytest.fixture
def stage(clinic: SmallClinic, qtbot: QtBot) -> Iterator[FrontDesk]:
    with front_desk(qtbot, clinic) as made:
        yield made
