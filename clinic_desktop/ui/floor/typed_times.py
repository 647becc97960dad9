"""Clock times as they are typed before an entry, and the moments they mean by the clinic's clock.

On a day that goes on a reading means the last time that the clock showed it. On an earlier day it means that
day (or the night after it), whichever reading lies nearest to the visit. Another day is said before it:
today, yesterday, 11/17. Where a reading comes twice, the name of the time says which is meant: 1:30cdt,
1:30cst.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from clinic_desktop.foundation.clock import (
    WallTime,
    exists,
    instant_at,
    local_time,
    short_zone,
    to_utc_minute,
)
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.session import when
from clinic_desktop.treatment.slips import NIGHT, day_of_stay
from clinic_desktop.ui.clock_text import parse_clock

_TIME = re.compile(r"\d{1,2}:\d{2}(?:[ap](?:\.?m\.?)?)?|\d{1,2}[ap](?:\.?m\.?)?", re.IGNORECASE)
_AM_PM = re.compile(r"[ap]\.?m\.?", re.IGNORECASE)  # "a" and "p" by themselves are entries
_DAY = re.compile(r"today|yesterday|\d{1,2}/\d{1,2}(?:/\d{2,4})?", re.IGNORECASE)
_EITHER = re.compile(r"[1-9]:\d{2}|1[0-2]:\d{2}")  # says nothing of morning or afternoon
_AHEAD, _RECENT = timedelta(minutes=2), timedelta(hours=8)
_NIGHT, _HALF = int(NIGHT.total_seconds()) // 60, 12 * 60


@dataclass(frozen=True, slots=True)
class Reading:
    """Minutes of the day that it may mean, the likeliest first: "7:10" is said of both halves. name: "CST",
    and on: "yesterday", where it was typed."""

    minutes: tuple[int, ...]
    name: str = ""
    on: str = ""


def split_times(text: str, zone: str) -> tuple[list[Reading], str]:
    """The clock readings that a text begins with, and what follows them."""
    words, out, on = text.split(), [], ""
    if words and _DAY.fullmatch(words[0]) and _first(words[1:], zone):
        on = words.pop(0).lower()
    while found := _first(words, zone, on):
        out.append(found[0])
        del words[: found[1]]
    return out, " ".join(words)


def _first(words: Sequence[str], zone: str, on: str = "") -> tuple[Reading, int] | None:
    """The reading that words begin with, and how many of them it takes: "1:30 AM CST", as times are shown,
    is three."""
    count = 1
    if len(words) > 1 and _AM_PM.fullmatch(words[1]):
        count = 3 if len(words) > 2 and words[2].upper() in _zone_names(zone) else 2
    reading = _reading("".join(words[:count]), zone, on)
    return (reading, count) if reading else None


def _reading(word: str, zone: str, on: str = "") -> Reading | None:
    name = next((one for one in _zone_names(zone) if word.upper().endswith(one)), "")
    typed = word[: len(word) - len(name)]
    minute = parse_clock(typed) if _TIME.fullmatch(typed) else None
    if minute is None:
        return None
    either = _EITHER.fullmatch(typed) is not None
    return Reading((minute, (minute + _HALF) % (2 * _HALF)) if either else (minute,), name, on)


@lru_cache(maxsize=16)
def _zone_names(zone: str) -> tuple[str, ...]:
    """What the zone's times are called in winter and in summer."""
    middles = (instant_at(to_utc_minute(WallTime(date(2026, month, 1), 720), zone)) for month in (1, 7))
    return tuple(sorted({short_zone(one, zone) for one in middles}, key=len, reverse=True))


def day_that_is_over(care: Care, now: datetime) -> date | None:
    """The visit's day, where it is an earlier one: its times are typed, never taken from the clock."""
    return care.visit.day if care.visit.day < day_of_stay(now, care.visit.zone) else None


def moments_of(reading: Reading, care: Care, now: datetime) -> list[datetime | None]:
    """What a reading means, the likeliest first; None is the present minute. Nothing: the clock never
    showed it."""
    today = local_time(now, care.visit.zone).day
    if reading.on and (day := _named_day(reading.on, care, today)) != today:
        named = (_moments(minute, [day] if day else [], care.visit.zone, "") for minute in reading.minutes)
        return [one for moments in named for one in moments]
    over = None if reading.on else day_that_is_over(care, now)
    return [*_of_earlier(reading, care, over)] if over else _of_today(reading, care, now)


def _named_day(word: str, care: Care, today: date) -> date | None:
    """A date without its year is one near the visit."""
    return typed_day(word, today if word.isalpha() else care.visit.day)


def _of_today(reading: Reading, care: Care, now: datetime) -> list[datetime | None]:
    zone = care.visit.zone
    here = local_time(now, zone)
    if here.minute in reading.minutes and reading.name in ("", short_zone(now, zone)):
        return [None]
    days = [here.day, here.day - timedelta(days=1)] if here.minute < _NIGHT else [here.day]
    likely, *other = (_moments(minute, days, zone, reading.name) for minute in reading.minutes)
    recent = [one for half in other for one in half if one > now - _RECENT]
    past = [one for one in (*likely, *recent) if one <= now + _AHEAD]
    return [*sorted(past, reverse=True)] or [*likely]


def _of_earlier(reading: Reading, care: Care, day: date) -> list[datetime]:
    zone = care.visit.zone
    found = [one for minute in reading.minutes for one in _moments(minute, [day], zone, reading.name)]
    night = [minute for minute in reading.minutes if minute < _NIGHT] if found else []
    found += [one for at in night for one in _moments(at, [day + timedelta(days=1)], zone, reading.name)]
    known = [when(one) for one in care.whole.stamps]
    first = min([instant_at(care.visit.start), *known])
    last = max([instant_at(care.visit.end), *known])
    return sorted(found, key=lambda one: max(first - one, one - last, timedelta()))


def _moments(minute: int, days: Sequence[date], zone: str, name: str) -> list[datetime]:
    """Both moments of a reading that comes twice, the later first; none of one that the clock skips."""
    walls = (WallTime(day, minute, fold) for day in days for fold in (1, 0))
    found = dict.fromkeys(instant_at(to_utc_minute(one, zone)) for one in walls if exists(one, zone))
    return [one for one in found if name in ("", short_zone(one, zone))]
