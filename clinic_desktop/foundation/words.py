"""Days and times in words, the way each language writes them on paper and on the screen."""

from datetime import date

from clinic_desktop.foundation.date_words import DATE_WORDS, DateWords


class LanguageMissing(LookupError):
    """No words for days and times in that language."""


def long_date(day: date, language: str = "en", *, tie: str = " ") -> str:
    """ "Wednesday, November 18, 2026". tie: the space between what no line's end may part."""
    return _dated(_words(language).long_date, day, language, tie)


def near_date(day: date, language: str = "en", *, tie: str = " ") -> str:
    """ "Wednesday, November 18": for the days just ahead."""
    return _dated(_words(language).near_date, day, language, tie)


def plain_date(day: date, language: str = "en") -> str:
    """ "November 18, 2026": for birth dates, where the weekday says nothing."""
    return _dated(_words(language).plain_date, day, language)


def short_date(day: date, language: str = "en") -> str:
    """ "Wed, Nov 18": for lists, where the year is plain."""
    words = _words(language)
    weekday, month = words.short_weekdays[day.weekday()], words.short_months[day.month - 1]
    return words.short_date.format(weekday=weekday, month=month, day=day.day)


def month_of(day: date, language: str = "en") -> str:
    """ "November 2026"."""
    words = _words(language)
    month = (words.months_alone or words.months)[day.month - 1]
    return words.month_year.format(month=month, year=day.year).replace("~", " ")


def clock_time(minute_of_day: int, language: str = "en") -> str:
    """ "10:15 AM"; midnight is 12:00 AM, noon 12:00 PM."""
    if not 0 <= minute_of_day < 1440:
        raise ValueError(f"minute of day out of range: {minute_of_day}")
    words = _words(language)
    hour, minute = divmod(minute_of_day, 60)
    period = next(word for first, word in reversed(words.periods) if hour >= first)
    return words.clock.format(hour=(hour + 11) % 12 + 1, hour24=hour, minute=minute, period=period)


def _dated(pattern: str, day: date, language: str, tie: str = " ") -> str:
    words = _words(language)
    month = words.months[day.month - 1].replace(" ", "~")
    dated = pattern.format(weekday=words.weekdays[day.weekday()], month=month, day=day.day, year=day.year)
    return dated.replace("~", tie)


def _words(language: str) -> DateWords:
    try:
        return DATE_WORDS[language]
    except KeyError:
        raise LanguageMissing(language) from None
