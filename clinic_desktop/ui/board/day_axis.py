"""Minutes of the day as the board draws, writes and says them."""

from datetime import date

from clinic_desktop.foundation.day_axis import DAY, NOON, DayAxis, axis_of, short_clock
from clinic_desktop.foundation.words import clock_time, short_date

__all__ = (
    "DAY",
    "NOON",
    "DayAxis",
    "axis_of",
    "day_heading",
    "hour_mark",
    "short_clock",
    "spoken_clock",
)


def spoken_clock(minute: int) -> str:
    """ "10:15 AM": in sentences."""
    return clock_time(minute % DAY)


def hour_mark(minute: int) -> str:
    """ "9": the gutter says the half of the day at its first hour and at noon."""
    return str((minute // 60 + 11) % 12 + 1)


def day_heading(day: date) -> str:
    """ "Tue, Nov 17, 2026"."""
    return f"{short_date(day)}, {day.year}"
