"""What ``check`` looks at in the schedule. Every function yields a message for each thing it finds."""

from collections import Counter
from collections.abc import Iterator
from typing import Protocol

from sqlalchemy import Connection, or_, select, text

from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.claims import claims_of, timed
from clinic_desktop.scheduling.model import Claim, ClaimKind, Setup, Visit, VisitType
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.storage.guard_words import visit_lacks
from clinic_desktop.storage.tables import claim, place_parts, visit

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
    """Visits that claim other places than their plan says."""
    types = {one.id: one for one in records.setup().types}
    there = _claimed(records)
    live = or_(visit.c.state.in_(LIVE), visit.c.id.in_(select(claim.c.visit_id)))
    for one in _visits(records, live):
        yield from _compared(one, types[one.type_id], there.pop(one.id, []))
    for number in sorted(there):
        yield f"Visit {number} claims places but does not exist."


def _compared(one: Visit, visit_type: VisitType, there: list[Claim]) -> Iterator[str]:
    wanted = Counter(_plain(claimed) for claimed in claims_of(one, visit_type))
    found = Counter(_plain(claimed) for claimed in there if claimed.kind is not ClaimKind.OVERFLOW)
    lacking, beyond = wanted - found, found - wanted
    for claimed in there:
        if claimed.kind is ClaimKind.OVERFLOW:
            _let_overflow(lacking, claimed)
    if lacking or beyond:
        parts = [f"lacks {_spoken(p)}" for p in sorted(lacking)] + [
            f"has {_spoken(p)}" for p in sorted(beyond)
        ]
        yield f"Visit {one.id} ({one.state}) {', '.join(parts)}."


def _let_overflow(lacking: Counter[Place], overflow: Claim) -> None:
    """An overflow place stands for one place of the same minutes; never for the patient's own."""
    for one in sorted(lacking):
        if one[0] is not ClaimKind.PATIENT and one[2:] == (overflow.start, overflow.end):
            del lacking[one]
            return


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


def _plain(one: Claim) -> Place:
    """Which of a nurse's watching places it is does not matter."""
    return (one.kind, one.resource_id, one.start, one.end)


def _spoken(one: Place) -> str:
    kind, resource, start, end = one
    return f"{kind} {resource} for {start} to {end}"


def _place(number: int) -> str:
    kind, resource, slot = place_parts(number)
    return f"{kind} {resource}" + (f" (place {slot + 1})" if kind is ClaimKind.WATCH else "")


def _when(minute: int, zone: str) -> str:
    at = from_utc_minute(minute, zone)
    return f"{at.day} at {clock_time(at.minute)}"
