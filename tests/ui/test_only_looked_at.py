"""A clinic that is open to look at only says so before one signs in, and where something would be saved."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from clinic_desktop.app import Program
from clinic_desktop.foundation import settings
from clinic_desktop.start.opening import opened_store
from clinic_desktop.storage.looking import open_to_look
from clinic_desktop.ui import operations
from clinic_desktop.ui.booking.panel_shell import PanelShell
from clinic_desktop.ui.settings_store import SettingsStore
from tests.small_clinic import SmallClinic, build
from tests.ui.sign_in.conftest import PASSWORD, give_accounts, staff
from tests.ui.sign_in.test_handing_over import typed

Key = Qt.Key


@pytest.fixture
def clinic(tmp_path: Path) -> SmallClinic:
    made = build(tmp_path)
    give_accounts(made, staff(made))
    return made


@pytest.fixture
def program(qtbot: QtBot, clinic: SmallClinic) -> Iterator[Program]:
    """Nobody signed in yet."""
    clinic.store.close()
    settings.home().mkdir(parents=True, exist_ok=True)
    made = Program(SettingsStore(settings.home() / "window.ini"))
    store = open_to_look(clinic.store.where, clinic.clock)
    made._opened(str(clinic.store.where), opened_store(store))
    qtbot.waitUntil(lambda: not operations.running_count())
    yield made
    made.close()
    if made.window is not None:
        made.window.close()
        delete(made.window)
    store.close()


def test_it_is_said_where_one_signs_in(program: Program) -> None:
    window = program.window
    assert window is not None
    assert window.gate.cover._why.text() == "The clinic is open to look at only: nothing is saved."
    assert window.gate.cover._why.isVisible()


def test_nothing_is_asked_that_cannot_be_saved(qtbot: QtBot, program: Program) -> None:
    window = program.window
    assert window is not None
    typed(qtbot, window, "rd", PASSWORD["Rosa Diaz"])
    window.go("board")
    qtbot.waitUntil(lambda: not operations.running_count())
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for ask in (lambda: qtbot.keyClick(QApplication.focusWidget(), Key.Key_F3), window.plan_course):
        before = window.notices.notices()
        ask()
        qtbot.waitUntil(lambda: not operations.running_count())
        assert not any(one.isVisible() for one in window.findChildren(PanelShell))
        (said,) = [one.accessibleName() for one in window.notices.notices() if one not in before]
        assert said.startswith(
            "Open to look at only. Nothing that is done here is saved, so nothing is booked"
        )
    window.waitlist()  # what is read can be read
    assert any(one.isVisible() for one in window.findChildren(PanelShell))
