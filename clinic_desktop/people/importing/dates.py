"""Dates of a list, read one way throughout."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clinic_desktop.people.importing.columns import DateOrder

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?:[t ]\d{1,2}:\d\d.*)?"
_YEAR_FIRST = re.compile(rf"(?P<y>\d{{4}})([-/. ])(?P<m>\d{{1,2}})\2(?P<d>\d{{1,2}}){_TIME}")
_COMPACT = re.compile(r"(?P<y>1[89]\d\d|20\d\d)(?P<m>\d\d)(?P<d>\d\d)")
_MONTH_NAME = re.compile(
    rf"(?:[a-z]+,? )?(?P<m>[a-z]{{3,9}})\.? ?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}}|\d\d){_TIME}"
)
_DAY_NAME = re.compile(
    rf"(?:[a-z]+,? )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-. /]*(?P<m>[a-z]{{3,9}})[-., /]+"
    rf"(?P<y>\d{{4}}|\d\d){_TIME}"
)
_NUMBERS = re.compile(rf"(?P<a>\d{{1,2}})([-/. ])(?P<b>\d{{1,2}})\2(?P<y>\d{{4}}|\d\d){_TIME}")
_COMPACT_NUMBERS = re.compile(r"(?P<a>\d\d)(?P<b>\d\d)(?P<y>\d{4})")
# One in ten rows written the other way may be slips; more, and somebody has to say.
_SLIPS = 10


@dataclass(frozen=True, slots=True)
class Unclear:
    """A date that no row of the list decides: its text and both readings."""

    text: str
    month_first: date
    day_first: date


@dataclass(frozen=True, slots=True)
class Decision:
    """How the list's dates are read. ``order`` is None when a person has to say; ``unclear`` is a
    date to ask with, where there is one."""

    order: DateOrder | None
    unclear: Unclear | None = None
    two_digit_years: bool = False


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reads the dates of one list. Years of two digits lie in the hundred years up to ``today``."""

    today: date
    order: DateOrder = DateOrder.MONTH_FIRST

    def read(self, text: str) -> date | None:
        """The date, or None for what is no date in this order."""
        typed = " ".join(text.split()).lower()
        for form in (_YEAR_FIRST, _COMPACT, _MONTH_NAME, _DAY_NAME):
            if match := form.fullmatch(typed):
                return self._date(match["y"], _month(match["m"]), int(match["d"]))
        match = _NUMBERS.fullmatch(typed) or _COMPACT_NUMBERS.fullmatch(typed)
        if match is None:
            return None
        first, second = int(match["a"]), int(match["b"])
        month, day = (first, second) if self.order is DateOrder.MONTH_FIRST else (second, first)
        return self._date(match["y"], month, day)

    def _date(self, year_text: str, month: int, day: int) -> date | None:
        year = int(year_text)
        if len(year_text) == 2:
            year += self.today.year // 100 * 100
            try:
                later = date(year, month, day) > self.today
            except ValueError:
                later = year > self.today.year
            year -= 100 if later else 0
        try:
            return date(year, month, day)
        except ValueError:
            return None

    @property
    def example(self) -> str:
        """A date as this list writes it, for the remedy."""
        return "4/30/1984" if self.order is DateOrder.MONTH_FIRST else "30/4/1984"

    @property
    def century(self) -> tuple[int, int]:
        """First and last year that two digits can mean."""
        return self.today.year - 99, self.today.year


def decide(texts: Iterable[str], today: date, told: DateOrder | None = None) -> Decision:
    """What stands first in the numeric dates of a list, from all its rows together."""
    month_first, day_first = DateReader(today, DateOrder.MONTH_FIRST), DateReader(today, DateOrder.DAY_FIRST)
    only_month = only_day = 0
    unclear: Unclear | None = None
    two_digits = False
    for text in texts:
        a, b = month_first.read(text), day_first.read(text)
        two_digits = two_digits or bool((a or b) and not re.search(r"\d{4}", text))
        if a == b:
            continue
        if a and b:
            unclear = unclear or Unclear(text.strip(), a, b)
        else:
            only_month += a is not None
            only_day += b is not None
    if told:
        return Decision(told, None, two_digits)
    return Decision(_weighed(only_month, only_day, unclear), unclear, two_digits)


def _weighed(only_month: int, only_day: int, unclear: Unclear | None) -> DateOrder | None:
    if only_month >= only_day * _SLIPS and only_month:
        return DateOrder.MONTH_FIRST
    if only_day >= only_month * _SLIPS and only_day:
        return DateOrder.DAY_FIRST
    if unclear:
        return None
    return DateOrder.DAY_FIRST if only_day > only_month else DateOrder.MONTH_FIRST


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return next((n for n, name in enumerate(_MONTHS, 1) if text.startswith(name)), 0)
