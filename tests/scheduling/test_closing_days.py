"""A closure that repeats, as the single closures that are written."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.scheduling.closing_days import (
    MOST_CLOSURES,
    MOST_YEARS,
    Repeat,
    Repeating,
    later_alike,
    repeat_problems,
    repeated,
    years_on,
)
from clinic_desktop.scheduling.model import Closure

MONDAY = date(2026, 11, 2)  # the first of its month


def on(day: date, days: int = 1) -> Closure:
    return Closure(room_id=2, from_day=day, to_day=day + timedelta(days=days - 1), reason="Meeting")


def days(first: date, how: Repeat, until: date) -> list[date]:
    return [one.from_day for one in repeated(on(first), how, until)]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (Repeat.ONCE, [(2026, 11, 2)]),
        (Repeat.WEEKLY, [(2026, 11, 2), (2026, 11, 9), (2026, 11, 16), (2026, 11, 23), (2026, 11, 30)]),
        (Repeat.BIWEEKLY, [(2026, 11, 2), (2026, 11, 16), (2026, 11, 30)]),
        (Repeat.MONTHLY, [(2026, 11, 2)]),
        (Repeat.YEARLY, [(2026, 11, 2)]),
    ],
)
def test_each_way_in_one_month(how: Repeat, expected: list[tuple[int, int, int]]) -> None:
    assert days(MONDAY, how, date(2026, 11, 30)) == [date(*one) for one in expected]


def test_every_month_is_the_same_weekday_in_the_same_week() -> None:
    found = days(MONDAY, Repeat.MONTHLY, date(2027, 3, 31))
    assert found == [MONDAY, date(2026, 12, 7), date(2027, 1, 4), date(2027, 2, 1), date(2027, 3, 1)]


def test_a_fifth_weekday_is_the_last_one_of_every_month() -> None:
    """November 2026 has five Mondays, December four: no month is left out."""
    found = days(date(2026, 11, 30), Repeat.MONTHLY, date(2027, 3, 31))
    assert list(map(str, found)) == ["2026-11-30", "2026-12-28", "2027-01-25", "2027-02-22", "2027-03-29"]


def test_february_29_is_the_28th_in_the_years_between() -> None:
    found = days(date(2028, 2, 29), Repeat.YEARLY, date(2032, 12, 31))
    assert list(map(str, found)) == ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]


def test_the_last_day_may_be_a_closure_itself() -> None:
    assert days(MONDAY, Repeat.WEEKLY, date(2026, 11, 9)) == [MONDAY, date(2026, 11, 9)]


def test_without_an_end_it_repeats_for_a_year() -> None:
    assert Repeating(on(MONDAY)).last == date(2027, 11, 2)
    assert Repeating(on(date(2028, 2, 29))).last == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("closure", "how", "until", "field", "code"),
    [
        (on(MONDAY), Repeat.WEEKLY, date(2026, 11, 1), "until", "set-up-repeat-before"),
        (on(MONDAY), Repeat.YEARLY, date(2031, 11, 3), "until", "set-up-repeat-years"),
        (on(MONDAY), Repeat.WEEKLY, date(2029, 2, 19), "until", "set-up-repeat-most"),
        (on(MONDAY, days=8), Repeat.WEEKLY, date(2026, 12, 1), "repeats", "set-up-repeat-overlaps"),
    ],
)
def test_what_cannot_repeat_is_refused(
    closure: Closure, how: Repeat, until: date, field: str, code: str
) -> None:
    found = repeat_problems(closure, how, until)
    assert {name: one.rule.code for name, one in found.items()} == {field: code}
    with pytest.raises(BadInput):
        repeated(closure, how, until)


def test_as_far_as_it_may_go_it_goes() -> None:
    assert len(days(MONDAY, Repeat.WEEKLY, date(2029, 2, 12))) == MOST_CLOSURES
    assert len(days(MONDAY, Repeat.YEARLY, years_on(MONDAY, MOST_YEARS))) == MOST_YEARS + 1
    assert len(repeated(on(MONDAY, days=7), Repeat.WEEKLY, date(2026, 11, 9))) == 2


@given(
    first=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    length=st.integers(0, 9),
    minutes=st.tuples(st.integers(0, 1439), st.integers(1, 1440)),
    how=st.sampled_from(Repeat),
    ahead=st.integers(0, 5 * 366),
)
def test_each_is_like_the_first_and_later_than_the_one_before(
    first: date, length: int, minutes: tuple[int, int], how: Repeat, ahead: int
) -> None:
    start, end = minutes
    assume(length > 0 or start < end)
    until = first + timedelta(days=ahead)
    closure = Closure(3, 1, None, first, start, first + timedelta(days=length), end, "Painting")
    assume(not repeat_problems(closure, how, until))
    made = repeated(closure, how, until)
    assert made[0] == closure
    assert 1 <= len(made) <= MOST_CLOSURES
    for one in made:
        assert one.from_day <= until
        assert one.to_day - one.from_day == timedelta(days=length)
        assert (one.from_minute, one.to_minute) == (start, end)
        assert (one.room_id, one.reason) == (None, "Painting")
    for before, after in pairwise(made):
        assert before.from_day < after.from_day
        assert (before.to_day, before.to_minute) <= (after.from_day, after.from_minute)


@pytest.mark.parametrize("how", [Repeat.WEEKLY, Repeat.BIWEEKLY, Repeat.MONTHLY, Repeat.YEARLY])
@pytest.mark.parametrize("first", [MONDAY, date(2026, 11, 30), date(2028, 2, 29)])
def test_those_that_repeat_one_are_found_again_from_wherever_one_stands(first: date, how: Repeat) -> None:
    until = years_on(first, 4 if how is Repeat.YEARLY else 1)
    made = [replace(one, id=n) for n, one in enumerate(repeated(on(first), how, until), start=1)]
    for at, one in enumerate(made):
        assert later_alike(one, made) == tuple(made[at + 1 :])


@pytest.mark.parametrize(
    "other",
    [
        replace(on(MONDAY + timedelta(days=7)), reason="Painting"),
        replace(on(MONDAY + timedelta(days=7)), room_id=None),
        replace(on(MONDAY + timedelta(days=7)), from_minute=600),
        on(MONDAY + timedelta(days=7), days=2),
        on(MONDAY + timedelta(days=8)),
        on(MONDAY - timedelta(days=7)),
    ],
)
def test_what_only_looks_like_it_stays(other: Closure) -> None:
    assert later_alike(on(MONDAY), [on(MONDAY), other]) == ()


def test_without_a_reason_nothing_says_that_they_belong_together() -> None:
    bare = replace(on(MONDAY), reason="")
    assert later_alike(bare, [replace(bare, from_day=date(2026, 11, 9), to_day=date(2026, 11, 9))]) == ()
