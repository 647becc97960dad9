"""Two visits of a day that could change rooms: the one in hand, and the one on which it is held."""

from collections.abc import Sequence

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.availability import Availability, Options, rooms_for
from clinic_desktop.scheduling.masks import CELL
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.reasons import ROOM_TAKEN
from clinic_desktop.scheduling.rules import not_begun
from clinic_desktop.ui.board.day_ground import DayGround
from clinic_desktop.ui.board.forecast import Target


def other_of(
    ground: DayGround, visit: Visit, target: Target, start: int, why: Sequence[Finding]
) -> Visit | None:
    """The visit that would take the room of the one in hand, where nothing but its own room stands in the
    way; None when two rooms cannot be swapped. ``start``: the UTC minute over which it is held."""
    if len(why) != 1 or why[0].code != ROOM_TAKEN.code or not _between_rooms(visit, target):
        return None
    other = next((one for one in ground.visits if one.id == why[0].params["visit_id"]), None)
    if other is None or other.displaced or not_begun(other, "moved"):
        return None
    # Held on the other, or over the other's room at its own time: not merely too long for what is free.
    meant = start == visit.start or other.start <= start < other.end
    return other if meant and _fits(ground, other, visit) else None


def without_room_of(ground: DayGround, other: Visit) -> Availability:
    """The day as it would be if the other's room, and nothing else of its, were free."""
    return ground.free_but_for(lambda place, row: place[0] == "room" and row[2] == other.id)


def _between_rooms(visit: Visit, target: Target) -> bool:
    rooms = target.room_id is not None and visit.room_id is not None and target.staff_id is None
    return rooms and target.day == visit.day and target.room_id != visit.room_id and not visit.displaced


def _fits(ground: DayGround, other: Visit, visit: Visit) -> bool:
    """Whether the other fits at its time into the room that the visit leaves."""
    if visit.room_id is None or other.start % CELL:
        return False
    options = Options(
        without=frozenset({visit.id, other.id}),
        rooms=frozenset({visit.room_id}),
        minutes=other.phase_minutes,
    )
    need = ground.free.need(ground.type_of(other), options)
    bit = ground.line.bit(other.start)
    rooms = rooms_for(ground.roster, need, options)
    return any(ground.free.room_starts(need, room, options) >> bit & 1 for room in rooms)
