"""The window's keys answer wherever the focus is: a field keeps only what edits text."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QKeyCombination
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTextEdit,
    QTimeEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.booking.panel_shell import PanelShell
from clinic_desktop.ui.chords import passes_by
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.keys import normal_key
from clinic_desktop.ui.window import Window
from tests.small_clinic import build
from tests.ui.whole_window import PLACES, settle, whole_window

# What a field needs for itself: the last place of the cursor, the last change, the character before it.
EDITING = {"Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+Home", "Del"}


class _Greedy(QLineEdit):
    """A line as some system may have it: it takes every chord for itself."""

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            event.accept()
            return True
        return super().event(event)


def _editable_box() -> QComboBox:
    made = QComboBox()
    made.setEditable(True)
    return made


FIELDS: dict[str, Callable[[], QWidget]] = {
    "line": QLineEdit,
    "lines": QPlainTextEdit,
    "rich lines": QTextEdit,
    "box": QComboBox,
    "box to type in": _editable_box,
    "number": QSpinBox,
    "time": QTimeEdit,
}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    clinic = build(tmp_path)
    with clinic.store.read() as records:
        setup = records.setup()
    made = whole_window(qtbot, Desk(clinic.store, clinic.prescriber, clinic.clock, setup))
    for place in PLACES:
        made.place(place)
    settle(qtbot)
    yield made
    settle(qtbot)
    clinic.store.close()


def ran_from(
    field: QWidget, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> dict[str, list[str]]:
    """Place and key -> what ran by it while the focus was in the field, beside what it is for."""
    ran: list[str] = []
    monkeypatch.setattr(window.commands, "run", ran.append)
    field.setParent(window.centralWidget())
    field.show()
    out = {}
    for place in PLACES:
        window.commands.set_context(place)
        for command in window.commands.awake():
            for key in map(normal_key, command.keys):
                ran.clear()
                field.setFocus()
                press(qtbot, field, key)
                out[f"{place}: {key}"] = [command.id, *ran]
    return out


def chord(key: str) -> QKeyCombination:
    first: QKeyCombination = QKeySequence.fromString(key)[0]  # type: ignore[index]  # left out by the stubs
    return first


def press(qtbot: QtBot, field: QWidget, key: str) -> None:
    combination = chord(key)
    qtbot.keyClick(field, combination.key(), combination.keyboardModifiers())


@pytest.mark.parametrize("kind", FIELDS)
def test_every_key_of_every_place_answers_from_a_field(
    kind: str, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = ran_from(FIELDS[kind](), window, qtbot, monkeypatch)
    wrong = {key: ran for key, ran in out.items() if ran[0:1] != ran[1:]}
    assert [key for key in wrong if key.split(": ")[1] not in EDITING] == []


def test_a_line_that_takes_every_key_still_leaves_ctrl_with_a_letter_to_the_window(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Systems differ in what a line takes: Ctrl+E is the end of the line on one of them."""
    out = ran_from(_Greedy(), window, qtbot, monkeypatch)
    letters = {key: ran for key, ran in out.items() if re.search(r": Ctrl\+(Shift\+)?[A-Z0-9]$", key)}
    assert letters
    wrong = {key for key, ran in letters.items() if ran[0:1] != ran[1:]}
    assert {key.split(": ")[1] for key in wrong} == {"Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z"}


def test_what_edits_text_stays_with_the_line(window: Window, qtbot: QtBot) -> None:
    line = QLineEdit(window.centralWidget())
    line.show()
    line.setFocus()
    qtbot.keyClicks(line, "160/100")
    for key in ("Ctrl+A", "Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+V"):
        press(qtbot, line, key)
    assert line.text() == "160/100160/100"
    press(qtbot, line, "Ctrl+Z")
    assert line.text() == "160/100"


def test_a_panels_own_chord_answers_from_a_line_that_would_take_it(window: Window, qtbot: QtBot) -> None:
    panel, heard = PanelShell("Book a visit"), []
    panel.add_key("Ctrl+E", lambda: heard.append("panel"))
    line = _Greedy()
    panel.body.addWidget(line)
    window.show_panel(panel)
    line.setFocus()
    press(qtbot, line, "Ctrl+E")
    assert heard == ["panel"]
    window.close_panel()


@pytest.mark.parametrize(
    ("key", "held", "passes"),
    [
        ("E", "Ctrl", True),
        ("A", "Ctrl+Shift", True),
        ("1", "Ctrl", True),
        ("A", "Ctrl", False),
        ("Z", "Ctrl+Shift", False),
        ("E", "", False),
        ("E", "Shift", False),
        ("Q", "Ctrl+Alt", False),  # a sign typed with AltGr
        ("Home", "Ctrl", False),
        ("Delete", "Ctrl", False),
    ],
)
def test_what_passes_a_field_by(key: str, held: str, passes: bool) -> None:
    combination = chord(f"{held}+{key}" if held else key)
    event = QKeyEvent(QEvent.Type.KeyPress, combination.key(), combination.keyboardModifiers())
    assert passes_by(event) is passes
