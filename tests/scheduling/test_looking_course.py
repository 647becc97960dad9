"""A course is planned before it is booked: whole, in part, around pins, drivers and visits that stand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.errors import Conflict, NotFound, Refusal
from clinic_desktop.foundation.rulebook import Severity
from clinic_desktop.people.model import UsualDriver
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.looking_course import (
    CoursePlanWish,
    PlannedCourse,
    book_planned,
    course_wish,
    plan_course,
)
from clinic_desktop.scheduling.looking_to_place import to_place_list
from clinic_desktop.scheduling.model import Closure, Course, Visit
from clinic_desktop.scheduling.planner_model import Pin
from clinic_desktop.scheduling.states import VisitState
from tests.small_clinic import BEA, MONDAY, SmallClinic

DAN = UsualDriver("Dan Okafor", "(512) 555-0178", "husband", weekdays=frozenset({0, 3}), from_minute=660)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def plan(clinic: SmallClinic, code: str = "IV6", **changes: object) -> PlannedCourse:
    wish = CoursePlanWish(clinic.amara.id, code, MONDAY, way_home=BEA)
    return plan_course(clinic.store, clinic.clock.now(), replace(wish, **changes))  # type: ignore[arg-type]  # replace checks the names


def close(clinic: SmallClinic, first: date, last: date, reason: str = "renovation") -> None:
    with clinic.store.write(clinic.prescriber) as unit:
        unit.add(Closure(0, 0, None, first, 0, last, 1440, reason))
        unit.commit()


def late(clinic: SmallClinic, **wishes: object) -> tuple[int, list[str]]:
    """The first day of a plan, and why it is no earlier."""
    planned = plan(clinic, **wishes)
    return (planned.plan.placed[0].day - MONDAY).days, [one.sentence() for one in planned.not_earlier]


def test_why_a_course_with_wishes_begins_late_is_said(clinic: SmallClinic) -> None:
    for closed in (1, 4, 8, 11):  # the Tuesdays and Fridays of two weeks
        close(clinic, day(closed), day(closed))
    assert late(clinic) == (0, [])
    begins, said = late(clinic, weekdays=frozenset({1, 4}), half="am")
    assert begins == 15
    assert said == [
        "Begun earlier, on Wed, Nov 25, 1 of 6 visits would not be on the days and times wished for."
    ]


def test_where_an_earlier_course_would_not_be_whole_that_is_said(clinic: SmallClinic) -> None:
    close(clinic, day(0), day(13))
    begins, said = late(clinic, weekdays=frozenset({0, 3}))
    assert begins == 14
    assert said == ["Begun before Mon, Nov 30, 6 of 6 visits would have no place."]


def test_a_course_that_begins_within_a_week_needs_no_word(clinic: SmallClinic) -> None:
    close(clinic, day(0), day(2))
    assert late(clinic, weekdays=frozenset({0, 3}))[1] == []


def test_a_course_of_the_same_treatment_that_runs_is_to_be_known_first(clinic: SmallClinic) -> None:
    """Another desk may have booked one since the plan: then the booking is refused until it is known."""
    first = plan(clinic)
    assert first.beside == ()
    book_planned(clinic.store, clinic.desk, first)
    with pytest.raises(Refusal) as refused:
        book_planned(clinic.store, clinic.desk, first)
    assert [one.code for one in refused.value.findings] == ["course-beside"]
    second = plan(clinic)
    (said,) = second.beside
    assert (said.severity, said.params["count"]) == (Severity.WARNING, 6)
    assert len(book_planned(clinic.store, clinic.desk, second).visits) == 6


def test_a_course_that_is_over_or_of_another_treatment_is_not_warned_of(clinic: SmallClinic) -> None:
    book_planned(clinic.store, clinic.desk, plan(clinic))
    other = plan(clinic, "SP8")
    assert other.beside == ()
    clinic.clock.forward(60 * 24 * 60)
    assert plan(clinic).beside == ()


def test_six_infusions_at_one_clock_time_within_three_weeks(clinic: SmallClinic) -> None:
    planned = plan(clinic, clock=615, weekdays=frozenset({0, 3}))
    placed = planned.plan.placed
    assert [one.day for one in placed] == [day(n) for n in (0, 3, 7, 10, 14, 17)]
    assert {one.minute for one in placed} == {615}
    assert set(planned.findings.values()) == {()}


def test_booked_in_one_stroke_with_its_course(clinic: SmallClinic) -> None:
    booked = book_planned(clinic.store, clinic.desk, plan(clinic, clock=615), note="likes mornings")
    assert [one.course_no for one in booked.visits] == [1, 2, 3, 4, 5, 6]
    assert {one.state for one in booked.visits} == {VisitState.BOOKED}
    with clinic.store.read() as records:
        (course,) = records.find(Course)
    assert (course.planned, course.to_place, course.note) == (6, 0, "likes mornings")


def test_without_a_driver_every_visit_would_be_held(clinic: SmallClinic) -> None:
    planned = plan(clinic, way_home=None)
    assert {codes for codes in (tuple(f.code for f in said) for said in planned.findings.values())} == {
        ("driver",)
    }


def test_drivers_bind_before_all_and_drive_where_they_can(clinic: SmallClinic) -> None:
    planned = plan(clinic, drivers=(DAN,), clock=480, weekdays=frozenset({1, 2}))
    for one in planned.plan.placed:
        assert one.day.weekday() in (0, 3)
        assert one.minute + 90 >= 660
        home = planned.homes[one.no]
        assert home is not None
        assert home.name == "Dan Okafor"


def test_a_closure_is_said_in_words(clinic: SmallClinic) -> None:
    close(clinic, day(10), day(10), "Thanksgiving")
    close(clinic, day(21), day(21))
    planned = plan(clinic, clock=615, weekdays=frozenset({0, 3}), pins=(Pin(1, day(0), 615),))
    (moved,) = [one for one in planned.plan.placed if one.reasons]
    assert moved.day.weekday() not in (0, 3)
    assert "Thanksgiving" in " ".join(one.sentence() for one in moved.reasons)


def test_the_rest_is_planned_around_a_pin(clinic: SmallClinic) -> None:
    planned = plan(clinic, clock=615, weekdays=frozenset({0, 3}), pins=(Pin(3, day(8), 840),))
    third = planned.plan.placed[2]
    assert (third.day, third.minute, third.pinned) == (day(8), 840, True)
    assert {one.minute for one in planned.plan.placed if one.no != 3} == {615}


def test_what_does_not_fit_is_offered_in_part_and_listed(clinic: SmallClinic) -> None:
    close(clinic, day(9), day(60))
    planned = plan(clinic, clock=615)
    assert (len(planned.plan.placed), planned.count) == (4, 6)
    assert all(one.reasons for one in planned.plan.unplaced)
    assert [no for no, _ in course_wish(planned).visits] == [1, 2, 3, 4]
    book_planned(clinic.store, clinic.desk, planned)
    (entry,) = to_place_list(clinic.store)
    assert entry.stand.missing == (5, 6)


def test_the_rest_is_placed_around_what_stands(clinic: SmallClinic) -> None:
    booked = book_planned(
        clinic.store, clinic.desk, plan(clinic, clock=615, weekdays=frozenset({0, 3}))
    ).visits
    gone = booked[2]
    cancel(clinic.store, clinic.desk, gone.id, gone.version, CancelReason.UNWELL)
    with clinic.store.read() as records:
        (course,) = records.find(Course)
    rest = plan(clinic, "", course_id=course.id)
    (third,) = rest.plan.placed
    assert third.no == 3
    assert booked[1].day < third.day < booked[3].day
    (again,) = book_planned(clinic.store, clinic.desk, rest).visits
    assert (again.course_id, again.course_no) == (course.id, 3)
    assert to_place_list(clinic.store) == []


def test_a_visit_that_was_cancelled_is_not_offered_its_old_day(clinic: SmallClinic) -> None:
    """Unless there is no other, or it was only a slip."""
    booked = book_planned(clinic.store, clinic.desk, plan(clinic, clock=615)).visits
    cancel(clinic.store, clinic.desk, booked[2].id, booked[2].version, CancelReason.PATIENT)
    with clinic.store.read() as records:
        (course,) = records.find(Course)
    assert plan(clinic, "", course_id=course.id).plan.placed[0].day != booked[2].day
    close(clinic, booked[2].day + timedelta(days=1), day(120))
    assert plan(clinic, "", course_id=course.id).plan.placed[0].day == booked[2].day


def test_a_visit_that_was_booked_by_mistake_may_have_its_old_day(clinic: SmallClinic) -> None:
    booked = book_planned(clinic.store, clinic.desk, plan(clinic, clock=615)).visits
    cancel(clinic.store, clinic.desk, booked[2].id, booked[2].version, CancelReason.MISTAKE)
    with clinic.store.read() as records:
        (course,) = records.find(Course)
    assert plan(clinic, "", course_id=course.id).plan.placed[0].day == booked[2].day


def test_a_course_that_outlasted_its_span_is_placed_without_the_limit(clinic: SmallClinic) -> None:
    booked = book_planned(clinic.store, clinic.desk, plan(clinic, clock=615)).visits
    for one in booked[4:]:
        cancel(clinic.store, clinic.desk, one.id, one.version, CancelReason.UNWELL)
    with clinic.store.read() as records:
        (course,) = records.find(Course)
    late = day(40)
    assert len(plan(clinic, "", course_id=course.id, earliest=late).plan.placed) == 0
    relaxed = plan(clinic, "", course_id=course.id, earliest=late, relaxed=True)
    assert [one.no for one in relaxed.plan.placed] == [5, 6]
    assert relaxed.plan.placed[0].day >= late


def test_days_beside_other_visits_of_the_treatment_stay_clear(clinic: SmallClinic) -> None:
    book(clinic.store, clinic.desk, replace(clinic.wish(minute=840), type_code="IVB"))
    assert plan(clinic).plan.placed[0].day == day(2)


def test_behind_a_consultation_a_course_begins_the_day_after(clinic: SmallClinic) -> None:
    book(clinic.store, clinic.desk, clinic.wish("CON", 600, patient_id=clinic.noah.id, day=day(1)))
    planned = plan(clinic, patient_id=clinic.noah.id)
    assert planned.plan.placed[0].day == day(2)
    assert all("clearance-held" in [f.code for f in said] for said in planned.findings.values())


def test_no_visit_after_the_clearance_ends(clinic: SmallClinic) -> None:
    planned = plan(clinic, earliest=date(2027, 10, 25))
    assert all(one.day <= date(2027, 11, 1) for one in planned.plan.placed)
    assert not planned.plan.whole


def test_a_lost_race_books_nothing_of_a_course(clinic: SmallClinic) -> None:
    planned = plan(clinic, clock=615)
    third = planned.plan.placed[2]
    book(clinic.store, clinic.desk, clinic.wish(day=third.day, minute=615, room_id=third.room_id))
    with pytest.raises(Conflict):
        book_planned(clinic.store, clinic.desk, planned)
    with clinic.store.read() as records:
        assert records.find(Course) == []
        assert len(records.find(Visit)) == 1


def test_a_template_that_is_gone_is_said(clinic: SmallClinic) -> None:
    with pytest.raises(NotFound):
        plan(clinic, "OLD")
