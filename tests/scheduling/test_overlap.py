"""R-2: two visits at once on purpose, with the right, a reason and an overflow place; never the patient."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.clock import from_utc_minute, instant_minute
from clinic_desktop.foundation.errors import Conflict, Refusal
from clinic_desktop.people.model import Absence, Clearance, Patient, Staff
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.looking_check import check as asked_before
from clinic_desktop.scheduling.model import Claim, ClaimKind, Clinic, Override, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.overlaps import beside, sharing
from clinic_desktop.scheduling.set_up import Edit, change_set_up
from clinic_desktop.scheduling.stranded import repair_list
from clinic_desktop.storage import check
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.progress import note_overruns
from clinic_desktop.treatment.recording import record
from tests.scheduling.test_booking import more_patients
from tests.small_clinic import MONDAY, SmallClinic, at

REASON = "both are short, one sits in the hall"
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def clinic(any_clinic: SmallClinic) -> SmallClinic:
    return any_clinic


@pytest.fixture
def other(clinic: SmallClinic) -> Patient:
    return more_patients(clinic, 1)[0]


@pytest.fixture
def first(clinic: SmallClinic) -> Visit:
    """Amara, Monday at 10 in Infusion 1 with Maya."""
    return book(clinic.store, clinic.desk, clinic.wish()).visits[0]


def claims(clinic: SmallClinic, visit: Visit) -> list[Claim]:
    with clinic.store.read() as records:
        there = records.claims_between(visit.start - 60, visit.end + 60)
    return [one for one in there if one.visit_id == visit.id]


def traces(clinic: SmallClinic, visit: Visit) -> list[Override]:
    with clinic.store.read() as records:
        return records.find(Override, visit_id=visit.id)


def shared(clinic: SmallClinic, visit: Visit) -> list[str]:
    """The places that the visit shares, by its traces; each has its overflow place for just those minutes."""
    found = {one.id: one for one in traces(clinic, visit)}
    over = [one for one in claims(clinic, visit) if one.kind is ClaimKind.OVERFLOW]
    for one in over:
        trace = found[one.override_id or 0]
        assert (one.resource_id, trace.rule, trace.reason) == (trace.id, "overlap", REASON)
        assert trace.scope.spans == ((one.start - visit.start, one.end - visit.start),)
    return sorted(found[one.override_id or 0].scope.subject for one in over)


def sound(clinic: SmallClinic) -> bool:
    return check.findings(clinic.store.where) == []


def test_r2_a_room_is_shared_with_the_right_and_a_reason(
    clinic: SmallClinic, first: Visit, other: Patient
) -> None:
    wish = clinic.wish(patient_id=other.id, nurse_id=clinic.tunde.id)
    with pytest.raises(Conflict):
        book(clinic.store, clinic.prescriber, wish)
    with pytest.raises(Conflict):
        book(clinic.store, clinic.desk, wish, REASON, {first.id})  # the desk lacks the right
    second = book(clinic.store, clinic.prescriber, wish, REASON, {first.id}).visits[0]
    assert shared(clinic, second) == [f"room {first.room_id}"]
    assert {one.kind for one in claims(clinic, second)} == {
        ClaimKind.OVERFLOW, ClaimKind.PATIENT, ClaimKind.HANDS, ClaimKind.WATCH,
    }  # fmt: skip
    assert ClaimKind.ROOM in {one.kind for one in claims(clinic, first)}
    assert sound(clinic)


def test_who_came_there_meanwhile_is_not_shared_with(
    clinic: SmallClinic, first: Visit, other: Patient
) -> None:
    """The reason was for another rule, or for another visit."""
    wish = clinic.wish(patient_id=other.id, nurse_id=clinic.tunde.id)
    for others in ((), {first.id + 100}):
        with pytest.raises(Conflict):
            book(clinic.store, clinic.prescriber, wish, REASON, others)


def test_hands_and_watching_places_are_shared_too(clinic: SmallClinic, first: Visit, other: Patient) -> None:
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Staff, clinic.maya.id), watch_limit=1))
        unit.commit()
    wish = clinic.wish(patient_id=other.id, room_id=clinic.rooms["Infusion 2"].id)
    second = book(clinic.store, clinic.prescriber, wish, REASON, {first.id}).visits[0]
    assert set(shared(clinic, second)) == {f"hands {clinic.maya.id}", f"watch {clinic.maya.id}"}
    assert sound(clinic)
    with clinic.store.read() as records:
        assert repair_list(records, instant_minute(clinic.clock.now())) == []


def test_whoever_is_refused_is_told_from_when_on_it_is_free(
    clinic: SmallClinic, first: Visit, other: Patient
) -> None:
    """Amara has the room until 11:45 and Nina right after her; Maya watches Amara to 11:25."""
    nina, ken = other, more_patients(clinic, 1)[0]
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Staff, clinic.maya.id), watch_limit=1))
        unit.commit()
    wish = clinic.wish(patient_id=nina.id, minute=705, nurse_id=clinic.tunde.id)
    book(clinic.store, clinic.desk, wish)
    with pytest.raises(Conflict) as refused:
        book(clinic.store, clinic.desk, clinic.wish(patient_id=ken.id, minute=630))
    free = {
        (one.kind, one.name, from_utc_minute(one.until, first.zone).minute) for one in refused.value.taken
    }
    assert free == {("room", "Infusion 1", 705 + 105), ("watch", "Maya Jones", 685)}


def test_nobody_is_in_two_visits_whatever_the_reason(clinic: SmallClinic, first: Visit) -> None:
    room = clinic.rooms["Infusion 2"].id
    with pytest.raises(Conflict):
        book(clinic.store, clinic.prescriber, clinic.wish(minute=630, room_id=room), REASON, {first.id})


def test_whoever_must_be_on_site_must_be(clinic: SmallClinic, first: Visit, other: Patient) -> None:
    spray = book(clinic.store, clinic.desk, clinic.wish("SP1", day=TUESDAY)).visits[0]
    with clinic.store.write(PROGRAM) as unit:
        unit.add(Clearance(0, 0, other.id, "spravato", clinic.lin.id, MONDAY, TUESDAY))
        unit.add(Absence(staff_id=clinic.lin.id, from_day=TUESDAY, to_day=TUESDAY))
        unit.commit()
    wish = clinic.wish("SP1", day=TUESDAY, patient_id=other.id, nurse_id=clinic.tunde.id)
    with pytest.raises(Refusal) as refused:
        book(clinic.store, clinic.prescriber, wish, REASON, {spray.id})
    assert "cover-prescriber" in {one.code for one in refused.value.findings}
    assert claims(clinic, spray)


def test_a_visit_is_moved_onto_another(clinic: SmallClinic, first: Visit, other: Patient) -> None:
    wish = clinic.wish(patient_id=other.id, minute=780, nurse_id=clinic.tunde.id)
    second = book(clinic.store, clinic.desk, wish).visits[0]
    moved = move(clinic.store, clinic.prescriber, [to(second, minute=630)], REASON, {first.id}).visits[0]
    assert shared(clinic, moved) == [f"room {first.room_id}"]
    away = move(clinic.store, clinic.desk, [to(moved, minute=780)]).visits[0]
    assert (shared(clinic, away), sound(clinic)) == ([], True)
    with pytest.raises(Conflict):
        move(clinic.store, clinic.desk, [to(away, minute=660)])


def test_what_is_shared_already_is_not_asked_again(clinic: SmallClinic, first: Visit, other: Patient) -> None:
    wish = clinic.wish(patient_id=other.id, nurse_id=clinic.tunde.id)
    second = book(clinic.store, clinic.prescriber, wish, REASON, {first.id}).visits[0]
    stays = move(clinic.store, clinic.desk, [to(second)]).visits[0]
    assert shared(clinic, stays) == [f"room {first.room_id}"]
    assert len(traces(clinic, stays)) == 1
    cancel(clinic.store, clinic.desk, first.id, first.version, CancelReason.PATIENT)
    alone = move(clinic.store, clinic.desk, [to(stays)]).visits[0]
    assert (shared(clinic, alone), sound(clinic)) == ([], True)


def test_a_third_is_asked_about_both(clinic: SmallClinic, first: Visit) -> None:
    people = more_patients(clinic, 2)
    for one, nurse in zip(people, (clinic.tunde, clinic.maya), strict=True):
        wish = clinic.wish(patient_id=one.id, minute=675, nurse_id=nurse.id)
        with clinic.store.read() as records:
            (said,) = asked_before(records, clinic.clock.now(), [wish])
        assert first.id in beside(said)
        book(clinic.store, clinic.prescriber, wish, REASON, beside(said))
    assert len(beside(said)) == 2
    assert sound(clinic)


def test_another_zone_keeps_what_is_shared(clinic: SmallClinic, first: Visit, other: Patient) -> None:
    wish = clinic.wish(patient_id=other.id, nurse_id=clinic.tunde.id)
    second = book(clinic.store, clinic.prescriber, wish, REASON, {first.id}).visits[0]
    with clinic.store.read() as records:
        (own,) = records.find(Clinic)
    boss = replace(clinic.desk, roles=frozenset({Role.MANAGER}))
    change_set_up(clinic.store, boss, Edit((replace(own, zone="America/New_York"),)), anyway=True)
    now = clinic.visit(second.id)
    assert now.start == second.start - 60
    assert shared(clinic, now) == [f"room {first.room_id}"]
    assert sound(clinic)


def test_what_is_not_shared_is_taken_like_by_any_visit(
    clinic: SmallClinic, first: Visit, other: Patient
) -> None:
    """It shares the last minutes of the first visit; the rest of its time it has the room alone."""
    wish = clinic.wish(patient_id=other.id, minute=690, nurse_id=clinic.tunde.id)
    second = book(clinic.store, clinic.prescriber, wish, REASON, {first.id}).visits[0]
    rooms = [(one.start, one.end) for one in claims(clinic, second) if one.kind is ClaimKind.ROOM]
    assert rooms == [(first.end, second.end)]
    third = clinic.wish(patient_id=more_patients(clinic, 2)[1].id, minute=750, nurse_id=clinic.tunde.id)
    with pytest.raises(Conflict):
        book(clinic.store, clinic.desk, third)


def test_when_the_other_gives_it_up_it_is_had_alone_at_once(
    clinic: SmallClinic, first: Visit, other: Patient
) -> None:
    wish = clinic.wish(patient_id=other.id, minute=630)
    second = book(clinic.store, clinic.prescriber, wish, REASON, {first.id}).visits[0]
    assert {f"room {first.room_id}", f"hands {clinic.maya.id}"} >= set(shared(clinic, second)) != set()
    cancel(clinic.store, clinic.desk, first.id, first.version, CancelReason.PATIENT)
    assert (shared(clinic, second), sound(clinic)) == ([], True)
    with clinic.store.read() as records:
        assert sharing(records, [clinic.visit(second.id)]) == set()
    with pytest.raises(Conflict):
        book(clinic.store, clinic.desk, clinic.wish(patient_id=more_patients(clinic, 2)[1].id))


@pytest.mark.parametrize("early", [0, 1])
def test_whoever_comes_displaces_nobody_who_shares_the_room_on_purpose(
    clinic: SmallClinic, first: Visit, other: Patient, early: int
) -> None:
    wish = clinic.wish(patient_id=other.id, minute=630, nurse_id=clinic.tunde.id)
    second = book(clinic.store, clinic.prescriber, wish, REASON, {first.id}).visits[0]
    pair = [first, second]
    for minute, visit in enumerate((pair[early], pair[1 - early])):
        clinic.clock.at = at(MONDAY, 10, 31 + minute)
        for kind in (StampKind.ARRIVED, StampKind.IN_ROOM):
            record(clinic.store, clinic.nurse, visit.id, [Stamp(kind=kind)])
        assert [clinic.visit(one.id).displaced for one in pair] == [False, False]
        assert sound(clinic)
    clinic.clock.at = at(MONDAY, 13)
    note_overruns(clinic.store, clinic.nurse, [one.id for one in pair])
    assert [clinic.visit(one.id).displaced for one in pair] == [False, False]
    assert sound(clinic)


def test_a_third_is_displaced_as_ever_when_a_stay_runs_on(
    clinic: SmallClinic, first: Visit, other: Patient
) -> None:
    wish = clinic.wish(patient_id=other.id, minute=630, nurse_id=clinic.tunde.id)
    second = book(clinic.store, clinic.prescriber, wish, REASON, {first.id}).visits[0]
    later = clinic.wish(patient_id=more_patients(clinic, 2)[1].id, minute=780, nurse_id=clinic.tunde.id)
    third = book(clinic.store, clinic.desk, later).visits[0]
    clinic.clock.at = at(MONDAY, 10, 31)
    for kind in (StampKind.ARRIVED, StampKind.IN_ROOM):
        record(clinic.store, clinic.nurse, second.id, [Stamp(kind=kind)])
    clinic.clock.at = at(MONDAY, 13, 5)
    note_overruns(clinic.store, clinic.nurse, [second.id])
    assert [clinic.visit(one.id).displaced for one in (first, second, third)] == [False, False, True]
    assert sound(clinic)
