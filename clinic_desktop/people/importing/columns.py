"""Which column of a list is which field, recognised by its heading or told by a person."""

import re
from collections import defaultdict
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.people.importing import rules
from clinic_desktop.people.importing.fields import (
    BY_HEADING,
    DATES,
    NAMES,
    PHONES,
    Field,
    field_of,
    heading_words,
    is_identity,
)

IGNORE = "ignore"
_SPELT_ALIKE = 85  # of 100: "Frist Name", "Birth Dte"


class DateOrder(StrEnum):
    """What stands first in dates such as 4/12/1984."""

    MONTH_FIRST = "month-first"
    DAY_FIRST = "day-first"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its place (from 0), its heading and the field it fills."""

    at: int
    heading: str
    field: Field


@dataclass(frozen=True, slots=True)
class Unclear:
    """A column that somebody has to decide on, and what it could be."""

    at: int
    heading: str
    candidates: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """What is done with each column. ``unknown`` has no place in the record; ``dropped`` held
    identity numbers, which are never kept; ``date_order`` is set when a person told it."""

    known: tuple[Column, ...] = ()
    ambiguous: tuple[Unclear, ...] = ()
    unknown: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    date_order: DateOrder | None = None

    def places(self, field: Field) -> tuple[int, ...]:
        """Where a field stands: several places for phones, mostly one."""
        return tuple(column.at for column in self.known if column.field is field)

    @property
    def has_name(self) -> bool:
        return any(column.field in NAMES for column in self.known)

    @property
    def may_have_name(self) -> bool:
        """Whether an unclear column could be the name."""
        return any(field in NAMES for column in self.ambiguous for field in column.candidates)


def recognise(headings: Sequence[str], told: Map[str, str] | None = None) -> Mapping:
    """The mapping of a list's columns.

    told: heading -> field name, "ignore", or for a date "birth_date:day-first". Raises
    :class:`BadInput` for a heading or a field that does not exist.
    """
    by_hand, order = _told(headings, told or {})
    order = order or _written_order(headings)
    dropped = tuple(h for at, h in enumerate(headings) if at not in by_hand and is_identity(h))
    free = [
        (at, heading)
        for at, heading in enumerate(headings)
        if at not in by_hand and heading.strip() and not is_identity(heading)
    ]
    guessed = {at: field for at, heading in free if (field := field_of(heading))}
    taken = {field for field in by_hand.values() if field}
    for at in [at for at, field in guessed.items() if field in taken and field not in PHONES]:
        del guessed[at]
    unclear = {**_misspelt(free, guessed, taken), **_unclear(guessed, taken)}
    fields = {**{at: field for at, field in guessed.items() if at not in unclear}, **by_hand}
    known = [Column(at, headings[at], field) for at, field in sorted(fields.items()) if field]
    known = _without_spare_name(known)
    used = {column.at for column in known}
    return Mapping(
        known=tuple(known),
        ambiguous=tuple(Unclear(at, headings[at], unclear[at]) for at in sorted(unclear)),
        unknown=tuple(heading for at, heading in free if at not in used and at not in unclear),
        dropped=dropped,
        date_order=order,
    )


def recognised_count(cells: Sequence[str]) -> int:
    """How many cells of a row are known headings: what tells a heading from other rows."""
    return sum(bool(cell.strip()) and (bool(field_of(cell)) or is_identity(cell)) for cell in cells)


def _told(headings: Sequence[str], told: Map[str, str]) -> tuple[dict[int, Field | None], DateOrder | None]:
    """Place -> field, None to leave a column out."""
    found: dict[int, Field | None] = {}
    problems: Problems = {}
    order = None
    for heading, answer in told.items():
        at = _place(headings, heading)
        name, _, order_name = answer.strip().partition(":")
        if at is None:
            problems[heading] = Finding(rules.NO_COLUMN, {"column": heading, "columns": tuple(headings)})
        elif is_identity(headings[at]) and name != IGNORE:
            problems[heading] = Finding(rules.IDENTITY_COLUMN, {"column": heading})
        elif not _is_answer(name, order_name):
            problems[heading] = Finding(rules.NO_FIELD, {"answer": answer, "fields": (*Field, IGNORE)})
        else:
            found[at] = None if name == IGNORE else Field(name)
            order = DateOrder(order_name) if order_name else order
    if problems:
        raise BadInput(problems)
    return found, order


def _written_order(headings: Sequence[str]) -> DateOrder | None:
    """The order that a heading such as "DOB (mm/dd/yyyy)" says."""
    of_dates = [heading.lower() for heading in headings if field_of(heading) in DATES]
    if any(re.search(r"mm?\W?dd?\W?yy", heading) for heading in of_dates):
        return DateOrder.MONTH_FIRST
    if any(re.search(r"dd?\W?mm?\W?yy", heading) for heading in of_dates):
        return DateOrder.DAY_FIRST
    return None


def _is_answer(field: str, order: str) -> bool:
    if order:
        return field in DATES and order in tuple(DateOrder)
    return field == IGNORE or field in tuple(Field)


def _place(headings: Sequence[str], wanted: str) -> int | None:
    """The column of that heading, written exactly or nearly so."""
    if wanted in headings:
        return headings.index(wanted)
    words = [heading_words(heading) for heading in headings]
    wanted = heading_words(wanted)
    return words.index(wanted) if wanted and words.count(wanted) == 1 else None


def _unclear(guessed: dict[int, Field], taken: set[Field]) -> dict[int, tuple[Field, ...]]:
    """Columns of one meaning: two mails, two first names. Several phones are welcome."""
    places: dict[Field, list[int]] = defaultdict(list)
    for at, field in guessed.items():
        places[field].append(at)
    unclear: dict[int, tuple[Field, ...]] = {
        at: (field,)
        for field, several in places.items()
        if len(several) > 1 and field not in PHONES
        for at in several
    }
    # "Name" beside "First name" but no family name: in half of Europe that is the family name.
    there = set(places) | taken
    if Field.FULL_NAME in places and Field.GIVEN_NAME in there and Field.FAMILY_NAME not in there:
        unclear[places[Field.FULL_NAME][0]] = (Field.FAMILY_NAME, Field.FULL_NAME)
    return unclear


def _misspelt(
    free: Sequence[tuple[int, str]], guessed: dict[int, Field], taken: set[Field]
) -> dict[int, tuple[Field, ...]]:
    """Columns whose heading is nearly a known one, for fields that no other column fills."""
    there = set(guessed.values()) | taken
    found: dict[int, tuple[Field, ...]] = {}
    for at, heading in free:
        word = heading_words(heading).replace(" ", "")
        if at in guessed or len(word) < 4:
            continue
        near = process.extract(word, BY_HEADING.keys(), scorer=fuzz.ratio, score_cutoff=_SPELT_ALIKE)
        fields = dict.fromkeys(BY_HEADING[match] for match, *_ in near)
        if wanted := tuple(field for field in fields if field not in there or field in PHONES):
            found[at] = wanted
    return found


def _without_spare_name(known: list[Column]) -> list[Column]:
    """The full name is left out where its parts are known."""
    there = {column.field for column in known}
    if {Field.GIVEN_NAME, Field.FAMILY_NAME} <= there:
        return [column for column in known if column.field is not Field.FULL_NAME]
    return known
