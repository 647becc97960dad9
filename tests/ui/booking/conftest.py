"""A window with the booking panels over a small clinic on a real file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.ui import operations
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.theme import TEXT_SIZES, theme
from tests.small_clinic import SmallClinic, build
from tests.ui.booking.desktop import Desktop, make_desktop
from tests.ui.booking.window import Window, make_window
from tests.ui.whole_window import settle


@pytest.fixture(autouse=True)
def plain_look(qapp: object) -> Iterator[None]:
    yield
    if theme().appearance is not Appearance.SYSTEM:
        theme().set_appearance(Appearance.SYSTEM)
    if theme().text_size != TEXT_SIZES[0]:
        theme().set_text_size(TEXT_SIZES[0])


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    yield made
    operations.wait_for_all()
    made.store.close()


@pytest.fixture
def window(qtbot: QtBot, clinic: SmallClinic) -> Window:
    return make_window(qtbot, clinic)


@pytest.fixture
def at(qtbot: QtBot, clinic: SmallClinic) -> Iterator[Desktop]:
    """The whole window, as people have it."""
    yield make_desktop(qtbot, clinic)
    settle(qtbot)
