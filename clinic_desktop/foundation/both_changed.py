"""Two desks changed one record: what of both stands by itself, and what somebody has to decide."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar

from clinic_desktop.foundation.records import values_of

T = TypeVar("T")


class Side(StrEnum):
    """Whose value stands in a field that both changed."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both changed, to different values. name: "alerts", or "policies.grid" within a part."""

    name: str
    was: object
    mine: object
    theirs: object


@dataclass(frozen=True, slots=True)
class Joined(Generic[T]):
    """now: the record as the other desk left it. only_mine, only_theirs: the fields that one side alone
    changed, in the record's order. What both made the same is in none of them."""

    now: T
    only_mine: Mapping[str, object]
    only_theirs: tuple[str, ...]
    clashes: tuple[Clash, ...]

    def decided(self, choices: Mapping[str, Side]) -> T:
        """Both changes in one record, over the version that stands. ``ValueError`` while a field is open:
        nobody's change is dropped without somebody's word."""
        open_ones = [one.name for one in self.clashes if one.name not in choices]
        if open_ones:
            raise ValueError(f"not decided: {', '.join(open_ones)}")
        mine = {one.name: one.mine for one in self.clashes if choices[one.name] is Side.MINE}
        return _with(self.now, {**self.only_mine, **mine})

    @property
    def typed_stays(self) -> T:
        """Mine in every field that is open: for what is still being typed, never for what is saved."""
        return self.decided({one.name: Side.MINE for one in self.clashes})


def joined(
    base: T, mine: T, theirs: T, *, keeps: Collection[str] = ("id", "version"), into: Collection[str] = ()
) -> Joined[T]:
    """Bring two changes of ``base``, the record as both saw it, together field by field.

    keeps: fields that are the store's and always theirs, "person.version" within a part. into: parts whose
    own fields are joined one by one; any other (an address, a list of phones) is one value, of which no half
    is anybody's.
    """
    was, here, there = (_flat(one, keeps, into) for one in (base, mine, theirs))
    only_mine: dict[str, object] = {}
    only_theirs: list[str] = []
    clashes: list[Clash] = []
    for name, value in was.items():
        my, their = here[name], there[name]
        if my == their:
            continue
        if their == value:
            only_mine[name] = my
        elif my == value:
            only_theirs.append(name)
        else:
            clashes.append(Clash(name, value, my, their))
    return Joined(theirs, only_mine, tuple(only_theirs), tuple(clashes))


def _flat(record: object, keeps: Collection[str], into: Collection[str]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in values_of(record).items():
        if name in into:
            inside = {f"{name}.{inner}": one for inner, one in values_of(value).items()}
            flat.update({path: one for path, one in inside.items() if path not in keeps})
        elif name not in keeps:
            flat[name] = value
    return flat


def _with(record: T, values: Mapping[str, object]) -> T:
    if not values:
        return record
    new: dict[str, Any] = {}
    for name, value in values.items():
        part, dot, inner = name.partition(".")
        if dot:
            new[part] = replace(new.get(part, getattr(record, part)), **{inner: value})
        else:
            new[part] = value
    return replace(record, **new)  # type: ignore[type-var]  # records are dataclasses
