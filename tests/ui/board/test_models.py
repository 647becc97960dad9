"""The models of the board: what a screen reader reads, and that rows stay where they can."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.board.day_list import DayListModel, Row
from clinic_desktop.ui.board.facts import Fact, FactModel
from clinic_desktop.ui.board.model import BoardModel
from clinic_desktop.ui.board.scene import Scene
from tests.ui.board.test_walking import scene

ROOMS: dict[int | None, str] = {1: "Room 1", 2: "Room 2", 3: "Room 3"}
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def model(qtmodeltester: ModelTester) -> BoardModel:
    made = BoardModel()
    made.show(scene((0, 500), (1, 600), (2, 700)), ROOMS)
    qtmodeltester.check(made)
    return made


def changed(made: Scene, row: int, **values: Any) -> Scene:
    """The scene with one of its visits different."""
    placed = list(made.placed)
    column = values.pop("column", placed[row].column)
    placed[row] = replace(placed[row], column=column, block=replace(placed[row].block, **values))
    placed.sort(key=lambda one: one.block.start)
    return replace(made, placed=tuple(placed))


def ids(model: BoardModel) -> list[int]:
    return [one.block.id for one in model.placed]


def test_each_visit_is_read_as_one_sentence(model):
    spoken = [model.index(row, 0).data(SPOKEN) for row in range(3)]
    assert spoken[0].startswith(
        "Okafor, Amara. IV ketamine. Tuesday, November 17, 8:20 AM to 9:50 AM, Room 2."
    )
    assert all(text.endswith("Driver missing.") for text in spoken)


def test_what_changes_is_told_for_its_row_alone(model, qtbot):
    with qtbot.waitSignal(model.dataChanged) as told, qtbot.assertNotEmitted(model.modelReset):
        model.show(changed(scene((0, 500), (1, 600), (2, 700)), 1, state=VisitState.ARRIVED), ROOMS)
    assert told.args[0].row() == told.args[1].row() == 1
    assert "Arrived" in model.index(1, 0).data(SPOKEN)


def test_nothing_is_told_when_nothing_changes(model, qtbot):
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.rowsInserted):
        model.show(scene((0, 500), (1, 600), (2, 700)), ROOMS)


def test_a_visit_in_another_room_at_the_same_time_keeps_its_row(model, qtbot):
    kept = QPersistentModelIndex(model.index(1, 0))
    with qtbot.assertNotEmitted(model.rowsRemoved):
        model.show(changed(scene((0, 500), (1, 600), (2, 700)), 1, column=2), ROOMS)
    assert kept.row() == 1


def test_visits_that_come_and_go_leave_the_others_selected(model, qtmodeltester):
    kept = QPersistentModelIndex(model.index(2, 0))
    model.show(scene((0, 500), (1, 600), (2, 700)), ROOMS)
    fewer = scene((0, 500), (1, 600), (2, 700))
    model.show(replace(fewer, placed=fewer.placed[1:]), ROOMS)
    assert (ids(model), kept.row()) == ([2, 3], 1)
    model.show(fewer, ROOMS)
    assert (ids(model), kept.row()) == ([1, 2, 3], 2)
    qtmodeltester.check(model)


def test_a_visit_that_overtakes_another_changes_its_row(model):
    model.show(changed(scene((0, 500), (1, 600), (2, 700)), 0, start=650, end=740), ROOMS)
    assert ids(model) == [2, 1, 3]


def test_the_card_beside_a_visit_is_its_hover_text(model):
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) is None


def test_the_list_is_a_plain_table_in_words(qtmodeltester):
    made = DayListModel()
    block = replace(scene((0, 500)).placed[0].block, state=VisitState.HELD, waits=("driver",))
    made.set_rows([Row(block, "Infusion 1"), Row(replace(block, id=2, displaced=True), "")])
    qtmodeltester.check(made)
    headers = [made.headerData(n, Qt.Orientation.Horizontal) for n in range(made.columnCount())]
    texts = {header: made.index(0, n).data() for n, header in enumerate(headers)}
    assert texts["Time"] == "8:20 AM"
    assert texts["Patient"] == "Okafor, Amara"
    assert texts["State"] == "Held: driver"
    assert texts["Room"] == "Infusion 1"
    assert texts["Driver"] == "NO DRIVER"
    assert made.index(1, headers.index("State")).data().startswith("DISPLACED")
    assert "Held for a driver" in made.index(0, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole)


def test_the_list_keeps_its_rows_while_the_visits_are_the_same(qtbot):
    made = DayListModel()
    block = scene((0, 500)).placed[0].block
    made.set_rows([Row(block, "Infusion 1")])
    with qtbot.assertNotEmitted(made.modelReset), qtbot.waitSignal(made.dataChanged):
        made.set_rows([Row(replace(block, state=VisitState.ARRIVED), "Infusion 1")])


def test_facts_are_read_in_one_go(qtmodeltester):
    made = FactModel()
    made.set_things([Fact("10:15", "Prep", "15 min"), Fact("", "Nothing else")])
    qtmodeltester.check(made)
    assert made.index(0, 0).data(SPOKEN) == "10:15, Prep, 15 min"
    assert made.index(1, 0).data(SPOKEN) == "Nothing else"
