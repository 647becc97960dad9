"""What a screen reader does is done: it toggles and selects without a click and without a key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHBoxLayout, QTableView, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.set_up.fields import Ticks
from clinic_desktop.ui.widgets.check_button import CheckButton
from clinic_desktop.ui.widgets.choice_list import Choice, ChoiceList
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.widgets.segmented import Segment, SegmentedSwitch
from tests.ui.reader import act, act_on_row


class Painted(CheckButton):
    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing: its look does not matter here."""


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.show()


@pytest.fixture
def frame(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def several(frame: QWidget, exclusive: bool) -> tuple[list[Painted], list[tuple[int, bool]]]:
    """Three buttons beside each other, and what they tell."""
    row, told = QHBoxLayout(frame), []
    buttons = [Painted(frame) for _ in range(3)]
    for number, one in enumerate(buttons):
        one.setFixedSize(30, 30)
        one.setAutoExclusive(exclusive)
        one.turned.connect(lambda down, number=number: told.append((number, down)))
        row.addWidget(one)
    frame.show()
    return buttons, told


def test_a_button_that_stays_down_tells_of_every_road_once(frame: QWidget, qtbot: QtBot) -> None:
    (one, *_), told = several(frame, exclusive=False)
    act(one, "Toggle")
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    qtbot.keyClick(one, Qt.Key.Key_Space)
    act(one, "Press")
    qtbot.waitUntil(lambda: len(told) == 4)  # a press is animated
    assert told == [(0, True), (0, False), (0, True), (0, False)]


def test_one_of_several_tells_what_was_chosen_also_when_it_was_chosen_before(
    frame: QWidget, qtbot: QtBot
) -> None:
    buttons, told = several(frame, exclusive=True)
    act(buttons[1], "Toggle")
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    act(buttons[2], "Toggle")  # it stays chosen: there is nothing to tell
    assert told == [(1, True), (1, True), (2, True)]


def test_what_the_program_shows_is_not_told(frame: QWidget) -> None:
    buttons, told = several(frame, exclusive=True)
    buttons[0].show_down(True)
    buttons[1].show_down(True)
    assert [one.isChecked() for one in buttons] == [False, True, False]
    assert told == []


def test_tick_boxes_hear_a_toggle(qtbot: QtBot) -> None:
    ticks, told = Ticks([("iv", "IV infusion"), ("im", "Intramuscular")]), []
    ticks.edited.connect(lambda: told.append(ticks.values))
    shown(qtbot, ticks)
    ticks.set_values(frozenset({"im"}))
    assert told == []
    act(ticks.box("iv"), "Toggle")
    assert told == [frozenset({"iv", "im"})]


def test_other_choices_keep_what_is_ticked_and_still_there(qtbot: QtBot) -> None:
    ticks = Ticks([("iv", "IV infusion"), ("im", "Intramuscular")])
    shown(qtbot, ticks)
    ticks.set_values(frozenset({"iv", "im"}))
    ticks.set_choices([("im", "Intramuscular"), ("oral", "Lozenge")])
    assert ticks.values == {"im"}
    assert ticks.box("oral").isVisible()


def test_a_box_in_a_form_is_heard_and_its_problem_goes(qtbot: QtBot) -> None:
    form, box, told = Form(), QCheckBox("18 or over"), []
    form.add("adult", "Age", box, lambda: "" if box.isChecked() else "Ask, and tick it.")
    form.edited.connect(lambda: told.append(box.isChecked()))
    shown(qtbot, form)
    assert not form.all_well()
    act(box, "Toggle")
    assert form.row("adult").problem == ""
    assert told == [True]


def test_a_switch_turns(qtbot: QtBot) -> None:
    switch = SegmentedSwitch([Segment("rooms", "Rooms"), Segment("staff", "Staff")], "View")
    shown(qtbot, switch)
    with qtbot.waitSignal(switch.picked) as picked:
        act(switch._buttons[1], "Toggle")
    assert picked.args == ["staff"] == [switch.current]


def choices() -> list[Choice]:
    return [Choice(one, Row(one.upper())) for one in ("a", "b", "c")]


def test_the_row_that_is_selected_is_the_current_one(qtbot: QtBot) -> None:
    """Else Enter takes another row than the one that is shown as chosen."""
    view, moved = ChoiceList(choices(), "Times"), []
    shown(qtbot, view)
    view.current_changed.connect(moved.append)
    act_on_row(view, 2)
    qtbot.waitUntil(lambda: view.current == "c")
    assert [one.row() for one in view.selectionModel().selectedIndexes()] == [2]
    with qtbot.waitSignal(view.picked) as picked:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert picked.args == ["c"]
    assert moved == ["c"]


def test_arrows_and_clicks_move_once(qtbot: QtBot) -> None:
    view, moved = ChoiceList(choices(), "Times"), []
    shown(qtbot, view)
    view.current_changed.connect(moved.append)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(2, 0)).center()
    )
    qtbot.waitUntil(lambda: view.current == "c")
    act_on_row(view, 0)  # and what is told later comes after these
    qtbot.waitUntil(lambda: view.current == "a")
    assert moved == ["b", "c", "a"]


def test_in_a_table_the_row_follows_and_the_column_stays(qtbot: QtBot) -> None:
    model = QStandardItemModel(3, 2)
    view = QTableView()
    view.setModel(model)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    follow_selection(view)
    shown(qtbot, view)
    view.setCurrentIndex(model.index(0, 1))
    act_on_row(view, 2)
    qtbot.waitUntil(lambda: view.currentIndex().row() == 2)
    assert view.currentIndex().column() == 1
