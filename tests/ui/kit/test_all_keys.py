"""Among all keys each is found by what stands on its line, and a row of keys takes one."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.all_keys import AllKeys
from clinic_desktop.ui.floor.commands import NEXT_DUE, PICK


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
    overlay.line.setText("floor's line")
    assert ("Moved to another room", "J") in lines(overlay)
