"""The numbers of a course follow the order of time, whatever is cancelled, made up late or moved."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.clock import WallTime
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.courses import CourseWish, book_course, place_rest
from clinic_desktop.scheduling.looking_booking import Answers, Spot, book_looked, look
from clinic_desktop.scheduling.looking_course import CoursePlanWish, book_planned, plan_course
from clinic_desktop.scheduling.looking_to_place import to_place_list
from clinic_desktop.scheduling.model import Closure, Course, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.open_visits import numbered
from clinic_desktop.scheduling.planner_model import Pin
from clinic_desktop.scheduling.states import VisitState
from tests.small_clinic import BEA, MONDAY, SmallClinic

DAYS = (0, 3, 7, 10, 14, 17)
PLANNED = (
    VisitState.HELD,
    VisitState.BOOKED,
    VisitState.CONFIRMED,
)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


@pytest.fixture
def visits(clinic: SmallClinic) -> list[Visit]:
    """Six infusions, Mondays and Thursdays at 10."""
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    wishes = [(no, clinic.wish(day=day(n))) for no, n in enumerate(DAYS, start=1)]
    return list(book_course(clinic.store, clinic.desk, CourseWish(template, wishes)).visits)


def course(clinic: SmallClinic) -> Course:
    with clinic.store.read() as records:
        (found,) = records.find(Course)
    return found


def give_up(clinic: SmallClinic, visit: Visit) -> None:
    with clinic.store.read() as records:
        now = records.get(Visit, visit.id)
    cancel(clinic.store, clinic.desk, now.id, now.version, CancelReason.UNWELL)


def numbers(clinic: SmallClinic) -> dict[int, int | None]:
    """Day of each visit that stands, counted from Monday -> its number, by time."""
    with clinic.store.read() as records:
        found = sorted(records.find(Visit), key=lambda one: one.start)
    return {(one.day - MONDAY).days: one.course_no for one in found if one.state in PLANNED}


def test_a_visit_made_up_after_the_others_takes_the_next_place_in_time(
    clinic: SmallClinic, visits: list[Visit]
) -> None:
    give_up(clinic, visits[3])
    made = place_rest(clinic.store, clinic.desk, course(clinic), [(4, clinic.wish(day=day(21)))]).visits[0]
    assert made.course_no == 6
    assert numbers(clinic) == {0: 1, 3: 2, 7: 3, 14: 4, 17: 5, 21: 6}
    assert course(clinic).to_place == 0


def test_one_that_is_made_up_between_keeps_its_number(clinic: SmallClinic, visits: list[Visit]) -> None:
    give_up(clinic, visits[3])
    place_rest(clinic.store, clinic.desk, course(clinic), [(4, clinic.wish(day=day(11)))])
    assert numbers(clinic) == {0: 1, 3: 2, 7: 3, 11: 4, 14: 5, 17: 6}


def test_the_number_that_is_offered_is_that_of_the_time_which_is_chosen(
    clinic: SmallClinic, visits: list[Visit]
) -> None:
    give_up(clinic, visits[3])
    now = clinic.clock.now()
    late = look(clinic.store, now, Answers(clinic.amara.id, spot=Spot(WallTime(day(21), 600))))
    assert (late.open_no, late.visit_no) == (4, 6)
    between = look(clinic.store, now, Answers(clinic.amara.id, spot=Spot(WallTime(day(11), 600))))
    assert (between.open_no, between.visit_no) == (4, 4)
    book_looked(clinic.store, clinic.desk, replace(late, wish=late.wish and replace(late.wish, plan=BEA)))
    assert numbers(clinic)[21] == 6


def test_a_visit_moved_past_another_changes_numbers_with_it(clinic: SmallClinic, visits: list[Visit]) -> None:
    moved = move(clinic.store, clinic.desk, [to(visits[2], day=day(11))]).visits[0]
    assert moved.course_no == 4
    assert numbers(clinic) == {0: 1, 3: 2, 10: 3, 11: 4, 14: 5, 17: 6}
    back = move(clinic.store, clinic.desk, [to(moved, day=day(7))]).visits[0]
    assert back.course_no == 3
    assert numbers(clinic) == dict(zip(DAYS, range(1, 7), strict=True))


def test_a_visit_that_is_given_up_takes_no_number_from_the_others(
    clinic: SmallClinic, visits: list[Visit]
) -> None:
    give_up(clinic, visits[1])
    assert numbers(clinic) == {0: 1, 7: 3, 10: 4, 14: 5, 17: 6}
    assert to_place_list(clinic.store)[0].stand.missing == (2,)


def plan_rest(clinic: SmallClinic, **changes: object):
    wish = CoursePlanWish(clinic.amara.id, "", MONDAY, way_home=BEA, course_id=course(clinic).id)
    return plan_course(clinic.store, clinic.clock.now(), replace(wish, **changes))  # type: ignore[arg-type]  # replace checks the names


@pytest.fixture
def no_room_between(clinic: SmallClinic, visits: list[Visit]) -> None:
    """The fourth is given up, and the clinic is closed from the third to the fifth."""
    with clinic.store.write(clinic.prescriber) as unit:
        unit.add(Closure(0, 0, None, day(8), 0, day(13), 1440, "renovation"))
        unit.commit()
    give_up(clinic, visits[3])


@pytest.mark.usefixtures("no_room_between")
def test_where_it_fits_nowhere_between_the_plan_makes_it_up_at_the_end(clinic: SmallClinic) -> None:
    planned = plan_rest(clinic, relaxed=True)
    assert planned.stand is not None
    assert [one.course_no for one in planned.stand.visits] == [1, 2, 3, 4, 5]
    (placed,) = planned.plan.placed
    assert placed.no == 6
    assert placed.day > day(17)
    booked = book_planned(clinic.store, clinic.desk, planned).visits[0]
    assert booked.course_no == 6
    assert list(numbers(clinic).values()) == [1, 2, 3, 4, 5, 6]


@pytest.mark.usefixtures("no_room_between")
def test_a_pin_behind_the_others_is_one_at_the_end(clinic: SmallClinic) -> None:
    planned = plan_rest(clinic, relaxed=True, pins=(Pin(4, day(21), 615),))
    (placed,) = planned.plan.placed
    assert (placed.no, placed.day, placed.minute, placed.pinned) == (6, day(21), 615, True)
    assert planned.wish.pins == (Pin(6, day(21), 615),)
    again = plan_rest(clinic, relaxed=True, late=True, pins=planned.wish.pins)
    assert [(one.no, one.day) for one in again.plan.placed] == [(6, day(21))]


def test_two_of_one_number_get_one_each() -> None:
    twice = [Visit(id=n, start=n, course_no=no, state=VisitState.BOOKED) for n, no in enumerate((2, 2, 3, 7))]
    assert [one.course_no for one in numbered(twice)] == [2, 3, 4, 7]
