"""Three ways to place a course on keys 1 to 3, wishes as chips, a skipped visit, and the next free day."""

from datetime import date, timedelta

from PySide6.QtCore import Qt

from clinic_desktop.scheduling.model import Closure, Course
from clinic_desktop.scheduling.planner_alternatives import Instead
from clinic_desktop.ui.booking.course_panel import CoursePanel
from clinic_desktop.ui.booking.line_words import course_row
from tests.small_clinic import MONDAY
from tests.ui.booking.window import ALT, CTRL, ENTER, SHIFT, SPACE, Window

DOWN, DELETE = Qt.Key.Key_Down, Qt.Key.Key_Delete
ONE, TWO, THREE = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3


def planned(window: Window) -> CoursePanel:
    window.panels.plan_course(window.shell, window.desk, window.clinic.amara.id)
    window.wait(lambda: window.panels.course.plan is not None)
    return window.panels.course


def days(panel: CoursePanel) -> list[int]:
    assert panel.plan is not None
    return [(one.day - MONDAY).days for one in panel.plan.plan.placed]


def minutes(panel: CoursePanel) -> set[int]:
    assert panel.plan is not None
    return {one.minute for one in panel.plan.plan.placed}


def test_three_ways_on_three_keys(window: Window) -> None:
    panel = planned(window)
    best = days(panel)
    assert minutes(panel) == {480}
    window.press(TWO)
    assert minutes(panel) == {540}
    window.press(THREE)
    assert not set(days(panel)) & set(best)
    window.press(ONE)
    assert days(panel) == best
    assert window.focus is panel.rows


def test_where_there_is_no_other_way_the_key_says_so(window: Window) -> None:
    panel = planned(window)
    for _ in range(6):
        window.press(SPACE, DOWN)  # everything is pinned
    assert not panel.choices.cards[Instead.DAYS.value].isEnabled()
    window.press(THREE)
    assert panel.said.lines[0].text == "There is no such way that is as good."


def test_the_way_that_is_shown_is_the_one_that_is_booked(window: Window) -> None:
    panel = planned(window)
    window.press(THREE)
    shown = days(panel)
    window.press(ENTER, mods=CTRL)
    assert [(one.day - MONDAY).days for one in window.visits()] == shown
    assert window.board.ghosts == []


def test_the_cards_say_what_is_different(window: Window) -> None:
    panel = planned(window)
    cards = [card.accessibleName() for card in panel.choices.cards.values()]
    assert cards[0] == "Best. 8:00 AM Mon Wed Fri, to Fri, Nov 27"
    assert cards[1].startswith("Another time. 9:00 AM")
    assert cards[2] == "Other days. 8:00 AM Mon–Thu, to Wed, Dec 2"  # short enough for its card
    panel.choices.cards[Instead.TIME.value].click()
    window.wait()
    assert minutes(panel) == {540}


def test_a_change_on_another_way_goes_on_with_that_way(window: Window) -> None:
    panel = planned(window)
    window.press(TWO, SPACE)  # pins the first visit at nine
    assert minutes(panel) == {540}
    assert panel.fields.clock.text() == "9:00 AM"
    best = days(panel)
    window.press(THREE)
    other = days(panel)
    window.press(DOWN, SPACE)
    assert days(panel) == other != best


def test_mornings_afternoons_and_the_earliest_end(window: Window) -> None:
    panel = planned(window)
    panel.fields.halves["pm"].click()
    window.wait()
    assert min(minutes(panel)) >= 720
    panel.fields.halves["am"].click()
    window.wait()
    assert not panel.fields.halves["pm"].isChecked()
    assert max(minutes(panel)) < 720
    panel.fields.days.chips[0].click()
    panel.fields.days.chips[3].click()
    window.wait()
    assert days(panel)[-1] == 17
    panel.fields.soonest.click()
    window.wait()
    assert days(panel)[-1] == 11


def test_delete_skips_a_visit_and_the_others_are_booked(window: Window) -> None:
    panel = planned(window)
    window.press(DELETE)  # the others count from the first: it stays
    assert len(days(panel)) == 6
    window.press(DOWN, DOWN, DELETE)
    row = panel.rows.rows[2]
    assert (row.placed, row.day) == (False, "Skipped")
    assert panel.mover.skip.accessibleName() == "Do not skip"
    window.press(ENTER, mods=CTRL | SHIFT)
    assert [one.course_no for one in window.visits()] == [1, 2, 4, 5, 6]
    with window.clinic.store.read() as records:
        assert [one.to_place for one in records.find(Course)] == [1]


def test_skipping_is_taken_back_by_the_same_key(window: Window) -> None:
    panel = planned(window)
    before = days(panel)
    window.press(DOWN, DELETE, DELETE)
    assert days(panel) == before


def test_r6_the_next_free_day_is_one_key(window: Window) -> None:
    panel = planned(window)
    assert days(panel) == [0, 2, 4, 7, 9, 11]
    close(window, MONDAY + timedelta(days=3))
    window.press(DOWN)
    panel.rows.set_current(6)
    window.press(DOWN, mods=ALT)
    assert days(panel)[-1] == 14  # over the weekend
    assert panel.rows.rows[5].pinned


def test_r6_where_the_window_has_no_other_day_it_says_so(window: Window) -> None:
    panel = planned(window)
    window.press(DOWN)
    window.press(DOWN, mods=ALT)
    assert "no later free day between the visits beside it" in panel.said.lines[0].text


def test_why_a_course_with_wishes_begins_weeks_later_is_said_here_and_in_the_line(window: Window) -> None:
    for closed in (1, 4, 8, 11):  # the Tuesdays and Fridays of two weeks
        close(window, MONDAY + timedelta(days=closed))
    panel = planned(window)
    panel.fields.days.set_days((1, 4))
    panel.fields.changed.emit()
    window.wait(lambda: days(panel)[0] == 15)
    words = "Begun earlier, on Wed, Nov 25, 1 of 6 visits would not be on the days and times wished for"
    assert f"{words}." in [one.text for one in panel.said.lines]
    assert panel.plan is not None
    assert words in course_row(window.desk, panel.plan).note


def close(window: Window, day: date) -> None:
    with window.clinic.store.write(window.clinic.prescriber) as unit:
        unit.add(Closure(0, 0, None, day, 0, day, 1440, "renovation"))
        unit.commit()
