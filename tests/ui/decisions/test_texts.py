"""A text that waits for its approval: read, approved with one key, or sent back with words."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.aftercare.approving import TextName, ask_approval, write_text
from clinic_desktop.aftercare.parse import shipped_source
from clinic_desktop.aftercare.sheet_text import SheetText, TextStatus
from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.ui.decisions.text_pages import TextPages
from tests.small_clinic import SmallClinic
from tests.ui.decisions.conftest import Keyboard

Open = Callable[..., Keyboard]
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def second(clinic: SmallClinic) -> TextName:
    """A manager wrote version 2 and asks for its approval."""
    manager = Actor(clinic.maya.id, frozenset({Role.MANAGER}), "office")
    source = shipped_source("iv").replace("[15] Rest. Get up", "[15] Lie down. Get up")
    write_text(clinic.store, manager, source)
    name = TextName("iv", "en", 2)
    ask_approval(clinic.store, manager, name, "Lie down, in place of rest.")
    return name


def kept(clinic: SmallClinic) -> SheetText:
    with clinic.store.read() as records:
        return records.find(SheetText, kind="iv", number=2)[0]


def test_a_text_is_read_and_then_approved(
    qtbot: QtBot, clinic: SmallClinic, second: TextName, open_decisions: Open
) -> None:
    decisions = open_decisions()
    (row,) = decisions.rows
    assert "“After your ketamine treatment”, English, version 2, waits for your approval." in row
    decisions.press(Key.Key_Return)
    lines = decisions.panel.about.text().split("\n")
    assert lines[1:4] == [
        "Written by Maya Jones.",
        "Lie down, in place of rest.",
        "Statement 15, rest and looking back:",
    ]
    assert "Lie down. Get up slowly." in lines[5]
    decisions.press(Key.Key_F8)
    assert decisions.panel.say_yes.missing == ("Read the pages first (Ctrl F2).",)
    assert kept(clinic).status is TextStatus.ASKED
    decisions.press(Key.Key_F2, CTRL)
    (pages,) = decisions.shell.findChildren(TextPages)
    qtbot.waitUntil(lambda: pages.preview.page_count == 2)
    pages.reject()
    decisions.shell.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    decisions.press(Key.Key_F8)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is decisions.panel.say_yes)
    decisions.press(Key.Key_Return)
    assert kept(clinic).status is TextStatus.APPROVED
    assert decisions.said == "Text: the text is approved, from today"
    assert decisions.place.nobody.isVisible()


def test_a_text_is_sent_back_with_words(clinic: SmallClinic, second: TextName, open_decisions: Open) -> None:
    decisions = open_decisions().press(Key.Key_F8, SHIFT)
    assert decisions.focus is decisions.panel.words
    decisions.type("Say for how long").press(Key.Key_F8, SHIFT)
    assert (kept(clinic).status, kept(clinic).words) == (TextStatus.REFUSED, "Say for how long")
