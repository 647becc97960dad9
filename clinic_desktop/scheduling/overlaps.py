"""Hands that serve two patients at once, because it happened so.

A place is exclusive, and the database keeps it so. A fact that needs hands another visit has takes an
overflow place for just those minutes, tied to the record that says so; the rest it claims like everybody.
So each minute of somebody's hands is claimed by one of the visits that need them, never by none, and
whoever looks for free time sees it taken. When the other visit gives its hands up, the one that shared
them has them alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from clinic_desktop.foundation.intervals import Interval, merged, minus
from clinic_desktop.foundation.kept_words import HAPPENED
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.model import Claim, ClaimKind, Override, Visit
from clinic_desktop.scheduling.ports import ScheduleUnit

OVERLAP = "overlap"  # the code of an override for hands that serve two at once

Around = tuple[list[Claim], list[Claim]]


def meet(one: Claim, other: Claim) -> bool:
    """Whether two claims share minutes, on whatever places."""
    return one.start < other.end and other.start < one.end


def clashes(claim: Claim, others: Iterable[Claim]) -> bool:
    """Whether one of the others is on the same place at the same time."""
    return any(
        (one.kind, one.resource_id) == (claim.kind, claim.resource_id) and meet(one, claim) for one in others
    )


def parted(claim: Claim, others: Iterable[Claim]) -> tuple[list[Claim], list[Interval]]:
    """What is left of a claim beside those of others, and the minutes in which they have its place."""
    whole = Interval(claim.start, claim.end)
    same = (one for one in others if (one.kind, one.resource_id) == (claim.kind, claim.resource_id))
    clipped = (Interval(one.start, one.end).clipped(whole) for one in same)
    taken = merged(one for one in clipped if one is not None)
    return [replace(claim, start=one.start, end=one.end) for one in minus([whole], taken)], taken


def around(unit: ScheduleUnit, visit: Visit, claims: Sequence[Claim]) -> Around:
    """Exclusive claims of others around these, and the overflow places that the visit has."""
    if not claims:
        return [], []
    there = unit.claims_between(min(one.start for one in claims), max(one.end for one in claims))
    others = [one for one in there if one.visit_id != visit.id and one.kind is not ClaimKind.WATCH]
    return others, [one for one in there if one.visit_id == visit.id and one.kind is ClaimKind.OVERFLOW]


def place_shared(unit: ScheduleUnit, visit: Visit, claims: Sequence[Claim], there: Around) -> None:
    """Take what a visit claims by the facts, in place of all that it has. Hands that another visit has
    are shared with it. ``there``: what is around the claims."""
    others, own = there
    places: list[Claim] = []
    for claim in claims:
        free, taken = parted(claim, others) if claim.kind is ClaimKind.HANDS else ([claim], [])
        places += free
        if taken:
            trace = _trace(unit, visit, claim, own)
            own = [one for one in own if one.override_id != trace]
            places += [_overflow(claim, trace, one) for one in taken]
    unit.place([visit.id], places, _as_it_is)


def have_alone(unit: ScheduleUnit, given_up: Iterable[Claim]) -> None:
    """Visits that shared hands with one that has given them up: they have them alone now."""
    hands = [one for one in given_up if one.kind is ClaimKind.HANDS]
    if not hands:
        return
    there = unit.claims_between(min(one.start for one in hands), max(one.end for one in hands))
    sharing = [one for one in there if one.kind is ClaimKind.OVERFLOW]
    for number in sorted({one.visit_id for one in sharing if any(meet(one, gone) for gone in hands)}):
        visit = unit.get(Visit, number)
        claims = claims_of(visit, unit.setup().type_by_id(visit.type_id))
        place_shared(unit, visit, claims, around(unit, visit, claims))


def _trace(unit: ScheduleUnit, visit: Visit, claim: Claim, own: Iterable[Claim]) -> int:
    """The record that an overflow place is tied to: the one there is for these hands, or a new one."""
    known = {one.id for one in unit.find(Override, visit_id=visit.id, rule=OVERLAP)}
    for one in own:
        if one.override_id in known and meet(one, claim):
            return one.resource_id
    by, reason = unit.actor.person_id, HAPPENED
    made = Override(
        visit_id=visit.id,
        rule=OVERLAP,
        by=by,
        at=unit.at,
        reason=reason,
        deviation=True,
        day=visit.day,
        minute=visit.minute,
    )
    return unit.add(made).id


def _overflow(claim: Claim, trace: int, minutes: Interval) -> Claim:
    return replace(
        claim,
        kind=ClaimKind.OVERFLOW,
        resource_id=trace,
        override_id=trace,
        start=minutes.start,
        end=minutes.end,
    )


def _as_it_is(_staff_id: int) -> int:
    """Facts are recorded even where a watching limit was lowered since."""
    return 99
