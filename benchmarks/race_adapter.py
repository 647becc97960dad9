"""The program as one of the products of a common race: ``open_client(where)`` for each process.

``where`` is a path or a ``postgresql://`` address; whoever comes first makes the clinic there. A slot is
(room 1 to 6, minutes after 2027-01-04 00:00, length 60).
"""

from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from benchmarks.race_clinic import ACTOR, CLOCK, RaceClinic, make
from clinic_desktop.foundation.errors import Conflict, StoreRefused
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.storage.store import open_store

Slot = tuple[int, int, int]
_BASE = date(2027, 1, 4)


def open_client(where: str) -> "Client":
    with suppress(StoreRefused):  # it is there already
        make(where)
    return Client(where)


class Client:
    """One desk."""

    def __init__(self, where: str) -> None:
        self._clinic = RaceClinic(open_store(where if "://" in where else Path(where), CLOCK))
        self._clinic.warm_up()

    def look(self, slot: Slot) -> object:
        """What the screen shows before somebody books."""
        return self._clinic.day_rows(_day(slot))

    def book(self, slot: Slot, who: int) -> bool:
        room, start, _ = slot
        wish = self._clinic.wish("BENCH", _day(slot), start % 1440, who, room_id=self._clinic.rooms[room - 1])
        try:
            book(self._clinic.store, ACTOR, wish)
        except Conflict as taken:
            return self._named(taken)
        return True

    def _named(self, conflict: Conflict) -> bool:
        if not any(one.kind == "room" and one.name == "R1" and one.visit_id for one in conflict.taken):
            raise AssertionError(f"not named: {conflict.taken}")
        return False

    def count(self, slot: Slot) -> int:
        room, start, _ = slot
        rows = self._clinic.day_rows(_day(slot))
        return sum(
            row.visit.room_id == self._clinic.rooms[room - 1]
            and row.visit.minute == start % 1440
            and row.visit.state in LIVE
            for row in rows
        )


def _day(slot: Slot) -> date:
    return _BASE + timedelta(days=slot[1] // 1440)
