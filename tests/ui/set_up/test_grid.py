"""The table editor: cells, rows, and what is wrong in them."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from clinic_desktop.scheduling.model import ClinicPhone
from clinic_desktop.ui.set_up.clinic import phone_columns
from clinic_desktop.ui.set_up.grid import Grid
from clinic_desktop.ui.set_up.grid_model import Column

Key, Mod, Role = Qt.Key, Qt.KeyboardModifier, Qt.ItemDataRole


@dataclass(frozen=True)
class Chair:
    name: str = ""
    legs: int = 4
    soft: bool = False
    color: str = "red"


def put_legs(row: Chair, typed: str | bool) -> Chair | None:
    return replace(row, legs=int(typed)) if str(typed).isdigit() else None


COLUMNS: list[Column[Chair]] = [
    Column("name", "Name", lambda c: c.name, lambda c, t: replace(c, name=str(t))),
    Column("legs", "Legs", lambda c: str(c.legs), put_legs, width=60, hint="Type a number."),
    Column("soft", "Soft", lambda c: c.soft, lambda c, t: replace(c, soft=bool(t)), width=60, tick=True),
    Column(
        "color", "Color", lambda c: c.color, lambda c, t: replace(c, color=str(t)), width=90,
        choices=(("red", "Red"), ("blue", "Blue")), locked=lambda c: "Painted." if c.name == "Old" else "",
    ),
]  # fmt: skip


@pytest.fixture
def grid(qtbot: QtBot) -> Grid[Chair]:
    made: Grid[Chair] = Grid(COLUMNS, Chair, name="Chairs", add="Add a chair", movable=True, least=1)
    qtbot.addWidget(made)
    made.set_rows([Chair("Stool", 3), Chair("Old"), Chair("Sofa", 6, soft=True)])
    made.resize(500, 300)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.view.setFocus()
    return made


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Mod.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def type_in(qtbot: QtBot, text: str) -> None:
    for letter in text:
        qtbot.keyClicks(QApplication.focusWidget(), letter)


def test_the_model_keeps_qts_promises(grid: Grid[Chair], qtmodeltester) -> None:
    qtmodeltester.check(grid.model)


def test_typing_edits_the_cell_and_enter_takes_it(grid: Grid[Chair], qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.edited):
        type_in(qtbot, "Bench")
        press(qtbot, Key.Key_Return)
    assert grid.rows[0] == Chair("Bench", 3)


def test_esc_leaves_the_cell_as_it_was(grid: Grid[Chair], qtbot: QtBot) -> None:
    type_in(qtbot, "Bench")
    press(qtbot, Key.Key_Escape)
    assert grid.rows[0] == Chair("Stool", 3)


def test_space_ticks(grid: Grid[Chair], qtbot: QtBot) -> None:
    grid.view.setCurrentIndex(grid.model.index(0, 2))
    press(qtbot, Key.Key_Space)
    assert grid.rows[0].soft
    press(qtbot, Key.Key_Space)
    assert not grid.rows[0].soft


def test_space_opens_a_choice(grid: Grid[Chair], qtbot: QtBot) -> None:
    grid.view.setCurrentIndex(grid.model.index(0, 3))
    press(qtbot, Key.Key_Space)
    box = QApplication.focusWidget()
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert grid.rows[0].color == "blue"


def test_what_is_not_understood_is_said_and_the_cell_stays(grid: Grid[Chair], qtbot: QtBot) -> None:
    grid.view.setCurrentIndex(grid.model.index(0, 1))
    type_in(qtbot, "x")
    press(qtbot, Key.Key_Return)
    assert grid.rows[0].legs == 3
    assert grid.problem == "“x” is not understood. Type a number."


def refuse_legs(grid: Grid[Chair], qtbot: QtBot, row: int) -> None:
    grid.view.setCurrentIndex(grid.model.index(row, 1))
    type_in(qtbot, "x")
    press(qtbot, Key.Key_Return)


def test_what_is_not_understood_stays_in_its_cell_until_it_is_typed_anew(
    grid: Grid[Chair], qtbot: QtBot
) -> None:
    refuse_legs(grid, qtbot, 0)
    cell = grid.model.index(0, 1)
    assert cell.data() == "x"
    assert cell.data(Role.AccessibleDescriptionRole) == "“x” is not understood. Type a number."
    assert grid.untaken("chairs") == {"chairs.0.legs": "“x” is not understood. Type a number."}
    grid.set_problems({})  # what the rules say is another matter
    assert grid.problem == "“x” is not understood. Type a number."
    with qtbot.waitSignal(grid.edited):
        type_in(qtbot, "3")  # as many as before
        press(qtbot, Key.Key_Return)
    grid.set_problems({})
    assert (cell.data(), grid.problem, grid.untaken("chairs")) == ("3", "", {})


def test_what_is_not_understood_goes_along_with_its_row(grid: Grid[Chair], qtbot: QtBot) -> None:
    refuse_legs(grid, qtbot, 1)
    press(qtbot, Key.Key_Up, Mod.AltModifier)
    assert list(grid.untaken("chairs")) == ["chairs.0.legs"]
    grid.add_row()
    press(qtbot, Key.Key_Escape)
    press(qtbot, Key.Key_Up, Mod.AltModifier)
    assert list(grid.untaken("chairs")) == ["chairs.1.legs"]
    press(qtbot, Key.Key_Delete, Mod.ControlModifier)
    assert list(grid.untaken("chairs")) == ["chairs.0.legs"]
    press(qtbot, Key.Key_Delete, Mod.ControlModifier)
    assert grid.untaken("chairs") == {}


def test_ins_adds_below_ready_to_type(grid: Grid[Chair], qtbot: QtBot) -> None:
    press(qtbot, Key.Key_Insert)
    type_in(qtbot, "New")
    press(qtbot, Key.Key_Return)
    assert [one.name for one in grid.rows] == ["Stool", "New", "Old", "Sofa"]


def test_ins_takes_what_is_being_typed_first(grid: Grid[Chair], qtbot: QtBot) -> None:
    type_in(qtbot, "Bench")
    press(qtbot, Key.Key_Insert)
    type_in(qtbot, "New")
    press(qtbot, Key.Key_Return)
    assert [one.name for one in grid.rows] == ["Bench", "New", "Old", "Sofa"]


def test_ctrl_del_removes_but_not_the_last(grid: Grid[Chair], qtbot: QtBot) -> None:
    for _ in range(5):
        press(qtbot, Key.Key_Delete, Mod.ControlModifier)
    assert len(grid.rows) == 1


def test_alt_arrows_move_the_row_and_the_cursor_goes_along(grid: Grid[Chair], qtbot: QtBot) -> None:
    press(qtbot, Key.Key_Down, Mod.AltModifier)
    assert [one.name for one in grid.rows] == ["Old", "Stool", "Sofa"]
    assert grid.view.currentIndex().row() == 1
    press(qtbot, Key.Key_Up, Mod.AltModifier)
    press(qtbot, Key.Key_Up, Mod.AltModifier)  # at the top already
    assert [one.name for one in grid.rows] == ["Stool", "Old", "Sofa"]


def test_tab_leaves_the_grid(grid: Grid[Chair], qtbot: QtBot) -> None:
    press(qtbot, Key.Key_Tab)
    assert grid.add_button.hasFocus()


def test_a_locked_cell_says_why(grid: Grid[Chair]) -> None:
    cell = grid.model.index(1, 3)
    assert not cell.flags() & Qt.ItemFlag.ItemIsEditable
    assert cell.data(Role.AccessibleDescriptionRole) == "Painted."
    assert cell.data(Role.ToolTipRole) == "Painted."


def test_cells_are_spoken_with_their_column(grid: Grid[Chair]) -> None:
    spoken = [grid.model.index(2, n).data(Role.AccessibleTextRole) for n in range(4)]
    assert spoken == ["Name: Sofa", "Legs: 6", "Soft: yes", "Color: Red"]


def test_problems_mark_cells_and_the_first_is_said(grid: Grid[Chair]) -> None:
    grid.set_problems({(2, "legs"): "Too many.", (0, "name"): "No name."})
    assert grid.problem == "No name."
    assert grid.model.index(2, 1).data(Role.AccessibleDescriptionRole) == "Too many."
    grid.set_problems({})
    assert grid.problem == ""


def test_a_phone_number_that_is_typed_beside_its_cell_is_not_lost() -> None:
    columns = {one.field: one for one in phone_columns()}
    desk = ClinicPhone("", "Front desk")
    assert columns["label"].put(desk, "(512) 555-0100") == ClinicPhone("(512) 555-0100", "Front desk")
    assert columns["label"].put(desk, "Nurse") == ClinicPhone("", "Nurse")
    there = ClinicPhone("(512) 555-0100", "Front desk")
    assert columns["label"].put(there, "512 555 0199").label == "512 555 0199"
