"""What somebody typed into the search line, taken apart: name words, birth dates, numbers, mail."""

import re
from dataclasses import dataclass, replace
from datetime import date

from clinic_desktop.people.folding import digits, fold, parts, squeezed
from clinic_desktop.people.search_person import Person

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ISO = re.compile(r"(?<![\d/.-])(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{0,2}))?(?![\d/.-])")
_NUMERIC = re.compile(r"(?<![\d/.-])(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[-/.](?P<y>\d{0,4}))?(?![\d/.-])")
_MONTH_FIRST = re.compile(
    r"(?<!\w)(?P<name>[a-z]{3,9})\.? ?(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:(?:, ?| )(?P<y>\d{1,4}))?(?!\w)"
)
_DAY_FIRST = re.compile(
    r"(?<!\w)(?P<d>\d{1,2})(?:st|nd|rd|th)?[ .-]{0,2}(?P<name>[a-z]{3,9})\.?"
    r"(?:[ ,-]{1,2}(?P<y>\d{1,4}))?(?!\w)"
)
SHORTEST_PHONE_END = 3
SHORTEST_PHONE_BEGINNING = 4
_PHONE_LIKE = re.compile(r"[\d().+/-]+")
_COUNTRY = re.compile(r"(?<!\S)\+1(?=\D|\d{3})")


@dataclass(frozen=True, slots=True)
class BirthPattern:
    """A birth date as far as it is typed. ``year`` is how the year begins, or its last two digits;
    month or day 0 is any."""

    year: str = ""
    month: int = 0
    day: int = 0

    def fits(self, born: date | None) -> bool:
        if born is None:
            return False
        year = str(born.year)
        if not (year.startswith(self.year) or (len(self.year) == 2 and year.endswith(self.year))):
            return False
        return self.month in (0, born.month) and self.day in (0, born.day)


@dataclass(frozen=True, slots=True)
class Query:
    """One reading of the typed text; a person must fit all of it."""

    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()  # holding digits: end of a phone, chart number, year
    birth: BirthPattern | None = None
    mail: str = ""

    def fits_beside_words(self, person: Person) -> bool:
        """Whether the rest fits, the name words left out."""
        if self.birth and not self.birth.fits(person.entry.birth_date):
            return False
        return all(code_fits(code, person) for code in self.codes)


def readings(text: str) -> tuple[Query, ...]:
    """The readings of the text, the likeliest first."""
    typed = " ".join(fold(text).split())
    if "@" in typed:
        return (Query(mail=typed),)
    birth, rest = _take_birth(typed)
    main = replace(_words_and_codes(rest), birth=birth)
    found = [main]
    if birth and not birth.year:  # "mar 12" may be Mary whose number begins so
        found.append(_words_and_codes(typed))
    if len(main.codes) > 1 and not main.words:  # "(555) 010-4477" is one number
        found.insert(0, replace(main, codes=("".join(main.codes),)))
    return tuple(q for q in dict.fromkeys(found) if q != Query())


def _words_and_codes(rest: str) -> Query:
    words: list[str] = []
    codes: list[str] = []
    for chunk in _COUNTRY.sub("", rest).replace("'", "").split():
        if any(c.isdigit() for c in chunk):
            codes.append(digits(chunk) if _PHONE_LIKE.fullmatch(chunk) else squeezed(chunk))
        else:
            words += parts(chunk)
    return Query(words=tuple(words), codes=tuple(codes))


def _take_birth(typed: str) -> tuple[BirthPattern | None, str]:
    """The birth date in the text, and the text without it."""
    for form in (_ISO, _NUMERIC, _MONTH_FIRST, _DAY_FIRST):
        match = form.search(typed)
        pattern = match and _pattern(match.groupdict())
        if match and pattern:
            return pattern, typed[: match.start()] + " " + typed[match.end() :]
    return None, typed


def _pattern(parts: dict[str, str | None]) -> BirthPattern | None:
    month = _month_named(parts["name"] or "") if "name" in parts else int(parts["m"] or 0)
    day = int(parts["d"] or 0)
    if month > 12 >= day:  # only the other order makes a date
        month, day = day, month
    if not 1 <= month <= 12 or day > 31:
        return None
    return BirthPattern(parts["y"] or "", month, day)


def _month_named(word: str) -> int:
    return next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(word)), 0)


def code_fits(code: str, person: Person) -> bool:
    """Whether a typed word with digits is part of the person's numbers, birth date or name."""
    return (
        f" {code}" in person.text
        or chart_begins(code, person)
        or any(end_or_beginning(code, number) for number in person.phones)
        or bool((pattern := compact_birth(code)) and pattern.fits(person.entry.birth_date))
    )


def chart_begins(code: str, person: Person) -> bool:
    return person.chart.startswith(code) or person.chart_number.startswith(code)


def end_or_beginning(code: str, number: str) -> bool:
    return (len(code) >= SHORTEST_PHONE_END and number.endswith(code)) or (
        len(code) >= SHORTEST_PHONE_BEGINNING and number.startswith(code)
    )


def compact_birth(code: str) -> BirthPattern | None:
    """A year, or a whole date without signs: 04121984 or 19840412."""
    if not code.isdecimal():
        return None
    if len(code) == 4 and "1870" <= code <= "2150":
        return BirthPattern(code)
    if len(code) != 8:
        return None
    month_first = {"m": code[:2], "d": code[2:4], "y": code[4:]}
    year_first = {"y": code[:4], "m": code[4:6], "d": code[6:]}
    parts = year_first if "1870" <= code[:4] <= "2150" else month_first
    return _pattern(dict(parts))
