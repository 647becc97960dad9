"""The rooms of the floor: each keeps its place, says what it is doing, and is reached by its number."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.scheduling.model import Closure
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.recording import record
from clinic_desktop.treatment.rooms import RoomState
from clinic_desktop.ui.floor.card import Card
from clinic_desktop.ui.floor.layout import lay_out, neighbour
from clinic_desktop.ui.floor.tile import Row, Tile
from tests.small_clinic import MONDAY, SmallClinic, instant
from tests.treatment.stays import K, booked
from tests.ui.floor.conftest import CTRL, Keyboard
from tests.ui.grab import grab

Open = Callable[..., Keyboard]
Key = Qt.Key
ROOMS = ["Infusion 1", "Infusion 2", "Infusion 3", "Infusion 4", "Spravato 1", "Spravato 2"]


def rows(floor: Keyboard) -> list[Row]:
    return list(floor.place.view.list.rows)


def rooms(floor: Keyboard) -> list[str]:
    """The room of each tile and of each card among the rooms, in their order."""
    return [one.room for one in rows(floor) if isinstance(one, Tile) or one.group.value == "here"]


def tile(floor: Keyboard, room: str) -> Tile:
    return next(one for one in rows(floor) if isinstance(one, Tile) and one.room == room)


def again(floor: Keyboard) -> None:
    floor.place.floor.go_to(MONDAY)
    floor.wait()


def test_every_room_has_a_tile_and_treatment_rooms_come_first(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared()
    floor = open_floor()
    assert rooms(floor)[:6] == ROOMS
    assert set(rooms(floor)) == set(clinic.rooms)
    assert isinstance(rows(floor)[4], Card)


def test_a_room_keeps_its_place_whoever_comes_and_goes(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic, "IVM")
    floor = open_floor()
    before = rooms(floor)
    assert tile(floor, "Infusion 1").spoken == "Infusion 1. Free. Next 10:00 AM Okafor, Amara"
    stay.infused()
    again(floor)
    assert rooms(floor) == before
    assert isinstance(rows(floor)[0], Card)
    stay.at(11, 20).is_(K.LINE_OUT)
    stay.at(11, 30).checked().says(Stamp(kind=K.RELEASED))
    again(floor)
    assert rooms(floor) == before
    left = tile(floor, "Infusion 1")
    assert left.words.startswith("Turnover, ready again 11:")
    assert left.then == "Nobody comes today"
    floor.at(12, 0)
    assert tile(floor, "Infusion 1").words == "Free"


def test_a_patient_without_a_room_follows_behind_the_rooms(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic, "IVM").infused()
    stay.at(11, 10).is_(K.LINE_OUT)
    stay.at(11, 15).is_(K.WAITING)
    floor = open_floor()
    again(floor)
    assert tile(floor, "Infusion 1").state is RoomState.TURNOVER
    behind = [one for one in rows(floor)[len(clinic.rooms) :] if isinstance(one, Card)]
    assert [(one.name, one.room) for one in behind] == [("Okafor, Amara", "Waiting chair")]
    floor.at(11, 55)
    assert [one.where for one in floor.place.view.due.lines] == ["Waiting chair"]


def test_a_closed_room_says_until_when(clinic: SmallClinic, open_floor: Open) -> None:
    with clinic.store.write(clinic.desk) as unit:
        room = clinic.rooms["Infusion 2"].id
        unit.add(Closure(0, 0, room, MONDAY, 480, MONDAY, 780, "pump"))
        unit.commit()
    booked(clinic)
    floor = open_floor()
    assert tile(floor, "Infusion 2").words == "Closed, open again 1:00 PM"


def test_a_number_chooses_the_tile_of_its_room(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared()
    floor = open_floor()
    floor.press(Key.Key_2, CTRL)
    assert floor.place.view.list.currentIndex().row() == 1
    assert floor.place.floor.stay is None
    assert floor.said == "Nobody is in room number 2, and nobody comes"
    floor.press(Key.Key_5, CTRL)
    assert floor.card.name == "Okafor, Amara"


def test_a_number_finds_who_was_booked_a_moment_ago(clinic: SmallClinic, open_floor: Open) -> None:
    floor = open_floor()
    stay = booked(clinic)
    floor.place.floor.go_to(MONDAY)  # is being read
    floor.press(Key.Key_5, CTRL)
    assert "nobody comes" not in floor.said
    assert floor.place.view.list.current == stay.visit_id


def numbers(floor: Keyboard) -> dict[str, int]:
    return {one.name.partition(",")[0]: one.number for one in floor.place.floor.cards}


def test_in_the_waiting_chair_one_keeps_the_number_and_the_next_in_the_room_has_another(
    clinic: SmallClinic, open_floor: Open
) -> None:
    """Whoever is used to Ctrl 1 for her would record her pressure of him."""
    stay = booked(clinic, "IVM").infused()
    other = booked(clinic, "IVM", 720, patient_id=clinic.double("Reed").id, nurse_id=clinic.tunde.id)
    stay.at(11, 10).is_(K.LINE_OUT)
    stay.at(11, 15).is_(K.WAITING)
    floor = open_floor()
    again(floor)
    first = floor.place.floor.cards[0]
    assert (first.room, first.number) == ("Waiting chair", 1)
    assert tile(floor, "Infusion 1").number == 0
    other.at(11, 50).is_(K.ARRIVED)
    again(floor)
    assert numbers(floor) == {"Okafor": 1, "Reed": 0}
    other.is_(K.IN_ROOM)
    again(floor)
    assert numbers(floor) == {"Okafor": 1, "Reed": 8}
    for _ in range(2):
        floor.press(Key.Key_1, CTRL)
        assert floor.card.name == "Okafor, Amara"
        floor.press(Key.Key_8, CTRL)
        assert floor.card.name.startswith("Reed")


def test_two_who_are_recorded_in_one_room_say_so(clinic: SmallClinic, open_floor: Open) -> None:
    amara = booked(clinic, "IVM")
    reed = clinic.double("Reed").id
    other = booked(clinic, "IVM", 720, patient_id=reed, nurse_id=clinic.tunde.id)
    amara.prepared().at(10, 15).is_(K.INFUSION_START, dose=35.0, unit="mg")
    other.at(10, 18).says(Stamp(kind=K.ARRIVED))
    other.at(10, 20)
    record(clinic.store, clinic.nurse, other.visit_id, [Stamp(kind=K.IN_ROOM)], happened=True)
    floor = open_floor().at(10, 22)
    again(floor)
    troubles = {one.name.partition(",")[0]: one.trouble for one in floor.place.floor.cards}
    assert troubles["Okafor"].startswith("Two in one room: Reed")
    assert troubles["Reed"].startswith("Two in one room: Okafor, Amara is recorded in it too")
    assert all(one.startswith("Infusion 1, ") for one in (line.where for line in floor.place.view.due.lines))


def test_of_two_in_one_room_each_keeps_the_number_that_they_have(
    clinic: SmallClinic, open_floor: Open
) -> None:
    """Between two presses of Ctrl 1 nobody else is recorded into the room, or out of it, and becomes 1."""
    amara = booked(clinic, "IVM")
    other = booked(clinic, "IVM", 720, patient_id=clinic.double("Reed").id, nurse_id=clinic.tunde.id)
    amara.at(9, 40).is_(K.ARRIVED)
    amara.is_(K.IN_ROOM)
    floor = open_floor()
    floor.press(Key.Key_1, CTRL)
    assert floor.card.name == "Okafor, Amara"
    other.at(10, 20).is_(K.ARRIVED)
    record(clinic.store, clinic.nurse, other.visit_id, [Stamp(kind=K.IN_ROOM)], happened=True)
    again(floor)
    floor.press(Key.Key_1, CTRL)
    assert floor.card.name == "Okafor, Amara"
    assert numbers(floor) == {"Okafor": 1, "Reed": 8}
    model = floor.place.view.list.model()
    told = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole) for row in range(7)]
    assert told[:2] == ["Ctrl 8", "Ctrl 2"]
    grab(floor.shell, "two-in-one-room", (1366, 730))
    # She had gone before he came; it was only not written down.
    amara.at(10, 25).says(Stamp(kind=K.NOT_TREATED, at=instant(10, 10), note="pressure"))
    booked(clinic, "IVM", 840, patient_id=clinic.double("Dean").id, nurse_id=clinic.tunde.id)
    again(floor)
    reed, dean = (one for one in floor.place.floor.cards if one.group.value != "done")
    assert [(one.name, one.number) for one in (reed, dean)] == [("Reed, Nina", 8), ("Dean, Nina", 0)]
    floor.press(Key.Key_2, CTRL).press(Key.Key_1, CTRL)
    assert floor.place.view.list.currentIndex().row() == 1, "somebody else answers to a number that was hers"
    assert floor.said == "Reed, Nina is in Infusion 1: Ctrl 8"
    floor.press(Key.Key_8, CTRL)
    assert floor.card.name == "Reed, Nina"


def test_somebody_who_was_recorded_as_gone_by_a_slip_takes_no_number_back(
    clinic: SmallClinic, open_floor: Open
) -> None:
    amara = booked(clinic, "IVM")
    other = booked(clinic, "IVM", 720, patient_id=clinic.double("Reed").id, nurse_id=clinic.tunde.id)
    amara.at(9, 40).is_(K.ARRIVED)
    amara.is_(K.IN_ROOM)
    amara.at(9, 50).is_(K.NOT_TREATED, note="pressure")
    other.at(9, 55).is_(K.ARRIVED)
    floor = open_floor()
    assert numbers(floor) == {"Reed": 1, "Okafor": 0}
    slip = next(one for one in amara.stamps() if one.kind is K.NOT_TREATED)
    amara.at(10, 0).says(Stamp(kind=K.STRUCK, corrects=slip.id, reason="another patient"))
    again(floor)
    assert numbers(floor) == {"Okafor": 8, "Reed": 1}


def test_at_a_free_room_its_next_patient_is_recorded(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic, "IVM")
    floor = open_floor()
    floor.press(Key.Key_1, CTRL)
    assert isinstance(rows(floor)[floor.place.view.list.currentIndex().row()], Tile)
    floor.press(Key.Key_F2)
    floor.wait(lambda: stay.state == "arrived")
    floor.wait(lambda: isinstance(rows(floor)[0], Card))
    assert floor.place.view.list.current == stay.visit_id


def test_what_is_typed_at_a_tile_never_goes_to_another_patient(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic, "IVM")
    other = booked(clinic, "IVM", 720, patient_id=clinic.double("Reed").id)
    floor = open_floor()
    floor.press(Key.Key_1, CTRL)
    assert floor.place.view.list.current == stay.visit_id
    with clinic.store.write(clinic.desk) as unit:  # given another room at another desk
        moved = unit.get(type(stay.visit), stay.visit_id)
        unit.save(replace(moved, displaced=True))
        floor.desk.hub.tell(unit.commit())
    floor.wait(lambda: tile(floor, "Infusion 1").visit_id == other.visit_id)
    assert floor.place.view.list.current == stay.visit_id


@pytest.mark.parametrize("day", [-1, 1])
def test_another_day_has_no_rooms(clinic: SmallClinic, open_floor: Open, day: int) -> None:
    booked(clinic)
    floor = open_floor()
    floor.place.floor.go_to(MONDAY.replace(day=MONDAY.day + day))
    floor.wait()
    assert not [one for one in floor.place.floor.rows if isinstance(one, Tile)]


def test_a_free_room_is_low_also_beside_a_patient_and_stays_in_its_column(
    clinic: SmallClinic, open_floor: Open
) -> None:
    booked(clinic).prepared()
    shown = rows(open_floor())
    rects = lay_out(shown, 900, round).rects
    heights = [one.height() for one in rects[:6]]
    assert heights[0] == heights[3] == heights[5] < heights[4]
    assert [one.left() for one in rects[:6]] == [rects[0].left(), rects[1].left()] * 3
    assert not any(a.intersects(b) for n, a in enumerate(rects) for b in rects[n + 1 :])


def test_seven_rooms_with_three_patients_take_little_more_than_two_cards(
    clinic: SmallClinic, open_floor: Open
) -> None:
    booked(clinic).prepared()
    shown = rows(open_floor())
    card = next(one for one in shown if isinstance(one, Card))
    free = [one for one in shown if isinstance(one, Tile)]
    rects = lay_out([card, free[0], free[1], card, free[2], card, free[3]], 920, round).rects
    assert max(one.bottom() for one in rects) - rects[0].top() < 2 * rects[0].height() + 90


def test_arrows_go_sideways_from_every_tile_that_has_a_neighbour(
    clinic: SmallClinic, open_floor: Open
) -> None:
    booked(clinic).prepared()
    shown = rows(open_floor())
    card = next(one for one in shown if isinstance(one, Card))
    free = [one for one in shown if isinstance(one, Tile)]
    rects = lay_out([card, free[0], free[1], free[2], card, card], 920, round).rects
    for row, rect in enumerate(rects):
        there = neighbour(rects, row, -1 if row % 2 else 1, 0)
        assert rects[there].left() != rect.left(), row
