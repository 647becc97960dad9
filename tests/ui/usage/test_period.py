"""The days a report covers."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.ui.usage.period import Kind, Period, heading, parts, period_of, stepped

TUESDAY = date(2026, 11, 17)
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
LENGTHS = st.sampled_from([Kind.DAY, Kind.WEEK, Kind.MONTH])


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        (Kind.DAY, TUESDAY, TUESDAY),
        (Kind.WEEK, date(2026, 11, 16), date(2026, 11, 22)),
        (Kind.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_the_period_that_holds_a_day(kind: Kind, first: date, last: date) -> None:
    assert period_of(kind, TUESDAY) == Period(kind, first, last)


@given(kind=LENGTHS, day=DAYS, steps=st.integers(1, 8))
def test_steps_leave_no_day_out_and_lead_back(kind: Kind, day: date, steps: int) -> None:
    period = there = period_of(kind, day)
    for _ in range(steps):
        following = stepped(there, 1)
        assert following.first == there.last + timedelta(days=1)
        there = following
    for _ in range(steps):
        there = stepped(there, -1)
    assert there == period


def test_two_dates_step_by_their_own_length() -> None:
    dates = Period(Kind.DATES, date(2026, 11, 2), date(2026, 11, 4))
    assert stepped(dates, 1) == Period(Kind.DATES, date(2026, 11, 5), date(2026, 11, 7))
    assert stepped(dates, -1) == Period(Kind.DATES, date(2026, 10, 30), date(2026, 11, 1))


@given(first=DAYS, length=st.integers(0, 800))
def test_the_parts_are_the_period(first: date, length: int) -> None:
    period = Period(Kind.DATES, first, first + timedelta(days=length))
    found = list(parts(period))
    assert (found[0][0], found[-1][1]) == (period.first, period.last)
    assert all(b[0] == a[1] + timedelta(days=1) for a, b in pairwise(found))
    assert len(found) <= 62


def test_headings() -> None:
    assert heading(period_of(Kind.DAY, TUESDAY)) == "Tue, Nov 17, 2026"
    assert heading(period_of(Kind.WEEK, TUESDAY)) == "Mon, Nov 16 – Sun, Nov 22, 2026"
    turn = Period(Kind.DATES, date(2026, 12, 31), date(2027, 1, 1))
    assert heading(turn) == "Thu, Dec 31, 2026 – Fri, Jan 1, 2027"
