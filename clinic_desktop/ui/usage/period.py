"""The days a report covers: a day, a week, a month, or from one date to another."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from clinic_desktop.foundation.words import short_date

LONGEST_BY_DAY = 62  # days; a longer period is told month by month


class Kind(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    kind: Kind
    first: date
    last: date

    @property
    def one_day(self) -> bool:
        return self.first == self.last

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def period_of(kind: Kind, day: date) -> Period:
    """The day, week (from Monday) or month that a day lies in."""
    if kind is Kind.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Period(kind, monday, monday + timedelta(days=6))
    if kind is Kind.MONTH:
        return Period(kind, day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    return Period(kind, day, day)


def stepped(period: Period, direction: int) -> Period:
    """The period before (-1) or after (1), as long as this one."""
    if period.kind is Kind.DATES:
        by = timedelta(days=direction * ((period.last - period.first).days + 1))
        return Period(period.kind, period.first + by, period.last + by)
    beside = period.last + timedelta(days=1) if direction > 0 else period.first - timedelta(days=1)
    return period_of(period.kind, beside)


def heading(period: Period) -> str:
    """ "Tue, Nov 17, 2026", "Mon, Nov 16 – Sun, Nov 22, 2026"."""
    last = f"{short_date(period.last)}, {period.last.year}"
    if period.one_day:
        return last
    year = "" if period.first.year == period.last.year else f", {period.first.year}"
    return f"{short_date(period.first)}{year} \N{EN DASH} {last}"


def parts(period: Period) -> Iterator[tuple[date, date]]:
    """The days of a period, or its months where there are many."""
    day, whole = period.first, (period.last - period.first).days + 1
    while day <= period.last:
        end = day if whole <= LONGEST_BY_DAY else min(period_of(Kind.MONTH, day).last, period.last)
        yield day, end
        day = end + timedelta(days=1)
