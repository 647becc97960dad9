"""A patient who changed rooms in mid-visit stands in the room they are in, from when they came into it."""

from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.scheduling.model import RoomStay
from clinic_desktop.scheduling.states import VisitState
from tests.ui.board.test_blocks import ZONE, block, row


def test_the_block_begins_with_the_move_and_shows_the_phases_from_then_on() -> None:
    planned = row("IVM", 615).visit
    moved = to_utc_minute(WallTime(planned.day, 640), ZONE)
    before = RoomStay(1, planned.start, moved, moved + 15)
    made = block(
        "IVM",
        615,
        state=VisitState.DOSING,
        room_id=2,
        entered=planned.start,
        moved=moved,
        rooms_before=(before,),
    )
    assert (made.room_id, made.start) == (2, 640)
    assert made.bands[0].start == 640
    assert made.end == block("IVM", 615).end
