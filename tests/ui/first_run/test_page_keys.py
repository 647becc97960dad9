"""F1 before a clinic is open says what can be done on the page that is shown."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.ui import dialog_keys
from clinic_desktop.ui.first_run.kept_page import KeptPaper
from clinic_desktop.ui.first_run.page_keys import PageKeys
from clinic_desktop.ui.first_run.window import FirstRunWindow
from tests.ui.grab import grab_both

Key = Qt.Key


@pytest.fixture
def window(qtbot: QtBot) -> FirstRunWindow:
    made = FirstRunWindow()
    qtbot.addWidget(made)
    made.resize(1000, 680)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def told(qtbot: QtBot, window: FirstRunWindow) -> PageKeys:
    focused = QApplication.focusWidget()
    qtbot.keyClick(focused or window, Key.Key_F1)
    assert window.keys is not None
    qtbot.waitUntil(window.keys.isActiveWindow)
    return window.keys


def test_on_the_start_page_it_names_the_five_ways_and_goes_back_to_where_one_was(
    qtbot: QtBot, window: FirstRunWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(dialog_keys, "announce", lambda _on, text: heard.append(text))
    window.start.open.setFocus()
    keys = told(qtbot, window)
    said = keys.keys.spoken
    for line in ("1: Try the demo clinic.", "5: Restore a backup.", "F1: Shows this, and puts it away."):
        assert line in said
    assert "page behind" not in said
    assert heard == [said]
    grab_both(keys, "page-keys-start")
    qtbot.keyClick(keys, Key.Key_F1)
    assert not keys.isVisible()
    assert window.focusWidget() is window.start.open


def test_on_the_steps_of_the_set_up_and_on_the_kept_paper_too(qtbot: QtBot, window: FirstRunWindow) -> None:
    window.open_assistant()
    keys = told(qtbot, window)
    for line in ("Esc: Back.", "Alt S: Stop for now.", "Ctrl Enter: Next: Opening hours.", "Typing: Writes"):
        assert line in keys.keys.spoken
    grab_both(keys, "page-keys-step")
    qtbot.keyClick(keys, Key.Key_Escape)
    at = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    window.show_kept([KeptPaper(at.date(), at, b"")], floor=False)
    window.show_keys()
    said = window.keys.keys.spoken
    assert "Ctrl P: Print." in said
    assert "Alt 1: Mon, Nov 30." in said
    assert "F2" not in said
