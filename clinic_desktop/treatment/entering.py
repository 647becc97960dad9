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
    room = next((one.name for one in care.setup.rooms if one.id == care.visit.room_id), "")
    return [
        care.says(ROOM_OCCUPIED, other=name, room=room)
        for other, name in care.roommates
        if _inside(other, instant_minute(care.at))
    ]


def _inside(other: Visit, minute: int) -> bool:
    return (
        other.entered is not None and other.entered <= minute and (other.left is None or minute < other.left)
    )
