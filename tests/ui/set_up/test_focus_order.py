"""Tab goes through a part of the set-up as it is read: the list, the form from top to bottom, the buttons."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from clinic_desktop.ui.set_up.grid import GridView
from tests.ui.set_up.stage import Stage, field

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PARTS = ("hours", "rooms", "staff", "treatments", "types", "courses", "going-home")


def walked(stage: Stage, until: QWidget) -> list[QWidget]:
    """What Tab comes to, from the list on."""
    found: list[QWidget] = []
    while not found or found[-1] is not until:
        stage.press(Key.Key_Tab)
        found.append(stage.focused())
        assert len(found) < 60
    return found


@pytest.mark.parametrize("part", PARTS)
def test_the_list_then_the_form_from_top_to_bottom_then_the_buttons(stage: Stage, part: str) -> None:
    view = stage.part(part)
    view.take_focus()
    found = walked(stage, view.form.save_button)
    inside = [one for one in found if view.editor.isAncestorOf(one)]
    assert inside
    assert found[: len(inside)] == inside
    tops = [one.mapTo(view.editor, QPoint(0, one.height() // 2)) for one in inside]
    rows = [(at.y() // 24, at.x()) for at in tops]
    assert rows == sorted(rows)
    assert found[len(inside) :] == [
        one
        for one in (view.list.add_button, view.form.remove_button, view.form.save_button)
        if one.isVisible()
    ]


def test_another_row_of_another_form_has_the_same_order(stage: Stage) -> None:
    """Opening hours, holidays and closures have a form each."""
    view = stage.part("hours")
    view.take_focus()
    for _step in range(2):
        stage.press(Key.Key_Down)
        found = walked(stage, view.form.save_button)
        assert view.editor.isAncestorOf(found[0])
        view.take_focus()
    view.add()
    view.take_focus()
    found = walked(stage, view.form.save_button)
    assert [one.accessibleName() for one in found[:3]] == ["What is closed", "Why", "First day"]


def test_tab_from_the_list_and_four_times_down_is_friday(stage: Stage) -> None:
    stage.press(Key.Key_2, Ctrl)
    stage.press(Key.Key_Tab)
    for _step in range(4):
        stage.press(Key.Key_Down)
    stage.type("8-3")
    stage.press(Key.Key_Return)
    week = stage.place.section("hours").editor.value().days
    assert [one.weekday for one in week if one.stretches == ((480, 900),)] == [4]
    assert isinstance(stage.focused(), GridView)


def test_a_treatment_that_came_later_stands_where_the_others_do(stage: Stage) -> None:
    view = stage.part("rooms")
    stage.press(Key.Key_3, Ctrl)
    ticks = field(view, "fits")
    ticks.set_choices([("iv", "IV"), ("lozenge", "Lozenge")])
    stage.press(Key.Key_Tab)
    found = walked(stage, view.form.save_button)
    assert found[:2] == [ticks.box("iv"), ticks.box("lozenge")]


def test_a_closure_of_a_room_is_typed_without_the_mouse(stage: Stage) -> None:
    stage.press(Key.Key_2, Ctrl)
    stage.press(Key.Key_N, Ctrl)
    stage.type("infusion 3")
    stage.press(Key.Key_Tab)
    stage.type("Painting")
    stage.save()
    (closure,) = stage.setup.closures
    room = next(one for one in stage.setup.rooms if one.id == closure.room_id)
    assert (room.name, closure.reason) == ("Infusion 3", "Painting")
