"""What each room of the house is doing at one moment: in use, turned over, closed or free, and who comes
next. Pure, from the visits with the times that their stamps gave them: every desk says the same, after a
restart too. Nothing is counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from clinic_desktop.foundation.clock import DAY_MINUTES, WallTime, from_utc_minute, to_utc_minute
from clinic_desktop.scheduling.model import Closure, Room, Setup, Visit
from clinic_desktop.scheduling.states import LIVE


class RoomState(StrEnum):
    OCCUPIED = "occupied"
    CLOSED = "closed"
    TURNOVER = "turnover"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class RoomNow:
    """A room at one moment. visit: who is in it. until: UTC minute up to which it is closed or turned over.
    next: who comes into it next, here already or still to come."""

    room: Room
    place: int
    state: RoomState
    visit: Visit | None = None
    until: int | None = None
    next: Visit | None = None


def rooms_in_order(setup: Setup) -> list[Room]:
    """The active rooms as they lie on the floor: those fitted for treatments alone first, as the clinic puts
    them."""
    talks = {one.needs_fit for one in setup.types if not one.is_treatment}
    fits = {one.needs_fit for one in setup.types} - talks
    return sorted((one for one in setup.rooms if one.active), key=lambda one: not one.fits & fits)


def room_places(setup: Setup) -> dict[int, int]:
    """Room -> its place on the floor, from 1."""
    return {one.id: place for place, one in enumerate(rooms_in_order(setup), 1)}


def rooms_now(setup: Setup, visits: Iterable[Visit], now: int) -> tuple[RoomNow, ...]:
    """Every active room at a UTC minute, treatment rooms first. ``visits``: those that count now."""
    by_room: dict[int | None, list[Visit]] = {}
    for one in visits:
        by_room.setdefault(one.room_id, []).append(one)
    return tuple(
        _room_now(setup, room, place, by_room.get(room.id, []), now)
        for place, room in enumerate(rooms_in_order(setup), 1)
    )


def _room_now(setup: Setup, room: Room, place: int, visits: Sequence[Visit], now: int) -> RoomNow:
    coming = _next(visits)
    there = _in_it(visits)
    if there is not None:
        return RoomNow(room, place, RoomState.OCCUPIED, visit=there, next=coming)
    closed = max((_closed_until(one, setup.clinic.zone, now) for one in _of(setup.closures, room)), default=0)
    turned_over = max((_turned_over(one) for one in visits), default=0)
    if closed > now:
        return RoomNow(room, place, RoomState.CLOSED, until=closed, next=coming)
    if turned_over > now:
        return RoomNow(room, place, RoomState.TURNOVER, until=turned_over, next=coming)
    return RoomNow(room, place, RoomState.FREE, next=coming)


def _in_it(visits: Sequence[Visit]) -> Visit | None:
    """Who is in the room; of two, whoever came into it last."""
    there = [
        (one.entered, one.id, one)
        for one in visits
        if one.entered is not None and one.left is None and one.state in LIVE
    ]
    return max(there, key=lambda found: found[:2])[2] if there else None


def _turned_over(visit: Visit) -> int:
    """When the room that a patient has left is ready again; 0 for one who did not leave it."""
    if visit.entered is None or visit.left is None or visit.displaced:
        return 0
    return visit.room_until or 0


def _next(visits: Sequence[Visit]) -> Visit | None:
    """Who has the room next: who is in the house before who is not."""
    waiting = [one for one in visits if one.entered is None and one.state in LIVE and not one.displaced]
    return min(waiting, key=lambda one: (one.arrived is None, one.start, one.id), default=None)


def _of(closures: Iterable[Closure], room: Room) -> list[Closure]:
    """The closures of a room, and of the whole clinic."""
    return [one for one in closures if one.room_id in (None, room.id)]


def _closed_until(closure: Closure, zone: str, now: int) -> int:
    """When it opens again; 0 where it is not closed now. A closure is written on the clinic's clock."""
    clock = from_utc_minute(now, zone)
    opens = (closure.to_day, closure.to_minute)
    if not (closure.from_day, closure.from_minute) <= (clock.day, clock.minute) < opens:
        return 0
    day = closure.to_day + timedelta(days=closure.to_minute // DAY_MINUTES)
    return to_utc_minute(WallTime(day, closure.to_minute % DAY_MINUTES), zone)
