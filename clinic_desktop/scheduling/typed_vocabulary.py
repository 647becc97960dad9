"""The words of a clinic that can be typed into the one line: its treatments, courses, nurses and rooms."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.folding import fold
from clinic_desktop.scheduling.model import OpenHours, Setup, VisitType

K = TypeVar("K")

SHORTEST_BEGINNING = 3
_NO_WORDS = frozenset({"first", "for", "with", "and", "the", "of", "hours", "mg"})


@dataclass(frozen=True, slots=True)
class CourseName:
    """A course template as it can be typed: by its code, or by so many visits of a type."""

    code: str
    count: int
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Named:
    """A nurse or a room, by the words of the name; ``short`` is another way to write it."""

    id: int
    words: tuple[str, ...]
    short: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known of a clinic's words. Type codes are in the set-up's order, so that the first is the
    usual one."""

    types: Mapping[str, tuple[str, ...]]  # by a whole word: a code, a colour family, a treatment
    names: Mapping[str, tuple[str, ...]]  # by a word of a type's name, which a beginning is enough for
    doses: Mapping[int, tuple[str, ...]]
    courses: tuple[CourseName, ...] = ()
    nurses: tuple[Named, ...] = ()
    rooms: tuple[Named, ...] = ()
    hours: tuple[OpenHours, ...] = ()

    @classmethod
    def of(cls, setup: Setup) -> "Vocabulary":
        current = [one for one in setup.types if one.current]
        return cls(
            types=_gathered((word, one.code) for one in current for word in _whole_words(one)),
            names=_gathered((word, one.code) for one in current for word in _name_words(setup, one)),
            doses=_gathered((one.dose_mg, one.code) for one in current if one.dose_mg),
            courses=tuple(
                CourseName(one.code, len(one.type_codes), frozenset(one.type_codes))
                for one in setup.templates
                if one.active and one.steps
            ),
            nurses=tuple(
                Named(one.id, tuple(fold(one.name).split()), fold(one.initials))
                for one in setup.staff
                if one.active and Role.NURSE in one.roles
            ),
            rooms=tuple(Named(one.id, tuple(fold(one.name).split())) for one in setup.rooms if one.active),
            hours=setup.clinic.hours,
        )

    def types_of(self, word: str) -> tuple[str, ...]:
        """The visit types that a folded word means; none for a word that means no type."""
        if word in self.types:
            return self.types[word]
        if len(word) < SHORTEST_BEGINNING:
            return ()
        meant = [codes for name, codes in self.names.items() if name.startswith(word)]
        return tuple(dict.fromkeys(code for codes in meant for code in codes))

    def course_of(self, word: str) -> str:
        return next((one.code for one in self.courses if one.code.lower() == word), "")

    def course_of_count(self, count: int, types: Iterable[str]) -> str:
        """The course of so many visits, all of the given types where some are given."""
        wanted = frozenset(types)
        fitting = [one for one in self.courses if one.count == count and _may_be(one, wanted)]
        return fitting[0].code if fitting else ""

    def some_course(self, types: Iterable[str]) -> str:
        """The course that is first in the set-up for the given types."""
        wanted = frozenset(types)
        return next((one.code for one in self.courses if wanted and _may_be(one, wanted)), "")

    def has_course_of(self, count: int) -> bool:
        return any(one.count == count for one in self.courses)

    def course_fits(self, code: str, types: Iterable[str]) -> bool:
        return any(one.code == code and _may_be(one, frozenset(types)) for one in self.courses)

    def nurse(self, words: tuple[str, ...]) -> int | None:
        return next((one.id for one in self.nurses if _is_named(one, words)), None)

    def room(self, words: tuple[str, ...]) -> int | None:
        """ "infusion 2", or its beginning with the number: "inf 2"."""
        return next((one.id for one in self.rooms if _is_room(one, words)), None)

    def open_at(self, minute: int) -> bool:
        return any(one.start <= minute < one.end for one in self.hours)


def _may_be(course: CourseName, wanted: frozenset[str]) -> bool:
    return not wanted or bool(course.types & wanted)


def _whole_words(one: VisitType) -> Iterable[str]:
    return {fold(word) for word in (one.code, one.family, one.modality) if word}


def _name_words(setup: Setup, one: VisitType) -> Iterable[str]:
    modality = setup.modality_of(one)
    text = f"{one.name} {modality.name if modality else ''}"
    words = re.findall(r"[^\W\d_]+", fold(text))
    return {word for word in words if len(word) >= SHORTEST_BEGINNING and word not in _NO_WORDS}


def _gathered(pairs: Iterable[tuple[K, str]]) -> dict[K, tuple[str, ...]]:
    """The codes of each key, each once."""
    out: dict[K, list[str]] = {}
    for key, code in pairs:
        out.setdefault(key, []).append(code)
    return {key: tuple(dict.fromkeys(codes)) for key, codes in out.items()}


def _is_named(one: Named, words: tuple[str, ...]) -> bool:
    if words == (one.short,):
        return True
    rest = list(one.words)
    for word in words:
        found = next((name for name in rest if len(word) > 1 and name.startswith(word)), None)
        if found is None:
            return False
        rest.remove(found)
    return bool(words)


def _is_room(one: Named, words: tuple[str, ...]) -> bool:
    if words == one.words:
        return True
    if len(words) < 2 or len(one.words) < 2 or len(words[0]) < SHORTEST_BEGINNING:
        return False
    return one.words[0].startswith(words[0]) and one.words[-1] == words[-1] and words[-1].isdecimal()
