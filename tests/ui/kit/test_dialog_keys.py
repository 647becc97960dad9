"""F1 in a dialog says what can be done there, to the eye and to a screen reader; what was begun stays."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from clinic_desktop.ui import dialog_keys
from clinic_desktop.ui.dialog_keys import DialogKeys, keys_of
from clinic_desktop.ui.dialogs import Dialog, QuestionDialog, ReasonDialog
from clinic_desktop.ui.shell import Shell
from tests.ui.grab import grab_both

Key = Qt.Key
REASONS = (("ill", "Patient is unwell"), ("driver", "No driver"))


def reason(shell: Shell, got: list[str]) -> ReasonDialog:
    return ReasonDialog.ask(
        shell, "Cancel this visit?", "It is freed.", REASONS, "Cancel it", lambda *what: got.extend(what)
    )


def pressed(qtbot: QtBot, dialog: Dialog, key: Key = Key.Key_F1) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    assert dialog.isAncestorOf(focused)
    qtbot.keyClick(focused, key)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(dialog_keys, "announce", lambda _on, text: said.append(text))
    return said


def test_f1_says_what_can_be_done_in_a_dialog_and_once_more_takes_it_away(
    qtbot: QtBot, shell: Shell, heard: list[str]
) -> None:
    got: list[str] = []
    dialog = reason(shell, got)
    qtbot.waitUntil(dialog.picker.list.hasFocus)
    pressed(qtbot, dialog)
    (shown,) = dialog.findChildren(DialogKeys)
    assert dict(keys_of(dialog)) == {
        "Esc": "Back.",
        "Enter": "Cancel it. First: choose a reason.",
        "1 to 9": "To that line of the list.",
        "Up, Down": "To another line of the list.",
        "Tab": "To the next field or button; Shift Tab goes back.",
        "F1": "Shows this, and puts it away. After Esc it shows all keys of the page behind.",
    }
    assert heard == [shown.accessibleDescription()]
    assert ".." not in heard[0]
    assert dialog.picker.list.hasFocus(), "whoever reads it goes on where they were"
    labels = shown.findChildren(QLabel)
    qtbot.waitUntil(lambda: all(not one.visibleRegion().isEmpty() for one in labels))  # it has grown
    grab_both(dialog, "dialog-keys")
    pressed(qtbot, dialog)
    qtbot.waitUntil(lambda: not dialog.findChildren(DialogKeys))
    qtbot.keyClick(dialog.picker.list, Key.Key_2)
    qtbot.keyClick(dialog.picker.list, Key.Key_Return)
    assert got[0] == "driver"


def test_what_waits_for_no_dialog_is_among_its_keys(qtbot: QtBot, shell: Shell) -> None:
    shell.commands.action("keys.all").setObjectName("window.lock")  # the example has none of the urgent ones
    dialog = QuestionDialog.ask(shell, "Delete the view?", "It is gone then.", "Delete it", lambda: None)
    assert ("F1", "All keys.") in keys_of(dialog)
    dialog.reject()


def test_in_a_low_window_it_is_seen_from_its_first_line_on(qtbot: QtBot, shell: Shell) -> None:
    shell.resize(683, 384)
    dialog = reason(shell, [])
    dialog.setMaximumHeight(300)
    qtbot.waitUntil(dialog.picker.list.hasFocus)
    pressed(qtbot, dialog)
    (shown,) = dialog.findChildren(DialogKeys)
    first = shown.findChildren(QLabel)[0]
    qtbot.waitUntil(lambda: first.visibleRegion().boundingRect().height() == first.height())
    dialog.reject()


def test_f1_answers_nothing(qtbot: QtBot, shell: Shell) -> None:
    answered: list[int] = []
    dialog = QuestionDialog.ask(shell, "Print it?", "", "Print", lambda: answered.append(1))
    qtbot.waitUntil(dialog.yes.hasFocus)
    pressed(qtbot, dialog)
    assert dialog.isVisible()
    assert answered == []
    pressed(qtbot, dialog, Key.Key_Escape)
    assert answered == []
    assert not dialog.isVisible()
