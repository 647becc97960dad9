"""The keys that the course panel names, in the real window: wherever the focus is in it, they work."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.scheduling.planner_alternatives import Instead
from clinic_desktop.ui.booking.course_panel import CoursePanel
from tests.small_clinic import SmallClinic
from tests.ui.front_desk import FrontDesk, Mod, front_desk

Key = Qt.Key
SKIP_FIRST = "The first visit cannot be skipped: the others count from it."


@pytest.fixture
def stage(clinic: SmallClinic, qtbot: QtBot) -> Iterator[FrontDesk]:
    with front_desk(qtbot, clinic) as stage:
        yield stage


@pytest.fixture
def panel(stage: FrontDesk) -> CoursePanel:
    """Six visits are planned for Amara; the second is current. No visit is selected on the board."""
    stage.panels.plan_course(stage.window, stage.desk, stage.clinic.amara.id)
    panel = stage.panels.course
    stage.wait(lambda: panel.plan is not None)
    stage.press(Key.Key_Down)
    assert panel.rows.current is not None
    assert panel.rows.current.no == 2
    return panel


WHERE: dict[str, Callable[[CoursePanel], QWidget]] = {
    "rows": lambda panel: panel.rows,
    "course": lambda panel: panel.fields.which,
    "nurse": lambda panel: panel.fields.nurse,
    "weekday": lambda panel: panel.fields.days.chips[0],
    "wish": lambda panel: panel.fields.soonest,
    "way": lambda panel: panel.choices.cards[""],
    "empty start": lambda panel: panel.fields.start,
    "empty line": lambda panel: panel.mover.line,
    "skip": lambda panel: panel.mover.skip,
    "book": lambda panel: panel.book,
}


@pytest.fixture
def places(stage: FrontDesk, panel: CoursePanel) -> Iterator[tuple[str, QWidget]]:
    """Each place by its name, with the focus on it; what a test changes there it takes back."""

    def each() -> Iterator[tuple[str, QWidget]]:
        for name, place_in in WHERE.items():
            widget = place_in(panel)
            widget.setFocus()
            stage.wait()
            assert stage.focus is widget, name
            yield name, widget

    return each()


def test_delete_skips_the_current_visit_and_is_never_the_boards(
    stage: FrontDesk, panel: CoursePanel, places: Iterator[tuple[str, QWidget]]
) -> None:
    before = stage.said()
    for name, _ in places:
        stage.press(Key.Key_Delete)
        assert [one.no for one in panel.rows.rows if one.skipped] == [2], name
        assert stage.said() == before, name
        assert not stage.panels.cancelling.isVisible(), name
        stage.press(Key.Key_Delete)
        assert not any(one.skipped for one in panel.rows.rows), name


def test_a_day_earlier_or_later_and_the_next_free_one_have_their_keys_everywhere(
    stage: FrontDesk, panel: CoursePanel, places: Iterator[tuple[str, QWidget]]
) -> None:
    """On a box of choices Alt Down opens it, as on any."""
    for name, place in places:
        box = isinstance(place, QComboBox)
        panel.rows.set_current(6)
        days = [panel.rows.rows[5].day]
        for key in (Key.Key_Right, Key.Key_Left, *([] if box else [Key.Key_Down])):
            stage.press(key, mods=Mod.AltModifier)
            days.append(panel.rows.rows[5].day)
        assert days == ["Fri, Nov 27", "Mon, Nov 30", "Fri, Nov 27", "Mon, Nov 30"][: len(days)], name
        assert stage.focus is place, name
        if not box:
            stage.press(Key.Key_Left, mods=Mod.AltModifier)  # as it was


@pytest.mark.parametrize("name", ["rows", "weekday", "wish", "way", "skip", "book"])
def test_the_ways_have_their_digits_outside_of_fields(
    stage: FrontDesk, panel: CoursePanel, name: str
) -> None:
    WHERE[name](panel).setFocus()
    stage.press(Key.Key_2)
    assert panel.choices.cards[Instead.TIME.value].isChecked()
    assert panel.mover.line.text() == ""


@pytest.mark.parametrize("name", ["rows", "empty line", "book"])
def test_space_pins_unless_it_presses_something(stage: FrontDesk, panel: CoursePanel, name: str) -> None:
    WHERE[name](panel).setFocus()
    stage.press(Key.Key_Space)
    assert [one.no for one in panel.rows.rows if one.pinned] == [2]


@pytest.mark.parametrize("name", WHERE)
def test_the_chords_are_the_panels_too(stage: FrontDesk, panel: CoursePanel, name: str) -> None:
    place = WHERE[name](panel)
    place.setFocus()
    stage.press(Key.Key_W, mods=Mod.ControlModifier)
    assert stage.focus is panel.fields.own.visits
    stage.type("4")
    stage.wait(lambda: len(panel.rows.rows) == 4)
    place.setFocus()
    stage.press(Key.Key_U, mods=Mod.ControlModifier)
    stage.wait(lambda: len(panel.rows.rows) == 6)
    stage.press(Key.Key_N, mods=Mod.ControlModifier)
    assert panel.driver.isAncestorOf(stage.focus)
    place.setFocus()
    stage.press(Key.Key_F, mods=Mod.ControlModifier)
    assert panel.patient.isAncestorOf(stage.focus)


def test_in_a_field_with_text_delete_takes_a_letter(stage: FrontDesk, panel: CoursePanel) -> None:
    panel.mover.line.setFocus()
    stage.type("thu")
    stage.press(Key.Key_Home, Key.Key_Delete)
    assert panel.mover.line.text() == "hu"
    assert not any(one.skipped for one in panel.rows.rows)


def test_why_the_first_one_is_not_skipped_is_said(stage: FrontDesk, panel: CoursePanel) -> None:
    panel.rows.setFocus()
    stage.press(Key.Key_Home, Key.Key_Delete)
    assert [one.text for one in panel.said.lines] == [SKIP_FIRST]


def test_before_there_is_a_plan_delete_is_not_the_boards_either(stage: FrontDesk) -> None:
    stage.panels.plan_course(stage.window, stage.desk, None)
    stage.wait()
    before = stage.said()
    stage.panels.course.book.setFocus()
    stage.press(Key.Key_Delete, Key.Key_1)
    assert stage.said() == before
