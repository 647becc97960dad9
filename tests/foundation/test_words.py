"""Days and times as people read them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.words import (
    LanguageMissing,
    clock_time,
    long_date,
    near_date,
    plain_date,
    short_date,
)

DAY = date(2026, 11, 18)


def test_dates():
    assert long_date(DAY) == "Wednesday, November 18, 2026"
    assert near_date(DAY) == "Wednesday, November 18"
    assert plain_date(date(1984, 4, 2)) == "April 2, 1984"
    assert short_date(DAY) == "Wed, Nov 18"


@pytest.mark.parametrize(
    ("minute", "words"),
    [
        (0, "12:00 AM"),
        (1, "12:01 AM"),
        (615, "10:15 AM"),
        (719, "11:59 AM"),
        (720, "12:00 PM"),
        (805, "1:25 PM"),
        (1439, "11:59 PM"),
    ],
)
def test_times(minute, words):
    assert clock_time(minute) == words


@given(st.integers(0, 1439))
def test_a_time_can_be_read_back(minute):
    clock, half = clock_time(minute).split(" ")
    hour, past = map(int, clock.split(":"))
    assert (hour % 12 + 12 * (half == "PM")) * 60 + past == minute


@pytest.mark.parametrize("minute", [-1, 1440])
def test_a_minute_outside_the_day_is_refused(minute):
    with pytest.raises(ValueError, match="out of range"):
        clock_time(minute)


def test_a_language_without_words_is_named():
    with pytest.raises(LanguageMissing, match="tlh"):
        long_date(DAY, "tlh")
