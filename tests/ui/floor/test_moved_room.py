"""Another room in mid-visit, at the keyboard of the floor."""

from collections.abc import Callable

from tests.small_clinic import SmallClinic
from tests.treatment.stays import K, booked
from tests.treatment.test_rooms import someone
from tests.ui.floor.conftest import CTRL, Keyboard, stay_of
from tests.ui.floor.test_floor import Key

Open = Callable[..., Keyboard]


def test_one_line_moves_a_patient_into_another_room(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).sprayed()
    floor = open_floor().at(11)
    floor.type("j spravato 2")
    assert stay_of(floor).stamps()[-1].room_id == clinic.rooms["Spravato 2"].id
    floor.wait(lambda: floor.card.room == "Spravato 2")
    assert floor.on_cards


def test_an_occupied_room_is_refused_and_what_happened_recorded(
    clinic: SmallClinic, open_floor: Open
) -> None:
    stay = booked(clinic).sprayed()
    room, nurse = clinic.rooms["Spravato 2"].id, clinic.tunde.id
    other = booked(clinic, "SP56", 660, patient_id=someone(clinic).id, nurse_id=nurse, room_id=room)
    other.at(11, 5).is_(K.IN_ROOM)
    floor = open_floor().at(11, 10)
    floor.place.show_visit(stay.visit_id)
    floor.wait()
    floor.type("j s2")
    assert "is in Spravato 2" in floor.refused[0]
    floor.press(Key.Key_Return, CTRL)
    assert stay.visit.room_id == room
    assert [one.codes for one in stay.incidents()] == [("room-occupied",)]
