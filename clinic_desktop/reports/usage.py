"""How the rooms were used: planned and actual minutes, and the four utilisations with their formulas.

Which minutes count can move a figure by 8 to 15 points [K5], so each formula stands beside its number
on every screen and page. All minutes are elapsed minutes. Each is divided by the minutes in which the
room was open: the clinic's hours less closures [K3].

==========  ================================================================================
scheduled   minutes planned in the room, turnover left out [K1]
actual      minutes in the room of visits that were carried out [K1]
raw         minutes in the room of all patients [K4]
adjusted    raw, and the turnover between patients [K4]
==========  ================================================================================

What counts, where the sources leave a choice:

- Scheduled are the plans that held the room when their time came: visits that took place, no-shows, and
  those who arrived and were not treated. A cancelled visit is left out, a late cancellation too, because
  its time may have been given to somebody else; late ones are told apart (:mod:`reports.tally`). A
  displaced visit held no room, unless its patient came into one after all.
- Carried out means that the treatment was given or the talk held: who left before release or was
  transferred counts, who arrived and was not treated does not. Their minutes are in raw alone.
- Who is in the room now counts in raw up to now, and in actual when they have gone. Where an earlier day
  has nobody's leaving on record, no minutes are made up; those visits are counted (``tally.unended``).
- Days to come have planned minutes only, so a range that reaches past today tells how far it is.
- A visit that was moved on the board counts in the room it is in now; one whose patient changed rooms in
  mid-visit is planned in the first room, and counts in each for the minutes in it
  (:mod:`reports.moved_rooms`). Visits without a room are left out.
- Minutes are counted whole, outside the opening hours too, so that a share can pass 100 %.
- Turnover lies between two patients of the same day, from one's leaving to the next one's coming in. A gap
  longer than ``LONGEST_TURNOVER`` is idle time [K7]. Setting up is not recorded apart; it is part of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import FIRST_DAY, LAST_DAY, instant_minute, local_day
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.reports.rules import BEYOND_CALENDAR, LAST_DAY_FIRST, TOO_MANY_DAYS
from clinic_desktop.reports.staff_use import StaffUse, staff_use
from clinic_desktop.reports.sums import CARRIED_OUT, ReportStore, Turnovers, UsageSource, UsageSum, held
from clinic_desktop.reports.tally import Tally, tally
from clinic_desktop.scheduling.model import PhaseKind, Setup, VisitType
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.security.rights import Right, require

LONGEST_TURNOVER = 60  # minutes; a longer gap between two patients is idle time, not turnover [K7]
ALL_ROOMS = "All rooms"
LONGEST_RANGE = 3660  # days; nobody means more, and a slip of the year would count for minutes


@dataclass(frozen=True, slots=True)
class RoomUsage:
    """Minutes of one room (or of all) over some days. Percentages are None where it was never open."""

    room: str
    open_min: int = 0
    scheduled_min: int = 0
    actual_min: int = 0
    raw_min: int = 0
    turnover_min: int = 0
    turnovers: int = 0
    room_id: int = 0

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
            self.turnovers + other.turnovers,
        )


@dataclass(frozen=True, slots=True)
class Usage:
    """The report: the days it covers, when and in which zone it was made, each room, the total."""

    first: date
    last: date
    made_at: datetime
    zone: str
    rooms: tuple[RoomUsage, ...]
    total: RoomUsage
    tally: Tally
    staff: tuple[StaffUse, ...]


def usage(records: UsageSource, first: date, last: date, now: datetime) -> Usage:
    """The report over local days, both included; :class:`BadInput` when they make no sense."""
    if last < first:
        raise BadInput({"to": Finding(LAST_DAY_FIRST)})
    if first < FIRST_DAY or last > LAST_DAY:
        raise BadInput({"from": Finding(BEYOND_CALENDAR)})
    if (last - first).days >= LONGEST_RANGE:
        raise BadInput({"to": Finding(TOO_MANY_DAYS)})
    setup = records.setup()
    sums = records.usage_sums(first, last, local_day(now, setup.clinic.zone), instant_minute(now))
    turned = records.turnovers(first, last, LONGEST_TURNOVER)
    rooms = room_usages(setup, sums, turned, first, last)
    total = sum(rooms, RoomUsage(ALL_ROOMS))
    zone = setup.clinic.zone
    return Usage(first, last, now, zone, rooms, total, tally(sums), staff_use(setup, sums))


def usage_for(store: ReportStore, actor: Actor, first: date, last: date) -> Usage:
    """The report as of now, for somebody who may see reports."""
    require(actor, Right.REPORT)
    with store.read() as records:
        return usage(records, first, last, store.clock.now())


def room_usages(
    setup: Setup, sums: Iterable[UsageSum], turned: Mapping[int, Turnovers], first: date, last: date
) -> tuple[RoomUsage, ...]:
    """Each room that is in use, or was."""
    by_room: dict[int, list[UsageSum]] = {}
    for one in sums:
        by_room.setdefault(one.room_id, []).append(one)
    turnover = {one.id: planned_turnover(one) for one in setup.types}
    return tuple(
        room_usage(
            room.id,
            room.name,
            open_minutes(setup, room.id, first, last),
            by_room.get(room.id, ()),
            turnover,
            turned.get(room.id, Turnovers()),
        )
        for room in setup.rooms
        if room.active or room.id in by_room
    )


def room_usage(
    room_id: int,
    name: str,
    open_min: int,
    sums: Sequence[UsageSum],
    turnover: Mapping[int, int],
    turned: Turnovers,
) -> RoomUsage:
    """One room's figures from its sums; ``turnover`` is each type's turnover minutes."""
    return RoomUsage(
        name,
        open_min,
        scheduled_min=sum([one.planned - one.visits * turnover[one.type_id] for one in held(sums)]),
        actual_min=sum([one.in_room for one in sums if one.state in CARRIED_OUT]),
        raw_min=sum([one.in_room for one in sums]),
        turnover_min=turned.minutes,
        turnovers=turned.number,
        room_id=room_id,
    )


def open_minutes(setup: Setup, room_id: int, first: date, last: date) -> int:
    """Minutes in which a room could be used: clinic hours less closures."""
    return roster_for(setup).open_minutes(room_id, first, last)


def planned_turnover(visit_type: VisitType) -> int:
    return sum(phase.minutes for phase in visit_type.phases if phase.kind is PhaseKind.TURNOVER)


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
