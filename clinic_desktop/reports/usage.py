"""How the rooms were used: planned and actual minutes, and the four utilisations with their formulas.

Which minutes count can move a figure by 8 to 15 points [K5], so each formula stands beside its number
on every screen and page. All minutes are elapsed minutes.

==========  ================================================================================
scheduled   minutes planned in the room, visits cancelled before their time left out [K1]
actual      minutes in the room of visits that were completed [K1]
raw         minutes in which any patient was in the room, completed or not [K4]
adjusted    raw and the turnover between patients [K4]
==========  ================================================================================

Each is divided by the minutes in which the room was open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple, Protocol

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.scheduling.masks import CELL, timeline
from clinic_desktop.scheduling.model import PhaseKind, Setup, VisitType
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.states import VisitState

LONGEST_TURNOVER = 60  # minutes; a longer gap between two patients is idle time, not turnover [K7]
COMPLETED = frozenset({VisitState.LEFT})


class UsageSum(NamedTuple):
    """Visits of one room, type and state added up. planned includes turnover; in_room is by the stamps."""

    room_id: int
    type_id: int
    state: str
    visits: int
    planned: int
    in_room: int


class Stay(NamedTuple):
    """One visit's time in a room, UTC minutes. planned_end lies before turnover; entered and left are None
    where no stamp says so."""

    visit_id: int
    room_id: int
    day: date
    type_id: int
    state: str
    start: int
    planned_end: int
    end: int
    entered: int | None
    left: int | None


class UsageSource(Protocol):
    """What the report asks of the store; local days, both included."""

    def setup(self) -> Setup: ...

    def usage_sums(self, first: date, last: date) -> list[UsageSum]: ...

    def room_stays(self, first: date, last: date) -> list[Stay]: ...


@dataclass(frozen=True, slots=True)
class RoomUsage:
    """Minutes of one room (or of all) over some days. Percentages are None where it was never open."""

    room: str
    open_min: int = 0
    scheduled_min: int = 0
    actual_min: int = 0
    raw_min: int = 0
    turnover_min: int = 0

    @property
    def scheduled_pct(self) -> float | None:
        return _share(self.scheduled_min, self.open_min)

    @property
    def actual_pct(self) -> float | None:
        return _share(self.actual_min, self.open_min)

    @property
    def raw_pct(self) -> float | None:
        return _share(self.raw_min, self.open_min)

    @property
    def adjusted_pct(self) -> float | None:
        return _share(self.raw_min + self.turnover_min, self.open_min)

    def __add__(self, other: "RoomUsage") -> "RoomUsage":
        return RoomUsage(
            self.room,
            self.open_min + other.open_min,
            self.scheduled_min + other.scheduled_min,
            self.actual_min + other.actual_min,
            self.raw_min + other.raw_min,
            self.turnover_min + other.turnover_min,
        )


@dataclass(frozen=True, slots=True)
class Usage:
    """The report: the days it covers, each room in the board's order, and the total."""

    first: date
    last: date
    rooms: tuple[RoomUsage, ...]
    total: RoomUsage


def usage(records: UsageSource, first: date, last: date) -> Usage:
    """The report over local days, both included; :class:`BadInput` when they are the wrong way round."""
    if last < first:
        raise BadInput({"to": "The last day lies before the first. Change one of them."})
    setup = records.setup()
    turned = {one.id: _planned_turnover(one) for one in setup.types}
    sums, between = (
        _by_room(records.usage_sums(first, last)),
        turnover_minutes(records.room_stays(first, last)),
    )
    shown = [room for room in setup.rooms if room.active or room.id in sums]
    rooms = tuple(
        room_usage(
            room.name,
            open_minutes(setup, room.id, first, last),
            sums.get(room.id, []),
            turned,
            between.get(room.id, 0),
        )
        for room in shown
    )
    return Usage(first, last, rooms, sum(rooms, RoomUsage("All rooms")))


def open_minutes(setup: Setup, room_id: int, first: date, last: date) -> int:
    """Minutes in which a room could be used: clinic hours less closures."""
    line = timeline(first, (last - first).days + 1, setup.clinic.zone)
    return roster_for(setup).mask("room", room_id, line).bit_count() * CELL


def _planned_turnover(visit_type: VisitType) -> int:
    return sum(phase.minutes for phase in visit_type.phases if phase.kind is PhaseKind.TURNOVER)


def _by_room(sums: Iterable[UsageSum]) -> dict[int, list[UsageSum]]:
    out: dict[int, list[UsageSum]] = {}
    for one in sums:
        out.setdefault(one.room_id, []).append(one)
    return out


def turnover_minutes(stays: Iterable[Stay], longest: int = LONGEST_TURNOVER) -> dict[int, int]:
    """Room -> minutes from one patient out to the next one in, day by day; longer gaps are idle time."""
    by_room: dict[tuple[int, date], list[tuple[int, int]]] = {}
    for one in stays:
        if one.entered is not None and one.left is not None:
            by_room.setdefault((one.room_id, one.day), []).append((one.entered, one.left))
    out: dict[int, int] = {}
    for (room_id, _), times in by_room.items():
        for (_, left), (entered, _) in pairwise(sorted(times)):
            if 0 < entered - left <= longest:
                out[room_id] = out.get(room_id, 0) + entered - left
    return out


def room_usage(
    name: str, open_min: int, sums: Sequence[UsageSum], planned_turnover: dict[int, int], turnover: int
) -> RoomUsage:
    """One room's figures from its sums; ``planned_turnover`` is each type's turnover minutes."""
    counted = [one for one in sums if one.state != VisitState.CANCELLED]
    return RoomUsage(
        name,
        open_min,
        scheduled_min=sum(one.planned - one.visits * planned_turnover[one.type_id] for one in counted),
        actual_min=sum(one.in_room for one in sums if one.state in COMPLETED),
        raw_min=sum(one.in_room for one in sums),
        turnover_min=turnover,
    )


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
