"""What counts as half-typed, where somebody else takes a screen over."""

from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.ui.sign_in.half_typed import half_typed
from clinic_desktop.ui.texts.writing import FindLine


def test_words_that_were_only_looked_for_are_nothing_half_typed(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    found, typed = FindLine(page), QLineEdit(page)
    qtbot.keyClicks(found, "rest")
    assert not half_typed(page, [])
    qtbot.keyClicks(typed, "left ear")
    assert half_typed(page, [])
