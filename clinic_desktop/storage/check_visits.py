"""What ``check`` looks at in the schedule. Every function yields a message for each thing it finds."""

from collections.abc import Iterator
from typing import Protocol

from sqlalchemy import Connection, select, text

from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.claims import timed
from clinic_desktop.scheduling.model import ClaimKind, Setup, Visit
from clinic_desktop.scheduling.states import CAME_TO_NOTHING
from clinic_desktop.storage.day_after_guard import unasked
from clinic_desktop.storage.guard_words import visit_lacks
from clinic_desktop.storage.release_guard import gone_unreleased
from clinic_desktop.storage.tables import claim, place_parts, visit

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
    """Visits that are over by their state, of patients whom no release on record let go, or who were dosed in
    what came to nothing."""
    query = text(f"SELECT id, state FROM visit WHERE {gone_unreleased('visit')} ORDER BY id")
    for row in records.connection.execute(query):
        if row.state in CAME_TO_NOTHING:
            yield f"Visit {row.id} is {row.state}, and a dose was given."
        else:
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


def _visits(records: Records) -> Iterator[Visit]:
    query = select(visit).order_by(visit.c.id)
    with records.connection.execute(query, execution_options=_STREAMED) as rows:
        for row in rows.mappings():
            yield Visit(**row)


def _place(number: int) -> str:
    kind, resource, slot = place_parts(number)
    return f"{kind} {resource}" + (f" (place {slot + 1})" if kind is ClaimKind.WATCH else "")


def _when(minute: int, zone: str) -> str:
    at = from_utc_minute(minute, zone)
    return f"{at.day} at {clock_time(at.minute)}"
