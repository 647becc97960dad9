"""Bringing somebody into another room than the booked one: the visit moves there, in one transaction."""

import pytest

from clinic_desktop.foundation.errors import Conflict, Refusal
from clinic_desktop.scheduling.model import ClaimKind
from clinic_desktop.treatment.bringing import bring_into
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import K, Stay, booked
from tests.treatment.test_rooms import someone, sound


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    return any_clinic


def into(stay: Stay, room: str, *, happened: bool = False) -> None:
    stamp = Stamp(kind=K.IN_ROOM, room_id=stay.clinic.rooms[room].id)
    bring_into(stay.clinic.store, stay.clinic.nurse, stay.visit_id, [stamp], happened=happened)


def came(clinic: SmallClinic) -> Stay:
    stay = booked(clinic)
    stay.at(9, 55).is_(K.ARRIVED)
    return stay.at(10, 2)


def rooms_claimed(stay: Stay) -> set[int]:
    return {one.resource_id for one in stay.claims() if one.kind is ClaimKind.ROOM}


def test_the_visit_moves_with_its_claims_and_they_are_in_the_room(clinic: SmallClinic) -> None:
    stay, room = came(clinic), clinic.rooms["Spravato 2"].id
    into(stay, "Spravato 2")
    assert (stay.visit.room_id, stay.visit.planned_room) == (room, room)
    assert rooms_claimed(stay) == {room}
    (stamp,) = stay.stamps(K.IN_ROOM)
    assert (stamp.room_id, stay.incidents()) == (None, [])
    assert [(one.room_id, one.left) for one in stay.visit.room_stays] == [(room, None)]
    assert sound(clinic) == []


def test_a_room_that_others_are_to_have_is_refused_whole(clinic: SmallClinic) -> None:
    stay, before = came(clinic), clinic.rooms["Spravato 1"].id
    booked(
        clinic, "SP56", 660, patient_id=someone(clinic).id, nurse_id=clinic.tunde.id,
        room_id=clinic.rooms["Spravato 2"].id,
    )  # fmt: skip
    with pytest.raises(Conflict):
        into(stay, "Spravato 2")
    assert (stay.visit.room_id, stay.stamps(K.IN_ROOM)) == (before, [])
    assert sound(clinic) == []


def test_whoever_is_in_a_room_is_not_brought_into_another(clinic: SmallClinic) -> None:
    stay = came(clinic)
    stay.is_(K.IN_ROOM)
    with pytest.raises(Refusal):
        into(stay.at(10, 5), "Spravato 2")
    assert stay.visit.room_id == clinic.rooms["Spravato 1"].id
    assert instant(10, 5) not in [one.at for one in stay.stamps(K.IN_ROOM)]
