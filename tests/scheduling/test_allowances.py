"""What authorizations, packages and devices still allow: counted from the visits alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.people.model import Authorization, DrugMovement, Package
from clinic_desktop.scheduling.allowances import Use, allotted, counts_from, devices_for, devices_here, uses
from clinic_desktop.scheduling.model import Visit, VisitType
from clinic_desktop.scheduling.states import VisitState

S = VisitState
DAY = date(2026, 11, 16)
TYPES = {
    1: VisitType(id=1, modality="iv"),
    2: VisitType(id=2, modality="spravato", dose_mg=56),
    3: VisitType(id=3, modality="spravato", dose_mg=84),
    4: VisitType(id=4),
}


def visit(number: int, type_id: int = 1, state: VisitState = S.BOOKED, **more: object) -> Visit:
    day = DAY + timedelta(days=number)
    return replace(Visit(id=number, type_id=type_id, state=state, day=day, start=1440 * number), **more)


def agreed(
    number: int = 1, visits: int | None = 6, last: int | None = 30, modality: str = "iv"
) -> Authorization:
    until = None if last is None else DAY + timedelta(days=last)
    return Authorization(number, 1, 1, modality, "Acme", f"A-{number}", visits, DAY, until)


def test_what_took_place_and_what_is_booked_is_counted_apart() -> None:
    there = [visit(1, state=S.LEFT), visit(2, state=S.LEFT_EARLY), visit(3), visit(4, state=S.HELD)]
    assert uses([agreed()], there, TYPES) == {1: Use(2, 2)}


@pytest.mark.parametrize("state", [S.CANCELLED, S.MISSED, S.NOT_TREATED])
def test_what_did_not_take_place_uses_nothing(state: VisitState) -> None:
    assert uses([agreed()], [visit(1, state=state)], TYPES) == {1: Use()}


def test_only_its_own_treatment_on_its_own_days() -> None:
    there = [visit(0), visit(1, 2), visit(2, 4), visit(-1), visit(30), visit(31)]
    assert uses([agreed()], there, TYPES) == {1: Use(0, 2)}


def test_the_one_that_ends_first_is_used_first() -> None:
    both = [agreed(1, last=None), agreed(2, visits=2, last=10)]
    found = allotted(both, [visit(n) for n in (1, 2, 3)], TYPES)
    assert [one.id if one else None for _, one in found] == [2, 2, 1]


def test_past_the_last_one_there_is_none() -> None:
    found = allotted([agreed(visits=1)], [visit(1), visit(2)], TYPES)
    assert [one is None for _, one in found] == [False, True]


def test_a_package_has_no_days() -> None:
    package = Package(1, 1, 1, "iv", "Six visits", 2, 1)
    assert uses([package], [visit(1, state=S.LEFT), visit(400), visit(401)], TYPES) == {1: Use(1, 1)}


visits = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(list(S)), st.sampled_from([1, 2])), max_size=12
)


@given(visits, st.permutations(range(3)), st.lists(st.integers(1, 4), min_size=3, max_size=3))
def test_no_more_than_is_agreed_whatever_the_order(
    some: list[tuple[int, S, int]], order: list[int], most: list[int]
) -> None:
    there = [visit(n, kind, state, id=at) for at, (n, state, kind) in enumerate(some, start=1)]
    agreements = [agreed(n + 1, most[n], 10 * (n + 1)) for n in range(3)]
    found = uses(agreements, there, TYPES)
    assert all(found[one.id].all <= (one.visits or 0) for one in agreements)
    assert uses([agreements[n] for n in order], there[::-1], TYPES) == found


windows = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 15), st.sampled_from([None, 1, 2, 3])), max_size=5
)


@given(visits, windows, st.integers(0, 40))
def test_what_an_ended_authorization_took_says_nothing_of_a_later_day(
    some: list[tuple[int, S, int]], agreements: list[tuple[int, int, int | None]], day: int
) -> None:
    asked = visit(day, id=99)
    there = [visit(n, kind, state, id=at) for at, (n, state, kind) in enumerate(some, start=1)]
    valid = [
        replace(agreed(at, most, first + length), valid_from=DAY + timedelta(days=first))
        for at, (first, length, most) in enumerate(agreements, start=1)
    ]
    since = counts_from(valid, asked.day)
    late = [one for one in [*there, asked] if one.day >= since]
    everything = allotted(valid, [*there, asked], TYPES)
    assert allotted(valid, late, TYPES) == [(one, used) for one, used in everything if one in late]


def test_a_package_counts_from_the_first_visit_on() -> None:
    assert counts_from([agreed(), Package(1, 1, 1, "iv", "Six visits", 2, 1)], DAY) == date.min
    assert counts_from([], DAY) == DAY


def came(devices: int, on: int = 0) -> DrugMovement:
    return DrugMovement(1, 1, 1, DAY + timedelta(days=on), devices)


def test_devices_are_those_that_came_less_those_that_were_given() -> None:
    given_ = [visit(1, 2, S.LEFT, devices=2), visit(2, 3, S.LEFT, devices=3)]
    assert devices_here([came(8), came(-1, 1)], given_) == 2
    assert devices_here([], given_) == 0


def test_what_was_given_before_the_first_came_was_the_clinics_own() -> None:
    assert devices_here([came(4)], [visit(-1, 2, S.LEFT, devices=2)]) == 4


def test_what_is_booked_before_is_spoken_for() -> None:
    there = [visit(1, 2), visit(2, 3, S.DOSING, devices=1), visit(4, 2)]
    assert devices_for(visit(3, 3), [came(8)], there, TYPES) == 8 - 1 - 2 - 2
