"""One day in each room, visit by visit: what was planned, what happened, and the gaps between. UTC minutes.

The figures of the day's report are those of :mod:`reports.usage`; this shows where they come from.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinic_desktop.reports.sums import CANCELLED_LATE, DISPLACED, NO_ROOM
from clinic_desktop.reports.usage import LONGEST_TURNOVER, planned_turnover
from clinic_desktop.scheduling.board_rows import BoardRow
from clinic_desktop.scheduling.masks import Span
from clinic_desktop.scheduling.model import RoomStay, Setup, Visit
from clinic_desktop.scheduling.presence import roster_for


@dataclass(frozen=True, slots=True)
class RoomVisit:
    """A visit in its room. became: its state, or DISPLACED, or CANCELLED_LATE.

    planned ends before turnover. left is None while the patient is in the room (``until`` is now then),
    or where nobody recorded it. turnover: minutes since the last patient left, where that is turnover.
    """

    visit_id: int
    name: str
    type_id: int
    became: str
    planned: Span
    entered: int | None = None
    left: int | None = None
    until: int | None = None
    turnover: int | None = None

    @property
    def held_the_room(self) -> bool:
        return self.became not in NO_ROOM

    @property
    def late(self) -> int:
        """Minutes after the planned time that the patient came into the room."""
        return 0 if self.entered is None else max(0, self.entered - self.planned[0])

    @property
    def over(self) -> int:
        """Minutes past the planned end."""
        return 0 if self.until is None else max(0, self.until - self.planned[1])

    @property
    def in_room(self) -> int | None:
        """Minutes in the room, up to now for who is in it."""
        if self.entered is None or self.until is None:
            return None
        return max(0, self.until - self.entered)


@dataclass(frozen=True, slots=True)
class RoomDay:
    """A room's day: when it was open, and its visits by planned time."""

    room_id: int
    open: tuple[Span, ...]
    visits: tuple[RoomVisit, ...]


def room_days(setup: Setup, rows: Iterable[BoardRow], day: date, today: date, now: int) -> list[RoomDay]:
    """Each room that is in use, or was on that day, in the board's order. ``now``: the UTC minute."""
    turnover = {one.id: planned_turnover(one) for one in setup.types}
    by_room: dict[int, list[RoomVisit]] = {}
    for row in rows:
        visit = row.visit
        until = now if day == today and visit.left is None else None
        for room_id, shown in _in_rooms(row, _room_visit(row, turnover[visit.type_id], until)):
            by_room.setdefault(room_id, []).append(shown)
    roster = roster_for(setup)
    return [
        RoomDay(
            room.id,
            tuple((span.start, span.end) for span in roster.room_open(room.id, day)),
            tuple(sorted(_with_turnovers(by_room.get(room.id, [])), key=lambda one: one.planned)),
        )
        for room in setup.rooms
        if room.active or room.id in by_room
    ]


def _in_rooms(row: BoardRow, shown: RoomVisit) -> Iterator[tuple[int, RoomVisit]]:
    """The visit in its room; where the patient changed rooms in each, planned in the first alone."""
    if row.visit.room_id is None:
        return
    stays = row.visit.room_stays or (RoomStay(row.visit.room_id, 0),)
    for number, stay in enumerate(stays):
        here = shown if number == 0 else replace(shown, planned=(stay.entered, stay.entered))
        if len(stays) > 1:
            left = stay.left if stay != stays[-1] else shown.until
            here = replace(here, entered=stay.entered, left=stay.left, until=left)
        yield stay.room_id, here


def _room_visit(row: BoardRow, turnover: int, now: int | None) -> RoomVisit:
    visit = row.visit
    until = visit.left
    if visit.entered is not None and now is not None and now > visit.entered:
        until = now
    return RoomVisit(
        visit.id,
        row.name,
        visit.type_id,
        became(visit),
        (visit.start, visit.end - turnover),
        visit.entered,
        visit.left,
        until,
    )


def became(visit: Visit) -> str:
    """What became of a visit as the report counts it."""
    if visit.end_late:
        return CANCELLED_LATE
    return DISPLACED if visit.displaced and visit.entered is None else visit.state.value


def _with_turnovers(visits: Sequence[RoomVisit]) -> list[RoomVisit]:
    """The same visits, each with the turnover before it."""
    out: list[RoomVisit] = []
    last: int | None = None
    for one in sorted(visits, key=lambda one: (one.entered is None, one.entered or 0, one.visit_id)):
        gap = None if last is None or one.entered is None else one.entered - last
        turned = gap is not None and 0 <= gap <= LONGEST_TURNOVER
        out.append(replace(one, turnover=gap) if turned else one)
        if one.left is not None:
            last = one.left if last is None else max(last, one.left)
    return out
