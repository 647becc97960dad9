"""A closure that repeats: it is written as single closures, each of which can go alone.

A day that a month or a year does not have is its last such day: the fifth Friday is the last one of
every month, and February 29 is the 28th in the years between.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date
from enum import StrEnum
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling import set_up_rules as rules
from clinic_desktop.scheduling.model import Closure

if TYPE_CHECKING:
    from dateutil.rrule import rrule

MOST_YEARS, MOST_CLOSURES = 5, 120
_EVERY_MONTH_HAS = 4  # of each weekday; of the fifth, only some
_LEAP_DAY = (2, 29)


class Repeat(StrEnum):
    ONCE = ""
    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"  # on the same weekday: the first Monday
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class Repeating:
    """A closure as it is entered. ``until`` is the last day it may begin on; None: a year on."""

    closure: Closure
    how: Repeat = Repeat.ONCE
    until: date | None = None

    @property
    def last(self) -> date:
        return self.until or years_on(self.closure.from_day, 1)


def repeated(closure: Closure, how: Repeat, until: date) -> tuple[Closure, ...]:
    """The closure and those that repeat it, in order. Raises :class:`BadInput` for what cannot be."""
    if found := repeat_problems(closure, how, until):
        raise BadInput(found)
    return _all(closure, how, until)


def repeat_problems(closure: Closure, how: Repeat, until: date) -> Problems:
    """ "repeats" or "until" -> what to do."""
    if how is Repeat.ONCE:
        return {}
    if until < closure.from_day:
        return {"until": Finding(rules.REPEAT_BEFORE)}
    latest = years_on(closure.from_day, MOST_YEARS)
    if until > latest:
        return {"until": Finding(rules.REPEAT_YEARS, {"years": MOST_YEARS, "day": _words(latest)})}
    made = _all(closure, how, until)
    if len(made) > MOST_CLOSURES:
        day = _words(made[MOST_CLOSURES - 1].from_day)
        return {"until": Finding(rules.REPEAT_MOST, {"most": MOST_CLOSURES, "day": day})}
    if any((a.to_day, a.to_minute) > (b.from_day, b.from_minute) for a, b in pairwise(made)):
        return {"repeats": Finding(rules.REPEAT_OVERLAPS)}
    return {}


def later_alike(closure: Closure, closures: Iterable[Closure]) -> tuple[Closure, ...]:
    """The closures after one that are as if it were repeated: the same reason, room, length and times, on the
    same weekday or the same day of the year. That they were entered together is not on record."""
    found = [one for one in closures if one.from_day > closure.from_day and _alike(closure, one)]
    return tuple(sorted(found, key=lambda one: (one.from_day, one.id)))


def _alike(first: Closure, later: Closure) -> bool:
    moved = replace(later, id=first.id, version=first.version, from_day=first.from_day, to_day=first.to_day)
    same_length = later.to_day - later.from_day == first.to_day - first.from_day
    same_weekday = later.from_day.weekday() == first.from_day.weekday()
    in_step = same_weekday or _of_the_year(later) == _of_the_year(first)
    return bool(first.reason) and moved == first and same_length and in_step


def _of_the_year(one: Closure) -> tuple[int, int]:
    """February 29 is the 28th in the years between."""
    day = (one.from_day.month, one.from_day.day)
    return (2, 28) if day == _LEAP_DAY else day


def years_on(day: date, years: int) -> date:
    """The same day so many years later."""
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - seldom needed, never at the start

    return day + relativedelta(years=years) if day.year + years <= MAXYEAR else date.max


def _all(closure: Closure, how: Repeat, until: date) -> tuple[Closure, ...]:
    """One more than are allowed, at most."""
    if how is Repeat.ONCE:
        return (closure,)
    length = closure.to_day - closure.from_day
    begins = [one.date() for one in islice(_rule(closure.from_day, how, until), MOST_CLOSURES + 1)]
    return tuple(replace(closure, from_day=day, to_day=day + length) for day in begins)


def _rule(first: date, how: Repeat, until: date) -> "rrule":
    from dateutil.rrule import MONTHLY, WEEKLY, YEARLY, rrule, weekdays  # noqa: PLC0415 - the same

    if how in (Repeat.WEEKLY, Repeat.BIWEEKLY):
        return rrule(WEEKLY, dtstart=first, until=until, interval=1 if how is Repeat.WEEKLY else 2)
    if how is Repeat.MONTHLY:
        which = (first.day - 1) // 7 + 1
        weekday = weekdays[first.weekday()](which if which <= _EVERY_MONTH_HAS else -1)
        return rrule(MONTHLY, dtstart=first, until=until, byweekday=weekday)
    day = -1 if (first.month, first.day) == _LEAP_DAY else first.day
    return rrule(YEARLY, dtstart=first, until=until, bymonth=first.month, bymonthday=day)


def _words(day: date) -> str:
    return f"{short_date(day)}, {day.year}"
