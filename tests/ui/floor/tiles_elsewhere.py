"""What the floor and the wall view say of a file at a moment, for a process of its own in another zone.

TZ=Asia/Tokyo python -m tests.ui.floor.tiles_elsewhere FILE MINUTE
"""

import sys
import time
from pathlib import Path

from clinic_desktop.foundation.clock import FixedClock, instant_at, local_day
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.storage.store import open_store
from clinic_desktop.ui.floor.card import Card, Group, card_of
from clinic_desktop.ui.floor.kept_cards import KeptCards
from clinic_desktop.ui.floor.next_due import due_lines
from clinic_desktop.ui.floor.reading import read_floor
from clinic_desktop.ui.floor.tile import floor_rows
from clinic_desktop.ui.wall.tiles import wall_tiles


def told(store: ScheduleStore, minute: int) -> list[str]:
    """Every tile and card, what is due, and the wall, in words."""
    now = instant_at(minute)
    with store.read() as records:
        zone = records.setup().clinic.zone
    read = read_floor(store, local_day(now, zone), now)
    groups = ((Group.HERE, read.here), (Group.COMING, read.coming), (Group.DONE, read.done))
    cards: list[Card] = [card_of(one, group, 0, now) for group, stays in groups for one in stays]
    rows = [one.spoken for one in floor_rows(cards, read.rooms(now), zone)]
    due = [one.words for one in due_lines(cards)]
    return [*rows, *due, *(one.spoken for one in wall_tiles(read, now, zone, KeptCards()))]


if __name__ == "__main__":
    at = int(sys.argv[2])
    said = told(open_store(Path(sys.argv[1]), FixedClock(instant_at(at))), at)
    sys.stdout.write("\n".join((time.strftime("%Z"), *said)))
