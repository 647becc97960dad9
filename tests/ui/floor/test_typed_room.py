"""Moving a patient into another room in one line."""

from dataclasses import replace

import pytest

from clinic_desktop.scheduling.model import Room
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.floor.said import as_typed
from clinic_desktop.ui.floor.typed import Context, Typed, read_line
from tests.small_clinic import MONDAY, ZONE, instant
from tests.treatment.cases import K, before_dosing, care, setup, stamp

ROOMS = tuple(Room(id=n, name=name) for n, name in enumerate(("Infusion 1", "Spravato 1", "Spravato 2"), 1))
SHUT = Room(id=4, name="Garage", active=False)


def read(text: str) -> Typed:
    now = instant(10, 20)
    clinic = replace(setup(), rooms=(*ROOMS, SHUT))
    return read_line(text, Context(care("SP56", before_dosing(), now, setup=clinic), now, K.DOSE))


def one(text: str) -> Stamp:
    typed = read(text)
    assert typed.well, typed.problem
    return typed.stamps[0]


@pytest.mark.parametrize(
    ("text", "room", "note"),
    [
        ("j spravato 2", 3, "Spravato 2"),
        ("moved to Spravato 2, too warm", 3, "Spravato 2, too warm"),
        ("10:05 moved s2", 3, "Spravato 2"),
        ("j infu", 1, "Infusion 1"),
        ("j inf 1", 1, "Infusion 1"),
        ("j spr 2, too warm", 3, "Spravato 2, too warm"),
    ],
)
def test_another_room_by_its_name_its_beginning_or_for_short(text: str, room: int, note: str) -> None:
    said = one(text)
    assert (said.kind, said.room_id, said.note) == (K.MOVED_ROOM, room, note)
    assert read(text).said.startswith(f"Moved to another room, {note}, ")


@pytest.mark.parametrize("text", ["j", "j spravato", "j garage"])
def test_a_room_that_is_not_clear_is_asked_for_with_the_names(text: str) -> None:
    assert read(text).problem == "Say which room: Infusion 1, Spravato 1, Spravato 2."


def test_a_move_is_typed_again_for_correcting_it() -> None:
    said = stamp(K.MOVED_ROOM, instant(10, 5), room_id=3, note="Spravato 2, too warm")
    assert one(as_typed(said, ZONE, MONDAY)).note == "Spravato 2, too warm"


@pytest.mark.parametrize("text", ["i s1", "in room Spravato 1", "i spr 2"])
def test_a_room_is_no_note_of_who_came_into_another(text: str) -> None:
    typed = read(text)
    assert not typed.well
    assert "is another room than they came into. Record J Spravato" in typed.problem


@pytest.mark.parametrize(
    ("text", "room", "note"), [("i s2", 3, ""), ("in room Spravato 2, by wheelchair", 3, "by wheelchair")]
)
def test_somebody_comes_into_another_room_than_the_booked_one(text: str, room: int, note: str) -> None:
    now = instant(10, 20)
    waiting = care("SP56", [stamp(K.ARRIVED, instant(9, 50))], now, setup=replace(setup(), rooms=ROOMS))
    typed = read_line(text, Context(waiting, now, K.IN_ROOM))
    assert typed.well
    assert (typed.stamps[0].room_id, typed.stamps[0].note) == (room, note)
    assert typed.offer.startswith("Into Spravato 2: the visit moves there from ")


def test_a_note_stays_one() -> None:
    now = instant(10, 20)
    waiting = care("SP56", [stamp(K.ARRIVED, instant(9, 50))], now, setup=replace(setup(), rooms=ROOMS))
    typed = read_line("i with her sister", Context(waiting, now, K.IN_ROOM))
    assert typed.well
    assert typed.stamps[0].note == "with her sister"
