"""A birth date is understood the way it is typed, and never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.people.typed_birth import typed_birth

TODAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    "typed",
    [
        "4/12/1984", "04/12/84", "4-12-84", "4.12.1984", "4 12 1984", "04121984", "041284", "1984-04-12",
        "1984/4/12", "apr 12 1984", "Apr 12, 84", "April 12th, 1984", "12 apr 1984", "12-Apr-84",
        " 12  April, 1984 ",
    ],
)  # fmt: skip
def test_one_day_in_many_ways(typed):
    assert typed_birth(typed, TODAY) == date(1984, 4, 12)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1/2/26", date(2026, 1, 2)),
        ("1/2/27", date(1927, 1, 2)),
        ("25/12/1990", date(1990, 12, 25)),
        ("11/18/2026", date(2026, 11, 18)),
        ("2/29/2024", date(2024, 2, 29)),
    ],
)
def test_centuries_and_the_other_order(typed, meant):
    assert typed_birth(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed", ["", "4/12", "1984", "13/13/1984", "2/30/1984", "foo 12 1984", "4/12/984", "4/12/1984x"]
)
def test_what_is_no_date_is_none(typed):
    assert typed_birth(typed, TODAY) is None


@given(
    st.dates(date(1927, 1, 1), TODAY),
    st.sampled_from(["%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d", "%b %d %Y", "%d %B %y"]),
)
def test_every_day_of_a_hundred_years_reads_back(day, form):
    if "%y" in form and day < TODAY.replace(year=TODAY.year - 99) + timedelta(days=60):
        return
    assert typed_birth(day.strftime(form), TODAY) == day
