"""What one word or a few words of the line may mean, each with how far-fetched that is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial

from clinic_desktop.people.folding import fold
from clinic_desktop.scheduling.typed_dates import WEEKDAYS, digits_minute, typed_day, typed_minute
from clinic_desktop.scheduling.typed_vocabulary import SHORTEST_BEGINNING, Vocabulary

LONGEST_SPAN = 4  # words of "fri dec 4 2026"
NOBODY_SO_YOUNG = 12  # years back from which a date is somebody's birth date
UNLIKELY = 1000

# How far-fetched a meaning is; the readings of a line are listed by their sums.
PLAIN, BEGUN, OPEN_HOUR, COUNTED, A_NAME_TOO, FAR = 0, 1, 2, 4, 4, 6

HALVES = {"am": "am", "pm": "pm", "morning": "am", "mornings": "am", "afternoon": "pm", "afternoons": "pm"}
FILLERS = frozenset(
    {"at", "on", "for", "the", "near", "around", "about", "first", "free", "visit", "visits", "course", "and"}
)

_PHONE = re.compile(r"[\d().+/-]*\d[\d().+/-]*")
_COUNT = re.compile(r"x(\d{1,2})|(\d{1,2})x")
_BORN_SHORT = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{2})")


class Kind(StrEnum):
    """What a word of the line is."""

    NAME = "name"
    NUMBER = "number"  # a phone or chart number, or the end of one
    BIRTH = "birth date"
    TYPE = "type"
    COUNT = "count"
    COURSE = "course"
    DAY = "day"
    WEEKDAY = "weekday"
    CLOCK = "clock time"
    HALF = "part of the day"
    NURSE = "nurse"
    ROOM = "room"
    FILLER = "filler"
    UNKNOWN = "unknown"


Value = str | int | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that ``words`` words may mean. weekday: a day that was said by the name of its weekday.

    either: three or four digits that are the end of a number, or the time without its colon.
    """

    kind: Kind
    value: Value
    cost: int = PLAIN
    words: int = 1
    weekday: bool = False
    either: bool = False


def meanings(words: tuple[str, ...], at: int, today: date, known: Vocabulary) -> list[Meaning]:
    """Everything that the words from ``at`` on may mean; there is always something."""
    span = tuple(fold(one) for one in words[at : at + LONGEST_SPAN])
    out = [*_of_one(span[0], today, known)]
    for count in range(2, len(span) + 1):
        out += _of_several(span[:count], today, known)
    return out


def _of_one(word: str, today: date, known: Vocabulary) -> Iterator[Meaning]:
    if word.isdecimal():
        yield from _number(word, known)
        return
    found = [*_dated(word, today)] or [*_of_the_clinic(word, known)]
    yield from found
    if any(one.isalpha() for one in word) and not (found and any(one.isdecimal() for one in word)):
        yield Meaning(Kind.NAME, word, _as_name(found))
    elif not found:
        yield Meaning(Kind.UNKNOWN, word, UNLIKELY)


def _as_name(others: list[Meaning]) -> int:
    """How far-fetched it is that a word is a name, when it may be something else."""
    if not others:
        return PLAIN
    return FAR if others[0].kind is Kind.FILLER else A_NAME_TOO


def _of_the_clinic(word: str, known: Vocabulary) -> Iterator[Meaning]:
    return (made for way in _WAYS if (made := way(word, known)) is not None)


def _number(word: str, known: Vocabulary) -> Iterator[Meaning]:
    """A bare number: an hour of the day, the visits of a course, a dose, or part of a longer number."""
    yield Meaning(Kind.UNKNOWN, word, UNLIKELY)
    if len(word) > 2:
        minute = digits_minute(word)
        either = minute is not None and known.open_at(minute)
        yield Meaning(Kind.NUMBER, word, either=either)
        if minute is not None and either:
            yield Meaning(Kind.CLOCK, minute, OPEN_HOUR, either=True)
        return
    number = int(word)
    if 0 < number < 24:
        minute = hour_meant(number)
        yield Meaning(Kind.CLOCK, minute, OPEN_HOUR if known.open_at(minute) else FAR)
    if known.has_course_of(number):
        yield Meaning(Kind.COUNT, number, COUNTED)
    if number in known.doses:
        yield Meaning(Kind.TYPE, known.doses[number], BEGUN)


def hour_meant(hour: int) -> int:
    """The minute of the day of a bare hour: 1 to 6 is the afternoon."""
    return 60 * (hour + 12 if 1 <= hour <= 6 else hour)


def _dated(word: str, today: date) -> Iterator[Meaning]:
    """A date. A weekday may be the day or a wish; a year long gone is somebody's birth date."""
    weekday = weekday_of(word)
    if weekday is not None:
        yield Meaning(Kind.WEEKDAY, weekday, BEGUN)
    for one in _day_or_birth(word, today):
        yield replace(one, weekday=weekday is not None)


def _day_or_birth(text: str, today: date) -> Iterator[Meaning]:
    short = _BORN_SHORT.fullmatch(text)
    day = typed_day(text, today)
    if short is not None and day is not None and day.year > today.year + 10:
        day = date(day.year - 100, day.month, min(day.day, 28) if day.month == 2 else day.day)
    if day is None:
        return
    if day.year <= today.year - NOBODY_SO_YOUNG:
        yield Meaning(Kind.BIRTH, day)
    else:
        yield Meaning(Kind.DAY, day, BEGUN)


def weekday_of(word: str) -> int | None:
    """0 is Monday; three letters are enough, and "fridays" is every Friday."""
    bare = word[:-1] if len(word) > len("mondays") - 1 and word.endswith("s") else word
    if len(bare) < SHORTEST_BEGINNING:
        return None
    return next((number for number, name in enumerate(WEEKDAYS) if name.startswith(bare)), None)


def _clock(word: str, _known: Vocabulary) -> Meaning | None:
    minute = typed_minute(word)
    return None if minute is None else Meaning(Kind.CLOCK, minute)


def _type(word: str, known: Vocabulary) -> Meaning | None:
    bare = word[:-2] if word.endswith("mg") and word[:-2].isdecimal() else ""
    if bare and int(bare) in known.doses:
        return Meaning(Kind.TYPE, known.doses[int(bare)])
    codes = known.types_of(word)
    return Meaning(Kind.TYPE, codes, PLAIN if word in known.types else BEGUN) if codes else None


def _course(word: str, known: Vocabulary) -> Meaning | None:
    code = known.course_of(word)
    return Meaning(Kind.COURSE, code) if code else None


def _times(word: str, known: Vocabulary) -> Meaning | None:
    """ "6x" or "x6": so many visits, whatever hour it might be."""
    found = _COUNT.fullmatch(word)
    count = int(found[1] or found[2]) if found else 0
    return Meaning(Kind.COUNT, count) if known.has_course_of(count) else None


def _half(word: str, _known: Vocabulary) -> Meaning | None:
    return Meaning(Kind.HALF, HALVES[word]) if word in HALVES else None


def _filler(word: str, _known: Vocabulary) -> Meaning | None:
    return Meaning(Kind.FILLER, word) if word in FILLERS else None


def _phone(word: str, _known: Vocabulary) -> Meaning | None:
    return Meaning(Kind.NUMBER, word) if _is_phone((word,)) else None


_WAYS = (_clock, _type, _course, _times, _half, _filler, _phone)


def _of_several(span: tuple[str, ...], today: date, known: Vocabulary) -> Iterator[Meaning]:
    made = partial(Meaning, words=len(span))
    yield from (made(one.kind, one.value, one.cost) for one in _day_or_birth(" ".join(span), today))
    if len(span) == 2 and span[1] in ("am", "pm", "a", "p"):
        minute = typed_minute("".join(span))
        if minute is not None:
            yield made(Kind.CLOCK, minute)
    if _is_phone(span):
        yield made(Kind.NUMBER, "".join(span))
    nurse = known.nurse(span[1:]) if span[0] == "with" else None
    if nurse is not None:
        yield made(Kind.NURSE, nurse)
    room = known.room(span)
    if room is not None:
        yield made(Kind.ROOM, room)


def _is_phone(span: tuple[str, ...]) -> bool:
    """A number as it is written with signs or in parts: seven digits, ten, or eleven with the country."""
    if not all(_PHONE.fullmatch(one) for one in span):
        return False
    return sum(map(str.isdecimal, "".join(span))) in (7, 10, 11)
