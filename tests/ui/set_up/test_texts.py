"""Hours and weekdays as people type them, and as they are written out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.people.model import Break, Shift
from clinic_desktop.scheduling.model import OpenHours
from clinic_desktop.ui.set_up.courses import parse_weeks
from clinic_desktop.ui.set_up.days_text import parse_days
from clinic_desktop.ui.set_up.hours_text import parse_stretches, show_stretches
from clinic_desktop.ui.set_up.week_grid import week_of, week_words
from clinic_desktop.ui.set_up.week_strip import WeekStrip
from clinic_desktop.ui.set_up.words import day_names
from clinic_desktop.ui.set_up.zones import system_zone, zone_names


@pytest.mark.parametrize(
    ("typed", "stretches"),
    [
        ("8-5:30", ((480, 1050),)),
        ("8:30 to 4", ((510, 960),)),
        ("8-12, 1-5:30", ((480, 720), (780, 1050))),
        ("1-5, 8-12", ((480, 720), (780, 1020))),
        ("8-8", ((480, 1200),)),
        ("9 until noon", ((540, 720),)),
        ("8a-8p", ((480, 1200),)),
        ("20-midnight", ((1200, 1440),)),
        ("closed", ()),
        ("", ()),
        ("8 AM to 12 PM and 1 PM to 5 PM", ((480, 720), (780, 1020))),
    ],
)
def test_stretches_as_people_type_them(typed: str, stretches: tuple[tuple[int, int], ...]) -> None:
    assert parse_stretches(typed) == stretches


@pytest.mark.parametrize("typed", ["8", "8-", "nine to five", "8-12, 11-5", "8-5-6", "25-26", "5p-4p"])
def test_what_is_no_stretch_is_not_understood(typed: str) -> None:
    assert parse_stretches(typed) is None


minutes = st.integers(0, 287).map(lambda n: n * 5)


@given(st.lists(minutes, min_size=2, max_size=6, unique=True).filter(lambda m: len(m) % 2 == 0))
def test_written_hours_read_back(ends: list[int]) -> None:
    ends = sorted(ends)
    stretches = tuple(zip(ends[::2], ends[1::2], strict=True))
    assert parse_stretches(show_stretches(stretches)) == stretches


@given(st.text(max_size=14))
def test_anything_typed_is_stretches_in_order_or_not_understood(typed: str) -> None:
    stretches = parse_stretches(typed)
    if stretches is not None:
        flat = [minute for one in stretches for minute in one]
        assert flat == sorted(flat)
        assert all(0 <= a < b <= 1440 for a, b in stretches)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("mo we fr", {0, 2, 4}),
        ("Tue, Thu", {1, 3}),
        ("m-f", {0, 1, 2, 3, 4}),
        ("weekdays", {0, 1, 2, 3, 4}),
        ("fri to mon", {4, 5, 6, 0}),
        ("saturday", {5}),
    ],
)
def test_weekdays_as_people_type_them(typed: str, days: set[int]) -> None:
    assert parse_days(typed) == days


@pytest.mark.parametrize("typed", ["", "m", "someday", "mon-", "mon-wed-fri"])
def test_what_is_no_weekday_is_not_understood(typed: str) -> None:
    assert parse_days(typed) is None


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_written_weekdays_read_back(days: frozenset[int]) -> None:
    assert parse_days(day_names(days)) == days


def test_runs_of_days_are_joined() -> None:
    assert day_names({0, 1, 2, 3, 4}) == "Mon–Fri"
    assert day_names({0, 1, 3}) == "Mon, Tue, Thu"


def test_a_week_in_words_joins_equal_days() -> None:
    hours = [*(OpenHours(day, 480, 1050) for day in range(4)), OpenHours(4, 480, 720), OpenHours(4, 780, 960)]
    assert week_words(week_of(hours)) == "Mon–Thu 8:00–5:30; Fri 8:00–12:00, 1:00–4:00"
    assert week_words(week_of([])) == "closed all week"


@given(st.lists(st.builds(OpenHours, st.integers(0, 6), st.just(480), st.just(720)), unique=True))
def test_a_week_keeps_its_hours(hours: list[OpenHours]) -> None:
    assert sorted(week_of(hours).hours, key=lambda one: one.weekday) == sorted(
        hours, key=lambda one: one.weekday
    )


@pytest.mark.parametrize(
    ("typed", "weeks"),
    [("2 2 2 2 1 1", (2, 2, 2, 2, 1, 1)), ("2,2", (2, 2)), ("", ()), ("2 x", None), ("12 1", None)],
)
def test_visits_per_week(typed: str, weeks: tuple[int, ...] | None) -> None:
    assert parse_weeks(typed) == weeks


def test_zones_begin_with_those_of_the_united_states_and_ours_is_among_them() -> None:
    names = zone_names()
    assert names[0] == "America/New_York"
    assert len(names) == len(set(names))
    assert system_zone() in ("", *names)


def test_a_picture_of_a_week_says_its_hours(qapp: object) -> None:
    strip = WeekStrip()
    strip.show_week(
        [Shift(weekdays=frozenset({0}), start=480, end=960, breaks=(Break(720, 750),))],
        [OpenHours(0, 480, 1050)],
    )
    assert strip.accessibleName() == "Monday 8:00–12:00, 12:30–4:00"
    strip.show_week([], [])
    assert strip.accessibleName() == "No shifts"
