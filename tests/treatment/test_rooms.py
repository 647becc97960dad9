"""Plan and fact: a stay that runs on displaces the next visit, a stay that ends early frees its room."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.errors import Conflict, Refusal
from clinic_desktop.people.model import Clearance, Patient, Screening
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import miss
from clinic_desktop.scheduling.model import ClaimKind, Course
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.storage.check import claims_differ
from clinic_desktop.storage.check_visits import overlaps
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.progress import note_overruns
from tests.small_clinic import MONDAY, SmallClinic, at, instant
from tests.treatment.stays import ANSWERED, K, Stay, booked


def next_after(clinic: SmallClinic, code: str = "SP56", minute: int = 760) -> Stay:
    """Noah in the same room; 12:40 PM is when a 56 mg visit from 10 AM is turned over."""
    return booked(clinic, code, minute, patient_id=someone(clinic).id, nurse_id=clinic.tunde.id)


def someone(clinic: SmallClinic) -> Patient:
    """Another patient who may be treated."""
    with clinic.store.write(clinic.prescriber) as unit:
        other = unit.add(replace(clinic.amara, id=0, version=0, family_name="Reed", chart_number=""))
        for kind in (Clearance, Screening):
            for one in unit.find(kind, patient_id=clinic.amara.id):
                unit.add(replace(one, id=0, version=0, patient_id=other.id))
        unit.commit()
    return other


def sound(clinic: SmallClinic) -> list[str]:
    with clinic.store.write(clinic.nurse) as records:  # left without a commit: it only looks
        return [*overlaps(records), *claims_differ(records)]


def test_the_room_is_claimed_as_planned_until_the_facts_ask_for_more(clinic: SmallClinic) -> None:
    stay = booked(clinic)
    assert stay.room_claim() == (instant(10), instant(12, 40))
    stay.prepared()
    assert stay.room_claim() == (instant(10), instant(12, 40))
    stay.device()
    stay.at(10, 15).device()
    assert stay.room_claim() == (instant(10), instant(12, 40))
    assert sound(clinic) == []


def test_a_late_dose_displaces_the_next_visit_in_the_same_transaction(clinic: SmallClinic) -> None:
    stay, following = booked(clinic), next_after(clinic)
    stay.at(10, 20).vitals()
    stay.says(ANSWERED)
    displaced = stay.at(10, 30).device().displaced
    assert stay.at(10, 40).device().displaced == ()
    assert [one.id for one in displaced] == [following.visit_id]
    assert following.visit.displaced
    assert following.room_claim() is None
    # 120 minutes after the last device, and 15 of turnover.
    assert stay.room_claim() == (instant(10, 30), instant(12, 55))
    assert sound(clinic) == []


def test_a_few_minutes_late_that_the_release_phase_can_take_displace_nobody(clinic: SmallClinic) -> None:
    stay, following = booked(clinic), next_after(clinic)
    stay.prepared().device()
    stay.at(10, 22).device()
    assert not following.visit.displaced


def test_time_that_passes_displaces_the_next_visit(clinic: SmallClinic) -> None:
    stay, following = booked(clinic).sprayed(), next_after(clinic)
    stay.at(12, 25)
    assert not note_overruns(clinic.store, clinic.desk, [stay.visit_id])
    stay.at(12, 26)
    changes = note_overruns(clinic.store, clinic.desk, [stay.visit_id, following.visit_id])
    assert changes.visits == {stay.visit_id, following.visit_id}
    assert following.visit.displaced
    assert stay.room_claim() == (instant(10), instant(12, 45))
    assert not note_overruns(clinic.store, clinic.desk, [stay.visit_id])
    assert sound(clinic) == []


def test_nobody_runs_on_nothing_is_written(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    before = stay.visit
    assert not note_overruns(clinic.store, clinic.desk, [stay.visit_id])
    assert not note_overruns(clinic.store, clinic.desk, [])
    assert stay.visit == before


def test_a_displaced_visit_gets_its_room_back_when_it_fits_again(clinic: SmallClinic) -> None:
    stay, following = booked(clinic), next_after(clinic)
    stay.at(10, 20).vitals()
    stay.says(ANSWERED)
    stay.at(10, 30).device()
    stay.at(10, 40).device()
    assert following.visit.displaced
    stay.at(12, 20).is_(K.LEFT_EARLY, note="walked out")
    assert not following.visit.displaced
    assert following.room_claim() == (instant(12, 40), instant(15, 20))
    assert sound(clinic) == []


def test_a_displaced_patient_who_is_here_is_moved_to_another_room(clinic: SmallClinic) -> None:
    stay, following = booked(clinic), next_after(clinic)
    following.at(10, 25).is_(K.ARRIVED)
    stay.vitals()
    stay.says(ANSWERED)
    stay.at(10, 30).device()
    stay.at(10, 40).device()
    assert (following.state, following.visit.displaced) == ("arrived", True)
    move(clinic.store, clinic.desk, [to(following.visit, room_id=clinic.rooms["Spravato 2"].id)])
    assert (following.state, following.visit.displaced) == ("arrived", False)
    assert following.room_claim() == (instant(12, 40), instant(15, 20))
    assert sound(clinic) == []


def test_who_comes_into_the_room_after_all_is_displaced_no_more(clinic: SmallClinic) -> None:
    stay, following = booked(clinic).sprayed(), next_after(clinic)
    stay.at(12, 40)
    note_overruns(clinic.store, clinic.desk, [stay.visit_id])
    stay.at(12, 44).checked().is_(K.RELEASED)
    assert following.visit.displaced  # the turnover takes until 12:59
    following.at(12, 50).is_(K.IN_ROOM)
    assert not following.visit.displaced
    assert stay.room_claim() == (instant(10), instant(12, 50))  # cleaned sooner than planned
    assert following.room_claim() == (instant(12, 50), instant(15, 20))
    assert sound(clinic) == []


def test_two_patients_in_one_room_are_both_on_record(clinic: SmallClinic) -> None:
    stay, following = booked(clinic).sprayed(), next_after(clinic)
    stay.at(12, 40)
    note_overruns(clinic.store, clinic.desk, [stay.visit_id])
    following.at(12, 42)
    with pytest.raises(Refusal, match="Okafor, Amara is in Spravato 1"):
        following.is_(K.IN_ROOM)
    following.says(Stamp(kind=K.IN_ROOM), happened=True)
    assert [one.codes for one in following.incidents()] == [("room-occupied",)]
    assert following.visit.entered is not None
    assert following.visit.displaced  # its plan still needs repair
    assert sound(clinic) == []
    stay.at(12, 50).checked().is_(K.RELEASED)
    following.at(12, 52).vitals()
    assert not following.visit.displaced
    assert sound(clinic) == []


def test_h8_nobody_is_brought_into_an_occupied_room(clinic: SmallClinic) -> None:
    stay, following = booked(clinic).sprayed(), next_after(clinic)
    following.at(12, 40).is_(K.ARRIVED)
    following.says(ANSWERED)
    following.vitals()
    assert following.refused(Stamp(kind=K.IN_ROOM)) == ["room-occupied"]
    assert following.refused(Stamp(kind=K.DOSE, lot="1")) == ["room-occupied"]
    stay.at(12, 45).is_(K.WAITING)
    assert following.refused(Stamp(kind=K.IN_ROOM, at=instant(12, 44))) == ["room-occupied"]
    assert following.refused(Stamp(kind=K.IN_ROOM, at=instant(12, 45))) == []
    assert following.incidents() == []


def test_another_room_is_not_asked_about_and_who_is_inside_stays(clinic: SmallClinic) -> None:
    booked(clinic).sprayed()
    following = next_after(clinic)
    following.at(12, 40)
    move(clinic.store, clinic.desk, [to(following.visit, room_id=clinic.rooms["Spravato 2"].id)])
    assert following.refused(Stamp(kind=K.IN_ROOM)) == []
    assert following.refused(Stamp(kind=K.IN_ROOM)) == []


def test_turnover_starts_when_the_patient_leaves(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(12, 20).checked()
    stay.is_(K.RELEASED)
    assert stay.room_claim() == (instant(10), instant(12, 35))
    assert [one.kind.value for one in stay.claims()] == ["room"]


def test_an_early_end_frees_the_room_for_a_booking(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.at(10, 20).is_(K.NOT_TREATED, note="pressure")
    following = next_after(clinic, minute=640)  # 10:40, right after the turnover
    assert following.room_claim() == (instant(10, 40), instant(13, 20))
    assert sound(clinic) == []


def test_who_never_came_into_the_room_leaves_it_at_once(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(9, 55)
    stay.is_(K.ARRIVED)
    stay.at(10, 5).is_(K.NOT_TREATED, note="no driver")
    assert stay.claims() == []


def test_a_phone_visit_takes_no_room(clinic: SmallClinic) -> None:
    call = replace(clinic.wish("CON"), type_code="CONF", room_id=None, prescriber_id=None)
    stay = Stay(clinic, book(clinic.store, clinic.desk, call).visits[0].id).at(10, 20)
    stay.is_(K.LEFT)
    assert (stay.state, stay.visit.entered, stay.claims()) == ("left", None, [])


def test_a_patient_called_missed_who_comes_after_all_displaces_whoever_has_the_room(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic).at(10, 25)
    miss(clinic.store, clinic.desk, stay.visit_id, stay.visit.version)
    other = next_after(clinic, minute=640)
    stay.at(10, 27).is_(K.ARRIVED)
    assert (stay.state, stay.visit.displaced, other.visit.displaced) == ("arrived", True, False)
    stay.at(10, 30).is_(K.IN_ROOM)
    assert (stay.visit.displaced, other.visit.displaced) == (False, True)
    assert sound(clinic) == []


def test_a_stay_that_nobody_ended_keeps_its_room_no_longer_than_its_day(clinic: SmallClinic) -> None:
    tuesday = MONDAY + timedelta(days=1)
    stay, following = booked(clinic).prepared(), booked(clinic, day=tuesday)
    clinic.clock.at = at(tuesday, 11)
    stay.is_(K.TOLD, person="Dr. Lin", note="is home")
    stay.vitals(at=instant(10, 50))
    assert stay.room_claim() == (instant(10), instant(12, 40))
    note_overruns(clinic.store, clinic.nurse, [stay.visit_id])
    assert stay.room_claim() == (instant(10), instant(12, 40))
    assert not following.visit.displaced
    assert sound(clinic) == []
    stay.is_(K.NOT_TREATED, instant(11, 5), note="pressure")
    assert stay.room_claim() == (instant(10), instant(11, 20))


def test_a_course_waits_for_no_new_time_when_the_patient_came_after_all(clinic: SmallClinic) -> None:
    stay = booked(clinic)
    with clinic.store.write(clinic.desk) as unit:
        course = unit.add(Course(patient_id=clinic.amara.id, planned=6))
        unit.save(replace(stay.visit, course_id=course.id, course_no=2))
        unit.commit()
    stay.at(10, 25)
    miss(clinic.store, clinic.desk, stay.visit_id, stay.visit.version)
    with clinic.store.read() as records:
        assert records.get(Course, course.id).to_place == 5
    stay.is_(K.ARRIVED)
    stay.is_(K.IN_ROOM)
    with clinic.store.read() as records:
        assert records.get(Course, course.id).to_place == 4


def test_hands_that_were_promised_to_another_take_an_overflow_place(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(10, 25)
    miss(clinic.store, clinic.desk, stay.visit_id, stay.visit.version)
    spravato_2 = clinic.rooms["Spravato 2"].id
    # Prep and dosing at 12:10 to 12:25 take the hands that were to release the missed patient at 12:15.
    booked(clinic, "SP56", 730, patient_id=someone(clinic).id, room_id=spravato_2)
    stay.at(10, 27).is_(K.ARRIVED)
    assert stay.state == "arrived"
    assert [one.rule for one in stay.overrides()] == ["overlap"]
    assert ClaimKind.OVERFLOW in {one.kind for one in stay.claims()}
    assert sound(clinic) == []
    stay.at(10, 30).is_(K.IN_ROOM)
    assert [one.rule for one in stay.overrides()] == ["overlap"]


def test_whom_the_rules_refuse_is_refused_before_any_place_is_taken(clinic: SmallClinic) -> None:
    stay, following = booked(clinic), next_after(clinic)
    stay.at(11)
    assert stay.refused(Stamp(kind=K.DOSE, lot="1")) == ["dose-pressure", "dose-not-asked"]
    assert not following.visit.displaced


def test_who_comes_early_has_the_room_from_then_on(clinic: SmallClinic) -> None:
    """Planned at 1 PM, in the room at 9:30 AM: nobody else is booked into it meanwhile."""
    stay, other = booked(clinic, minute=780), someone(clinic)
    stay.at(9, 20).is_(K.ARRIVED)
    stay.at(9, 30).is_(K.IN_ROOM)
    assert stay.room_claim() == (instant(9, 30), instant(12, 10))
    stay.at(9, 35)
    with pytest.raises(Conflict, match="Spravato 1 was just taken"):
        booked(clinic, minute=600, patient_id=other.id, nurse_id=clinic.tunde.id)
    assert sound(clinic) == []


def test_who_comes_early_displaces_who_was_to_have_the_room_before(clinic: SmallClinic) -> None:
    stay, before = booked(clinic, minute=780), next_after(clinic, minute=600)
    stay.at(9, 20).is_(K.ARRIVED)
    stay.at(9, 30).is_(K.IN_ROOM)
    assert before.visit.displaced
    assert stay.room_claim() == (instant(9, 30), instant(12, 10))
    assert sound(clinic) == []
