"""A choice is found by its letters, also by those behind a space."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.widgets.choice_box import ChoiceBox

CHOICES = ("The whole clinic", "Consult 1", "Infusion 1", "Infusion 2", "Infusion 3", "Spravato 1")


@pytest.fixture
def box(qtbot: QtBot) -> ChoiceBox:
    made = ChoiceBox()
    made.setAccessibleName("What is closed")
    made.addItems(CHOICES)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus()
    return made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("infusion 3", "Infusion 3"),
        ("inf", "Infusion 1"),
        ("INFUSION 2", "Infusion 2"),
        ("the w", "The whole clinic"),
        ("iii", "Infusion 3"),  # one letter again and again goes on
        ("cc", "Consult 1"),
        ("clin", "The whole clinic"),  # where none begins so, a word within does
        ("infusion 9", "Infusion 1"),  # what no choice begins with changes nothing more
    ],
)
def test_letters_find_a_choice(box: ChoiceBox, qtbot: QtBot, typed: str, found: str) -> None:
    qtbot.keyClicks(box, typed)
    assert box.currentText() == found
    assert not box.view().isVisible()


def test_it_tells_of_a_choice_that_was_typed(box: ChoiceBox, qtbot: QtBot) -> None:
    with qtbot.waitSignal(box.activated) as told:
        qtbot.keyClicks(box, "s")
    assert told.args == [5]


def test_after_a_pause_a_new_word_begins(box: ChoiceBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "inf")
    box._last -= 10
    qtbot.keyClicks(box, "s")
    assert box.currentText() == "Spravato 1"


def test_space_alone_opens_the_list(box: ChoiceBox, qtbot: QtBot) -> None:
    qtbot.keyClick(box, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: box.view().isVisible())
    box.hidePopup()
