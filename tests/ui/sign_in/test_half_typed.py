"""What counts as half-typed, where somebody else takes a screen over."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.sign_in.half_typed import half_typed
from clinic_desktop.ui.texts.writing import FindLine
from clinic_desktop.ui.widgets.suggest_field import SuggestField
from tests.small_clinic import build
from tests.ui.booking.desktop import make_desktop
from tests.ui.booking.window import CTRL, ENTER


def test_words_that_were_only_looked_for_are_nothing_half_typed(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    found, typed = FindLine(page), QLineEdit(page)
    qtbot.keyClicks(found, "rest")
    assert not half_typed(page, [])
    qtbot.keyClicks(typed, "left ear")
    assert half_typed(page, [])


def test_a_search_in_the_bar_is_nothing_half_typed(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    field = SuggestField(lambda _typed: (), "Name", name="Search", parent=page)
    qtbot.keyClicks(field.line, "oka")
    assert field.line.isModified()
    assert not half_typed(page, [])


def test_a_booking_of_which_only_the_patient_is_known_is_half_typed(qtbot: QtBot, tmp_path: Path) -> None:
    clinic = build(tmp_path)
    at = make_desktop(qtbot, clinic)
    assert not at.window.begun([])
    at.press(Qt.Key.Key_F, mods=CTRL)
    at.press(Qt.Key.Key_F3)
    at.type("oka")
    at.press(ENTER)
    at.booking.patient.line.setModified(False)
    assert at.window.begun([])
    at.press(Qt.Key.Key_Escape)
    assert not at.booking.isVisible()
    assert not at.booking.has_draft
    clinic.store.close()
