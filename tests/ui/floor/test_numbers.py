"""Whatever is recorded in whatever order: nobody who is here loses their number, least of all to another."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import cast

import pytest

from clinic_desktop.scheduling.model import RoomStay, Visit
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.floor.numbers import NUMBERED, numbers_of
from clinic_desktop.ui.floor.reading import Stay
from tests.small_clinic import instant
from tests.treatment.stays import K

ROOMS = 3


@dataclass
class Somebody:
    """As much of a stay as the numbers go by."""

    id: int
    visit: Visit
    stamps: list[Stamp] = field(default_factory=list)
    over: bool = False

    def says(self, kind: K, at: datetime, number: int, **more: int) -> None:
        """Recorded now, whenever it happened."""
        happened = instant(8) + timedelta(minutes=number * 37 % 240)
        self.stamps.append(Stamp(number, kind=kind, at=happened, recorded_at=at, **more))


def step(somebody: Somebody, random: Random, at: datetime, number: int) -> None:
    """The next thing that may be recorded of them."""
    visit = somebody.visit
    if somebody.over:
        end, chance = somebody.stamps[-1], random.random()
        if chance < 0.2 and end.kind is K.RELEASED:  # a slip
            somebody.says(K.STRUCK, at, number, corrects=end.id)
            somebody.over = False
        elif chance < 0.4:  # its time was another
            inside = next(one for one in somebody.stamps if one.kind is K.IN_ROOM)
            somebody.says(K.IN_ROOM, at, number, corrects=inside.id)
        return
    if visit.arrived is None:
        somebody.says(K.ARRIVED, at, number)
        somebody.visit = replace(visit, arrived=number)
    elif visit.entered is None:
        somebody.says(K.IN_ROOM, at, number)
        somebody.visit = replace(visit, entered=number)
    elif random.random() < 0.3:
        somebody.says(K.RELEASED, at, number)
        somebody.over = True
    elif random.random() < 0.5 and not visit.rooms_before:
        before, room = (RoomStay(visit.room_id or 0, visit.entered),), random.randint(1, ROOMS)
        somebody.says(K.MOVED_ROOM, at, number, room_id=room)
        somebody.visit = replace(visit, rooms_before=before, room_id=room, moved=number, left=None)
    elif visit.left is None:
        somebody.says(K.WAITING, at, number)
        somebody.visit = replace(visit, left=number)


def shown(people: list[Somebody], places: dict[int, int]) -> dict[int, int]:
    here = [one for one in people if one.visit.arrived is not None and not one.over]
    coming = [one for one in people if one.visit.arrived is None]
    done = [one for one in people if one.over]
    return numbers_of(*(cast("list[Stay]", some) for some in (here, coming, done)), places)


@pytest.mark.parametrize("rooms", [ROOMS, NUMBERED])
def test_nobody_who_is_here_loses_their_number_to_another(rooms: int) -> None:
    for seed in range(120):
        random = Random(seed)  # noqa: S311 - the same ways in every run
        places = {room: room for room in range(1, rooms + 1)}
        people = [Somebody(n, Visit(id=n, room_id=random.randint(1, ROOMS), start=n)) for n in range(1, 9)]
        before: dict[int, int] = {}
        for number in range(1, 60):
            step(random.choice(people), random, instant(8) + timedelta(seconds=number), number)
            now = shown(people, places)
            assert len(set(now.values())) == len(now), (seed, number)
            here = {one.id for one in people if one.visit.arrived is not None and not one.over}
            for one, had in before.items():
                if one in here:
                    assert now.get(one) == had, (seed, number, one)
            before = {one: had for one, had in now.items() if one in here}
