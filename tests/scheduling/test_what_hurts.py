"""What hurts users of other systems, where one small test says it best; docs/what-hurts.md names them all."""

from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.clock import WallTime, from_utc_minute, to_utc_minute
from clinic_desktop.foundation.errors import Conflict
from clinic_desktop.scheduling.booking import Booked, book
from clinic_desktop.scheduling.looking_course import CoursePlanWish, book_planned, plan_course
from clinic_desktop.scheduling.model import Course, CourseTemplate, Visit
from tests.at_once import at_once
from tests.small_clinic import BEA, MONDAY, SmallClinic


def test_r1_of_fifty_desks_that_want_one_slot_one_gets_it(any_clinic: SmallClinic) -> None:
    wish = any_clinic.wish()
    told = at_once(*[lambda: book(any_clinic.store, any_clinic.desk, wish)] * 50)
    (won,) = (one for one in told if isinstance(one, Booked))
    lost = [one for one in told if isinstance(one, Conflict)]
    assert len(lost) == 49
    with any_clinic.store.read() as records:
        assert [one.id for one in records.find(Visit)] == [won.visits[0].id]


def test_r5_a_course_has_as_many_rows_as_its_template_has_steps(clinic: SmallClinic) -> None:
    with clinic.store.read() as records:
        steps = {one.code: sum(step.count for step in one.steps) for one in records.find(CourseTemplate)}
    assert steps
    assert all(0 < count < 100 for count in steps.values())
    wish = CoursePlanWish(clinic.amara.id, "IV6", MONDAY, way_home=BEA)
    book_planned(clinic.store, clinic.desk, plan_course(clinic.store, clinic.clock.now(), wish))
    with clinic.store.read() as records:
        (course,) = records.find(Course)
        rows = records.find(Visit)
    assert len(rows) == steps["IV6"]
    assert {one.course_id for one in rows} == {course.id}


@pytest.mark.parametrize(
    ("zone", "offsets"), [("America/Chicago", 2), ("Australia/Sydney", 2), ("America/Phoenix", 1)]
)
def test_r7_ten_in_the_morning_stays_ten_in_the_morning_in_both_hemispheres(zone: str, offsets: int) -> None:
    year = [WallTime(date(2027, 1, 1) + timedelta(days=n), 600) for n in range(365)]
    instants = [to_utc_minute(one, zone) for one in year]
    assert [from_utc_minute(one, zone) for one in instants] == year
    assert len({one % 1440 for one in instants}) == offsets
