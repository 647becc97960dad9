"""A text that a screen reader or dictation puts into a field is heard like one that was typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.ui import operations
from clinic_desktop.ui.floor.naming import NameBox
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.widgets.suggest_field import Hit, SuggestField
from tests.architecture.sources import python_files
from tests.ui.reader import set_text


@pytest.fixture
def home(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(800, 500)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_no_screen_hears_only_the_keys() -> None:
    """Qt tells ``textEdited`` of keys alone; ``textChanged`` tells of every way a text comes in."""
    deaf = [
        path.name for path in python_files("clinic_desktop/ui") if "textEdited" in path.read_text("utf-8")
    ]
    assert deaf == []


def test_a_search_looks_for_it(home: QWidget, qtbot: QtBot) -> None:
    asked: list[str] = []

    def source(text: str) -> list[Hit]:
        asked.append(text)
        return [Hit(Row("Okafor, Amara"), 1)]

    field = SuggestField(source, "Patient", name="Search", parent=home)
    field.show()
    field.start()
    set_text(field.line, "okafor")
    qtbot.waitUntil(lambda: operations.running_count() == 0)
    assert asked == ["okafor"]
    assert field.popup.isVisible()
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert not field.popup.isVisible()


def test_a_search_that_is_opened_with_a_text_looks_once(home: QWidget, qtbot: QtBot) -> None:
    asked: list[str] = []

    def source(text: str) -> list[Hit]:
        asked.append(text)
        return []

    field = SuggestField(source, "Patient", name="Search", parent=home)
    field.show()
    for _ in range(2):  # the second time the text stands there already
        field.start("oka")
        qtbot.waitUntil(lambda: operations.running_count() == 0)
    assert asked == ["oka", "oka"]


def test_what_was_missing_of_a_driver_is_taken_back(home: QWidget, qtbot: QtBot) -> None:
    box = NameBox(home)
    box.start("Jo Reed")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    (said,) = [one for one in box.findChildren(QLabel) if one.text().startswith("Still missing")]
    set_text(box.line, "Jo Reed 217-555-0101 18")
    assert said.text().startswith("Name, phone, and 18")  # the hint again
