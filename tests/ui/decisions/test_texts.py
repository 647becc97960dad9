"""A text that waits for its approval: read, approved with one key, or sent back with words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.aftercare.approving import TextName, ask_approval, refuse_text, write_text
from clinic_desktop.aftercare.parse import shipped_source
from clinic_desktop.aftercare.sheet_text import SheetText, TextStatus
from clinic_desktop.aftercare.texts import shipped_text
from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.ui.decisions.text_pages import TextPages
from tests.small_clinic import MONDAY, SmallClinic
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
    assert lines[4:6] == ["\N{MINUS SIGN} was: Rest.", "+ is: Lie down."]
    assert "Get up slowly" not in decisions.panel.about.text(), "only what is new"
    assert decisions.panel.accessibleName() == "After your ketamine treatment, English, version 2"
    decisions.press(Key.Key_F8)
    assert decisions.panel.say_yes.missing == ("Read the pages first, to the last one (Ctrl F2).",)
    assert kept(clinic).status is TextStatus.ASKED
    decisions.press(Key.Key_F2, CTRL)
    (pages,) = decisions.shell.findChildren(TextPages)
    qtbot.waitUntil(lambda: pages.preview.page_count == 2)
    assert pages.pages.text() == "Page 1 of 2. Page Down: the next one."
    assert decisions.panel.say_yes.missing, "page 2 was not on the screen yet"
    qtbot.keyClick(pages.preview, Key.Key_PageDown)
    qtbot.waitUntil(lambda: pages.pages.text() == "Page 2 of 2")
    pages.reject()
    decisions.shell.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is decisions.panel.say_yes)
    decisions.press(Key.Key_Return)
    assert kept(clinic).status is TextStatus.APPROVED
    assert (
        decisions.said
        == "After your ketamine treatment, English, version 2: the text is approved, from today"
    )
    assert decisions.place.nobody.isVisible()


def test_a_text_is_sent_back_with_words(clinic: SmallClinic, second: TextName, open_decisions: Open) -> None:
    decisions = open_decisions().press(Key.Key_F8, SHIFT)
    assert decisions.focus is decisions.panel.words
    decisions.type("Say for how long").press(Key.Key_F8, SHIFT)
    assert (kept(clinic).status, kept(clinic).words) == (TextStatus.REFUSED, "Say for how long")


def test_a_text_is_approved_from_a_day_on(
    qtbot: QtBot, clinic: SmallClinic, second: TextName, open_decisions: Open
) -> None:
    decisions = open_decisions().press(Key.Key_Return)
    panel = decisions.panel
    assert panel.day_row.isVisible()
    panel.has_read(decisions.place.current)
    panel.day.setFocus()
    decisions.type("soonish").press(Key.Key_Return)
    assert panel.day_row.problem.startswith("No day was understood")
    panel.day.setText("yesterday")
    panel.yes.emit()
    decisions.wait()
    assert panel.day_row.problem == "A text is handed out from today at the earliest. Choose another day."
    panel.day.setText("+2w")
    decisions.press(Key.Key_Return)
    assert decisions.focus is panel.say_yes
    assert kept(clinic).status is TextStatus.ASKED
    decisions.press(Key.Key_Return)
    assert (kept(clinic).status, kept(clinic).effective_from) == (TextStatus.APPROVED, MONDAY + timedelta(14))
    assert decisions.said.endswith("version 2: the text is approved, from Mon, Nov 30, 2026 on")


def test_the_day_that_the_writer_wants_stands_there(
    clinic: SmallClinic, open_decisions: Open, second: TextName
) -> None:
    refuse_text(clinic.store, clinic.prescriber, second, "Say for how long")
    manager = Actor(clinic.maya.id, frozenset({Role.MANAGER}), "office")
    write_text(clinic.store, manager, shipped_source("iv").replace("[15] Rest.", "[15] Rest for an hour."))
    ask_approval(clinic.store, manager, TextName("iv", "en", 3), "How long.", MONDAY + timedelta(7))
    decisions = open_decisions().press(Key.Key_Return)
    assert decisions.panel.day.value == MONDAY + timedelta(7)
    assert "Wanted from Mon, Nov 23 on." in decisions.panel.about.text()


def test_another_place_leads_to_the_answer_of_a_text(
    clinic: SmallClinic, open_decisions: Open, second: TextName
) -> None:
    decisions = open_decisions()
    decisions.place.show_text("iv", "en", 2)
    decisions.wait()
    assert decisions.panel.isVisible()
    assert decisions.panel.day_row.isVisible()


def test_a_translation_of_the_program_is_said_to_be_read_by_nobody(
    clinic: SmallClinic, open_decisions: Open, second: TextName
) -> None:
    refuse_text(clinic.store, clinic.prescriber, second, "Say for how long")
    manager = Actor(clinic.maya.id, frozenset({Role.MANAGER}), "office")
    with clinic.store.read() as records:
        shipped = shipped_text(records, "iv", "es").shipped
    ask_approval(clinic.store, manager, TextName("iv", "es", 1, shipped), "")
    about = open_decisions().press(Key.Key_Return).panel.about.text()
    assert "No translator has read it. Have somebody read it who speaks Spanish." in about
