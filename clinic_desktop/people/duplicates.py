"""Whether two records may be one person, by name, birth date and address alone.

Each part that is known on both sides speaks with the points of one small table; who reaches
``ENOUGH`` is shown to a person, who decides. The points follow how often each part agrees by
chance: a birth date says much, a city little. Husband and wife, parent and child share name and
address but neither given name nor birth date, and stay below.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from clinic_desktop.people.folding import fold, squeezed
from clinic_desktop.people.model import Patient


class Agreement(IntEnum):
    """How one part of two records compares."""

    SAME = 0
    CLOSE = 1
    DIFFERENT = 2
    UNKNOWN = 3


POINTS = {  # same, close, different; unknown on either side says nothing
    "given name": (3, 2, -4, 0),
    "family name": (4, 3, -3, 0),
    "birth date": (6, 4, -6, 0),
    "street": (5, 3, -2, 0),
    "city": (2, 1, -1, 0),
    "postcode": (2, 1, -1, 0),
}
ENOUGH = 4
_EXCHANGED = -1  # given and family name the other way round
_CLOSE_NAME, _CLOSE_STREET, _CLOSE_PLACE = 0.88, 80, 0.75


@dataclass(frozen=True, slots=True)
class DuplicateKey:
    """What is compared of a person. ``street`` holds all of it: number, road, unit."""

    id: int
    given_name: str = ""
    family_name: str = ""
    preferred_name: str = ""
    birth_date: date | None = None
    street: str = ""
    city: str = ""
    postcode: str = ""

    @classmethod
    def of(cls, patient: Patient) -> "DuplicateKey":
        return cls(
            id=patient.id,
            given_name=patient.given_name,
            family_name=patient.family_name,
            preferred_name=patient.preferred_name,
            birth_date=patient.birth_date,
            street=patient.address.street,
            city=patient.address.city,
            postcode=patient.address.postcode,
        )


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody who may be the same person: how much speaks for it, and what agrees in which part."""

    id: int
    points: int
    parts: tuple[tuple[str, Agreement], ...]


class DuplicateIndex:
    """People to compare with, gathered by what the records of one person nearly always share."""

    def __init__(self, keys: Iterable[DuplicateKey] = ()) -> None:
        self._traits: dict[int, _Traits] = {}
        self._gathered: dict[tuple[str, ...], set[int]] = {}
        for key in keys:
            self.put(key)

    def put(self, key: DuplicateKey) -> None:
        """Add a person, or replace what was known of them."""
        self.remove(key.id)
        traits = _Traits.of(key)
        self._traits[key.id] = traits
        for place in traits.places():
            self._gathered.setdefault(place, set()).add(key.id)

    def remove(self, person_id: int) -> None:
        """Forget a person; one who is not there is no matter."""
        traits = self._traits.pop(person_id, None)
        if traits is None:
            return
        for place in set(traits.places()):
            self._gathered[place].discard(person_id)
            if not self._gathered[place]:
                del self._gathered[place]

    def likely(self, new: DuplicateKey) -> list[Likeness]:
        """Others who may be this person, the likeliest first."""
        traits = _Traits.of(new)
        near = {other for place in traits.places() for other in self._gathered.get(place, ())} - {new.id}
        found = (_compare(traits, self._traits[other]) for other in near)
        return sorted((f for f in found if f), key=lambda likeness: (-likeness.points, likeness.id))


def likely_duplicates(new: DuplicateKey, others: DuplicateIndex | Iterable[DuplicateKey]) -> list[Likeness]:
    """Those of the others who may be the new person, the likeliest first."""
    index = others if isinstance(others, DuplicateIndex) else DuplicateIndex(others)
    return index.likely(new)


def duplicate_pairs(keys: Iterable[DuplicateKey]) -> Iterator[tuple[int, Likeness]]:
    """Each pair in a list that may be one person: the later one's id, and its likeness to an earlier."""
    index = DuplicateIndex()
    for key in keys:
        yield from ((key.id, likeness) for likeness in index.likely(key))
        index.put(key)


@dataclass(frozen=True, slots=True)
class _Traits:
    """A key made ready for comparing."""

    id: int
    given: tuple[str, ...]  # given and preferred name
    family: str
    born: date | None
    born_digits: str
    street: str
    city: str
    postcode: str

    @classmethod
    def of(cls, key: DuplicateKey) -> "_Traits":
        postcode = squeezed(key.postcode)
        return cls(
            id=key.id,
            given=tuple(dict.fromkeys(filter(None, map(squeezed, (key.given_name, key.preferred_name))))),
            family=squeezed(key.family_name),
            born=key.birth_date,
            born_digits=f"{key.birth_date:%Y%m%d}" if key.birth_date else "",
            street=" ".join(fold(key.street).replace(",", " ").split()),
            city=squeezed(key.city),
            postcode=postcode[:5] if len(postcode) == 9 and postcode.isdecimal() else postcode,
        )

    def places(self) -> Iterator[tuple[str, ...]]:
        """Where to look for the same person: a mistake seldom touches all of these."""
        if self.born_digits:
            yield "born", self.born_digits
        for given in self.given:
            yield "names", *sorted((given[:3], self.family[:3]))
        if self.family and self.postcode:
            yield "family", self.family[:4], self.postcode
        if self.street:
            yield "street", squeezed(self.street)[:6]


def _compare(one: _Traits, other: _Traits) -> Likeness | None:
    """The likeness of two people when it is enough to ask."""
    born = _born(one, other)
    most = POINTS["birth date"][born] + POINTS["given name"][0] + POINTS["family name"][0]
    if most < ENOUGH and not (one.street and other.street):  # names alone cannot outweigh that
        return None
    names, exchanged = _names(one, other)
    parts = (
        *names,
        ("birth date", born),
        ("street", _street(one.street, other.street)),
        ("city", _place(one.city, other.city)),
        ("postcode", _place(one.postcode, other.postcode)),
    )
    points = _sum(parts) + exchanged
    named = any(agreement is not Agreement.UNKNOWN for _, agreement in names)
    return Likeness(other.id, points, parts) if named and points >= ENOUGH else None


Part = tuple[str, Agreement]


def _sum(parts: Iterable[Part]) -> int:
    return sum(POINTS[part][agreement] for part, agreement in parts)


def _names(one: _Traits, other: _Traits) -> tuple[tuple[Part, Part], int]:
    """Given and family name as they stand, or exchanged where that fits better."""
    straight = _name_parts(
        min((_name(a, b) for a in one.given for b in other.given), default=Agreement.UNKNOWN),
        _name(one.family, other.family),
    )
    crossed = _name_parts(
        min((_name(a, other.family) for a in one.given), default=Agreement.UNKNOWN),
        min((_name(one.family, b) for b in other.given), default=Agreement.UNKNOWN),
    )
    both_known = all(agreement is not Agreement.UNKNOWN for _, agreement in crossed)
    if both_known and _sum(crossed) + _EXCHANGED > _sum(straight):
        return crossed, _EXCHANGED
    return straight, 0


def _name_parts(given: Agreement, family: Agreement) -> tuple[Part, Part]:
    return ("given name", given), ("family name", family)


def _agreement(one: str, other: str, close: bool) -> Agreement:
    if not one or not other:
        return Agreement.UNKNOWN
    if one == other:
        return Agreement.SAME
    return Agreement.CLOSE if close else Agreement.DIFFERENT


def _name(one: str, other: str) -> Agreement:
    return _agreement(one, other, JaroWinkler.normalized_similarity(one, other) >= _CLOSE_NAME)


def _born(one: _Traits, other: _Traits) -> Agreement:
    """Close: one of year, month and day is wrong, one digit, or month and day are exchanged."""
    a, b = one.born, other.born
    if a is None or b is None:
        return Agreement.UNKNOWN
    if a == b:
        return Agreement.SAME
    close = (
        (a.year == b.year) + (a.month == b.month) + (a.day == b.day) == 2
        or (a.year, a.month, a.day) == (b.year, b.day, b.month)
        or OSA.distance(one.born_digits, other.born_digits, score_cutoff=1) <= 1
    )
    return Agreement.CLOSE if close else Agreement.DIFFERENT


def _street(one: str, other: str) -> Agreement:
    """Close: words exchanged, left out, or run together."""
    likeness = max(fuzz.token_set_ratio(one, other), fuzz.ratio(squeezed(one), squeezed(other)))
    return _agreement(one, other, likeness >= _CLOSE_STREET)


def _place(one: str, other: str) -> Agreement:
    return _agreement(one, other, OSA.normalized_similarity(one, other) >= _CLOSE_PLACE)
