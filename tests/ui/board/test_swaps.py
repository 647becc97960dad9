"""Two visits change rooms: one is carried onto the other, by mouse or by key, in the real window."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.scheduling.freed import Slot
from clinic_desktop.scheduling.holding import name_driver
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.ui.board.forecast import Fit, Mark
from clinic_desktop.ui.dialogs import ChoiceDialog
from clinic_desktop.ui.widgets.button import Button
from tests.small_clinic import MONDAY
from tests.ui.board.stage import Key, Mod, Stage
from tests.ui.board.test_verdict import look, texts


@pytest.fixture
def pair(stage: Stage) -> tuple[Visit, Visit]:
    """Amara at 10 in Infusion 1, Nina at 10:30 in Infusion 2."""
    other = {"minute": 630, "room": "Infusion 2", "nurse_id": stage.clinic.tunde.id}
    return stage.book(), stage.book("Petrov, Nina", **other)


def rooms(stage: Stage, *visits: Visit) -> list[str]:
    names = {room.id: name for name, room in stage.clinic.rooms.items()}
    return [names[stage.visit(one).room_id] for one in visits]


def test_the_verdict_offers_the_swap_and_says_who_goes_where(stage: Stage, pair) -> None:
    one, other = pair
    said = look(stage, one, "Infusion 2", 600)
    assert (said.fit, said.word) == (Fit.SWAPS, "swaps rooms")
    assert texts(said, Mark.WARN) == ["Petrov, Nina, 10:30, takes Infusion 1 instead"]
    assert said.other == to(other, room_id=one.room_id)
    assert said.spoken.startswith(
        "Infusion 2  10:00\N{EN DASH}11:30 swaps rooms. Petrov, Nina, 10:30, takes Infusion 1 instead."
    )


def test_the_other_must_fit_into_the_room_that_is_left(stage: Stage, pair) -> None:
    one, _ = pair
    stage.book("Reed, Ada", minute=720, room="Infusion 1", nurse_id=stage.clinic.tunde.id)
    assert look(stage, one, "Infusion 2", 600).fit is Fit.NOT


def test_one_other_visit_changes_rooms_not_two(stage: Stage) -> None:
    long = stage.book(code="IVP", minute=600, room="Infusion 1")
    for minute, who in ((600, "Petrov, Nina"), (720, "Reed, Ada")):
        stage.book(who, minute=minute, room="Infusion 2", nurse_id=stage.clinic.tunde.id)
    assert look(stage, long, "Infusion 2", 600).fit is Fit.NOT


def test_a_room_that_is_not_fitted_is_not_swapped(stage: Stage) -> None:
    spray = stage.book(code="SP1")
    stage.book("Petrov, Nina", minute=600, room="Infusion 2", nurse_id=stage.clinic.tunde.id)
    assert look(stage, spray, "Infusion 2", 600).fit is Fit.NOT


def test_who_is_in_the_room_already_stays(stage: Stage, pair) -> None:
    one, other = pair
    stage.stamp(other, StampKind.IN_ROOM, 10, 30)
    assert look(stage, one, "Infusion 2", 600).fit is Fit.NOT


def test_held_on_the_other_at_its_time_the_visit_takes_that_time_too(stage: Stage, pair) -> None:
    one, other = pair
    said = look(stage, one, "Infusion 2", 635)
    assert said.fit is Fit.SWAPS
    assert said.move is not None
    assert (said.move.minute, said.other) == (635, to(other, room_id=one.room_id))


def test_the_staff_of_the_other_stays_with_it(stage: Stage) -> None:
    """Both at 10: the one in hand is not given the nurse whose hands the other needs."""
    one = stage.book()
    other = stage.book("Petrov, Nina", minute=600, room="Infusion 2", nurse_id=stage.clinic.tunde.id)
    said = look(stage, one, "Infusion 2", 600)
    assert said.fit is Fit.SWAPS
    assert said.move is not None
    assert said.move.nurse_id == stage.clinic.maya.id
    assert said.other is not None
    move(stage.clinic.store, PROGRAM, [said.move, said.other])
    assert rooms(stage, one, other) == ["Infusion 2", "Infusion 1"]


def test_a_swap_that_came_late_is_one_key_away_where_both_still_lie_there(stage: Stage, qtbot, pair) -> None:
    one, other = pair
    stage.open(qtbot)
    stage.board.select(one.id)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_Right)
    stage.settle()
    plan = replace(stage.visit(other).plan, name="Ann Marsh")
    name_driver(stage.clinic.store, PROGRAM, [(other.id, other.version)], plan)  # at another desk
    stage.press(Key.Key_Return)
    stage.settle()
    assert rooms(stage, one, other) == ["Infusion 1", "Infusion 2"]
    (notice,) = stage.shell.notices.notices()
    assert "They did not change rooms." in notice.accessibleName()
    again = next(one for one in notice.findChildren(Button) if one.text() == "Change rooms all the same")
    again.click()
    stage.settle()
    assert rooms(stage, one, other) == ["Infusion 2", "Infusion 1"]
    assert stage.visit(other).plan.name == "Ann Marsh"


def test_space_right_and_enter_swap_two_rooms(stage: Stage, qtbot, pair) -> None:
    one, other = pair
    stage.open(qtbot)
    stage.board.select(one.id)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_Right)
    stage.settle()
    assert stage.view.carrying.carried.verdict.fit is Fit.SWAPS
    stage.view.viewport().grab()  # the card is painted
    stage.press(Key.Key_Return)
    stage.settle()
    assert rooms(stage, one, other) == ["Infusion 2", "Infusion 1"]
    assert stage.said == "Okafor, Amara and Petrov, Nina changed rooms"
    assert stage.placed(other).column == stage.column("Infusion 1")
    assert stage.view.carrying.carried is None
    assert stage.board.selected_visit == one.id
    stage.press(Key.Key_Z, Mod.ControlModifier)
    stage.settle()
    assert rooms(stage, one, other) == ["Infusion 1", "Infusion 2"]
    assert stage.said == "Undone: Okafor, Amara and Petrov, Nina moved."


def test_the_mouse_lets_go_on_the_other(stage: Stage, qtbot, pair) -> None:
    one, other = pair
    stage.open(qtbot)
    stage.drag(one, "Infusion 2", 630)
    assert rooms(stage, one, other) == ["Infusion 2", "Infusion 1"]
    assert (stage.visit(one).minute, stage.visit(other).minute) == (630, 630)


def test_a_swap_tells_the_time_that_it_frees(stage: Stage, qtbot) -> None:
    """Amara takes the time of Nina too: hers is free, in the room that Nina goes to."""
    one = stage.book()
    other = stage.book("Petrov, Nina", minute=720, room="Infusion 2", nurse_id=stage.clinic.tunde.id)
    stage.open(qtbot)
    stage.drag(one, "Infusion 2", 720)
    assert rooms(stage, one, other) == ["Infusion 2", "Infusion 1"]
    assert stage.panels.freed_slots == [Slot(MONDAY, 600, 705, one.room_id)]


def test_a_swap_at_the_same_time_frees_nothing(stage: Stage, qtbot) -> None:
    one = stage.book()
    stage.book("Petrov, Nina", minute=600, room="Infusion 2", nurse_id=stage.clinic.tunde.id)
    stage.open(qtbot)
    stage.drag(one, "Infusion 2", 600)
    assert stage.panels.freed_slots == []


def test_another_desk_was_first_and_nothing_is_swapped(stage: Stage, qtbot, pair) -> None:
    one, other = pair
    stage.open(qtbot)
    stage.board.select(one.id)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_Right)
    stage.settle()
    move(stage.clinic.store, PROGRAM, [to(other, minute=635)])  # no news yet
    stage.press(Key.Key_Return)
    stage.settle()
    assert rooms(stage, one, other) == ["Infusion 1", "Infusion 2"]
    assert any("Somebody else changed this visit" in one for one in stage.notices)
    stage.press(Key.Key_Escape, Mod.NoModifier)


def test_after_a_lost_race_for_a_swap_the_nearest_times_are_offered(stage: Stage, qtbot, pair) -> None:
    """Item 12 of the front desk."""
    one, other = pair
    third = stage.book("Reed, Ada", minute=840, room="Infusion 3")
    stage.open(qtbot)
    stage.board.select(one.id)
    stage.press(Key.Key_Space)
    stage.press(Key.Key_Right)
    stage.settle()
    room = stage.clinic.rooms["Infusion 1"].id  # where Nina was to go until 12:15
    move(stage.clinic.store, PROGRAM, [to(third, minute=720, room_id=room)])  # no news yet
    stage.press(Key.Key_Return)
    stage.settle()
    (dialog,) = stage.shell.findChildren(ChoiceDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert "Reed, Ada is there now. Okafor, Amara and Petrov, Nina stay in their rooms." in (
        dialog.accessibleDescription()
    )
    assert rooms(stage, one, other) == ["Infusion 1", "Infusion 2"]
    qtbot.keyClick(dialog.list, Key.Key_Return)
    stage.settle()
    assert stage.visit(one).version > one.version
    assert stage.visit(other) == other
