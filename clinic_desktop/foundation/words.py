"""Days and times in words, the way each language writes them on paper and on the screen."""

from dataclasses import dataclass
from datetime import date


class LanguageMissing(LookupError):
    """No words for days and times in that language."""


@dataclass(frozen=True, slots=True)
class DateWords:
    """Weekdays from Monday and months from January, and the order in which they are written."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    long_date: str
    near_date: str
    plain_date: str
    short_date: str
    clock: str
    halves: tuple[str, str]


_ENGLISH = DateWords(
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    long_date="{weekday}, {month} {day}, {year}",
    near_date="{weekday}, {month} {day}",
    plain_date="{month} {day}, {year}",
    short_date="{weekday:.3}, {month:.3} {day}",
    clock="{hour}:{minute:02} {half}",
    halves=("AM", "PM"),
)  # fmt: skip

_LANGUAGES = {"en": _ENGLISH}


def long_date(day: date, language: str = "en") -> str:
    """ "Wednesday, November 18, 2026"."""
    return _dated(_words(language).long_date, day, language)


def near_date(day: date, language: str = "en") -> str:
    """ "Wednesday, November 18": for the days just ahead."""
    return _dated(_words(language).near_date, day, language)


def plain_date(day: date, language: str = "en") -> str:
    """ "November 18, 2026": for birth dates, where the weekday says nothing."""
    return _dated(_words(language).plain_date, day, language)


def short_date(day: date, language: str = "en") -> str:
    """ "Wed, Nov 18": for lists, where the year is plain."""
    return _dated(_words(language).short_date, day, language)


def month_of(day: date, language: str = "en") -> str:
    """ "November 2026"."""
    return f"{_words(language).months[day.month - 1]} {day.year}"


def clock_time(minute_of_day: int, language: str = "en") -> str:
    """ "10:15 AM"; midnight is 12:00 AM, noon 12:00 PM."""
    if not 0 <= minute_of_day < 1440:
        raise ValueError(f"minute of day out of range: {minute_of_day}")
    words = _words(language)
    hour, minute = divmod(minute_of_day, 60)
    return words.clock.format(hour=(hour + 11) % 12 + 1, minute=minute, half=words.halves[hour // 12])


def _dated(pattern: str, day: date, language: str) -> str:
    words = _words(language)
    return pattern.format(
        weekday=words.weekdays[day.weekday()], month=words.months[day.month - 1], day=day.day, year=day.year
    )


def _words(language: str) -> DateWords:
    try:
        return _LANGUAGES[language]
    except KeyError:
        raise LanguageMissing(language) from None
