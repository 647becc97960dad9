"""A place that serves two visits at once: on purpose, or because it happened so.

A place is exclusive, and the database keeps it so. A visit that shares one takes an overflow place for just
the minutes in which another has it, tied to the record that says why; the rest it claims like everybody.
So each minute of a place is claimed by one of the visits that need it, never by none, and whoever looks for
free time sees it taken. When the other visit gives it up, the one that shared it has it alone.

On purpose needs the right, a reason, and the visits beside which it is meant to be: whoever came there
meanwhile is not one of them. Never the patient, who cannot be in two visits; and who must be on site is asked
about as always. Facts share hands, watching places and the patient's own time with anybody, for they are
not refused; a room only with a visit that it is shared with on purpose, because else somebody is displaced.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from clinic_desktop.foundation.clock import DAY_MINUTES, from_utc_minute
from clinic_desktop.foundation.intervals import Interval, minus
from clinic_desktop.foundation.kept_words import HAPPENED
from clinic_desktop.foundation.rulebook import Finding, Param, Scope, scope_of
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.coverage import at_least
from clinic_desktop.scheduling.model import Claim, ClaimKind, Override, Setup, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleUnit
from clinic_desktop.scheduling.rules import OVERLAP
from clinic_desktop.scheduling.taken_until import taken_until

SHARED = frozenset({ClaimKind.ROOM, ClaimKind.HANDS, ClaimKind.WATCH})
SHARED_BY_FACTS = SHARED | {ClaimKind.PATIENT}

Around = tuple[list[Claim], list[Claim]]


@dataclass(frozen=True, slots=True)
class Shared:
    """A claim with the minutes of it that others have, and what is to be said of them."""

    claim: Claim
    taken: tuple[Interval, ...]
    finding: Finding

    def overflow(self, visit_id: int, trace: int) -> list[Claim]:
        """Overflow places of a trace for the minutes that are shared."""
        return [_overflow(replace(self.claim, visit_id=visit_id), trace, one) for one in self.taken]

    def __hash__(self) -> int:
        return hash(self.claim)


def meet(one: Claim, other: Claim) -> bool:
    """Whether two claims share minutes, on whatever places."""
    return one.start < other.end and other.start < one.end


def same_place(one: Claim, other: Claim) -> bool:
    return (one.kind, one.resource_id) == (other.kind, other.resource_id)


def clashes(claim: Claim, others: Iterable[Claim]) -> bool:
    """Whether one of the others is on the same place at the same time."""
    return any(same_place(one, claim) and meet(one, claim) for one in others)


def parted(claim: Claim, others: Iterable[Claim], limit: int = 1) -> tuple[list[Claim], list[Interval]]:
    """What is left of a claim beside those of others, and the minutes in which they have its place; one that
    holds ``limit`` at once is taken only when so many have it."""
    whole = Interval(claim.start, claim.end)
    clipped = (Interval(one.start, one.end).clipped(whole) for one in others if same_place(one, claim))
    taken = at_least(limit, [[one] for one in clipped if one is not None])
    return _cut(claim, taken), taken


def _cut(claim: Claim, taken: Sequence[Interval]) -> list[Claim]:
    if not taken:
        return [claim]
    left = minus([Interval(claim.start, claim.end)], taken)
    return [replace(claim, start=one.start, end=one.end) for one in left]


def subject(claim: Claim) -> str:
    """The place of a claim as the subject of a scope."""
    return f"{claim.kind} {claim.resource_id}"


# On purpose.


def overlaps(
    records: ScheduleRecords, setup: Setup, visit: Visit, batch: Collection[int] = ()
) -> list[Shared]:
    """What the visit claims and other visits have. The visits of ``batch`` do not count: they have given up
    their places."""
    claims = [one for one in claims_of(visit, setup.type_by_id(visit.type_id)) if one.kind in SHARED]
    if not claims:
        return []
    there = records.claims_between(min(one.start for one in claims), max(one.end for one in claims))
    gone = {visit.id, *batch}
    others = [one for one in there if one.visit_id not in gone]
    parts = [(one, taken) for one in claims if (taken := parted(one, others, _limit(setup, one))[1])]
    ends: dict[tuple[bool, int], int] = {}
    for one, _ in parts:
        owner = _owner(one)
        ends[owner] = max(ends.get(owner, 0), _free_from(records, setup, one, gone))
    return [
        Shared(one, tuple(taken), _finding(setup, visit, one, taken, others, ends[_owner(one)]))
        for one, taken in parts
    ]


def beside(found: Iterable[Finding]) -> frozenset[int]:
    """The visits that have what was found to be taken."""
    numbers = [one.params["visits"] for one in found if one.code == OVERLAP.code]
    return frozenset(int(one) for some in numbers if isinstance(some, tuple) for one in some)


def without(claims: Iterable[Claim], shared: Iterable[Shared]) -> list[Claim]:
    """The claims but for the minutes that are shared."""
    taken = {(one.claim.kind, one.claim.resource_id, one.claim.start): one.taken for one in shared}
    return [
        part for one in claims for part in _cut(one, taken.get((one.kind, one.resource_id, one.start), ()))
    ]


def _limit(setup: Setup, claim: Claim) -> int:
    return setup.watch_limit(claim.resource_id) if claim.kind is ClaimKind.WATCH else 1


def _owner(claim: Claim) -> tuple[bool, int]:
    """The room, or the person whose hands and watching places are named as one."""
    return claim.kind is ClaimKind.ROOM, claim.resource_id


def _free_from(records: ScheduleRecords, setup: Setup, claim: Claim, gone: Collection[int]) -> int:
    """From when on the place is free, whoever has it in the minutes of the claim and after."""
    place = claim.kind, claim.resource_id
    rows = records.taken([place], claim.start, claim.end + DAY_MINUTES).get(place, [])
    there = [row for row in rows if row[2] not in gone]
    return taken_until(there, [(claim.start, claim.end)], _limit(setup, claim))


def _finding(
    setup: Setup,
    visit: Visit,
    claim: Claim,
    taken: Sequence[Interval],
    others: Iterable[Claim],
    until: int,
) -> Finding:
    names = setup.rooms if claim.kind is ClaimKind.ROOM else setup.staff
    name = next((one.name for one in names if one.id == claim.resource_id), "")
    having = {
        one.visit_id
        for one in others
        if same_place(one, claim) and any(one.start < t.end and t.start < one.end for t in taken)
    }
    params: dict[str, Param] = {
        "name": name,
        "until": clock_time(from_utc_minute(until, visit.zone).minute),
        "visits": tuple(str(one) for one in sorted(having)),
    }
    return Finding(OVERLAP, params, scope_of(subject(claim), taken, visit.start))


def on_purpose(traces: Iterable[Override], visit: Visit, place: str) -> list[Interval]:
    """The UTC minutes in which a visit, where it stands, shares a place on purpose."""
    return [
        Interval(visit.start + start, visit.start + end)
        for one in traces
        if one.rule == OVERLAP.code and not one.deviation and one.given_at(visit)
        if one.visit_id == visit.id and one.scope.subject == place
        for start, end in one.scope.spans
    ]


def sharing(records: ScheduleRecords, visits: Iterable[Visit]) -> set[int]:
    """Those of the visits that share something with another on purpose."""
    there = {one.id: one for one in visits}
    traces = records.find(Override, visit_id=list(there), rule=OVERLAP.code, deviation=False) if there else []
    given = {one.id: there[one.visit_id] for one in traces if one.given_at(there[one.visit_id])}
    if not given:
        return set()
    first, last = min(one.start for one in given.values()), max(one.end for one in given.values())
    return {one.visit_id for one in records.claims_between(first, last) if one.override_id in given}


def room_sharers(records: ScheduleRecords, visit: Visit, others: Collection[int]) -> frozenset[int]:
    """Those of ``others`` with whom the visit shares its room on purpose, whoever of both gave the reason."""
    if not others:
        return frozenset()
    place = f"{ClaimKind.ROOM} {visit.room_id}"
    traces = records.find(Override, visit_id=sorted({visit.id, *others}), rule=OVERLAP.code, deviation=False)
    if not traces:
        return frozenset()
    mine = on_purpose(traces, visit, place)
    there = [records.get(Visit, one) for one in others]
    return frozenset(
        one.id for one in there if _touch(mine, one) or _touch(on_purpose(traces, one, place), visit)
    )


def _touch(spans: Iterable[Interval], visit: Visit) -> bool:
    return any(one.start < visit.end and visit.start < one.end for one in spans)


def beside_again(unit: ScheduleUnit, wanted: Collection[Claim]) -> None:
    """Visits that share places on purpose with one that stands again and had them alone meanwhile: they leave
    it what it wants of them, as far as their reasons go, and take overflow places once more."""
    if not wanted:
        return
    there = unit.claims_between(min(one.start for one in wanted), max(one.end for one in wanted))
    having = {one.visit_id for one in there if clashes(one, wanted)} - {one.visit_id for one in wanted}
    traces = (
        unit.find(Override, visit_id=sorted(having), rule=OVERLAP.code, deviation=False) if having else []
    )
    for number in sorted({one.visit_id for one in traces}):
        _leave(unit, unit.get(Visit, number), wanted, traces)


def _leave(unit: ScheduleUnit, visit: Visit, wanted: Collection[Claim], traces: Iterable[Override]) -> None:
    """A visit that has places alone shares what of them it shares on purpose."""
    setup = unit.setup()
    claims = claims_of(visit, setup.type_by_id(visit.type_id))
    there = unit.claims_between(min(one.start for one in claims), max(one.end for one in claims))
    others = [one for one in there if one.visit_id != visit.id]
    places: list[Claim] = []
    for claim in (one for one in there if one.visit_id == visit.id):
        trace, back = _agreed(visit, claim, wanted, traces)
        free, taken = parted(claim, [*others, *back], _limit(setup, claim)) if back else ([claim], [])
        places += [*free, *(_overflow(claim, trace, one) for one in taken)]
    unit.place([visit.id], places, setup.watch_limit)


def _agreed(
    visit: Visit, claim: Claim, wanted: Iterable[Claim], traces: Iterable[Override]
) -> tuple[int, list[Claim]]:
    """What is wanted of a claim's place in the minutes that are shared on purpose, and the reason for it."""
    same = [one for one in wanted if same_place(one, claim)]
    for trace in traces:
        back = [
            replace(one, start=max(one.start, span.start), end=min(one.end, span.end))
            for span in on_purpose([trace], visit, subject(claim))
            for one in same
            if one.start < span.end and span.start < one.end
        ]
        if back:
            return trace.id, back
    return 0, []


# As it happened.


def around(unit: ScheduleUnit, visit: Visit, claims: Sequence[Claim]) -> Around:
    """Claims of others around these on the same places, and the overflow places that the visit has."""
    if not claims:
        return [], []
    there = unit.claims_around(visit.id, claims)
    others = [one for one in there if one.visit_id != visit.id]
    return others, [one for one in there if one.visit_id == visit.id and one.kind is ClaimKind.OVERFLOW]


def place_shared(
    unit: ScheduleUnit,
    visit: Visit,
    claims: Sequence[Claim],
    there: Around,
    room_with: Collection[int] = (),
) -> None:
    """Take what a visit claims by the facts, in place of all that it has. People whom another visit has are
    shared with it; a room with ``room_with``. ``there``: what is around the claims."""
    others, own = there
    traces = unit.find(Override, visit_id=visit.id, rule=OVERLAP.code)
    places: list[Claim] = []
    for claim in claims:
        free, taken = _shared_by_facts(unit.setup(), claim, others, room_with)
        places += free
        if taken:
            trace = _trace(unit, visit, claim, own, traces)
            own = [one for one in own if one.override_id != trace]
            places += [_overflow(claim, trace, one) for one in taken]
    unit.place([visit.id], places, _as_it_is)


def _shared_by_facts(
    setup: Setup, claim: Claim, others: Sequence[Claim], room_with: Collection[int]
) -> tuple[list[Claim], list[Interval]]:
    if claim.kind is ClaimKind.ROOM:
        return parted(claim, [one for one in others if one.visit_id in room_with])
    return parted(claim, others, _limit(setup, claim))


def have_alone(unit: ScheduleUnit, given_up: Iterable[Claim]) -> None:
    """Visits that shared places with one that has given them up: they have them alone now."""
    gone = [one for one in given_up if one.kind in SHARED_BY_FACTS]
    if not gone:
        return
    first, last = min(one.start for one in gone), max(one.end for one in gone)
    sharing = unit.claims_between(first, last, ClaimKind.OVERFLOW)
    for number in sorted({one.visit_id for one in sharing if any(meet(one, other) for other in gone)}):
        visit = unit.get(Visit, number)
        claims = claims_of(visit, unit.setup().type_by_id(visit.type_id))
        beside_it = around(unit, visit, claims)
        rooms = {one.visit_id for one in beside_it[0] if one.kind is ClaimKind.ROOM}
        place_shared(unit, visit, claims, beside_it, room_sharers(unit, visit, rooms))


def _trace(
    unit: ScheduleUnit, visit: Visit, claim: Claim, own: Iterable[Claim], traces: Iterable[Override]
) -> int:
    """The record that an overflow place is tied to: the one there is for this place, or a new one."""
    known = {one.id for one in traces if one.scope.subject in ("", subject(claim))}
    for one in own:
        if one.override_id in known and meet(one, claim):
            return one.resource_id
    by, reason = unit.actor.person_id, HAPPENED
    made = Override(
        visit_id=visit.id,
        rule=OVERLAP.code,
        by=by,
        at=unit.at,
        reason=reason,
        deviation=True,
        day=visit.day,
        minute=visit.minute,
        scope=Scope(subject(claim)),
    )
    return unit.add(made).id


def _overflow(claim: Claim, trace: int, minutes: Interval) -> Claim:
    return replace(
        claim,
        kind=ClaimKind.OVERFLOW,
        resource_id=trace,
        slot=0,
        override_id=trace,
        start=minutes.start,
        end=minutes.end,
    )


def _as_it_is(_staff_id: int) -> int:
    """Facts are recorded even where a watching limit was lowered since."""
    return 99


# When the clock of the clinic changes.


def shifted(
    visit: Visit, claims: Iterable[Claim], own: Iterable[Claim], traces: Iterable[Override], by: int
) -> list[Claim]:
    """The claims of a visit whose minutes move with those of everybody: what it shared (``own``) it shares
    ``by`` minutes later."""
    places = {one.id: one.scope.subject for one in traces}
    moved = [replace(one, start=one.start + by, end=one.end + by, visit_id=visit.id) for one in own]
    out: list[Claim] = list(moved)
    for claim in claims:
        mine = [one for one in moved if places.get(one.override_id or 0) == subject(claim)]
        out += _cut(claim, [Interval(one.start, one.end) for one in mine])
    return out
