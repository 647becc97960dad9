"""Names that could be confused where they stand together: on a day's board, a list, a floor.

Two people are shown as similar when their full names are the same (either way round), or their
family names are the same, look alike, or sound alike to an English ear. Equal given names alone
say nothing: half a day's list would be marked.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import combinations

from rapidfuzz.distance import OSA

from clinic_desktop.people.folding import squeezed
from clinic_desktop.people.model import Patient


class Similarity(IntEnum):
    """How two names are alike, the closest first."""

    SAME_NAME = 0
    SAME_FAMILY_NAME = 1
    LOOKS_ALIKE = 2
    SOUNDS_ALIKE = 3


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody on the board. Two entries with one id are one person with two visits."""

    id: int
    given_name: str
    family_name: str


@dataclass(frozen=True, slots=True)
class SimilarPair:
    """Two people not to be confused; ``one`` is the smaller id."""

    one: int
    other: int
    similarity: Similarity


_SHORTEST_LOOK = 4  # Lee and Lea: three letters differ by one too easily
_SHORTEST_SOUND = 3
_FAR_APART = 0.5  # sounding alike but written quite differently is no trap on a screen


def similar(people: Iterable[NamedPerson]) -> tuple[SimilarPair, ...]:
    """Every similar pair, by ids."""
    folded = {p.id: (squeezed(p.given_name), squeezed(p.family_name)) for p in people}
    bearers: dict[str, list[int]] = defaultdict(list)
    for person_id, (given, family) in folded.items():
        if family or given:
            bearers[family or given].append(person_id)
    pairs = {}
    for ids in bearers.values():
        for one, other in combinations(sorted(ids), 2):
            same = folded[one][0] == folded[other][0]
            pairs[one, other] = Similarity.SAME_NAME if same else Similarity.SAME_FAMILY_NAME
    for a, b in combinations(sorted(bearers), 2):
        if alike := _alike(a, b):
            pairs |= {(min(x, y), max(x, y)): alike for x in bearers[a] for y in bearers[b]}
    pairs |= dict.fromkeys(_exchanged(folded), Similarity.SAME_NAME)
    return tuple(SimilarPair(one, other, alike) for (one, other), alike in sorted(pairs.items()))


def alike(people: Iterable[NamedPerson]) -> dict[int, tuple[int, ...]]:
    """For each person who could be taken for another of these, the ids of those others."""
    out: dict[int, tuple[int, ...]] = {}
    for pair in _kept(frozenset(people)):
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            out[one] = (*out.get(one, ()), other)
    return out


def alike_names(patients: Iterable[Patient]) -> dict[int, tuple[str, ...]]:
    """For each patient of these who could be taken for another, the names of those others."""
    known = {one.id: one for one in patients}
    pairs = alike(NamedPerson(one.id, one.given_name, one.family_name) for one in known.values())
    return {one: tuple(known[other].name for other in others) for one, others in pairs.items()}


@lru_cache(maxsize=64)
def _kept(people: frozenset[NamedPerson]) -> tuple[SimilarPair, ...]:
    """Kept, because a screen is made anew each minute and the people of its day stay the same."""
    return similar(sorted(people, key=lambda one: one.id))


def _exchanged(folded: dict[int, tuple[str, str]]) -> Iterable[tuple[int, int]]:
    """Pairs such as Thomas James and James Thomas."""
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for person_id, name in folded.items():
        by_name[name].append(person_id)
    for (given, family), ids in by_name.items():
        if given and given < family:
            others = by_name.get((family, given), ())
            yield from ((min(x, y), max(x, y)) for x in ids for y in others)


def _alike(one: str, other: str) -> Similarity | None:
    if min(len(one), len(other)) >= _SHORTEST_LOOK and OSA.distance(one, other, score_cutoff=1) <= 1:
        return Similarity.LOOKS_ALIKE
    key = sound(one)
    if len(key) > 1 and key == sound(other) and OSA.normalized_similarity(one, other) >= _FAR_APART:
        return Similarity.SOUNDS_ALIKE
    return None


# Spellings of one sound, in the order in which they are replaced.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"^x", "s"),
        (r"^mac|^mc", "mk"),
        (r"tsch|tch|sch|sh|ch(?=[eiy])|cz", "x"),
        (r"dge|dg|j", "j"),
        (r"ph|pf|v", "f"),
        (r"gh(?![aeiouy])", ""),
        (r"c(?=[eiy])|z|ts|tz", "s"),
        (r"ck|ch|c|q|kh", "k"),
        (r"x(?=$)", "ks"),
        (r"th|dt|d", "t"),
        (r"(?<=[aeiouy])h|h(?=[^aeiouy]|$)", ""),
    )
)
_VOWELS = re.compile(r"[aeiouyw]+")
_DOUBLES = re.compile(r"(.)\1+")


@lru_cache(maxsize=4096)
def sound(name: str) -> str:
    """How a folded name sounds, roughly: its consonants, and whether it begins with a vowel.
    Names in other scripts keep their letters."""
    heard = name
    for spelling, one_sound in _SOUNDS:
        heard = spelling.sub(one_sound, heard)
    begins = "a" if heard[:1] in tuple("aeiouy") else heard[:1]
    return _DOUBLES.sub(r"\1", begins + _VOWELS.sub("", heard[1:]))
