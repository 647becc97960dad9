"""When a visit can start: the masks say what is true minute by minute, for every resource at once."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import WallTime, from_utc_minute, to_utc_minute
from clinic_desktop.people.model import Absence, Break, Staff
from clinic_desktop.scheduling.availability import Availability, Options, by_place
from clinic_desktop.scheduling.choices import best_choice
from clinic_desktop.scheduling.claims import claims_of, timed
from clinic_desktop.scheduling.coverage import House, uncovered
from clinic_desktop.scheduling.masks import bits, timeline
from clinic_desktop.scheduling.model import Claim, ClaimKind, Closure, Cover, PhaseKind, Policies, Visit
from clinic_desktop.scheduling.presence import absent
from clinic_desktop.scheduling.reasons import why_not
from clinic_desktop.scheduling.working import Roster
from tests.scheduling.engine_truth import (
    CONSULT,
    IV,
    MONDAY,
    SPRAVATO,
    Truth,
    a_clinic,
    a_type,
    free_in,
    session,
)
from tests.scheduling.engine_worlds import options, types, worlds

ZONE = "America/Chicago"


def at(hour, minute=0, day=MONDAY):
    return to_utc_minute(WallTime(day, hour * 60 + minute), ZONE)


def clock(free, mask):
    """Starts as the wall clock shows them."""
    walls = (from_utc_minute(free.line.minute(bit), ZONE) for bit in bits(mask))
    return [f"{wall.minute // 60}:{wall.minute % 60:02}" for wall in walls]


def times(setup, visit_type):
    """The starts of a Monday without visits."""
    free = free_in(setup, MONDAY, 1)
    return clock(free, free.starts(visit_type))


@given(worlds(), types(), options())
@settings(max_examples=120)
def test_a_start_fits_exactly_when_everything_it_needs_is_there(world, visit_type, wanted):
    setup, first, claims = world
    free = free_in(setup, first, 2, claims)
    found = [free.line.minute(bit) for bit in bits(free.starts(visit_type, wanted))]
    assert found == Truth(setup, first, 2, claims).starts(visit_type, wanted)


@given(worlds(unit=1), types(unit=1))
@settings(max_examples=15)
def test_lengths_off_the_cells_are_rounded_to_the_safe_side(world, visit_type):
    setup, first, claims = world
    free = free_in(setup, first, 2, claims)
    truth = Truth(setup, first, 2, claims, step=1)
    for bit in bits(free.starts(visit_type)):
        assert truth.fits(visit_type, free.line.minute(bit), Options())


@given(worlds(), types(), options(), st.integers(0, 600))
def test_there_is_a_reason_exactly_where_a_start_does_not_fit(world, visit_type, wanted, cell):
    setup, first, claims = world
    free = free_in(setup, first, 2, claims)
    bit = min(cell, free.line.cells - 1)
    fits = bool(free.starts(visit_type, wanted) >> bit & 1)
    assert (not why_not(free, visit_type, free.line.minute(bit), wanted)) == fits


@given(worlds(), types(), options())
def test_what_is_chosen_can_be_booked_as_it_is(world, visit_type, wanted):
    setup, first, claims = world
    setup = replace(setup, types=(visit_type,))
    free = free_in(setup, first, 2, claims)
    truth = Truth(setup, first, 2, claims)
    for bit in bits(free.starts(visit_type, wanted), 12):
        choice = best_choice(free, visit_type, free.line.minute(bit), wanted)
        wall = from_utc_minute(choice.start, ZONE)
        visit = timed(
            Visit(
                id=99, patient_id=1, type_id=1, room_id=choice.room_id, day=wall.day, minute=wall.minute,
                fold=wall.fold, zone=ZONE, nurse_id=choice.nurse_id, prescriber_id=choice.prescriber_id,
                therapist_id=choice.therapist_id, phase_staff=choice.phase_staff,
            ),
            visit_type,
        )  # fmt: skip
        assert visit.start == choice.start
        assert absent(visit, visit_type, setup) == []
        assert list(uncovered(visit, visit_type, House(setup), 0)) == []
        assert not [one for one in claims_of(visit, visit_type) if in_the_way(one, setup, claims, wanted)]
        fewest = min(changes(team) for team in truth.teams(visit_type, choice.start, wanted))
        assert choice.nurse_changes == fewest


def changes(team):
    nurses = [who for (_, role), who in sorted(team.items()) if role is Role.NURSE]
    return sum(a != b for a, b in pairwise(nurses))


def in_the_way(claim, setup, claims, wanted):
    if claim.kind is ClaimKind.PATIENT and wanted.patient_id is None:
        return False
    limit = setup.watch_limit(claim.resource_id) if claim.kind is ClaimKind.WATCH else 1
    return any(
        sum(
            (kind, owner) == (claim.kind, claim.resource_id)
            and start <= m < end
            and visit not in wanted.without
            for kind, owner, start, end, visit in claims
        )
        >= limit
        for m in range(claim.start, claim.end)
    )


@given(worlds(), types(), options(), st.lists(st.integers(1, 8), max_size=4))
def test_patching_one_visit_equals_reading_anew(world, visit_type, wanted, gone):
    setup, first, claims = world
    free = free_in(setup, first, 2, claims)
    free.starts(visit_type, wanted)
    for visit in gone:
        free.remove(visit)
    left = [one for one in claims if one[4] not in gone]
    assert free.starts(visit_type, wanted) == free_in(setup, first, 2, left).starts(visit_type, wanted)
    free.put(Claim(ClaimKind(k), o, s, e, visit_id=v) for k, o, s, e, v in claims if v in gone)
    assert free.starts(visit_type, wanted) == free_in(setup, first, 2, claims).starts(visit_type, wanted)


@given(worlds(), types(), options(), st.randoms())
def test_the_order_of_rooms_people_and_claims_changes_nothing(world, visit_type, wanted, random):
    setup, first, claims = world
    free = free_in(setup, first, 2, claims)
    mixed = {
        name: random.sample(getattr(setup, name), len(getattr(setup, name)))
        for name in ("rooms", "staff", "shifts")
    }
    other = free_in(
        replace(setup, **{name: tuple(value) for name, value in mixed.items()}),
        first,
        2,
        random.sample(claims, len(claims)),
    )
    starts = free.starts(visit_type, wanted)
    assert other.starts(visit_type, wanted) == starts
    for bit in bits(starts, 5):
        start = free.line.minute(bit)
        assert best_choice(other, visit_type, start, wanted) == best_choice(free, visit_type, start, wanted)


def test_an_empty_clinic_starts_from_opening_until_the_stay_no_longer_fits():
    free = free_in(a_clinic(), MONDAY, 1)
    shown = clock(free, free.starts(IV))
    assert (shown[0], shown[-1]) == ("8:00", "16:30")  # 90 minutes until release; cleaning after 6 PM


def test_a_nurse_watches_three_but_her_hands_serve_one():
    setup = a_clinic(rooms=6, nurses=1)
    claims = [("hands", 1, at(9), at(9, 30), 1), ("watch", 1, at(9, 30), at(12), 1)]
    free = free_in(setup, MONDAY, 1, claims)
    assert not free.starts(IV) >> free.line.bit(at(9)) & 1
    assert free.starts(IV) >> free.line.bit(at(9, 30)) & 1
    full = free_in(
        setup, MONDAY, 1, [*claims, ("watch", 1, at(9), at(12), 2), ("watch", 1, at(9), at(12), 3)]
    )
    assert clock(full, full.starts(IV))[:2] == ["8:05", "11:30"]  # watched 8:35 to 9:30, or from noon
    assert not full.starts(IV) >> full.line.bit(at(9, 30)) & 1


def test_a_break_takes_the_nurse_but_not_the_cover_of_a_prescriber():
    setup = a_clinic(nurses=1)
    lunch = tuple(replace(one, breaks=(Break(720, 750),)) for one in setup.shifts)
    with_lunch = replace(setup, shifts=lunch)
    assert "12:00" not in times(with_lunch, IV)
    only_doctor = replace(setup, shifts=(setup.shifts[0], lunch[1]))
    assert "11:00" in times(only_doctor, SPRAVATO)


@pytest.mark.parametrize(
    ("who", "fits"), [(Cover.CLINICIAN, True), (Cover.PRESCRIBER, False), (Cover.NOBODY, True)]
)
def test_who_covers_an_infusion_is_the_clinics_policy(who, fits):
    setup = a_clinic(nurses=2, prescribers=0)
    clinic = replace(setup.clinic, policies=replace(setup.policies, iv_cover=who))
    assert bool(times(replace(setup, clinic=clinic), IV)) == fits
    assert not times(replace(setup, clinic=clinic), SPRAVATO)  # locked


def test_a_moving_visit_is_not_in_its_own_way():
    claims = [
        ("room", 1, at(9), at(10), 8),
        ("room", 1, at(10), at(11), 7),
        ("patient", 5, at(10), at(11), 7),
    ]
    free = free_in(a_clinic(rooms=1), MONDAY, 1, claims)
    moving = Options(patient_id=5, without=frozenset({7}))
    assert [one.params["visit_id"] for one in why_not(free, CONSULT, at(9, 30), moving)] == [8]
    assert why_not(free, CONSULT, at(10, 15), moving) == []


def test_one_prescriber_may_cover_after_another():
    setup = a_clinic(prescribers=2)
    morning, afternoon = replace(setup.shifts[2], end=720), replace(setup.shifts[3], start=720)
    shared = replace(setup, shifts=(*setup.shifts[:2], morning, afternoon))
    assert "11:00" in times(shared, SPRAVATO)
    late = replace(shared, shifts=(*setup.shifts[:2], morning, replace(afternoon, start=730)))
    assert "11:00" not in times(late, SPRAVATO)


def test_the_nurse_changes_only_where_no_single_one_can_serve():
    setup = a_clinic(nurses=2, prescribers=1)
    early, late = replace(setup.shifts[0], end=600), replace(setup.shifts[1], start=600)
    free = free_in(replace(setup, shifts=(early, late, *setup.shifts[2:])), MONDAY, 1)
    assert best_choice(free, IV, at(9, 30)).nurse_changes == 1
    assert best_choice(free, IV, at(8)).nurse_changes == 0
    assert best_choice(free, IV, at(9, 30), Options(change_nurse=False)) is None
    handed_over = best_choice(free, IV, at(9, 30))
    assert handed_over.nurse_id == 1
    assert {one.staff_id for one in handed_over.phase_staff} == {2}


def test_the_patient_is_busy_from_check_in_on():
    claims = [("patient", 5, at(9), at(9, 50), 1)]
    free = free_in(a_clinic(), MONDAY, 1, claims)
    shown = clock(free, free.starts(IV, Options(patient_id=5)))
    assert "10:00" not in shown
    assert "10:05" in shown
    assert "10:00" in clock(free, free.starts(IV, Options(patient_id=6)))


def test_r15_a_visit_never_blocks_its_own_move():
    setup = a_clinic(rooms=1, nurses=1)
    claims = [
        ("room", 1, at(9), at(10, 45), 7),
        ("hands", 1, at(9), at(9, 30), 7),
        ("watch", 1, at(9, 30), at(10, 25), 7),
    ]
    free = free_in(setup, MONDAY, 1, claims)
    assert best_choice(free, IV, at(9, 15)) is None
    assert best_choice(free, IV, at(9, 15), Options(without=frozenset({7}))).room_id == 1


def test_the_wished_room_and_nurse_are_taken_where_free_else_the_least_busy():
    claims = [("room", 1, at(14), at(15), 1), ("hands", 1, at(14), at(15), 1)]
    free = free_in(a_clinic(), MONDAY, 1, claims)
    chosen = best_choice(free, IV, at(9))
    assert (chosen.room_id, chosen.nurse_id) == (2, 2)
    wished = best_choice(free, IV, at(9), Options(wish_room=1, wish_nurse=1))
    assert (wished.room_id, wished.nurse_id) == (1, 1)


def test_one_person_in_two_roles_cannot_serve_both_at_the_same_time():
    both = Staff(id=1, name="Ada Bell", roles=frozenset({Role.NURSE, Role.PRESCRIBER}))
    setup = replace(a_clinic(nurses=1, prescribers=0), staff=(both,))
    together = a_type(session(30, hands=frozenset({Role.NURSE, Role.PRESCRIBER})))
    after = a_type(
        session(30, hands=frozenset({Role.NURSE})), session(30, hands=frozenset({Role.PRESCRIBER}))
    )
    free = free_in(setup, MONDAY, 1)
    assert free.starts(together) == 0
    assert best_choice(free, after, at(9)).prescriber_id == 1
    said = why_not(free, together, at(9))
    assert [one.sentence() for one in said] == ["Ada Bell would have to serve in two roles at the same time."]


ALL_DAY = {"from_day": MONDAY, "to_day": MONDAY}
SMALL = a_clinic(rooms=1, nurses=1, grid=15)
NO_MINIMUM = replace(SMALL.clinic, policies=Policies(grid=15, min_staff_with_dosed=0))
NINE_AT_LEAST = replace(SMALL.clinic, policies=Policies(grid=15, min_staff_with_dosed=9))
FROM_MIDNIGHT = tuple(replace(one, start=0) for one in SMALL.shifts)
DESK = Staff(id=3, name="Lee Park", roles=frozenset({Role.RECEPTIONIST}))
DOCTOR_OUT = Absence(staff_id=11, from_day=MONDAY, from_minute=570, to_day=MONDAY, to_minute=700)
WATCHES_TWO = {"staff": (replace(SMALL.staff[0], watch_limit=2), SMALL.staff[1])}
NURSE_OUT = {
    "absences": (Absence(staff_id=1, **ALL_DAY),),
    "staff": (*SMALL.staff, DESK),
    "shifts": (*SMALL.shifts, replace(SMALL.shifts[0], staff_id=3)),
}


@pytest.mark.parametrize(
    ("change", "claims", "start", "said"),
    [
        ({}, [], (9, 0), []),
        (
            {},
            [("room", 1, at(8), at(9, 15), 1), ("room", 1, at(9, 30), at(10, 30), 2)],
            (9, 0),
            ["Room 1 is taken until 10:30 AM."],
        ),
        (
            {"rooms": a_clinic().rooms},
            [("room", 1, at(9), at(10, 30), 1), ("room", 2, at(8), at(11), 2)],
            (9, 0),
            ["Room 1 and Room 2 are taken, the first until 10:30 AM."],
        ),
        (
            {"closures": (Closure(reason="Thanksgiving", **ALL_DAY),)},
            [],
            (9, 0),
            ["The clinic is closed then: Thanksgiving."],
        ),
        ({"shifts": FROM_MIDNIGHT}, [], (7, 0), ["The clinic is closed then: outside opening hours."]),
        (
            {"closures": (Closure(room_id=1, reason="painting", **ALL_DAY),)},
            [],
            (9, 0),
            ["Closed then: Room 1 (painting)."],
        ),
        ({}, [("hands", 1, at(9, 10), at(9, 20), 1)], (9, 0), ["Nurse 1 is busy until 9:20 AM."]),
        (
            WATCHES_TWO,
            [
                ("watch", 1, at(8), at(9, 30), 1),
                ("watch", 1, at(10), at(12, 30), 2),
                ("watch", 1, at(10, 30), at(13), 3),
            ],
            (9, 0),
            ["Nurse 1 is busy until 12:30 PM."],
        ),
        (
            {},
            [
                ("room", 1, at(8), at(9, 15), 1),
                ("room", 1, at(9, 15), at(13), 2),
                ("room", 1, at(13, 5), at(14), 3),
            ],
            (8, 0),
            ["Room 1 is taken until 1:00 PM."],
        ),
        (NURSE_OUT, [], (9, 0), ["No nurse works then."]),
        (
            {"absences": (DOCTOR_OUT,), "clinic": NO_MINIMUM},
            [],
            (9, 0),
            ["No prescriber is on site from 9:30 AM to 11:20 AM."],
        ),
        (
            {"clinic": NINE_AT_LEAST},
            [],
            (9, 0),
            ["Fewer than 9 staff are in the house from 9:10 AM to 11:30 AM."],
        ),
        (
            {},
            [("patient", 5, at(10), at(11), 1)],
            (9, 0),
            ["The patient has another visit until 11:00 AM."],
        ),
        ({}, [], (9, 5), ["Visits begin on steps of 15 minutes."]),
    ],
)
def test_each_resource_in_the_way_is_named_with_its_end(change, claims, start, said):
    free = free_in(replace(SMALL, **change), MONDAY, 1, claims)
    found = why_not(free, SPRAVATO, at(*start), Options(patient_id=5))
    assert [one.sentence() for one in found] == said


def test_a_start_that_is_too_late_is_told_the_last_one_of_the_day():
    free = free_in(SMALL, MONDAY, 1)
    said = why_not(free, SPRAVATO, at(16, 30), Options(patient_id=5))
    assert said[-1].code == "slot-last-start"
    assert "that day is 3:00 PM" in said[-1].sentence()
    early = why_not(free, SPRAVATO, at(5), Options(patient_id=5))
    assert "slot-last-start" not in {one.code for one in early}


def test_a_longer_visit_has_an_earlier_last_start():
    longer = tuple(one.minutes + (30 if one.kind is PhaseKind.MONITORING else 0) for one in SPRAVATO.phases)
    said = why_not(free_in(SMALL, MONDAY, 1), SPRAVATO, at(16, 30), Options(patient_id=5, minutes=longer))
    assert said[-1].code == "slot-last-start"
    assert "that day is 2:30 PM" in said[-1].sentence()


def test_a_reason_carries_the_visit_in_the_way_and_the_minute():
    free = free_in(a_clinic(rooms=1), MONDAY, 1, [("room", 1, at(9), at(10, 30), 42)])
    (reason,) = why_not(free, CONSULT, at(9))
    assert (reason.code, reason.params["visit_id"], reason.params["until_minute"]) == (
        "slot-room",
        42,
        at(10, 30),
    )


def test_a_time_outside_the_window_is_not_answered():
    free = free_in(a_clinic(), MONDAY, 1)
    with pytest.raises(ValueError, match="outside the window"):
        why_not(free, IV, free.line.end)
    assert best_choice(free, IV, free.line.end) is None


def test_starts_of_two_equal_clock_hours_are_both_found():
    night = a_clinic(hours=(0, 300))
    day = date(2026, 11, 1)
    free = Availability(Roster(night), timeline(day, 1, ZONE), by_place([]))
    assert clock(free, free.starts(CONSULT)).count("1:30") == 2
