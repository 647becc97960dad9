"""A visit that another desk moved or cancelled: who, from where to where, and what can be done about it."""

from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.states import VisitState
from tests.ui.board.stage import Key, Mod, Stage


def maya(stage: Stage) -> Actor:
    return Actor(stage.clinic.maya.id, frozenset({Role.MANAGER}), "FLOOR-1")


def notices(stage: Stage) -> list[str]:
    return [one for one in stage.notices if "this visit" in one]


def test_who_moved_it_is_named_with_from_where_and_it_can_be_moved_all_the_same(stage: Stage, qtbot: QtBot):
    visit = stage.book()
    stage.open(qtbot)
    move(stage.clinic.store, maya(stage), [to(visit, minute=610)])  # no news yet
    stage.drag(visit, "Infusion 2", 660)
    (said,) = notices(stage)
    assert said.startswith("Maya Jones moved this visit a moment ago, on the PC called FLOOR-1.")
    assert "From Mon, Nov 16, 10:00 AM, Infusion 1 to Mon, Nov 16, 10:10 AM, Infusion 1." in said
    assert (stage.visit(visit).minute, stage.placed(visit).block.start) == (610, 610)
    (notice,) = (one for one in stage.shell.notices.notices() if one.accessibleName() == said)
    notice._act()
    stage.settle()
    assert stage.visit(visit).minute == 660


def test_a_visit_that_was_cancelled_is_not_offered_to_be_moved(stage: Stage, qtbot: QtBot):
    visit = stage.book()
    stage.open(qtbot)
    cancel(stage.clinic.store, maya(stage), visit.id, visit.version, CancelReason.PATIENT, "")
    stage.drag(visit, "Infusion 2", 660)
    (said,) = notices(stage)
    assert said.startswith("Maya Jones cancelled this visit a moment ago, on the PC called FLOOR-1.")
    assert "Okafor, Amara." in said
    assert said.endswith("Nothing was saved. Book another time if one is wanted.")
    (notice,) = (one for one in stage.shell.notices.notices() if one.accessibleName() == said)
    assert notice._action is None
    assert stage.visit(visit).state is VisitState.CANCELLED


def test_a_visit_that_lies_there_already_is_not_offered_to_be_moved(stage: Stage, qtbot: QtBot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_Right)
    stage.settle()
    there = stage.clinic.rooms["Infusion 2"].id
    move(stage.clinic.store, maya(stage), [to(visit, room_id=there)])
    stage.press(Key.Key_Return)
    stage.settle()
    (said,) = notices(stage)
    (notice,) = (one for one in stage.shell.notices.notices() if one.accessibleName() == said)
    assert notice._action is None
    stage.press(Key.Key_Escape, Mod.NoModifier)
