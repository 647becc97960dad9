"""Among all keys each is found by what stands on its line or is said for it, and a row of keys takes one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.all_keys import AllKeys
from clinic_desktop.ui.calls import commands as calls
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.fail_safe.fail_safe import PAPER
from clinic_desktop.ui.floor.commands import NEXT_DUE, PICK
from clinic_desktop.ui.sheets import commands as sheets


def lines(overlay: AllKeys) -> list[tuple[str, str]]:
    model = overlay.list.model()
    return [(one.text, one.key) for one in overlay._shown][: model.rowCount()]


def test_the_digits_of_the_rooms_are_one_line(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    overlay = AllKeys(parent, [*PICK, NEXT_DUE], lambda _id: None)
    overlay.line.setText("number of the room")
    assert lines(overlay) == [(PICK[0].text, "Ctrl 1")]
    assert overlay._shown[0].keys == (PICK[0].keys[0], PICK[-1].keys[-1])
    overlay.line.setText("incid")
    assert any(text.startswith("Incident, like a fall: N") and key == "N" for text, key in lines(overlay))
    overlay.line.setText("floor's line")
    assert ("Moved to another room", "J") in lines(overlay)


@pytest.mark.parametrize("prepare", [sheets.PREPARE, calls.PREPARE])
def test_what_is_printed_for_the_next_day_is_found_by_those_words(qtbot: QtBot, prepare: Command) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    overlay = AllKeys(parent, [PAPER, sheets.PRINT, sheets.FORWARD, prepare], lambda _id: None)
    for typed in ("next day", "tomorrow"):
        overlay.line.setText(typed)
        found = lines(overlay)
        assert (prepare.text, "Ctrl F5") in found, typed
        assert (PAPER.text, "Ctrl Shift F9") in found, typed
        assert (sheets.PRINT.text, "Ctrl P") not in found, typed


def test_where_nothing_is_found_that_is_said_and_what_to_do(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr("clinic_desktop.ui.narrowing.announce", lambda _on, text: heard.append(text))
    window, ran = QWidget(), list[str]()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    overlay = AllKeys.ask(window, [sheets.PRINT], ran.append)
    assert overlay.list.isVisible()
    assert not overlay.nothing.isVisible()
    before = overlay.size()
    qtbot.keyClicks(overlay.line, "xyz")
    said = overlay.nothing.text()
    assert said.startswith("Nothing is found by that. Type fewer letters, or another word for it. ")
    assert heard[-1] == said
    assert overlay.nothing.isVisible()
    assert not overlay.list.isVisible()
    assert overlay.size() == before
    qtbot.keyClick(overlay.line, Qt.Key.Key_Down)
    qtbot.keyClick(overlay.line, Qt.Key.Key_Return)
    assert overlay.isVisible()
    assert ran == []
    overlay.line.setText("print the sheet")
    assert overlay.list.isVisible()
    assert not overlay.nothing.isVisible()
    qtbot.keyClick(overlay.line, Qt.Key.Key_Return)
    assert ran == [sheets.PRINT.id]
