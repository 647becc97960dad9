"""Days and times as people type them: "tomorrow", "next fri", "+2w", "3/14", "dec 4", "thu 930", "2p".

US order, month first. What is not understood is None: a wrong day is worse than no day.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clinic_desktop.foundation.clock import FIRST_DAY, LAST_DAY

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEAR = {"today": 0, "tod": 0, "tomorrow": 1, "tom": 1, "tmrw": 1, "yesterday": -1}
LOOK_BACK = 31  # a date without a year that has passed by at most this many days is meant, not next year's

_TIME = re.compile(r"(?P<hour>\d{1,2})(?P<colon>:)?(?P<minute>\d\d)?\s*(?P<half>[ap])?m?")
_DIGITS = re.compile(r"(?P<hour>[1-9]|0\d|1[0-8]|2[1-3])(?P<minute>[0-5]\d)")  # 19.. and 20.. are years
_STEP = re.compile(
    r"(?P<sign>[+-]|in )\s*(?P<count>\d{1,3})\s*(?P<unit>d|w|m|y)?(?:ays?|eeks?|onths?|ears?)?"
)
_NUMERIC = re.compile(r"(?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?:[/-](?P<year>\d{2}|\d{4}))?")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")


@dataclass(frozen=True, slots=True)
class When:
    """A day, and the minute of it when one was typed. ``half``: "am" or "pm" where only that was said."""

    day: date
    minute: int | None = None
    half: str = ""


def typed_when(text: str, today: date, shown: date | None = None) -> When | None:
    """What was meant, or None. A time without a day is on the day that is shown (default: today)."""
    words = text.lower().replace(",", " ").split()
    if not words:
        return None
    # Digits are a time only where the words make no day with them: "dec 4 1030", and not "dec 4 2026".
    return _when(words, today, shown) or _when([_with_colon(one) for one in words], today, shown)


def _when(words: list[str], today: date, shown: date | None) -> When | None:
    minute, half, rest = _without_time(words)
    if rest is None:
        return None
    day = typed_day(" ".join(rest), today) if rest else shown or today
    return None if day is None else When(day, minute, half)


def _with_colon(word: str) -> str:
    found = _DIGITS.fullmatch(word)
    return f"{found['hour']}:{found['minute']}" if found else word


def typed_day(text: str, today: date) -> date | None:
    """The day that the words mean, without a time."""
    words = text.split()
    if len(words) > 1 and (weekday := _weekday(words[0])) is not None and words[1] != "next":
        day = typed_day(" ".join(words[1:]), today)
        return day if day and day.weekday() == weekday and not _is_relative(words[1]) else None
    found = _near(text, today) or _stepped(text, today) or _numeric(text, today) or _named_month(text, today)
    return found if found and FIRST_DAY <= found <= LAST_DAY else None


def typed_minute(text: str) -> int | None:
    """The minute of the day: "10:15", "2p", "230p", "noon". Without am or pm, 1 to 6 is the afternoon."""
    if text == "noon":
        return 720
    found = _TIME.fullmatch(text)
    if found is None or not _says_a_time(found):
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    elif 1 <= hour <= 6 and not found["hour"].startswith("0"):
        hour += 12
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _says_a_time(found: re.Match[str]) -> bool:
    """A colon and minutes, or am or pm: digits alone may be anything."""
    return bool(found["minute"]) if found["colon"] else bool(found["half"])


def digits_minute(text: str) -> int | None:
    """The minute of the day that three or four digits without a colon would be: "1030", "930"."""
    colon = _with_colon(text)
    return typed_minute(colon) if colon != text else None


def _without_time(words: list[str]) -> tuple[int | None, str, list[str] | None]:
    """The time, the half of the day, and the other words; None for those when two times were typed."""
    words = re.sub(r"(\d) (am|pm|a|p)\b", r"\1\2", " ".join(words)).split()
    minutes = [minute for word in words if (minute := typed_minute(word)) is not None]
    halves = [word for word in words if word in ("am", "pm")]
    rest = [w for w in words if typed_minute(w) is None and w not in (*halves, "at", "on")]
    if len(minutes) + len(halves) > 1:
        return None, "", None
    return (minutes[0] if minutes else None), (halves[0] if halves else ""), rest


def _weekday(word: str) -> int | None:
    """0 is Monday; three letters are enough."""
    if len(word) < 3:
        return None
    return next((n for n, name in enumerate(WEEKDAYS) if name.startswith(word)), None)


def _is_relative(word: str) -> bool:
    return word in NEAR or word in ("next", "this", "in") or word[0] in "+-" or _weekday(word) is not None


def _near(text: str, today: date) -> date | None:
    """Words for days close by. A weekday is the next one after today; "next" is in the week after this."""
    if text in NEAR:
        return today + timedelta(days=NEAR[text])
    if text == "next week":
        return today + timedelta(days=7 - today.weekday())
    first, _, second = text.partition(" ")
    weekday = _weekday(second if first in ("next", "this") else text)
    if weekday is None:
        return None
    if first == "next":
        return today + timedelta(days=7 - today.weekday() + weekday)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _stepped(text: str, today: date) -> date | None:
    """ "+3" or "+3d" days, "+2w" weeks, "+1m" months, "+1y" years; "-" goes back; also "in 2 weeks"."""
    found = _STEP.fullmatch(text)
    if found is None or (found["sign"] == "in " and not found["unit"]):
        return None
    count = -int(found["count"]) if found["sign"] == "-" else int(found["count"])
    if found["unit"] in ("m", "y"):
        # Imported here: rarely typed, and not needed to start.
        from dateutil.relativedelta import relativedelta  # noqa: PLC0415

        months = count * (12 if found["unit"] == "y" else 1)
        return today + relativedelta(months=months)
    return today + timedelta(days=count * (7 if found["unit"] == "w" else 1))


def _numeric(text: str, today: date) -> date | None:
    if _ISO.fullmatch(text):
        return _a_date(*map(int, text.split("-")))
    found = _NUMERIC.fullmatch(text)
    if found is None:
        return None
    month, day = int(found["month"]), int(found["day"])
    if found["year"]:
        return _a_date(int(found["year"]) + (2000 if len(found["year"]) == 2 else 0), month, day)
    return _coming(month, day, today)


def _named_month(text: str, today: date) -> date | None:
    """ "dec 4", "4 December 2026": read with two sets of defaults, so that what was left out shows."""
    numbers = sorted(map(len, re.findall(r"\d+", text)))
    if not _MONTH.search(text) or numbers not in ([1], [2], [1, 4], [2, 4]):
        return None
    # Imported here: it takes 15 ms, and most dates need no library.
    from dateutil.parser import parse  # noqa: PLC0415

    try:
        one = parse(text, default=datetime(2000, 1, 1))  # noqa: DTZ001 - only its date is used
        other = parse(text, default=datetime(2004, 2, 2))  # noqa: DTZ001 - the same
    except (ValueError, OverflowError):  # dateutil's own is a ValueError
        return None
    if (one.month, one.day) != (other.month, other.day) or one.hour or one.minute:
        return None
    if one.year == other.year:
        return one.date() if 1900 <= one.year <= 2199 else None
    return _coming(one.month, one.day, today)


def _coming(month: int, day: int, today: date) -> date | None:
    """That day of the year, this year or the next, unless it has only just passed."""
    soon = today - timedelta(days=LOOK_BACK)
    days = (_a_date(year, month, day) for year in range(today.year - 1, today.year + 9))
    return next((one for one in days if one and one >= soon), None)


def _a_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
