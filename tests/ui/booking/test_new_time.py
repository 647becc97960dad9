"""A new time is offered for a cancelled visit of a course, for as long as it has none."""

from datetime import timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinic_desktop.scheduling.cancelling import CancelReason
from clinic_desktop.scheduling.courses import CourseWish, book_course, place_rest
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.stopping import look_to_stop, stop_course
from clinic_desktop.ui.widgets.button import Button
from tests.small_clinic import MONDAY, SmallClinic
from tests.ui.booking.window import ENTER, Window, make_window


def course_of_three(clinic: SmallClinic) -> list[Visit]:
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    wishes = [(n + 1, clinic.wish(day=MONDAY + timedelta(days=2 * n))) for n in range(3)]
    return list(book_course(clinic.store, clinic.desk, CourseWish(template, wishes)).visits)


def cancelled(qtbot: QtBot, clinic: SmallClinic) -> tuple[Window, list[Visit]]:
    """The middle visit of three, in the window."""
    visits = course_of_three(clinic)
    window = make_window(qtbot, clinic)
    window.panels.cancel(window.shell, window.desk, visits[1].id)
    window.wait()
    window.press(Qt.Key.Key_3)
    window.press(ENTER)
    window.wait(lambda: bool(offers(window)))
    return window, visits


def offers(window: Window) -> list[str]:
    said = [one.accessibleName() for one in window.shell.notices.notices()]
    return [one for one in said if one.startswith("A new time?")]


def test_the_offer_names_the_visit_and_leads_to_the_course(qtbot: QtBot, clinic: SmallClinic) -> None:
    window, _ = cancelled(qtbot, clinic)
    assert offers(window) == ["A new time? Okafor, Amara: visit 2 of 6 waits on the to-place list."]
    window.shell.notices.notices()[0]._act()
    window.wait(window.panels.course.isVisible)
    assert not offers(window)


def test_taken_by_key_the_focus_is_in_the_panel_that_opens(qtbot: QtBot, clinic: SmallClinic) -> None:
    window, _ = cancelled(qtbot, clinic)
    notice = window.shell.notices.notices()[0]
    notice.findChildren(Button)[0].setFocus()
    window.press(ENTER)
    window.wait(window.panels.course.isVisible)
    assert window.panels.course.isAncestorOf(window.focus)


def test_closed_by_key_the_focus_goes_back_to_where_it_was(qtbot: QtBot, clinic: SmallClinic) -> None:
    window, _ = cancelled(qtbot, clinic)
    was = window.focus
    window.shell.notices.notices()[0].findChildren(Button)[0].setFocus()
    window.press(Qt.Key.Key_Escape)
    assert not offers(window)
    assert window.focus is was


def test_esc_closes_the_panel_before_the_offer(qtbot: QtBot, clinic: SmallClinic) -> None:
    window, visits = cancelled(qtbot, clinic)
    window.panels.change_driver(window.shell, window.desk, visits[0].id)
    window.wait()
    window.press(Qt.Key.Key_Escape)
    assert not window.panels.driver.isVisible()
    assert offers(window)
    window.press(Qt.Key.Key_Escape)
    assert not offers(window)


def test_undo_takes_the_offer_back(qtbot: QtBot, clinic: SmallClinic) -> None:
    window, _ = cancelled(qtbot, clinic)
    window.shell.undo()
    window.wait(lambda: not offers(window))


def test_a_time_found_at_any_desk_ends_the_offer(qtbot: QtBot, clinic: SmallClinic) -> None:
    window, visits = cancelled(qtbot, clinic)
    with clinic.store.read() as records:
        course = records.get(Course, visits[0].course_id or 0)
    again = [(2, clinic.wish(day=MONDAY + timedelta(days=7)))]
    window.desk.hub.tell(place_rest(clinic.store, clinic.desk, course, again).changes)
    window.wait(lambda: not offers(window))


def test_a_stopped_course_asks_for_no_new_time(qtbot: QtBot, clinic: SmallClinic) -> None:
    window, visits = cancelled(qtbot, clinic)
    stop = look_to_stop(clinic.store, clinic.clock.now(), visits[2].id)
    assert stop is not None
    stopped = stop_course(clinic.store, clinic.desk, stop, CancelReason.PATIENT)
    window.desk.hub.tell(stopped.changes)
    window.wait(lambda: not offers(window))


def test_the_offer_stays_while_other_visits_of_the_patient_change(qtbot: QtBot, clinic: SmallClinic) -> None:
    window, visits = cancelled(qtbot, clinic)
    window.panels.cancel(window.shell, window.desk, visits[2].id)
    window.wait()
    window.press(Qt.Key.Key_3)
    window.press(ENTER)
    window.wait(lambda: len(offers(window)) == 2)
    window.shell.undo()
    window.wait(
        lambda: offers(window) == ["A new time? Okafor, Amara: visit 2 of 6 waits on the to-place list."]
    )
