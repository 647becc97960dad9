"""Whether the places that visits claim are those of their plan, some days of visits at a time."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import MAXYEAR, datetime, timedelta
from itertools import pairwise

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.intervals import Interval, minus
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.model import Claim, ClaimKind, Setup, Visit, VisitType
from clinic_desktop.scheduling.overlaps import SHARED, SHARED_BY_FACTS
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.storage.as_read import UNREADABLE, day
from clinic_desktop.storage.reader import Records
from clinic_desktop.storage.tables import LONGEST_CLAIM, SLOTS, place, place_parts
from clinic_desktop.storage.trail_told import Read, Step, Told, proof
from clinic_desktop.storage.typed import shape

CODE = "claims-differ"
_AT_ONCE = timedelta(days=6)
Place = tuple[ClaimKind, int, int, int]  # kind, resource, start, end

_NEXT = "SELECT min(day) FROM visit WHERE day > ?"
_LIVE = ", ".join(f"'{one}'" for one in sorted(LIVE))
_VISIT = shape(Visit)
_VISITS = (
    f"SELECT {_VISIT.columns('v')} FROM visit v WHERE v.day > ? AND v.day <= ? AND (v.state IN ({_LIVE})"
    " OR EXISTS (SELECT 1 FROM claim c WHERE c.visit_id = v.id)) ORDER BY v.id"
)
_CLAIMS = (
    "SELECT c.place, c.starts, c.ends, c.visit_id, c.override_id, o.deviation FROM visit v"
    " CROSS JOIN claim c LEFT JOIN rule_override o ON o.id = c.override_id"
    " WHERE v.day > ? AND v.day <= ? AND c.visit_id = v.id ORDER BY c.id"
)
_OTHERS = (
    "SELECT starts, ends FROM claim WHERE place >= ? AND place < ? AND starts > ? AND starts < ?"
    " AND ends > ? AND visit_id <> ?"
)
_LIMITS = (
    'SELECT kind, "after" FROM audit WHERE "after" IS NOT NULL AND change_number > 0'
    " AND (kind = 'clinic' AND record_id = 1 OR kind = 'staff' AND record_id = ?)"
)
_OF_NOBODY = (
    "SELECT DISTINCT c.visit_id FROM claim c"
    " WHERE NOT EXISTS (SELECT 1 FROM visit v WHERE v.id = c.visit_id) ORDER BY c.visit_id"
)


def claims(read: Read, now: datetime | None = None) -> Iterator[Step]:
    """Visits that claim other places than their plan says, or share one with nobody. ``now``: only those of
    the day that it is then, and of later ones."""
    try:
        with read() as one:
            zone = one.setup().clinic.zone
    except UNREADABLE as problem:
        yield [Told(CODE, "The set-up cannot be read.", proof("set-up", repr(problem)))]
        return
    after = str(local_day(now, zone) - timedelta(days=1)) if now else ""
    while True:
        with read() as one:
            ((first,),) = one.rows(_NEXT, [after])
            if first is None:
                break
            until = _until(first)
            said = list(_of_days(one, [after, until]))
        yield [Told(CODE, message, proof("claims", message)) for message in said]
        after = until
    with read() as one:
        rows = one.rows(_OF_NOBODY)
    ghost = "Visit {number} claims places but does not exist."
    yield [Told(CODE, ghost.format(number=number), proof("claims of", number)) for (number,) in rows]


def _until(first: str) -> str:
    """The last day of a page; of one that is no day, itself."""
    there = day(first)
    # One that is written otherwise comes before its own day where texts are compared.
    if there is None or str(there) != first or there.year == MAXYEAR:
        return first
    return str(there + _AT_ONCE)


def _of_days(records: Records, days: list[str]) -> Iterator[str]:
    """Of the days after the first one, up to the other."""
    setup = records.setup()
    types = {one.id: one for one in setup.types}
    there, by_facts = _claimed(records, days)
    for row in records.rows(_VISITS, days):
        try:
            yield from _of_visit(records, _VISIT.record(row), types, there.get(row[0], []), by_facts)
        except UNREADABLE:
            yield f"Visit {row[0]} cannot be read."
    for number, found in there.items():
        for one in found:
            if one.kind is ClaimKind.WATCH and one.slot >= _most_watched(records, setup, one):
                yield f"Visit {number} has {one.kind} {one.resource_id} at a place that was never there."


def _of_visit(
    records: Records, visit: Visit, types: Mapping[int, VisitType], there: Sequence[Claim], by_facts: Set[int]
) -> Iterator[str]:
    compared = _compared(claims_of(visit, types[visit.type_id]), there, by_facts)
    if parts := compared.parts():
        yield f"Visit {visit.id} ({visit.state}) {', '.join(parts)}."
    for one in compared.shared:
        yield from _shared_with_nobody(records, visit.id, one)


def _most_watched(records: Records, setup: Setup, watching: Claim) -> int:
    """How many patients a nurse may watch at once, or might before: a visit keeps the place that it was given
    when the limit was higher. What it was is read only of a nurse who has such a place."""
    now = setup.watch_limit(watching.resource_id)
    if watching.slot < now:
        return now
    rows = records.rows(_LIMITS, [watching.resource_id])
    return max([now, *(found for kind, image in rows if (found := _limit_in(kind, image)) is not None)])


def _limit_in(kind: str, image: str) -> int | None:
    try:
        fields = json.loads(image)
        found = fields["watch_limit"] if kind == "staff" else fields["policies"]["watch_limit"]
    except UNREADABLE:
        return None
    return found if isinstance(found, int) else None


def _claimed(records: Records, days: list[str]) -> tuple[dict[int, list[Claim]], Set[int]]:
    """The claims of some days by their visits, and the traces of what is shared because it happened so."""
    out: dict[int, list[Claim]] = {}
    by_facts = set()
    for number, starts, ends, visit_id, override_id, deviation in records.rows(_CLAIMS, days):
        try:
            kind, resource, slot = place_parts(number)
        except UNREADABLE:
            continue  # it is no place, and the visit lacks it
        out.setdefault(visit_id, []).append(Claim(kind, resource, starts, ends, slot, visit_id, override_id))
        if deviation:
            by_facts.add(override_id)
    return out, by_facts


@dataclass(frozen=True, slots=True)
class _Compared:
    """What a visit lacks, what it has beyond its plan, and the places that it shares with another."""

    lacking: list[Place]
    beyond: list[Place]
    shared: list[Place]
    beside: list[Place]  # at a slot of a place that has none: to everybody else it looks free

    def parts(self) -> list[str]:
        return (
            [f"lacks {_spoken(one)}" for one in self.lacking]
            + [f"has {_spoken(one)}" for one in self.beyond]
            + [f"stands beside {_spoken(one)}" for one in self.beside]
        )


def _compared(wanted: Iterable[Claim], there: Sequence[Claim], by_facts: Set[int]) -> _Compared:
    plain = [one for one in there if one.kind is not ClaimKind.OVERFLOW and not _is_beside(one)]
    lacking, shared = _without(wanted, plain), []
    for one in there:
        if one.kind is not ClaimKind.OVERFLOW:
            continue
        if (place := _stands_for(lacking, one, one.override_id in by_facts)) is not None:
            lacking.remove(place)
            shared.append(place)
    beside = [(one.kind, one.resource_id, one.start, one.end) for one in there if _is_beside(one)]
    return _Compared(lacking, [*_without(plain, wanted), *_twice(plain)], shared, beside)


def _is_beside(one: Claim) -> bool:
    return one.slot > 0 and one.kind not in (ClaimKind.WATCH, ClaimKind.OVERFLOW)


def _without(some: Iterable[Claim], others: Iterable[Claim]) -> list[Place]:
    """The minutes of some claims, place by place, that no other claim has. Which of a nurse's watching
    places it is does not matter."""
    holes = _minutes(others)
    return [
        (*where, left.start, left.end)
        for where, spans in sorted(_minutes(some).items())
        for left in minus(spans, holes.get(where, []))
    ]


def _twice(claims: Iterable[Claim]) -> Iterator[Place]:
    """The minutes of a place that a visit claims more than once."""
    for where, spans in sorted(_minutes(claims).items()):
        for one, following in pairwise(sorted(spans)):
            if (both := following.clipped(one)) is not None:
                yield (*where, both.start, both.end)


def _minutes(claims: Iterable[Claim]) -> dict[tuple[ClaimKind, int], list[Interval]]:
    out: dict[tuple[ClaimKind, int], list[Interval]] = {}
    for one in claims:
        out.setdefault((one.kind, one.resource_id), []).append(Interval(one.start, one.end))
    return out


def _stands_for(lacking: Iterable[Place], overflow: Claim, by_facts: bool) -> Place | None:
    """An overflow place stands for one place of the same minutes; for the patient's own only where a stay
    ran on, never on purpose."""
    minutes = (overflow.start, overflow.end)
    may = SHARED_BY_FACTS if by_facts else SHARED
    return next((one for one in lacking if one[0] in may and one[2:] == minutes), None)


def _shared_with_nobody(records: Records, number: int, shared: Place) -> Iterator[str]:
    """An overflow place where no other visit has the place itself: to everybody it looks free."""
    kind, resource, start, end = shared
    first = place(kind, resource)
    asked = [first, first + SLOTS, start - LONGEST_CLAIM, end, start, number]
    others = [Interval(*row) for row in records.rows(_OTHERS, asked)]
    for left in minus([Interval(start, end)], others):
        yield f"Visit {number} shares {_spoken((kind, resource, left.start, left.end))} with nobody."


def _spoken(one: Place) -> str:
    kind, resource, start, end = one
    return f"{kind} {resource} for {start} to {end}"
