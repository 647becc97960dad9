"""Lines with words that are read from right to left: what stands where, by Unicode's rules (UAX #9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import bidirectional

from clinic_desktop.printing.fonts import Face

_THING = "\ufffc"
"""Stands for what has a direction of its own inside, and for a blank to fill in."""

_RIGHT, _LEFT = frozenset({"R", "AL"}), frozenset({"L"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A drawn letter with the marks on it; without a face a blank. ``isle``: the facts it stands in, from the
    outermost. What surrounds a fact never reorders it, nor it what surrounds it."""

    width: float
    text: str = _THING
    face: Face | None = None
    isle: tuple[int, ...] = ()


def from_the_left(units: Sequence[Unit], *, rtl: bool, depth: int = 0) -> list[Unit]:
    """The units of a line in the order in which they stand on paper, brackets turned round where they are
    read from the right. rtl: the line as a whole is read from right to left."""
    text = ""
    parts: list[list[Unit]] = []
    for key, group in groupby(units, key=lambda unit: unit.isle[: depth + 1]):
        part = list(group)
        found = [part] if len(key) > depth else [[unit] for unit in part]
        parts += found
        text += _THING if len(key) > depth else "".join(unit.text[0] for (unit,) in found)
    placed: list[Unit] = []
    for number, level in _order(text, rtl):
        part = parts[number]
        if len(part[0].isle) > depth:
            placed += from_the_left(part, rtl=_reads_from_right(part), depth=depth + 1)
        else:
            placed.append(_turned(part[0]) if level % 2 else part[0])
    return placed


def _reads_from_right(units: Sequence[Unit]) -> bool:
    """As the first letter that has a direction is read."""
    ways = (bidirectional(unit.text[0]) for unit in units)
    return next((way in _RIGHT for way in ways if way in _RIGHT or way in _LEFT), False)


def _order(text: str, rtl: bool) -> list[tuple[int, int]]:
    """The index and the level of each character, from the left. By the pure part of python-bidi, which tells
    what went where."""
    # loaded with the first Arabic word, not with the program
    from bidi import algorithm  # type: ignore[import-untyped]  # noqa: PLC0415 - it comes without types

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = (1, "R") if rtl else (0, "L")
    algorithm.get_embedding_levels(text, storage)
    for number, one in enumerate(storage["chars"]):
        one["number"] = number
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    algorithm.reorder_resolved_levels(storage, False)
    return [(one["number"], one["level"]) for one in storage["chars"]]


def _turned(unit: Unit) -> Unit:
    from bidi.mirror import MIRRORED  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to load, seldom needed

    other = MIRRORED.get(unit.text, unit.text)
    if other == unit.text or unit.face is None or not unit.face.has(other):
        return unit
    return Unit(unit.width, other, unit.face, unit.isle)
