"""Hours on the clinic's clock as UTC minutes, from shifts, absences, breaks, hours and closures."""

import csv
from dataclasses import replace
from datetime import date, timedelta

import pytest
from dateutil.rrule import MO, WEEKLY, rrule
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.clock import day_span, from_utc_minute
from clinic_desktop.foundation.intervals import Interval
from clinic_desktop.people.model import Absence, Break, Shift, Staff
from clinic_desktop.scheduling.masks import CELL, bits, timeline
from clinic_desktop.scheduling.model import Clinic, Closure, OpenHours, Room, Setup
from clinic_desktop.scheduling.us_holidays import us_holidays
from clinic_desktop.scheduling.working import Roster, shift_on
from tests.shared_data import shared

ZONE = "America/Chicago"
MONDAY = date(2026, 11, 16)
WEEK = frozenset(range(5))


def a_roster(zone=ZONE, **fields):
    hours = tuple(OpenHours(day, 480, 1080) for day in range(5))
    return Roster(Setup(clinic=Clinic(zone=zone, hours=hours), rooms=(Room(id=1), Room(id=2)), **fields))


def clock(intervals, zone=ZONE):
    """Intervals the way the wall clock shows them: ((day of month, "8:00"), (day of month, "17:00"))."""
    shown = [(from_utc_minute(one.start, zone), from_utc_minute(one.end, zone)) for one in intervals]
    return [
        (
            f"{a.day.day} {a.minute // 60}:{a.minute % 60:02}",
            f"{b.day.day} {b.minute // 60}:{b.minute % 60:02}",
        )
        for a, b in shown
    ]


NINE_TO_FIVE = Shift(id=1, staff_id=7, weekdays=WEEK, start=540, end=1020, breaks=(Break(720, 750),))


def test_a_break_is_not_work_but_the_person_is_still_on_site():
    roster = a_roster(shifts=(NINE_TO_FIVE,))
    assert clock(roster.working(7, MONDAY)) == [("16 9:00", "16 12:00"), ("16 12:30", "16 17:00")]
    assert clock(roster.on_site(7, MONDAY)) == [("16 9:00", "16 17:00")]


def test_nobody_works_outside_shifts_or_their_validity():
    roster = a_roster(shifts=(replace(NINE_TO_FIVE, valid_from=MONDAY, valid_to=MONDAY),))
    assert roster.working(7, MONDAY)
    assert roster.working(7, MONDAY + timedelta(days=1)) == ()
    assert roster.working(7, MONDAY - timedelta(days=3)) == ()
    assert roster.working(8, MONDAY) == ()


def test_an_absence_over_several_days_takes_whole_days_and_the_ends_to_the_minute():
    away = Absence(staff_id=7, from_day=MONDAY, from_minute=600, to_day=date(2026, 11, 18), to_minute=870)
    roster = a_roster(shifts=(NINE_TO_FIVE,), absences=(away, replace(away, staff_id=9)))
    assert clock(roster.on_site(7, MONDAY)) == [("16 9:00", "16 10:00")]
    assert roster.on_site(7, date(2026, 11, 17)) == ()
    assert clock(roster.on_site(7, date(2026, 11, 18))) == [("18 14:30", "18 17:00")]


def test_two_shifts_of_a_day_join_and_a_break_belongs_to_its_shift():
    second = Shift(id=2, staff_id=7, weekdays=WEEK, start=1020, end=1200)
    roster = a_roster(shifts=(NINE_TO_FIVE, second))
    assert clock(roster.working(7, MONDAY)) == [("16 9:00", "16 12:00"), ("16 12:30", "16 20:00")]


def test_a_room_closes_with_the_clinic_and_by_itself():
    snow = Closure(from_day=MONDAY, from_minute=960, to_day=date(2026, 11, 17), to_minute=600, reason="snow")
    paint = Closure(room_id=2, from_day=MONDAY, to_day=MONDAY, to_minute=660, reason="painting")
    roster = a_roster(closures=(snow, paint))
    assert clock(roster.clinic_open(MONDAY)) == [("16 8:00", "16 16:00")]
    assert clock(roster.room_open(1, MONDAY)) == [("16 8:00", "16 16:00")]
    assert clock(roster.room_open(2, MONDAY)) == [("16 11:00", "16 16:00")]
    assert clock(roster.room_open(2, date(2026, 11, 17))) == [("17 10:00", "17 18:00")]


def test_a_business_day_is_an_open_weekday():
    closed = Closure(from_day=MONDAY, to_day=MONDAY)
    roster = a_roster(closures=(closed,))
    assert not roster.is_business_day(MONDAY)
    assert roster.is_business_day(MONDAY + timedelta(days=1))
    assert not roster.is_business_day(date(2026, 11, 21))


@pytest.mark.parametrize(
    ("day", "elapsed", "shown"),
    [
        (date(2026, 3, 8), 5 * 60, [("8 0:30", "8 6:30")]),  # the clock leaps from 2 to 3
        (date(2026, 11, 1), 7 * 60, [("1 0:30", "1 6:30")]),  # one hour comes twice
        (date(2026, 11, 8), 6 * 60, [("8 0:30", "8 6:30")]),
    ],
)
def test_a_night_shift_over_a_clock_change_is_as_long_as_it_lasts(day, elapsed, shown):
    night = Shift(id=1, staff_id=7, weekdays=frozenset({6}), start=30, end=390)
    worked = a_roster(shifts=(night,)).working(7, day)
    assert clock(worked) == shown
    assert sum(one.length for one in worked) == elapsed


def test_a_shift_inside_the_hour_that_is_skipped_does_not_exist():
    night = Shift(id=1, staff_id=7, weekdays=frozenset({6}), start=120, end=180)
    assert a_roster(shifts=(night,)).working(7, date(2026, 3, 8)) == ()


def test_a_break_inside_the_hour_that_is_skipped_does_not_exist():
    night = Shift(id=1, staff_id=7, weekdays=frozenset({6}), start=60, end=300, breaks=(Break(130, 185),))
    assert clock(a_roster(shifts=(night,)).working(7, date(2026, 3, 8))) == [("8 1:00", "8 5:00")]


def test_arizona_keeps_its_hours_in_utc_all_year():
    roster = a_roster("America/Phoenix", shifts=(NINE_TO_FIVE,))
    days = [date(2026, 1, 5), date(2026, 3, 9), date(2026, 7, 6), date(2026, 11, 2)]
    assert len({roster.on_site(7, day)[0].start % 1440 for day in days}) == 1
    chicago = a_roster(shifts=(NINE_TO_FIVE,))
    assert len({chicago.on_site(7, day)[0].start % 1440 for day in days}) == 2


@given(
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(1, 5),
    st.dates(date(2019, 1, 1), date(2027, 12, 31)),
    st.dates(date(2025, 1, 1), date(2028, 12, 31)),
)
def test_every_nth_week_counts_from_the_week_it_begins_in(weekdays, every, begins, day):
    shift = Shift(staff_id=1, weekdays=weekdays, start=0, end=60, every_weeks=every, valid_from=begins)
    plain = rrule(WEEKLY, interval=every, byweekday=sorted(weekdays), wkst=MO, dtstart=begins, until=day)
    assert shift_on(shift, day) == any(at.date() == day for at in plain)


MINUTE = st.integers(0, 288).map(lambda n: n * 5)


@given(st.data())
def test_the_mask_of_weeks_is_the_intervals_of_its_days(data):
    zone = data.draw(st.sampled_from([ZONE, "America/Phoenix", "Australia/Lord_Howe"]))
    first = data.draw(st.sampled_from([date(2026, 3, 6), date(2026, 10, 30), date(2026, 4, 3), MONDAY]))
    line = timeline(first, 5, zone)
    shifts = [
        Shift(
            id=n,
            staff_id=1,
            weekdays=data.draw(st.frozensets(st.integers(0, 6))),
            start=data.draw(MINUTE),
            end=data.draw(MINUTE),
            breaks=(Break(data.draw(MINUTE), data.draw(MINUTE)),),
            every_weeks=data.draw(st.integers(1, 2)),
        )
        for n in range(2)
    ]
    away = Absence(
        staff_id=1,
        from_day=first + timedelta(days=data.draw(st.integers(0, 4))),
        from_minute=data.draw(MINUTE),
        to_day=first + timedelta(days=data.draw(st.integers(0, 4))),
        to_minute=data.draw(MINUTE),
    )
    roster = a_roster(zone, shifts=tuple(shifts), absences=(away,), staff=(Staff(id=1),))
    for what, on in (("work", roster.working), ("site", roster.on_site)):
        cells = set(bits(roster.mask(what, 1, line)))
        spans = [span for n in range(5) for span in on(1, first + timedelta(days=n))]
        whole = [b for b in range(line.cells) if covered(line.minute(b), spans)]
        assert cells == set(whole)


def covered(minute, spans):
    return any(span.covers(Interval(minute, minute + CELL)) for span in spans)


def test_hours_of_a_day_stay_inside_the_day():
    always = Shift(id=1, staff_id=7, weekdays=frozenset(range(7)), start=0, end=1440)
    roster = a_roster(shifts=(always,))
    for day in (date(2026, 3, 8), date(2026, 11, 1), MONDAY):
        assert [(one.start, one.end) for one in roster.working(7, day)] == [day_span(day, ZONE)]


def test_federal_holidays_are_offered_with_their_observed_days():
    names = dict(us_holidays(2026, 2027))
    assert names[date(2026, 11, 26)] == "Thanksgiving Day"
    assert names[date(2026, 7, 3)].endswith("(observed)")
    assert [day for day, _ in us_holidays(2026, 2026)] == sorted(day for day, _ in us_holidays(2026, 2026))


def test_federal_holidays_of_twelve_years_equal_the_published_list():
    with shared("data/calendars/us_federal_holidays_2024_2035.csv").open(encoding="utf-8") as file:
        published = [(date.fromisoformat(row["date"]), row["name"]) for row in csv.DictReader(file)]
    assert us_holidays(2024, 2035) == published


def test_day_lengths_equal_the_published_clock_changes():
    with shared("data/calendars/dst_transitions_us_zones_2024_2031.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["local_clock_before"][:10])
            always = Shift(id=1, staff_id=7, weekdays=frozenset(range(7)), start=0, end=1440)
            worked = a_roster(row["zone"], shifts=(always,)).working(7, day)
            change = int(row["offset_after_min"]) - int(row["offset_before_min"])
            assert sum(one.length for one in worked) == 1440 - change
