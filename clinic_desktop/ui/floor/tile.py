"""The rooms of the floor in their order: who is in a room as a card, a room without anybody as a tile. Pure.

A room keeps its place, whoever comes and goes; people without a room follow behind the rooms.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.treatment.rooms import RoomNow, RoomState
from clinic_desktop.ui.floor.card import Card, Group
from clinic_desktop.ui.floor.numbers import NUMBERED
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_STATES = {
    RoomState.OCCUPIED: QT_TR_NOOP("In use"),
    RoomState.CLOSED: QT_TR_NOOP("Closed"),
    RoomState.TURNOVER: QT_TR_NOOP("Turnover"),
    RoomState.FREE: QT_TR_NOOP("Free"),
}
_UNTIL = {
    RoomState.CLOSED: QT_TR_NOOP("open again {time}"),
    RoomState.TURNOVER: QT_TR_NOOP("ready again {time}"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A room without a patient in it. until: when it can be used again. next, next_time: who comes into it,
    and when. ``visit_id`` is theirs, 0 where nobody comes: what is recorded at a tile is of them."""

    room_id: int
    number: int
    room: str
    state: RoomState
    until: str = ""
    next: str = ""
    next_time: str = ""
    visit_id: int = 0

    @property
    def key(self) -> tuple[str, int]:
        """Which row of the floor it is."""
        return "room", self.room_id

    @property
    def state_word(self) -> str:
        return tr(_STATES[self.state])

    @property
    def words(self) -> str:
        """ "Free", "Turnover, ready again 12:55 PM"."""
        return ", ".join(part for part in (self.state_word, self.until) if part)

    @property
    def then(self) -> str:
        """ "Next 1:00 PM Reed, Amara"; empty where nobody comes."""
        if not self.next:
            return tr("Nobody comes today")
        return tr("Next {time} {name}").format(time=self.next_time, name=self.next)

    @property
    def spoken(self) -> str:
        return ". ".join((self.room, self.words, self.then))


Row = Card | Tile


def floor_rows(cards: Sequence[Card], rooms: Iterable[RoomNow], zone: str) -> tuple[Row, ...]:
    """Every room in its place, then who is here without one, then everybody else."""
    here = {one.visit_id: one for one in cards if one.group is Group.HERE}
    names = {one.visit_id: one.name for one in cards}
    taken = {one.number for one in here.values()}
    out: list[Row] = []
    for room in rooms:
        card = here.pop(_whose(room), None)
        out.append(card or _tile(room, zone, taken, names))
    others = (one for one in cards if one.group is not Group.HERE)
    return (*out, *here.values(), *others)


def _whose(room: RoomNow) -> int:
    """The visit whose card stands for the room: who is in it, or waits in the house and can have it now."""
    if room.visit is not None:
        return room.visit.id
    return room.next.id if room.next is not None and room.state is RoomState.FREE else 0


def _tile(room: RoomNow, zone: str, taken: set[int], names: Mapping[int, str]) -> Tile:
    coming = room.next
    return Tile(
        room.room.id,
        room.place if room.place <= NUMBERED and room.place not in taken else 0,
        room.room.name,
        room.state,
        tr(_UNTIL[room.state]).format(time=_clock(room.until, zone)) if room.until is not None else "",
        names.get(coming.id, "") if coming else "",
        _clock(coming.start, zone) if coming else "",
        coming.id if coming else 0,
    )


def _clock(minute: int, zone: str) -> str:
    return clock_time(from_utc_minute(minute, zone).minute)
