"""The one line as people type it: "mar 10 sp", "okafor 6 iv tue fri am", "tomorrow", "555-0142".

A line is read in every way that makes sense, and each reading accounts for every word exactly once. The
readings come in this order, the likeliest first:

1. What has no unknown word comes before what has one.
2. A word means what the clinic's own words, days and times mean before it is a name; so "tue" is a Tuesday,
   and somebody called Tue is the second reading.
3. Of two readings that book a visit, the one that says for whom comes first: "mar 10 sp" is Mar... near ten
   before it is the tenth of March, which "mar 10" is alone.
4. A bare number is an hour at which the clinic is open; else so many visits, where a course has so many:
   "6 iv" is six infusions, "10 sp" is near ten. Two weekdays beside it make it a course: "8 sp tue fri". "8x"
   is always so many visits, and "8:00" or "8a" always the time.
5. One weekday is that day; with a course it is a wish, and two weekdays make a course.
6. A date of long ago is a birth date; three digits and more are a phone or chart number. Three or four that
   are a time at which the clinic is open are the time beside a name or a day, and the number alone or beside
   a treatment: "okafor 1030" and "thu 930", but "1030 sp" is for whoever has that number before it is a time.

Commands are matched on the whole line by whoever has them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinic_desktop.scheduling.typed_dates import digits_minute
from clinic_desktop.scheduling.typed_meanings import UNLIKELY, Kind, Meaning, Value, meanings
from clinic_desktop.scheduling.typed_vocabulary import Vocabulary

READINGS = 5
_WIDTH = 64  # readings of a beginning that are followed up
_LONGEST = 24  # words; what comes after them is no line any more
_ONCE = frozenset(
    {Kind.NUMBER, Kind.BIRTH, Kind.COUNT, Kind.COURSE, Kind.DAY, Kind.CLOCK, Kind.HALF, Kind.NURSE, Kind.ROOM}
)
_WHO = frozenset({Kind.NAME, Kind.NUMBER, Kind.BIRTH})
_WHEN = frozenset({Kind.DAY, Kind.WEEKDAY, Kind.CLOCK, Kind.HALF, Kind.FILLER})

_FOR_NOBODY = 5
_AS_A_COURSE = -3
_APART = 1
_DAY_OF_COURSE = 2
_NUMBER_TOO = 3
_SAID_OTHERWISE = frozenset({Kind.NAME, Kind.DAY, Kind.WEEKDAY})  # beside them digits are the time


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of the line, where they stand in it, and what they are."""

    kind: Kind
    start: int
    end: int
    text: str
    value: Value
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One reading of a line. types: codes of the visit types that are meant, none for whichever.

    course: code of the template; empty for a single visit. number: of a phone or chart.
    """

    text: str
    parts: tuple[Part, ...] = ()
    names: tuple[str, ...] = ()
    number: str = ""
    birth: date | None = None
    types: tuple[str, ...] = ()
    course: str = ""
    count: int | None = None
    day: date | None = None
    weekdays: frozenset[int] = frozenset()
    minute: int | None = None
    half: str = ""
    nurse_id: int | None = None
    room_id: int | None = None

    @property
    def unknown(self) -> tuple[Part, ...]:
        return tuple(one for one in self.parts if one.kind is Kind.UNKNOWN)

    @property
    def who(self) -> str:
        """The words that say for whom, as they were typed."""
        return " ".join(one.text for one in self.parts if one.kind in _WHO)

    @property
    def books(self) -> bool:
        """Whether it asks for a visit or a course, and not only for somebody or a day."""
        asked = {Kind.TYPE, Kind.COUNT, Kind.COURSE, Kind.NURSE, Kind.ROOM}
        kinds = {one.kind for one in self.parts}
        return bool(kinds & asked) or bool(self.who and kinds & (_WHEN - {Kind.FILLER}))

    @property
    def either(self) -> bool:
        """Whether the number could be a time as well."""
        return digits_minute(self.number) is not None

    @property
    def only_when(self) -> bool:
        """Whether it is a day or a time and nothing else."""
        return bool(self.parts) and all(one.kind in _WHEN for one in self.parts) and self.day is not None

    @property
    def sure(self) -> bool:
        """Whether no word of the name could mean something else."""
        return not any(one.cost for one in self.parts if one.kind is Kind.NAME)


def read_line(text: str, today: date, known: Vocabulary) -> tuple[Line, ...]:
    """The readings of a line, the likeliest first; none for an empty one. Never raises."""
    places = _words(text)
    words = tuple(text[start:end] for start, end in places)
    tails: dict[int, list[tuple[int, tuple[Meaning, ...]]]] = {0: [(0, ())]}
    for at in range(len(words)):
        begun = sorted(tails.pop(at, []), key=lambda one: one[0])[:_WIDTH]
        found = meanings(words, at, today, known) if at < _LONGEST else [Meaning(Kind.UNKNOWN, "", UNLIKELY)]
        for cost, before in begun:
            for one in found:
                if _goes_with(one, before):
                    tails.setdefault(at + one.words, []).append((cost + one.cost, (*before, one)))
    ends = [
        (cost + _more(some, known), some)
        for cost, some in tails.get(len(words), [])
        if some and _makes_sense(some, known)
    ]
    best = sorted(ends, key=lambda one: one[0])[: 4 * READINGS]
    lines = [(cost, _line(text, places, some, known)) for cost, some in best]
    if words and not lines:
        lines = [(UNLIKELY, _all_unknown(text, places))]
    return _ranked(lines)


def _words(text: str) -> list[tuple[int, int]]:
    """Where each word stands; commas and semicolons part words as blanks do."""
    return [found.span() for found in re.finditer(r"[^\s,;]+", text)]


def _goes_with(one: Meaning, before: Sequence[Meaning]) -> bool:
    """Whether it may follow: most things are said once, and two types must have one in common."""
    kinds = {some.kind for some in before}
    if one.kind is Kind.TYPE and Kind.TYPE in kinds:
        return bool(_types([*before, one]))
    if {Kind.COUNT, Kind.COURSE} <= kinds | {one.kind}:
        return False
    if {Kind.CLOCK, Kind.NUMBER} <= kinds | {one.kind} and _has_either(Kind.CLOCK, [*before, one]):
        return False  # a piece of a longer number
    return one.kind not in _ONCE or one.kind not in kinds


def _makes_sense(some: Sequence[Meaning], known: Vocabulary) -> bool:
    """Whether what is said of a course is said of one that there is, and weekdays of a course."""
    types, course = _types(some), _course(some, known)
    for one in some:
        if one.kind is Kind.COUNT and (not course or (one.cost and not types)):
            return False
        if one.kind is Kind.COURSE and not known.course_fits(course, types):
            return False
        if one.kind is Kind.WEEKDAY and not course:
            return False
    return True


def _more(some: Sequence[Meaning], known: Vocabulary) -> int:
    """What the words cost beside each other."""
    kinds = [one.kind for one in some]
    course = bool(_course(some, known))
    cost = 0
    books = {Kind.TYPE, Kind.COUNT, Kind.COURSE, Kind.NURSE, Kind.ROOM} & set(kinds)
    if books and not _WHO & set(kinds):
        cost += _FOR_NOBODY
    if Kind.COUNT in kinds and kinds.count(Kind.WEEKDAY) > 1:
        cost += _AS_A_COURSE
    if course and any(one.kind is Kind.DAY and one.weekday for one in some):
        cost += _DAY_OF_COURSE
    if _SAID_OTHERWISE & set(kinds) and _has_either(Kind.NUMBER, some):
        cost += _NUMBER_TOO
    return cost + _APART * max(0, _groups(kinds) - 1)


def _has_either(kind: Kind, some: Sequence[Meaning]) -> bool:
    return any(one.either and one.kind is kind for one in some)


def _groups(kinds: Sequence[Kind]) -> int:
    """In how many places of the line there are names."""
    return sum(
        kind is Kind.NAME and (at == 0 or kinds[at - 1] is not Kind.NAME) for at, kind in enumerate(kinds)
    )


def _types(some: Iterable[Meaning]) -> tuple[str, ...]:
    """The type codes that all of the words about types have in common, in the order of the first."""
    said = [one.value for one in some if one.kind is Kind.TYPE and isinstance(one.value, tuple)]
    return tuple(code for code in said[0] if all(code in one for one in said)) if said else ()


def _course(some: Sequence[Meaning], known: Vocabulary) -> str:
    """The code of the course that is meant; empty for none."""
    types = _types(some)
    for one in some:
        if one.kind is Kind.COURSE:
            return str(one.value)
        if one.kind is Kind.COUNT and isinstance(one.value, int):
            return known.course_of_count(one.value, types)
    several = sum(one.kind is Kind.WEEKDAY for one in some) > 1
    return known.some_course(types) if several else ""


def _line(text: str, places: Sequence[tuple[int, int]], some: Sequence[Meaning], known: Vocabulary) -> Line:
    parts, at = [], 0
    for one in some:
        start, end = places[at][0], places[at + one.words - 1][1]
        parts.append(Part(one.kind, start, end, text[start:end], one.value, one.cost))
        at += one.words
    line = Line(text, tuple(parts), types=_types(some), course=_course(some, known))
    for part in parts:
        line = _with(line, part)
    return line


def _with(line: Line, part: Part) -> Line:
    """The line with one more part of it understood."""
    kind, value = part.kind, part.value
    if kind is Kind.NAME:
        return replace(line, names=(*line.names, part.text))
    if kind is Kind.WEEKDAY and isinstance(value, int):
        return replace(line, weekdays=line.weekdays | {value})
    field = _FIELDS.get(kind)
    return replace(line, **{field: value}) if field else line  # type: ignore[arg-type]  # each kind has its own


_FIELDS = {
    Kind.NUMBER: "number",
    Kind.BIRTH: "birth",
    Kind.COUNT: "count",
    Kind.DAY: "day",
    Kind.CLOCK: "minute",
    Kind.HALF: "half",
    Kind.NURSE: "nurse_id",
    Kind.ROOM: "room_id",
}


def _all_unknown(text: str, places: Sequence[tuple[int, int]]) -> Line:
    return Line(text, tuple(Part(Kind.UNKNOWN, a, b, text[a:b], text[a:b], UNLIKELY) for a, b in places))


def _ranked(lines: Sequence[tuple[int, Line]]) -> tuple[Line, ...]:
    """The best of them, each once; one with an unknown word only where all have one."""
    by_cost = sorted(lines, key=lambda one: one[0])
    known = [line for cost, line in by_cost if cost < UNLIKELY] or [line for _, line in by_cost[:1]]
    once: dict[Line, Line] = {}
    for line in known:
        once.setdefault(replace(line, parts=()), line)
    return tuple(once.values())[:READINGS]
