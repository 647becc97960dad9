"""What speaks against coming into the room. Pure: the case in, findings out."""

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.rules import ROOM_OCCUPIED


def before_entering(care: Care) -> list[Finding]:
    """A room holds one patient; who is in it already is not asked again."""
    if care.session.entered_at is not None and care.session.out_of_room_at is None:
        return []
    return occupied(care, care.visit.room_id)


def occupied(care: Care, room_id: int | None) -> list[Finding]:
    """Who is in a room at that moment, of those who were in it on the day."""
    room = next((one.name for one in care.setup.rooms if one.id == room_id), "")
    return [
        care.says(ROOM_OCCUPIED, other=name, room=room)
        for other, name in care.roommates
        if _inside(other, room_id, instant_minute(care.at))
    ]


def _inside(other: Visit, room_id: int | None, minute: int) -> bool:
    there = (one for one in other.room_stays if one.room_id == room_id and one.entered <= minute)
    return any(one.left is None or minute < one.left for one in there)
