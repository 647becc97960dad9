"""Whom a stay that runs on makes late, one after the other, where nobody repairs the day. Pure.

A forecast, and no plan: nothing is claimed by it. Each visit that is still to come waits for its room and for
the hands that serve it, as long as those have them who come before it; whoever is free in time is not late.
Watching places are not looked at (somebody else may watch), nor cover, drivers and what the patients can do:
the repair asks those.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.model import Claim, ClaimKind, Visit, VisitType
from clinic_desktop.scheduling.states import LIVE

_ALONE = (ClaimKind.ROOM, ClaimKind.HANDS)  # one patient at a time


@dataclass(frozen=True, slots=True)
class Late:
    """A visit that would begin so many minutes late."""

    visit: Visit
    minutes: int


def knock_on(first: Visit, visits: Iterable[Visit], type_of: Callable[[int], VisitType]) -> tuple[Late, ...]:
    """The chain behind ``first``, in the order of the plan; ``visits``: of its day."""
    there = sorted((one for one in visits if one.state in LIVE), key=lambda one: (one.start, one.id))
    pushing, before = _alone(first, type_of), _alone(first, type_of)
    found = []
    for visit in there:
        if visit.id == first.id:
            continue
        mine = _alone(visit, type_of)
        if visit.entered is None and visit.start >= first.start and _wait(mine, pushing, 0):
            minutes = _wait(mine, before, 0)
            mine = [replace(one, start=one.start + minutes, end=one.end + minutes) for one in mine]
            pushing += mine
            found.append(Late(visit, minutes))
        before += mine
    return tuple(found)


def _alone(visit: Visit, type_of: Callable[[int], VisitType]) -> list[Claim]:
    """What it takes alone; one that lost its room still waits for it."""
    whole = replace(visit, displaced=False) if visit.entered is None else visit
    return [one for one in claims_of(whole, type_of(visit.type_id)) if one.kind in _ALONE]


def _wait(mine: Sequence[Claim], taken: Sequence[Claim], minutes: int) -> int:
    """How many minutes later all of it is free; ``minutes`` at least."""
    ends = [
        theirs.end - one.start
        for one in mine
        for theirs in taken
        if (one.kind, one.resource_id) == (theirs.kind, theirs.resource_id)
        and one.start + minutes < theirs.end
        and theirs.start < one.end + minutes
    ]
    return _wait(mine, taken, max(ends)) if ends else minutes
