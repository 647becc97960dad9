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
# Three dates in five have a day past the 12th and so bear witness. Where fewer than one in five do, those may
# be the slips themselves, and everybody's birth date would follow them.
_WITNESSES = 5

Dated = tuple[int, str]  # a row's number, and a date as it stands there


@dataclass(frozen=True, slots=True)
class Unclear:
    """A date that reads both ways: its text and both readings."""

    text: str
    month_first: date
    day_first: date


@dataclass(frozen=True, slots=True)
class Witness:
    """The first row that can be read one way only; ``count`` rows are like it, ``unclear`` read both ways."""

    row: int
    text: str
    count: int
    unclear: int


@dataclass(frozen=True, slots=True)
class Decision:
    """How the list's dates are read. ``order`` is None when a person has to say; ``unclear`` is a
    date to ask with, and ``witness`` what spoke for the order (or for too little), where there is one.
    ``told``: dates hang on what a person or a heading said."""

    order: DateOrder | None
    unclear: Unclear | None = None
    two_digit_years: bool = False
    witness: Witness | None = None
    told: bool = False


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


def decide(dates: Iterable[Dated], today: date, told: DateOrder | None = None) -> Decision:
    """What stands first in the numeric dates of a list, from all its rows together."""
    month_first, day_first = DateReader(today, DateOrder.MONTH_FIRST), DateReader(today, DateOrder.DAY_FIRST)
    only: dict[DateOrder, list[Dated]] = {order: [] for order in DateOrder}
    both: list[Unclear] = []
    two_digits = False
    for row, text in dates:
        a, b = month_first.read(text), day_first.read(text)
        two_digits = two_digits or bool((a or b) and not re.search(r"\d{4}", text))
        if a == b:
            continue
        if a and b:
            both.append(Unclear(text.strip(), a, b))
        else:
            only[DateOrder.MONTH_FIRST if a else DateOrder.DAY_FIRST].append((row, text.strip()))
    unclear = both[0] if both else None
    if told:
        return Decision(told, None, two_digits, told=bool(both))
    most = max(DateOrder, key=lambda order: len(only[order]))
    witness = Witness(*only[most][0], len(only[most]), len(both)) if only[most] else None
    fewer = min(len(rows) for rows in only.values())
    sure = not both or (witness is not None and _is_sure(witness, fewer))
    return Decision(most if sure else None, unclear, two_digits, witness)


def _is_sure(witness: Witness, against: int) -> bool:
    """Whether enough rows speak for an order, and few enough against it."""
    contradicted = against * _SLIPS > witness.count
    alone = witness.unclear > (_WITNESSES - 1) * witness.count
    return not contradicted and not alone


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return next((n for n, name in enumerate(_MONTHS, 1) if text.startswith(name)), 0)
