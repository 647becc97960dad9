"""A room changed in mid-visit: recorded with its time; the old room is turned over, the new one is had."""

from datetime import datetime

import pytest

from clinic_desktop.foundation.clock import instant_at, instant_minute
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.scheduling.stranded import repair_list
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.recording import Recorded
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import K, Stay, booked
from tests.treatment.test_rooms import next_after, someone, sound


def rooms(stay: Stay) -> list[tuple[str, tuple[datetime, datetime]]]:
    names = {one.id: name for name, one in stay.clinic.rooms.items()}
    there = sorted((one for one in stay.claims() if one.kind.value == "room"), key=lambda one: one.start)
    return [(names[one.resource_id], (instant_at(one.start), instant_at(one.end))) for one in there]


def moved(stay: Stay, room: str, **more: object) -> Recorded:
    return stay.is_(K.MOVED_ROOM, room_id=stay.clinic.rooms[room].id, **more)


def next_room(clinic: SmallClinic, minute: int = 700) -> Stay:
    room, nurse = clinic.rooms["Spravato 2"].id, clinic.tunde.id
    return booked(clinic, "SP56", minute, patient_id=someone(clinic).id, nurse_id=nurse, room_id=room)


def test_the_old_room_is_turned_over_from_the_move_on_and_the_new_one_is_had(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    moved(stay.at(11), "Spravato 2")
    assert rooms(stay) == [
        ("Spravato 1", (instant(10), instant(11, 15))),
        ("Spravato 2", (instant(11), instant(12, 40))),
    ]
    assert (stay.state, stay.visit.moved) == ("monitoring", instant_minute(instant(11)))
    assert stay.visit.entered == instant_minute(instant(10))
    assert sound(clinic) == []


def test_nothing_else_of_the_visit_changes_and_it_ends_in_the_new_room(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    moved(stay.at(11), "Spravato 2")
    stay.at(12, 20).checked().is_(K.RELEASED)
    assert stay.state == "left"
    assert rooms(stay)[1] == ("Spravato 2", (instant(11), instant(12, 35)))
    assert stay.incidents() == []
    assert sound(clinic) == []


def test_the_plan_of_the_new_room_is_displaced_in_the_same_transaction(clinic: SmallClinic) -> None:
    stay, following = booked(clinic).sprayed(), next_room(clinic)
    displaced = moved(stay.at(11), "Spravato 2").displaced
    assert [one.id for one in displaced] == [following.visit_id]
    assert following.visit.displaced
    assert sound(clinic) == []


def test_who_was_displaced_from_the_old_room_has_it_again(clinic: SmallClinic) -> None:
    stay, following = booked(clinic), next_after(clinic)
    stay.prepared().at(10, 20).vitals()
    stay.at(10, 30).device()
    stay.at(10, 40).device()
    assert following.visit.displaced
    moved(stay.at(11), "Spravato 2")
    assert not following.visit.displaced
    assert sound(clinic) == []


def test_nobody_is_moved_into_an_occupied_room(clinic: SmallClinic) -> None:
    stay, other = booked(clinic).sprayed(), next_room(clinic)
    other.at(11, 40).is_(K.ARRIVED)
    other.at(11, 45).is_(K.IN_ROOM)
    stay.at(11, 50)
    move = Stamp(kind=K.MOVED_ROOM, room_id=clinic.rooms["Spravato 2"].id)
    assert stay.refused(move) == ["room-occupied"]
    assert stay.visit.moved is None
    assert stay.refused(Stamp(kind=K.MOVED_ROOM, room_id=move.room_id, at=instant(11, 44))) == []


def test_two_in_one_room_are_on_record_when_it_has_happened(clinic: SmallClinic) -> None:
    stay, other = booked(clinic).sprayed(), next_room(clinic)
    other.at(11, 40).is_(K.ARRIVED)
    other.at(11, 45).is_(K.IN_ROOM)
    move = Stamp(kind=K.MOVED_ROOM, room_id=clinic.rooms["Spravato 2"].id)
    stay.at(11, 50).says(move, happened=True)
    assert [one.codes for one in stay.incidents()] == [("room-occupied",)]
    assert stay.visit.room_id == move.room_id
    assert stay.visit.displaced  # its place needs repair; where it is, is on record
    assert sound(clinic) == []


def test_the_next_patient_in_the_old_room_ends_its_turnover(clinic: SmallClinic) -> None:
    stay, following = booked(clinic).sprayed(), next_after(clinic)
    moved(stay.at(12, 35), "Spravato 2")
    following.at(12, 30).is_(K.ARRIVED)
    following.at(12, 42).is_(K.IN_ROOM)
    assert rooms(stay)[0] == ("Spravato 1", (instant(10), instant(12, 42)))
    assert sound(clinic) == []
    stay.at(12, 45).vitals()
    assert rooms(stay)[0] == ("Spravato 1", (instant(10), instant(12, 42)))
    assert sound(clinic) == []


def test_a_room_that_somebody_was_moved_out_of_holds_the_next(clinic: SmallClinic) -> None:
    stay, following = booked(clinic).sprayed(), next_after(clinic)
    moved(stay.at(12, 30), "Spravato 2")
    following.at(12, 40).is_(K.ARRIVED, instant(12, 25))
    assert following.refused(Stamp(kind=K.IN_ROOM, at=instant(12, 29))) == ["room-occupied"]
    assert following.refused(Stamp(kind=K.IN_ROOM, at=instant(12, 38))) == []


def test_out_of_the_waiting_chair_into_a_room_again(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    stay.at(11).is_(K.WAITING)
    assert rooms(stay) == [("Spravato 1", (instant(10), instant(11, 15)))]
    moved(stay.at(11, 20), "Spravato 2")
    assert stay.visit.left is None
    assert rooms(stay)[1] == ("Spravato 2", (instant(11, 20), instant(12, 40)))
    assert sound(clinic) == []


def test_out_of_the_waiting_chair_into_the_room_they_came_from(clinic: SmallClinic) -> None:
    stay, following = booked(clinic).sprayed(), next_after(clinic)
    stay.at(11).is_(K.WAITING)
    stay.at(11, 20).is_(K.IN_ROOM)
    assert stay.visit.left is None
    assert rooms(stay) == [
        ("Spravato 1", (instant(10), instant(11, 15))),
        ("Spravato 1", (instant(11, 20), instant(12, 40))),
    ]
    following.at(11, 25).is_(K.ARRIVED)
    assert following.refused(Stamp(kind=K.IN_ROOM)) == ["room-occupied"]
    stay.at(12).is_(K.WAITING)
    assert stay.visit.left == instant_minute(instant(12))
    assert following.at(12, 20).refused(Stamp(kind=K.IN_ROOM)) == []
    assert sound(clinic) == []


def test_out_of_the_waiting_chair_before_the_room_was_turned_over_the_same_stay_goes_on(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic).sprayed()
    stay.at(11).is_(K.WAITING)
    stay.at(11, 10).is_(K.IN_ROOM)
    assert rooms(stay) == [("Spravato 1", (instant(10), instant(12, 40)))]
    assert (stay.visit.left, stay.visit.moved) == (None, None)
    assert sound(clinic) == []


def test_nobody_goes_to_the_waiting_chair_with_an_infusion_that_runs(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").prepared().at(10, 15)
    stay.is_(K.INFUSION_START, dose=35.0, unit="mg")
    assert stay.at(10, 16).refused(Stamp(kind=K.WAITING)) == ["release-dosing"]
    assert stay.refused(Stamp(kind=K.WAITING), happened=True) == []  # what happened is recorded
    stay.at(10, 55).is_(K.INFUSION_STOP)
    assert stay.at(11).refused(Stamp(kind=K.WAITING)) == []


def test_back_into_the_first_room_before_it_is_turned_over(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    moved(stay.at(11), "Spravato 2")
    moved(stay.at(11, 10), "Spravato 1")
    assert rooms(stay) == [
        ("Spravato 1", (instant(10), instant(11, 10))),
        ("Spravato 2", (instant(11), instant(11, 25))),
        ("Spravato 1", (instant(11, 10), instant(12, 40))),
    ]
    assert sound(clinic) == []


def test_a_move_struck_out_puts_the_patient_back(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    stamp = moved(stay.at(11), "Spravato 2").stamps[0]
    stay.at(11, 5).is_(K.STRUCK, corrects=stamp.id, reason="wrong patient")
    assert stay.visit.room_id == clinic.rooms["Spravato 1"].id
    assert (stay.visit.moved, stay.visit.rooms_before) == (None, ())
    assert rooms(stay) == [("Spravato 1", (instant(10), instant(12, 40)))]
    assert sound(clinic) == []


def test_a_corrected_room_and_time_are_the_ones_that_count(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    stamp = moved(stay.at(11), "Infusion 1").stamps[0]
    stay.at(11, 5)
    moved(stay, "Spravato 2", at=instant(10, 55), corrects=stamp.id, reason="the other room")
    assert rooms(stay) == [
        ("Spravato 1", (instant(10), instant(11, 10))),
        ("Spravato 2", (instant(10, 55), instant(12, 40))),
    ]
    assert sound(clinic) == []


def test_a_room_that_is_not_meant_for_it_is_where_the_patient_is_and_nothing_to_repair(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic).sprayed()
    moved(stay.at(11), "Consult 1")
    with clinic.store.read() as records:
        assert repair_list(records, instant_minute(instant(11, 5))) == []


def test_slips_of_a_move(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(9, 55)
    stay.is_(K.ARRIVED)
    with pytest.raises(BadInput, match="in no room"):
        moved(stay, "Spravato 2")
    stay.at(10).is_(K.IN_ROOM)
    with pytest.raises(BadInput, match="in Spravato 1 at that time already"):
        moved(stay.at(10, 5), "Spravato 1")
    with pytest.raises(BadInput, match="Say which room"):
        stay.is_(K.MOVED_ROOM)


def test_a_room_that_was_left_before_the_planned_time_is_not_taken_for_the_one_they_are_in(
    clinic: SmallClinic,
) -> None:
    """In Spravato 2 before their time, out of it, and in it again: who is brought in as well is on record."""
    other = next_room(clinic, minute=780)
    other.at(9, 51).is_(K.IN_ROOM)
    moved(other.at(10, 19), "Spravato 1")
    moved(other.at(10, 20), "Spravato 2")
    stay = booked(clinic, minute=800)
    stay.at(10, 40).is_(K.IN_ROOM)
    move = Stamp(kind=K.MOVED_ROOM, room_id=clinic.rooms["Spravato 2"].id)
    stay.at(12, 13).says(move, happened=True)
    assert (stay.visit.room_id, stay.visit.displaced) == (move.room_id, True)
    assert sorted(rooms(other), key=lambda one: one[1]) == [
        ("Spravato 2", (instant(9, 51), instant(10, 20))),
        ("Spravato 1", (instant(10, 19), instant(10, 35))),
        ("Spravato 2", (instant(10, 20), instant(12, 31))),
    ]
    assert sound(clinic) == []
