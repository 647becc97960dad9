"""A manager writes a sentence, sees it on the page, and asks for its approval."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.aftercare.sheet_text import TextStatus
from tests.small_clinic import SmallClinic
from tests.ui.texts.conftest import Keyboard

Open = Callable[..., Keyboard]
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_a_sentence_is_written_seen_and_asked_for(clinic: SmallClinic, open_texts: Open) -> None:
    texts = open_texts()
    assert "After your ketamine treatment, English. Version 1 since November 16, 2026" in texts.texts[0]
    texts.press(Key.Key_W, CTRL).pages()
    assert texts.focus is texts.place.writing.editor
    assert "Lie down for a while." not in texts.page_text()
    texts.put("Rest. Get", "Lie down for a while. Get")
    assert "Lie down for a while." in texts.page_text()
    assert texts.checks[0].startswith("Grade ")
    texts.press(Key.Key_F8)
    texts.up()
    texts.type("Lie down, in place of rest.").press(Key.Key_Return)
    texts.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    texts.wait()
    second = texts.on_record(2)
    assert second is not None
    assert (second.status, second.changed) == (TextStatus.ASKED, "Lie down, in place of rest.")
    assert texts.said == "Version 2 waits for a prescriber, in My decisions."
    assert "Waits for approval" in texts.texts[0]
