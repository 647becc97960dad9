"""The first openings for a type of visit, over all rooms and staff at once, or for one room.

The days are read in pieces that grow, because the first openings are mostly near.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from clinic_desktop.foundation.clock import WallTime, from_utc_minute
from clinic_desktop.scheduling.availability import (
    ANY,
    Availability,
    Options,
    Place,
    Taken,
    people_for,
    rooms_for,
)
from clinic_desktop.scheduling.choices import Choice, chosen
from clinic_desktop.scheduling.masks import Timeline, bits, timeline
from clinic_desktop.scheduling.model import ClaimKind, VisitType
from clinic_desktop.scheduling.needs import Need, need_of
from clinic_desktop.scheduling.working import Roster

FIRST_PIECE, LAST_PIECE = 14, 56  # days


class ClaimSource(Protocol):
    """Where claims are read from."""

    def __call__(self, places: Sequence[Place], start: int, end: int) -> dict[Place, list[Taken]]:
        """The claims on these places that overlap ``[start, end)`` UTC minutes."""
        ...


@dataclass(frozen=True, slots=True)
class Opening:
    """A moment at which a visit can start, on the clinic's clock, with its room and people."""

    at: WallTime
    choice: Choice


def first_openings(
    roster: Roster,
    visit_type: VisitType,
    source: ClaimSource,
    options: Options,
    *,
    after: int,
    count: int = 10,
    days: int = 180,
) -> list[Opening]:
    """The first ``count`` starts from the UTC minute ``after``, looking at most ``days`` days ahead."""
    out: list[Opening] = []
    options = replace(options, after=after)
    for line in _pieces(from_utc_minute(after, roster.zone).day, days, roster.zone):
        free = read(roster, visit_type, source, line, options)
        inside = (1 << line.day_bits(line.first + timedelta(days=line.days - 1))[0]) - 1
        for bit in bits(free.starts(visit_type, options) & inside, count - len(out)):
            choice = chosen(free, visit_type, bit, options)
            out.append(Opening(from_utc_minute(choice.start, roster.zone), choice))
        if len(out) >= count:
            break
    return out


def every_start(
    roster: Roster, visit_type: VisitType, source: ClaimSource, line: Timeline, options: Options = ANY
) -> list[int]:
    """Every start inside a timeline, in UTC minutes."""
    free = read(roster, visit_type, source, line, options)
    return [line.minute(bit) for bit in bits(free.starts(visit_type, options))]


def read(
    roster: Roster, visit_type: VisitType, source: ClaimSource, line: Timeline, options: Options = ANY
) -> Availability:
    """The free places that one type of visit needs, and no others."""
    need = need_of(visit_type, roster.setup.policies.iv_cover, options.minutes)
    return Availability(roster, line, source(places_for(roster, need, options), line.start, line.end))


def places_for(roster: Roster, need: Need, options: Options = ANY) -> list[Place]:
    """The places whose claims matter for a need."""
    out: list[Place] = [(ClaimKind.ROOM, room.id) for room in rooms_for(roster, need, options)]
    for role in need.roles:
        for person in people_for(roster, role, options):
            out += [(ClaimKind.HANDS, person), (ClaimKind.WATCH, person)]
    if options.patient_id is not None:
        out.append((ClaimKind.PATIENT, options.patient_id))
    return list(dict.fromkeys(out))


def _pieces(first: date, days: int, zone: str) -> Iterator[Timeline]:
    """Each with one more day at its end, read only for what runs over midnight."""
    piece = FIRST_PIECE
    while days > 0:
        piece = min(piece, days)
        yield timeline(first, piece + 1, zone)
        first, days, piece = first + timedelta(days=piece), days - piece, min(2 * piece, LAST_PIECE)
