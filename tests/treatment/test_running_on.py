"""Plan and fact: who watches a patient, and the patient, are taken as long as the stay really lasts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from clinic_desktop.foundation.clock import instant_at, instant_minute
from clinic_desktop.foundation.errors import Conflict
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.model import ClaimKind
from clinic_desktop.scheduling.rules import OVERLAP
from clinic_desktop.scheduling.stranded import STILL_HERE, WATCH_LIMIT, repair_list
from clinic_desktop.storage.tables import claim, place
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.progress import note_overruns
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import K, Stay, booked
from tests.treatment.test_overlaps import Times, someone, sound


def late(clinic: SmallClinic, watches: int = 1) -> Stay:
    """Amara, planned from 10 to 12:25, has her devices at 10:55 and 11: release from 1 PM, not from 12:15.

    Maya watches ``watches`` at once.
    """
    with clinic.store.write(clinic.prescriber) as unit:
        unit.save(replace(unit.get(Staff, clinic.maya.id), watch_limit=watches))
        unit.commit()
    return booked(clinic)


def dosed(stay: Stay) -> Stay:
    stay.at(9, 50).is_(K.ARRIVED)
    stay.at(10, 40).is_(K.IN_ROOM)
    stay.asked()
    stay.vitals()
    stay.at(10, 55).device()
    stay.at(11).device()
    stay.at(11, 35).vitals()
    return stay


def of(stay: Stay, *kinds: ClaimKind) -> Times:
    """What a visit has of places from noon on."""
    found = [one for one in stay.claims() if one.kind in kinds and one.end > instant_minute(instant(12))]
    ordered = sorted(found, key=lambda one: one.start)
    return [(one.kind.value, instant_at(one.start), instant_at(one.end)) for one in ordered]


def ends(stay: Stay, kind: ClaimKind) -> object:
    return of(stay, kind)[-1][2] if of(stay, kind) else None


def follow_up(clinic: SmallClinic, minute: int = 750) -> Stay:
    """Amara with Dr. Lin, by default from 12:30 to 1 PM."""
    room = clinic.rooms["Consult 1"].id
    return booked(clinic, "FUP", minute, nurse_id=None, prescriber_id=clinic.lin.id, room_id=room)


def watched_next(clinic: SmallClinic) -> Stay:
    """Reed, whom Maya watches from 12:15."""
    reed, room = someone(clinic), clinic.rooms["Infusion 1"].id
    return booked(clinic, "IVM", 705, patient_id=reed.id, room_id=room)


def listed(clinic: SmallClinic) -> dict[int, list[str]]:
    with clinic.store.read() as records:
        found = repair_list(records, instant_minute(clinic.clock.now()))
    return {one.visit.id: [why.code for why in one.why] for one in found}


# How long.


def test_a_late_dose_keeps_the_watching_place_and_the_patient_until_the_earliest_release(
    clinic: SmallClinic,
) -> None:
    stay = late(clinic)
    assert (ends(stay, ClaimKind.WATCH), ends(stay, ClaimKind.PATIENT)) == (
        instant(12, 15),
        instant(12, 25),
    )
    dosed(stay)
    assert (ends(stay, ClaimKind.WATCH), ends(stay, ClaimKind.PATIENT)) == (instant(13), instant(13))
    assert sound(clinic) == []


def test_a_dose_on_time_keeps_them_as_planned(clinic: SmallClinic) -> None:
    stay = booked(clinic)
    planned = stay.claims()
    stay.sprayed()
    assert set(stay.claims()) == set(planned)


def test_a_stay_that_runs_on_keeps_them_in_the_waiting_chair_too(clinic: SmallClinic) -> None:
    stay = dosed(late(clinic))
    stay.at(12, 40).is_(K.WAITING)
    assert (ends(stay, ClaimKind.WATCH), ends(stay, ClaimKind.PATIENT)) == (instant(13), instant(13))
    assert ends(stay, ClaimKind.ROOM) == instant(12, 55)
    stay.at(13)
    assert not note_overruns(clinic.store, clinic.desk, [stay.visit_id])
    stay.at(13, 2)
    assert note_overruns(clinic.store, clinic.desk, [stay.visit_id]).visits == {stay.visit_id}
    assert (ends(stay, ClaimKind.WATCH), ends(stay, ClaimKind.PATIENT)) == (instant(13, 5), instant(13, 5))
    assert not note_overruns(clinic.store, clinic.desk, [stay.visit_id])
    assert ends(stay, ClaimKind.ROOM) == instant(12, 55)
    assert sound(clinic) == []


def test_who_has_left_is_watched_no_more(clinic: SmallClinic) -> None:
    stay = dosed(late(clinic))
    stay.at(12, 30).is_(K.LEFT_EARLY, note="walked out")
    assert of(stay, ClaimKind.WATCH, ClaimKind.PATIENT) == []
    stay.at(12, 31).is_(K.STRUCK, corrects=stay.stamps(K.LEFT_EARLY)[0].id, reason="another patient")
    assert ends(stay, ClaimKind.WATCH) == instant(13)
    assert sound(clinic) == []


def test_a_visit_that_nobody_ended_keeps_nothing_for_more_than_a_day(clinic: SmallClinic) -> None:
    stay = dosed(late(clinic))
    clinic.clock.at = instant(11) + timedelta(days=2)
    note_overruns(clinic.store, clinic.desk, [stay.visit_id])
    assert ends(stay, ClaimKind.WATCH) == instant(13)
    assert sound(clinic) == []


# Bookings that come later see it.


def test_nobody_else_is_booked_to_be_watched_meanwhile(clinic: SmallClinic) -> None:
    dosed(late(clinic))
    with pytest.raises(Conflict, match="Maya Jones"):
        watched_next(clinic)


def test_the_patient_is_booked_nowhere_else_meanwhile(clinic: SmallClinic) -> None:
    dosed(late(clinic))
    with pytest.raises(Conflict, match="Okafor"):
        follow_up(clinic)
    assert follow_up(clinic, 780).state == "booked"


def test_no_other_program_can_claim_them(clinic: SmallClinic) -> None:
    dosed(late(clinic))
    at = instant_minute(instant(12, 40))
    for kind, owner in (ClaimKind.WATCH, clinic.maya.id), (ClaimKind.PATIENT, clinic.amara.id):
        row = {"place": place(kind, owner), "starts": at, "ends": at + 5, "visit_id": 1}
        with pytest.raises(DBAPIError), clinic.store.engine.begin() as connection:
            connection.execute(insert(claim), row)


# Those that were booked before keep what they have; the stay is recorded all the same.


def test_whom_the_nurse_was_to_watch_next_shares_her_and_heads_for_repair(clinic: SmallClinic) -> None:
    stay = late(clinic)
    reed = watched_next(clinic)
    before = reed.claims()
    dosed(stay)
    assert (reed.claims(), ends(stay, ClaimKind.WATCH)) == (before, instant(12, 15))
    until = of(reed, ClaimKind.WATCH)[-1][2]
    assert of(stay, ClaimKind.OVERFLOW) == [("overflow", instant(12, 15), min(until, instant(13)))]
    assert [(one.rule, one.deviation) for one in stay.overrides()] == [(OVERLAP.code, True)]
    assert listed(clinic)[reed.visit_id] == [WATCH_LIMIT.code]
    assert sound(clinic) == []


def test_nobody_is_repaired_whom_she_can_watch_as_well(clinic: SmallClinic) -> None:
    stay = late(clinic, watches=2)
    watched_next(clinic)
    dosed(stay)
    assert (ends(stay, ClaimKind.WATCH), of(stay, ClaimKind.OVERFLOW)) == (instant(13), [])
    assert listed(clinic) == {}
    assert sound(clinic) == []


def test_she_is_had_alone_again_when_the_next_does_not_come(clinic: SmallClinic) -> None:
    stay = late(clinic)
    reed = watched_next(clinic)
    dosed(stay)
    cancel(clinic.store, clinic.desk, reed.visit_id, reed.visit.version, CancelReason.UNWELL)
    assert (ends(stay, ClaimKind.WATCH), of(stay, ClaimKind.OVERFLOW)) == (instant(13), [])
    assert sound(clinic) == []


def test_other_days_of_a_nurse_who_watches_too_many_can_be_booked(clinic: SmallClinic) -> None:
    stay = late(clinic)
    watched_next(clinic)
    dosed(stay)
    diaz, room = someone(clinic, "Diaz"), clinic.rooms["Infusion 2"].id
    later = booked(clinic, "IVM", 850, patient_id=diaz.id, room_id=room)
    assert any(one.kind is ClaimKind.WATCH for one in later.claims())
    assert sound(clinic) == []


def test_the_patients_own_next_visit_keeps_its_time_and_heads_for_repair(clinic: SmallClinic) -> None:
    stay, talk = late(clinic), follow_up(clinic)
    before = talk.claims()
    dosed(stay)
    assert talk.claims() == before
    assert of(stay, ClaimKind.PATIENT)[-1][2] == instant(12, 30)
    assert of(stay, ClaimKind.OVERFLOW) == [("overflow", instant(12, 30), instant(13))]
    assert listed(clinic) == {talk.visit_id: [STILL_HERE.code]}
    assert sound(clinic) == []
    cancel(clinic.store, clinic.desk, talk.visit_id, talk.visit.version, CancelReason.CLINIC)
    assert (ends(stay, ClaimKind.PATIENT), of(stay, ClaimKind.OVERFLOW)) == (instant(13), [])
    assert sound(clinic) == []


def test_the_patient_may_begin_the_next_visit_all_the_same(clinic: SmallClinic) -> None:
    stay, talk = late(clinic), follow_up(clinic)
    dosed(stay)
    talk.at(12, 50).is_(K.IN_ROOM)
    assert talk.state == "in room"
    assert listed(clinic) == {}
    assert sound(clinic) == []
    stay.at(13, 1).checked().is_(K.RELEASED)
    assert sound(clinic) == []


def test_past_its_planned_end_a_stay_still_counts_in_the_repair_list(clinic: SmallClinic) -> None:
    stay = late(clinic)
    reed = watched_next(clinic)
    dosed(stay).at(12, 45)
    assert WATCH_LIMIT.code in listed(clinic).get(reed.visit_id, [])
    stay.is_(K.LEFT_EARLY, note="walked out")
    assert listed(clinic) == {}


def test_a_second_infusion_keeps_the_patient_as_long_as_it_takes_from_its_own_start(
    clinic: SmallClinic,
) -> None:
    stay = booked(clinic, "IVM").infused()
    stay.at(11).says(Stamp(kind=K.INFUSION_START, dose=15.0, unit="mg"), happened=True)
    # 40 minutes of infusion and 30 of recovery from 11 o'clock, not from 10:15
    assert stay.visit.release_from == stay.visit.here_until == instant_minute(instant(12, 10))


def test_a_clinic_that_asks_for_a_longer_recovery_keeps_the_patient_as_long(clinic: SmallClinic) -> None:
    """60 minutes after the infusion, where the type plans 30: before that nobody releases her."""
    with clinic.store.write(clinic.prescriber) as unit:
        kept = unit.setup().clinic
        unit.save(replace(kept, policies=replace(kept.policies, iv_recovery_minutes=60)))
        unit.commit()
    stay = booked(clinic, "IVM").infused()
    stopped = stay.stamps(K.INFUSION_STOP)[0].at
    assert stopped is not None
    until = instant_minute(stopped) + 60
    assert stay.visit.release_from == stay.visit.here_until == until
    assert stay.visit.room_until == until + 15
