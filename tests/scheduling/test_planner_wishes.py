"""Wishes beyond clock time and weekdays, the two alternatives, and why a wished start is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.people.model import UsualDriver
from clinic_desktop.scheduling.availability import Options
from clinic_desktop.scheduling.model import Closure, GoingHomeProfile
from clinic_desktop.scheduling.planner import plan
from clinic_desktop.scheduling.planner_alternatives import Instead, alternatives
from clinic_desktop.scheduling.planner_model import Cadence, CourseRequest, Pin, Score, pinned
from tests.scheduling.engine_truth import IV, SPRAVATO, a_clinic, free_in

ZONE = "America/Chicago"
MONDAY = date(2026, 11, 16)
CLINIC = replace(
    a_clinic(rooms=2, nurses=2),
    profiles=(GoingHomeProfile(id=1),),
    clinic=replace(a_clinic().clinic, hours=tuple(one for one in a_clinic().clinic.hours if one.weekday < 5)),
)
SIX = CourseRequest(Cadence(1, 7, 21), (IV,) * 6, earliest=MONDAY)


def planned(request, claims=(), setup=CLINIC):
    free = free_in(setup, request.base, request.days, claims)
    return free, plan(free, request)


def all_day(kind, owner, day, visit=900, hours=(480, 1080)):
    start = to_utc_minute(WallTime(day, hours[0]), ZONE)
    return kind, owner, start, start + hours[1] - hours[0], visit


def days(found):
    return [one.day for one in found.placed]


def said(findings):
    return " ".join(one.sentence() for one in findings)


# ---- wishes ----------------------------------------------------------------------------------------


def test_the_half_of_the_day_comes_before_the_common_clock_time():
    """Five mornings and one early afternoon are worse than six mornings of which one is not at nine."""
    wednesday = MONDAY + timedelta(2)
    taken = [all_day("room", room, wednesday, 900 + room, (480, 600)) for room in (1, 2)]
    tight = replace(SIX, types=(IV,) * 2, cadence=Cadence(1, 2), start_within=1, half="am", clock=None)
    _, found = planned(tight, taken)
    assert all(one.minute < 720 for one in found.placed)
    assert found.score.off_half == 0


def test_a_morning_ends_in_the_morning_where_it_can():
    """At eleven both would be over a day sooner, and half an hour past noon."""
    two = replace(SIX, types=(IV,) * 2, cadence=Cadence(0, 3), start_within=1, half="am", clock=None)
    tuesday = MONDAY + timedelta(1)
    early = [all_day("room", room, tuesday, 900 + room, (480, 660)) for room in (1, 2)]
    _, found = planned(two, early)
    assert found.score.off_half == found.score.past_half == 0
    assert {one.minute for one in found.placed} == {480}


@pytest.mark.parametrize(("minute", "in_it"), [(675, True), (690, False), (720, False)])
def test_a_visit_is_of_the_morning_when_half_of_it_is(minute, in_it):
    alone = replace(SIX, types=(IV,), start_within=1, half="am", clock=minute)
    others = [all_day("room", room, MONDAY, 900 + room, (480, minute)) for room in (1, 2)]
    _, found = planned(alone, others)
    assert found.placed[0].minute == minute
    assert found.score.off_half == (not in_it)


def test_where_no_morning_is_free_the_afternoon_is_taken_and_says_why():
    wednesday = MONDAY + timedelta(2)
    taken = [all_day("room", room, wednesday, 900 + room, (480, 720)) for room in (1, 2)]
    tight = replace(SIX, types=(IV,) * 2, cadence=Cadence(1, 2), start_within=1, half="am", clock=540)
    _, found = planned(tight, taken)
    assert [one.minute >= 720 for one in found.placed] == [False, True]
    assert found.score.off_half == 1
    assert "No morning start on Wed, Nov 18: no room is free." in said(found.placed[1].reasons)


def test_the_earliest_end_can_come_before_all_other_wishes():
    wished = replace(SIX, clock=615, weekdays=frozenset({0, 3}))
    _, usual = planned(wished)
    _, soon = planned(replace(wished, soonest=True))
    assert usual.placed[-1].day == MONDAY + timedelta(17)
    assert soon.placed[-1].day == MONDAY + timedelta(11)  # Monday, Wednesday, Friday, twice
    assert {one.minute for one in soon.placed} == {615}
    assert soon.score.ends == soon.score.last_day == 11


def test_a_skipped_visit_keeps_its_room_in_the_spacing_and_waits():
    _, found = planned(replace(SIX, clock=615, weekdays=frozenset({0, 3}), skipped=frozenset({3})))
    assert [one.no for one in found.placed] == [1, 2, 4, 5, 6]
    assert days(found)[2] - days(found)[1] >= timedelta(4)
    (left,) = found.unplaced
    assert said(left.reasons) == "Left out by your wish; it waits for a time."


def test_a_visit_that_stands_is_best_not_moved():
    stays = tuple(Pin(no, MONDAY + timedelta(day), 700) for no, day in ((1, 0), (2, 2), (3, 7), (4, 9)))
    asked = replace(SIX, types=(IV,) * 4, clock=615, stays=stays)
    _, found = planned(asked)
    assert found.placed == ()
    assert found.score == replace(Score(), off_clock=4, minutes_off=4 * 85, last_day=9)


# ---- alternatives ----------------------------------------------------------------------------------


def both(request, claims=(), setup=CLINIC):
    free, best = planned(request, claims, setup)
    return best, {one.instead: one.plan for one in alternatives(free, request, best)}


def test_another_time_is_at_least_an_hour_away_and_as_good_as_can_be():
    best, others = both(replace(SIX, weekdays=frozenset({0, 3})))
    other = others[Instead.TIME]
    assert {one.minute for one in best.placed} == {480}
    assert {one.minute for one in other.placed} == {540}
    assert days(other) == days(best)


def test_other_days_share_no_day_with_the_first():
    best, others = both(replace(SIX, clock=615, weekdays=frozenset({0, 3})))
    other = others[Instead.DAYS]
    assert not set(days(other)) & set(days(best))
    assert {one.minute for one in other.placed} == {615}


def test_alternatives_keep_pins_and_what_stands():
    pin = Pin(2, MONDAY + timedelta(3), 615)
    request = pinned(replace(SIX, pins=(Pin(1, MONDAY, 615, booked=True),)), pin)
    _, others = both(request)
    for other in others.values():
        assert (other.placed[0].day, other.placed[0].minute) == (pin.day, pin.minute)


def test_an_alternative_that_places_fewer_is_none():
    closed = Closure(from_day=MONDAY + timedelta(12), to_day=MONDAY + timedelta(90))
    _, others = both(replace(SIX, clock=615), setup=replace(CLINIC, closures=(closed,)))
    assert Instead.DAYS not in others  # Tuesday and Thursday twice: four
    assert Instead.TIME in others


def test_there_is_no_alternative_to_what_is_pinned_wholly():
    pins = tuple(Pin(no, MONDAY + timedelta(2 * no - 2), 615) for no in (1, 2))
    assert both(replace(SIX, types=(IV,) * 2, pins=pins))[1] == {}


# ---- why not ---------------------------------------------------------------------------------------

TUESDAY = MONDAY + timedelta(1)
WEDNESDAY = MONDAY + timedelta(2)
ABSENT = "Nurse 1 and Nurse 2 are busy, the first until 6:00 PM."


def refusal(pin, claims=(), setup=CLINIC, request=SIX):
    """Why a visit that somebody put there has no place."""
    _, found = planned(pinned(request, pin), claims, setup)
    (left,) = [one for one in found.unplaced if one.no == pin.no]
    return said(left.reasons)


SECOND = Pin(2, WEDNESDAY, 615)
CASES = {
    "room": ([all_day("room", n, WEDNESDAY, n) for n in (1, 2)], "Room 1 and Room 2 are taken"),
    "nurse": ([all_day("hands", n, WEDNESDAY, n) for n in (1, 2)], ABSENT),
    "patient": ([all_day("patient", 7, WEDNESDAY)], "The patient has another visit until 6:00 PM."),
}


@pytest.mark.parametrize("what", CASES)
def test_r6_a_refused_slot_names_who_has_it(what):
    claims, words = CASES[what]
    assert words in refusal(SECOND, claims, request=replace(SIX, options=Options(patient_id=7)))


def test_r6_a_refused_slot_names_the_prescriber_who_is_not_there():
    shifts = tuple(one for one in CLINIC.shifts if one.staff_id != 11)
    monday_only = next(one for one in CLINIC.shifts if one.staff_id == 11)
    setup = replace(CLINIC, shifts=(*shifts, replace(monday_only, weekdays=frozenset({0}))))
    words = refusal(SECOND, setup=setup, request=replace(SIX, types=(SPRAVATO,) * 6))
    assert "No prescriber is on site" in words


def test_r6_a_refused_slot_names_the_cadence():
    both_pins = replace(SIX, pins=(Pin(1, MONDAY, 615),))
    assert refusal(Pin(2, TUESDAY, 615), request=both_pins) == (
        "Tue, Nov 17 does not keep the spacing of the course to the visits beside it."
    )


def test_r6_a_refused_slot_names_the_closure():
    closed = Closure(from_day=WEDNESDAY, to_day=WEDNESDAY, reason="renovation")
    assert "The clinic is closed then: renovation." in refusal(
        SECOND, setup=replace(CLINIC, closures=(closed,))
    )


def test_r6_a_refused_slot_names_the_driver_and_the_clearance():
    driver = UsualDriver("Bea", weekdays=frozenset({0, 4}))
    asked = replace(SIX, types=(replace(IV, profile_id=1),) * 6, drivers=(driver,))
    _, found = planned(replace(asked, weekdays=frozenset({2})))
    assert "No driver can come on Wed" in said(found.placed[1].reasons)
    ends = replace(SIX, latest=TUESDAY)
    assert refusal(SECOND, request=ends) == "The clearance ends on Tue, Nov 17."
