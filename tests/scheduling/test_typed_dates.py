"""Days and times as people type them, seen from Tuesday, November 17, 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.scheduling.typed_dates import When, typed_minute, typed_when

TODAY = date(2026, 11, 17)


def day(text):
    year, month, number = (int(part) for part in text.split("-"))
    return date(year, month, number)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", "2026-11-17"),
        ("tomorrow", "2026-11-18"),
        ("Tom", "2026-11-18"),
        ("yesterday", "2026-11-16"),
        ("fri", "2026-11-20"),
        ("Friday", "2026-11-20"),
        ("thurs", "2026-11-19"),
        ("tue", "2026-11-24"),  # today has its own word
        ("sun", "2026-11-22"),
        ("this fri", "2026-11-20"),
        ("next fri", "2026-11-27"),
        ("next mon", "2026-11-23"),
        ("next week", "2026-11-23"),
        ("+2w", "2026-12-01"),
        ("+ 3 days", "2026-11-20"),
        ("+10", "2026-11-27"),
        ("-1w", "2026-11-10"),
        ("+1m", "2026-12-17"),
        ("+1y", "2027-11-17"),
        ("in 2 weeks", "2026-12-01"),
        ("3/14", "2027-03-14"),
        ("12/4", "2026-12-04"),
        ("11/10", "2026-11-10"),  # just passed: last week is meant, not next year
        ("10/1", "2027-10-01"),
        ("7/4/27", "2027-07-04"),
        ("7-4-2027", "2027-07-04"),
        ("2027-02-03", "2027-02-03"),
        ("2/29", "2028-02-29"),
        ("dec 4", "2026-12-04"),
        ("December 4th, 2027", "2027-12-04"),
        ("4 dec", "2026-12-04"),
        ("sept 5", "2027-09-05"),
        ("fri dec 4", "2026-12-04"),
        ("Fri, 12/4", "2026-12-04"),
    ],
)
def test_days(typed, meant):
    assert typed_when(typed, TODAY) == When(day(meant))


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("10:15", 615),
        ("2p", 840),
        ("2pm", 840),
        ("9a", 540),
        ("12p", 720),
        ("12a", 0),
        ("12:30", 750),
        ("noon", 720),
        ("2:30", 870),  # nobody books half past two at night
        ("02:30", 150),
        ("14:05", 845),
        ("7:45", 465),
        ("2:30p", 870),
        ("230p", 870),
        ("1030a", 630),
    ],
)
def test_times_are_on_the_day_that_is_shown(typed, minute):
    assert typed_minute(typed) == minute
    assert typed_when(typed, TODAY) == When(TODAY, minute)
    assert typed_when(typed, TODAY, shown=day("2026-12-01")) == When(day("2026-12-01"), minute)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thu 10:15", When(day("2026-11-19"), 615)),
        ("12/4 9:30", When(day("2026-12-04"), 570)),
        ("dec 4 at 2 pm", When(day("2026-12-04"), 840)),
        ("2p fri", When(day("2026-11-20"), 840)),
        ("tomorrow noon", When(day("2026-11-18"), 720)),
        ("fri am", When(day("2026-11-20"), None, "am")),
        ("pm", When(TODAY, None, "pm")),
        ("thu 1030", When(day("2026-11-19"), 630)),
        ("12/4 930", When(day("2026-12-04"), 570)),
        ("dec 4 230", When(day("2026-12-04"), 870)),
        ("dec 4 2026", When(day("2026-12-04"))),
        ("dec 4 2030", When(day("2030-12-04"))),  # a year is no time
        ("1030", When(TODAY, 630)),
    ],
)
def test_a_day_and_a_time_together(typed, meant):
    assert typed_when(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "", "   ", "10", "may", "mar", "dec", "dec 2026", "marsh 10", "mar 10 sp", "13/4", "2/30",
        "4/31/2027", "1/1/1", "thu dec 4", "mon tue", "fri +2w", "next", "next next", "this",
        "in 2", "+", "m", "w", "25:00", "9:75", "0p", "13p", "10:15 11:15", "fri am pm",
        "dec 4 10", "2026",  "hello", "Jones", "5551234", "++2w", "2026-13-01", "dec 32", "feb 30",
        "12/4/9999 x", "fri 2026", "1930", "1075", "1030m", "10:", "000",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_not_guessed(typed):
    assert typed_when(typed, TODAY) is None


@given(st.text(max_size=20))
def test_no_text_breaks_it(typed):
    found = typed_when(typed, TODAY)
    assert found is None or found.minute is None or 0 <= found.minute < 1440


@given(st.dates(date(2026, 11, 18), date(2027, 10, 1)))
def test_a_date_without_a_year_is_the_next_one(meant):
    assert typed_when(f"{meant.month}/{meant.day}", TODAY) == When(meant)
    assert typed_when(f"{meant:%b} {meant.day}", TODAY) == When(meant)
    assert typed_when(f"{meant.day} {meant:%B} {meant.year}", TODAY) == When(meant)


@given(st.integers(0, 6), st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_a_weekday_is_within_the_week_that_follows(weekday, today):
    name = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[weekday]
    found = typed_when(name, today).day
    assert found.weekday() == weekday
    assert timedelta(days=1) <= found - today <= timedelta(days=7)
    monday = today - timedelta(days=today.weekday())
    assert typed_when(f"next {name}", today).day == monday + timedelta(days=7 + weekday)
