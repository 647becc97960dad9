"""A visit of a course came to nothing; by the to-place list it gets its new time."""

from datetime import timedelta

import pytest

from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.states import VisitState
from tests.journeys.desk_story import DeskStory
from tests.small_clinic import BEA, MONDAY
from tests.treatment.stays import K, Stay


@pytest.fixture
def course(desk: DeskStory) -> list[Visit]:
    """Six infusions on Mondays and Thursdays at 10."""
    clinic = desk.clinic
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    days = (MONDAY + timedelta(days=n) for n in (0, 3, 7, 10, 14, 17))
    wishes = [(no, clinic.wish(day=day)) for no, day in enumerate(days, start=1)]
    return list(book_course(clinic.store, clinic.desk, CourseWish(template, wishes)).visits)


def test_from_the_board_to_the_new_time_of_a_visit_that_was_not_treated(
    desk: DeskStory, course: list[Visit]
) -> None:
    desk.press("Alt+1", "Ctrl+Shift+T")
    desk.wait(lambda: desk.says("No course waits for a time."))
    desk.press("Escape")
    stay = Stay(desk.clinic, course[0].id)
    stay.at(9, 50).is_(K.ARRIVED)
    desk.window.desk.hub.tell(stay.at(10, 5).is_(K.NOT_TREATED, note="not fasted").changes)
    desk.wait()

    desk.press("Ctrl+Shift+T")
    waiting = desk.panels.course.to_place
    desk.wait(lambda: desk.focus is waiting.list)
    (entry,) = waiting.entries
    assert (entry.patient.name, entry.stand.missing) == ("Okafor, Amara", (1,))
    desk.press("Return")
    panel = desk.panels.course
    desk.wait(lambda: panel.plan is not None and panel.plan.plan.whole)
    assert [row.movable for row in panel.rows.rows] == [True, False, False, False, False, False]
    desk.write_driver(BEA.name, BEA.phone, "sister")
    desk.wait(lambda: panel.book.text() == "Book all 1 visit for Okafor, Amara")
    desk.press("Ctrl+Return")

    desk.wait(lambda: len(desk.visits(desk.clinic.amara.id)) == 7)
    again = max(desk.visits(desk.clinic.amara.id), key=lambda one: one.id)
    assert (again.course_id, again.course_no, again.state) == (course[0].course_id, 1, VisitState.BOOKED)
    desk.wait(lambda: desk.board.board.selected_visit == again.id)
    with desk.clinic.store.read() as records:
        assert [one.to_place for one in records.find(Course)] == [0]
