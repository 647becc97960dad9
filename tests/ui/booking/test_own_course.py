"""A course for this patient only: changed by keys, said in words, kept, and taken back by one key."""

from PySide6.QtCore import Qt

from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.model import Course, OwnCourse, OwnType
from clinic_desktop.ui.booking.course_panel import CoursePanel
from tests.ui.booking.desktop import Desktop
from tests.ui.booking.test_course_ways import planned
from tests.ui.booking.window import CTRL, ENTER, SHIFT, TAB, Window
from tests.ui.grab import grab_both

Key = Qt.Key
W, U, DOWN = Key.Key_W, Key.Key_U, Key.Key_Down


def courses(window: Window) -> list[Course]:
    with window.clinic.store.read() as records:
        return list(records.find(Course))


def words(panel: CoursePanel) -> str:
    return panel.fields.own.words.text()


def choose_type(window: Window, panel: CoursePanel, code: str) -> None:
    box = panel.fields.own.type
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())
    window.wait()


def test_more_visits_and_wider_gaps_by_keys_alone(window: Window) -> None:
    panel = planned(window)
    own = panel.fields.own
    assert words(panel) == ""
    window.press(W, mods=CTRL)
    assert window.focus is own.visits
    assert own.visits.placeholderText() == "6"
    window.type("8")
    window.press(TAB)
    window.type("2")
    window.press(ENTER)
    assert window.focus is panel.rows
    assert words(panel) == (
        "This patient: 8 visits (template: 6) · at least 2 clear days between (template: 1)"
    )
    window.press(ENTER, mods=CTRL)
    (course,) = courses(window)
    assert (course.planned, course.own) == (8, OwnCourse(visits=8, min_clear_days=2))


def test_one_visit_of_another_type(window: Window) -> None:
    panel = planned(window)
    window.press(DOWN)
    window.press(W, mods=CTRL)
    assert [panel.fields.own.type.itemData(n) for n in range(4)] == ["IVM", "IVB", "IVMG", "IVP"]
    choose_type(window, panel, "IVMG")
    assert panel.plan is not None
    assert [one.type_code for one in panel.plan.plan.placed[:3]] == ["IVM", "IVMG", "IVM"]
    assert words(panel) == "This patient: visit 2: IV ketamine for migraine"
    choose_type(window, panel, "IVM")
    assert words(panel) == ""


def test_one_key_takes_all_of_it_back(window: Window) -> None:
    panel = planned(window)
    panel.fields.days.chips[0].click()
    panel.fields.clock.setText("10:15")
    panel.fields.own.visits.setText("8")
    window.wait()
    assert words(panel) == "This patient: 8 visits (template: 6) · Mon · at 10:15 AM"
    window.press(U, mods=CTRL)
    assert panel.plan is not None
    assert (panel.plan.count, panel.plan.own, words(panel)) == (6, OwnCourse(), "")


def test_what_no_patient_can_have_is_said(window: Window) -> None:
    panel = planned(window)
    panel.fields.own.visits.setText("1")
    window.wait()
    assert panel.said.lines[0].text == "A course has 2 to 60 visits."
    panel.fields.own.visits.setText("x")
    window.wait()
    assert panel.said.lines[0].text.startswith("Write visits and days as a number")
    assert panel.book.missing


def test_a_running_course_shows_what_it_has_and_may_end_earlier(window: Window) -> None:
    panel = planned(window)
    panel.fields.clock.setText("10:15")
    panel.fields.own.visits.setText("7")
    window.wait()
    window.press(ENTER, mods=CTRL)
    clinic = window.clinic
    gone = window.visits()[-1]
    cancel(clinic.store, clinic.desk, gone.id, gone.version, CancelReason.UNWELL)
    panel = planned(window)
    assert panel.fields.current is not None
    assert panel.fields.current.course_id == courses(window)[0].id
    assert (panel.fields.own.visits.value, panel.fields.clock.text()) == (7, "10:15 AM")
    panel.fields.own.visits.setText("6")
    window.wait()
    assert panel.book.text() == "Keep the course with 6 visits for Okafor, Amara"
    window.press(ENTER, mods=CTRL)
    (course,) = courses(window)
    assert (course.planned, course.to_place) == (6, 0)


def test_pictures_of_a_course_of_ones_own(at: Desktop) -> None:
    at.press(Key.Key_N, mods=CTRL | SHIFT)
    at.type("oka")
    at.press(ENTER)
    panel, own = at.course, at.course.fields.own
    at.press(DOWN, DOWN, DOWN)
    at.press(W, mods=CTRL)
    at.type("8")
    at.press(TAB)
    at.type("2")
    own.type.setCurrentIndex(own.type.findData("IVMG"))
    own.type.activated.emit(own.type.currentIndex())
    at.press(Key.Key_Shift)
    grab_both(at.window, "own-course", (1366, 768))
    grab_both(at.window, "own-course", (1366, 768), 2.0)
    assert OwnType(4, "IVMG") in panel.fields.own.value.types
