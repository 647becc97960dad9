"""What ``check`` looks at in the schedule. Every function yields a message for each thing it finds."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from sqlalchemy import Connection, or_, select, text

from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.intervals import Interval, minus
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.claims import claims_of, timed
from clinic_desktop.scheduling.model import Claim, ClaimKind, Setup, Visit
from clinic_desktop.scheduling.overlaps import SHARED, SHARED_BY_FACTS
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.storage.day_after_guard import unasked
from clinic_desktop.storage.guard_words import visit_lacks
from clinic_desktop.storage.release_guard import gone_unreleased
from clinic_desktop.storage.tables import claim, metadata, place_parts, visit

Place = tuple[ClaimKind, int, int, int]  # kind, resource, start, end
_STREAMED = {"yield_per": 2000}


class Records(Protocol):
    @property
    def connection(self) -> Connection: ...

    def setup(self) -> Setup: ...


def overlaps(records: Records) -> Iterator[str]:
    """Two visits at one place at the same time."""
    query = select(claim).order_by(claim.c.place, claim.c.starts, claim.c.id)
    zone, place, last = records.setup().clinic.zone, None, None
    with records.connection.execute(query, execution_options=_STREAMED) as rows:
        for row in rows:
            if last is not None and row.place == place and row.starts < last.ends:
                at = _when(max(row.starts, last.starts), zone)
                yield f"Visits {last.visit_id} and {row.visit_id} both claim {_place(row.place)} on {at}."
            if last is None or row.place != place or row.ends > last.ends:
                place, last = row.place, row


def ways_home(records: Records) -> Iterator[str]:
    """Treatments beyond held that lack what their profile asks, without an override."""
    true = "1" if records.connection.dialect.name == "sqlite" else "true"
    query = text(f"SELECT id, state FROM visit WHERE {visit_lacks('visit', true)} ORDER BY id")
    for row in records.connection.execute(query):
        yield f"Visit {row.id} is {row.state} without the way home that its profile asks for."


def releases(records: Records) -> Iterator[str]:
    """Visits that are over by their state, of patients whom no release on record let go."""
    query = text(f"SELECT id FROM visit WHERE {gone_unreleased('visit')} ORDER BY id")
    for row in records.connection.execute(query):
        yield f"Visit {row.id} is over, a dose was given, and no release is on record."


def red_answers(records: Records) -> Iterator[str]:
    """Check-in calls with a red answer that is before no prescriber."""
    query = text(f"SELECT id FROM after_call WHERE {unasked('after_call')} ORDER BY id")
    for row in records.connection.execute(query):
        yield f"Check-in call {row.id} has a red answer without its request to a prescriber."


def times(records: Records) -> Iterator[str]:
    """Visits whose minutes are not those of their clock time in their zone."""
    types = {one.id: one for one in records.setup().types}
    for one in _visits(records):
        then = timed(one, types[one.type_id])
        if (then.start, then.end) != (one.start, one.end):
            yield (
                f"Visit {one.id} on {one.day} at {clock_time(one.minute)} is kept as UTC minutes "
                f"{one.start} to {one.end}; its clock time means {then.start} to {then.end}. "
                "A coming visit is put right when the clinic is opened."
            )


def claims(records: Records) -> Iterator[str]:
    """Visits that claim other places than their plan says, or share one with nobody."""
    types = {one.id: one for one in records.setup().types}
    there, by_facts = _claimed(records), _by_facts(records)
    live = or_(visit.c.state.in_(LIVE), visit.c.id.in_(select(claim.c.visit_id)))
    shared: list[tuple[int, Place]] = []
    for one in _visits(records, live):
        compared = _compared(claims_of(one, types[one.type_id]), there.pop(one.id, []), by_facts)
        shared += [(one.id, place) for place in compared.shared]
        if parts := compared.parts():
            yield f"Visit {one.id} ({one.state}) {', '.join(parts)}."
    for number in sorted(there):
        yield f"Visit {number} claims places but does not exist."
    if shared:
        yield from _shared_with_nobody(shared, _claimed(records))


@dataclass(frozen=True, slots=True)
class _Compared:
    """What a visit lacks, what it has beyond its plan, and the places that it shares with another."""

    lacking: list[Place]
    beyond: list[Place]
    shared: list[Place]

    def parts(self) -> list[str]:
        return [f"lacks {_spoken(one)}" for one in self.lacking] + [
            f"has {_spoken(one)}" for one in self.beyond
        ]


def _compared(wanted: Iterable[Claim], there: Sequence[Claim], by_facts: Set[int]) -> _Compared:
    plain = [one for one in there if one.kind is not ClaimKind.OVERFLOW]
    lacking, shared = _without(wanted, plain), []
    for one in there:
        if one.kind is not ClaimKind.OVERFLOW:
            continue
        if (place := _stands_for(lacking, one, one.override_id in by_facts)) is not None:
            lacking.remove(place)
            shared.append(place)
    return _Compared(lacking, [*_without(plain, wanted), *_twice(plain)], shared)


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


def _by_facts(records: Records) -> frozenset[int]:
    """The traces of places that are shared because it happened so."""
    trace = metadata.tables["rule_override"]
    query = select(trace.c.id).join(claim, claim.c.override_id == trace.c.id).where(trace.c.deviation)
    return frozenset(records.connection.scalars(query))


def _shared_with_nobody(shared: Iterable[tuple[int, Place]], there: dict[int, list[Claim]]) -> Iterator[str]:
    """An overflow place where no other visit has the place itself: to everybody it looks free."""
    for number, (kind, resource, start, end) in shared:
        others = [one for visit_id, claims in there.items() if visit_id != number for one in claims]
        same = [one for one in others if (one.kind, one.resource_id) == (kind, resource)]
        left = minus([Interval(start, end)], [Interval(one.start, one.end) for one in same])
        for one in left:
            yield f"Visit {number} shares {_spoken((kind, resource, one.start, one.end))} with nobody."


def _visits(records: Records, *only: object) -> Iterator[Visit]:
    query = select(visit).where(*only).order_by(visit.c.id)  # type: ignore[arg-type]  # column conditions
    with records.connection.execute(query, execution_options=_STREAMED) as rows:
        for row in rows.mappings():
            yield Visit(**row)


def _claimed(records: Records) -> dict[int, list[Claim]]:
    out: dict[int, list[Claim]] = {}
    with records.connection.execute(select(claim), execution_options=_STREAMED) as rows:
        for row in rows:
            kind, resource, slot = place_parts(row.place)
            out.setdefault(row.visit_id, []).append(
                Claim(kind, resource, row.starts, row.ends, slot, row.visit_id, row.override_id)
            )
    return out


def _spoken(one: Place) -> str:
    kind, resource, start, end = one
    return f"{kind} {resource} for {start} to {end}"


def _place(number: int) -> str:
    kind, resource, slot = place_parts(number)
    return f"{kind} {resource}" + (f" (place {slot + 1})" if kind is ClaimKind.WATCH else "")


def _when(minute: int, zone: str) -> str:
    at = from_utc_minute(minute, zone)
    return f"{at.day} at {clock_time(at.minute)}"
