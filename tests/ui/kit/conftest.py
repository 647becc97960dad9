"""The kit's tests leave the look as they found it."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.ui import operations
from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.theme import TEXT_SIZES, theme
from tests.ui.example import make_shell


@pytest.fixture(autouse=True)
def plain_look(qapp: object) -> Iterator[None]:
    yield
    if theme().appearance is not Appearance.SYSTEM:
        theme().set_appearance(Appearance.SYSTEM)
    if theme().text_size != TEXT_SIZES[0]:
        theme().set_text_size(TEXT_SIZES[0])


@pytest.fixture(autouse=True)
def nothing_running(qtbot: QtBot) -> Iterator[None]:
    """No test leaves an operation behind that never delivers its answer."""
    yield
    qtbot.waitUntil(lambda: operations.running_count() == 0)


@pytest.fixture
def shell(qtbot: QtBot) -> Shell:
    """The example window with the board open, at the size of a front desk's screen."""
    made = make_shell()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.go("board")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made
