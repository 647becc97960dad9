"""Repairing a day: nurse out from ten, room closed, 25 minutes late, the prescriber leaves at three."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import RightMissing, StaleEdit
from clinic_desktop.people.model import Absence, Clearance, Patient, Screening, UsualDriver
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.disruption import AsItStands, Late, RoomClosed, StaffOut
from clinic_desktop.scheduling.holding import confirm_visit
from clinic_desktop.scheduling.model import Closure, PhaseStaff, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.repair_model import RepairCost
from clinic_desktop.scheduling.repair_taking import repair
from clinic_desktop.scheduling.repairing import propose
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.steps import step_of
from clinic_desktop.scheduling.stranded import repair_list
from clinic_desktop.scheduling.undoing import Overtaken, redo, undo
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.small_clinic import MONDAY, SmallClinic, at

MAYA, TUNDE = "Maya Jones", "Tunde Okoro"


def booked(clinic: SmallClinic, code: str = "IVM", minute: int = 600, **changes) -> Visit:
    """A visit of another patient each time, cleared for everything."""
    patient = another_patient(clinic)
    return book(
        clinic.store, clinic.desk, clinic.wish(code, minute, patient_id=patient.id, **changes)
    ).visits[0]


def another_patient(clinic: SmallClinic) -> Patient:
    with clinic.store.write(PROGRAM) as unit:
        known = len(unit.find(Patient))
        birth, why = clinic.amara.birth_date, clinic.amara.indication
        made = Patient(given_name=f"Pat{known}", family_name="Ample", birth_date=birth, indication=why)
        patient = unit.add(replace(made, rems_enrolled_on=clinic.amara.rems_enrolled_on))
        unit.add(Screening(patient_id=patient.id, reviewed_by=clinic.lin.id, reviewed_at=clinic.clock.now()))
        for one in unit.find(Clearance, patient_id=clinic.amara.id):
            unit.add(replace(one, id=0, version=0, patient_id=patient.id))
        unit.commit()
    return patient


def out(person, start: int, end: int = 1440) -> StaffOut:
    return StaffOut(Absence(0, 0, person.id, MONDAY, start, MONDAY, end, "ill"))


def closed(room, start: int = 0, end: int = 1440) -> RoomClosed:
    return RoomClosed(Closure(0, 0, room.id, MONDAY, start, MONDAY, end, "water"))


def proposed(clinic: SmallClinic, what):
    return propose(clinic.store, clinic.desk, MONDAY, what)


def taken(clinic: SmallClinic, what):
    return repair(clinic.store, clinic.desk, proposed(clinic, what))


def listed(clinic: SmallClinic) -> list[int]:
    with clinic.store.read() as records:
        return [one.visit.id for one in repair_list(records, instant_minute(clinic.clock.now()))]


def test_r16_of_a_nurse_who_is_out_the_visits_go_to_another_and_nothing_else_changes(clinic):
    mine, hers = (
        booked(clinic),
        booked(clinic, minute=600, room_id=clinic.rooms["Infusion 2"].id, nurse_id=clinic.tunde.id),
    )
    seen = proposed(clinic, out(clinic.tunde, 540))
    assert [one.visit.id for one in seen.lines] == [hers.id] or seen.cost.retimed
    done = repair(clinic.store, clinic.desk, seen)
    assert not done.left
    assert listed(clinic) == []
    assert clinic.visit(mine.id).minute == 600


def test_a_nurse_who_is_free_takes_over_at_the_same_time(clinic):
    mine = booked(clinic)
    seen = proposed(clinic, out(clinic.maya, 540))
    assert seen.cost == RepairCost(staff=5)
    assert [one.code for one in seen.lines[0].why] == ["staff-away"]
    taken(clinic, out(clinic.maya, 540))
    after = clinic.visit(mine.id)
    assert (after.minute, after.room_id, after.nurse_id) == (600, mine.room_id, clinic.tunde.id)
    with clinic.store.read() as records:
        assert [(one.staff_id, one.from_minute, one.reason) for one in records.setup().absences] == [
            (clinic.maya.id, 540, "ill")
        ]


def test_looking_writes_nothing(clinic):
    mine = booked(clinic)
    proposed(clinic, out(clinic.maya, 540))
    assert clinic.visit(mine.id) == mine
    with clinic.store.read() as records:
        assert not records.setup().absences


def test_a_visit_whose_room_is_closed_changes_the_room_and_keeps_time_and_nurse(clinic):
    mine = booked(clinic)
    seen = proposed(clinic, closed(clinic.rooms["Infusion 1"]))
    assert seen.cost == RepairCost(rooms=1)
    assert not seen.to_call
    repair(clinic.store, clinic.desk, seen)
    after = clinic.visit(mine.id)
    assert (after.minute, after.nurse_id) == (600, clinic.maya.id)
    assert after.room_id != mine.room_id


def test_when_the_prescriber_leaves_a_spravato_visit_moves_under_cover(clinic):
    mine = booked(clinic, "SP56", 14 * 60)
    seen = proposed(clinic, out(clinic.lin, 15 * 60))
    taken(clinic, out(clinic.lin, 15 * 60))
    after = clinic.visit(mine.id)
    assert after.minute == 15 * 60 - 135  # 10 prep, 5 dosing, 120 watched; the release needs no cover
    assert seen.to_call == seen.lines
    assert listed(clinic) == []


def test_a_patient_who_comes_late_begins_when_they_are_here(clinic):
    mine = booked(clinic)
    taken(clinic, Late(mine.id, 25))
    assert clinic.visit(mine.id).minute == 625


def test_a_stay_that_runs_on_sends_the_next_visit_to_another_room(clinic):
    first, following = booked(clinic, minute=480), booked(clinic, minute=600)
    clinic.clock.at = at(MONDAY, 8)
    record(
        clinic.store, clinic.nurse, first.id, [Stamp(kind=StampKind.ARRIVED), Stamp(kind=StampKind.IN_ROOM)]
    )
    clinic.clock.at = at(MONDAY, 9)
    seen = proposed(clinic, Late(first.id, 25))
    assert [(one.visit.id, [f.code for f in one.why]) for one in seen.lines] == [
        (following.id, ["room-late"])
    ]
    repair(clinic.store, clinic.desk, seen)
    after = clinic.visit(following.id)
    assert after.minute == 600
    assert after.room_id != first.room_id


def test_whose_patient_is_in_the_room_stays_there_and_gets_another_nurse_for_what_is_left(clinic):
    mine = booked(clinic, minute=480)
    clinic.clock.at = at(MONDAY, 8)
    record(
        clinic.store, clinic.nurse, mine.id, [Stamp(kind=StampKind.ARRIVED), Stamp(kind=StampKind.IN_ROOM)]
    )
    clinic.clock.at = at(MONDAY, 8, 20)
    before = clinic.visit(mine.id)
    done = taken(clinic, out(clinic.maya, 8 * 60 + 30))
    after = clinic.visit(mine.id)
    assert not done.left
    assert (after.start, after.room_id, after.nurse_id) == (before.start, before.room_id, clinic.maya.id)
    assert after.phase_staff == tuple(PhaseStaff(no, Role.NURSE, clinic.tunde.id) for no in (3, 4, 5))
    assert after.state is before.state
    assert listed(clinic) == []


def test_r16_whoever_has_no_place_stays_to_be_called_and_it_does_not_count_against_them(clinic):
    mine = booked(clinic, "SP56")
    both = [out(clinic.lin, 0)]
    seen = proposed(clinic, both[0])
    assert seen.cost.unplaced == 1
    assert seen.lines[0].move is None
    done = repair(clinic.store, clinic.desk, seen)
    assert [one.id for one in done.left] == [mine.id]
    assert clinic.visit(mine.id) == mine
    assert listed(clinic) == [mine.id]
    ended = cancel(clinic.store, clinic.desk, mine.id, mine.version, CancelReason.CLINIC).visits[0]
    assert (ended.end_asked_by, ended.end_late) == ("clinic", False)


def test_the_driver_must_be_able_to_come_at_the_new_time(clinic):
    with clinic.store.write(PROGRAM) as unit:
        drivers = (UsualDriver("Bea Marsh", "(217) 555-0142", adult=True, to_minute=11 * 60 + 45),)
        clinic.amara = unit.save(replace(clinic.amara, drivers=drivers))
        unit.commit()
    mine = book(clinic.store, clinic.desk, clinic.wish(minute=600)).visits[0]
    seen = proposed(clinic, out(clinic.maya, 0, 9 * 60))
    assert not seen.lines
    both = replace(out(clinic.maya, 0).absence, staff_id=clinic.tunde.id)
    with clinic.store.write(PROGRAM) as unit:
        unit.add(both)
        unit.commit()
    seen = proposed(clinic, out(clinic.maya, 9 * 60 + 30, 10 * 60 + 30))
    assert seen.lines[0].visit.id == mine.id
    assert seen.lines[0].move is not None
    assert seen.lines[0].move.minute < 600  # later Bea could not come


def test_nothing_is_done_when_somebody_else_has_changed_a_visit_since(clinic):
    mine = booked(clinic)
    seen = proposed(clinic, out(clinic.maya, 540))
    move(clinic.store, clinic.desk, [to(mine, minute=660)])
    with pytest.raises(StaleEdit):
        repair(clinic.store, clinic.desk, seen)
    with clinic.store.read() as records:
        assert not records.setup().absences


def test_displaced_and_stranded_visits_are_repaired_the_same_way(clinic):
    mine = booked(clinic)
    with clinic.store.write(PROGRAM) as unit:
        unit.add(out(clinic.maya, 540).absence)
        unit.commit()
    assert listed(clinic) == [mine.id]
    taken(clinic, AsItStands())
    assert listed(clinic) == []
    assert clinic.visit(mine.id).nurse_id == clinic.tunde.id


def test_a_displaced_visit_is_displaced_no_more(clinic):
    first, following = booked(clinic, minute=480), booked(clinic, minute=600)
    clinic.clock.at = at(MONDAY, 8)
    record(clinic.store, clinic.nurse, first.id, [Stamp(kind=StampKind.ARRIVED)])
    clinic.clock.at = at(MONDAY, 9)
    record(clinic.store, clinic.nurse, first.id, [Stamp(kind=StampKind.IN_ROOM)])
    assert clinic.visit(following.id).displaced
    taken(clinic, AsItStands())
    after = clinic.visit(following.id)
    assert not after.displaced
    assert after.minute == 600


def test_a_visit_that_its_rules_refuse_is_left_and_says_why(clinic):
    mine = booked(clinic)
    with clinic.store.write(PROGRAM) as unit:
        patient = unit.get(Patient, mine.patient_id)
        unit.save(replace(patient, death_date=MONDAY - timedelta(days=1)))
        unit.commit()
    seen = proposed(clinic, out(clinic.maya, 540))
    assert seen.lines[0].move is None
    assert "patient-died" in {one.code for one in seen.lines[0].why}


def test_a_confirmed_patient_whose_time_moves_is_asked_again(clinic):
    mine = booked(clinic)
    confirm_visit(clinic.store, clinic.desk, mine.id, mine.version)
    taken(clinic, Late(mine.id, 25))
    assert clinic.visit(mine.id).state is VisitState.BOOKED


def test_only_who_may_move_visits_repairs_a_day(clinic):
    nobody = Actor(99, frozenset(), "lobby")
    with pytest.raises(RightMissing):
        propose(clinic.store, nobody, MONDAY, AsItStands())


# Taken back.


def taken_back(clinic: SmallClinic, done):
    step = step_of(done.changes)
    assert step is not None
    return undo(clinic.store, clinic.desk, step)


def absences(clinic: SmallClinic) -> list[tuple[int, int]]:
    with clinic.store.read() as records:
        return [(one.staff_id, one.from_minute) for one in records.setup().absences]


def test_r16_one_undo_takes_all_of_a_repair_back_and_one_redo_does_it_again(clinic):
    mine, other = booked(clinic), booked(clinic, minute=780)
    done = taken(clinic, out(clinic.maya, 540))
    assert {clinic.visit(one.id).nurse_id for one in (mine, other)} == {clinic.tunde.id}
    undone = taken_back(clinic, done)
    assert str(undone.label) == "repair of Mon, Nov 16"
    assert [replace(clinic.visit(one.id), version=0) for one in (mine, other)] == [
        replace(one, version=0) for one in (mine, other)
    ]
    assert absences(clinic) == []
    redo(clinic.store, clinic.desk, undone.step)
    assert {clinic.visit(one.id).nurse_id for one in (mine, other)} == {clinic.tunde.id}
    assert absences(clinic) == [(clinic.maya.id, 540)]


def test_a_closed_room_is_open_again_though_no_visit_was_touched(clinic):
    done = taken(clinic, closed(clinic.rooms["Infusion 1"]))
    taken_back(clinic, done)
    with clinic.store.read() as records:
        assert records.setup().closures == ()
    assert booked(clinic).room_id == clinic.rooms["Infusion 1"].id


def test_who_was_handed_over_within_a_visit_is_handed_back(clinic):
    mine = booked(clinic)
    clinic.clock.at = at(MONDAY, 10, 20)
    record(clinic.store, clinic.nurse, mine.id, [Stamp(kind=StampKind.IN_ROOM, at=at(MONDAY, 10))])
    before = clinic.visit(mine.id)
    done = taken(clinic, out(clinic.maya, 625))
    assert clinic.visit(mine.id).phase_staff != before.phase_staff
    taken_back(clinic, done)
    assert replace(clinic.visit(mine.id), version=0) == replace(before, version=0)
    assert absences(clinic) == []


def test_a_visit_that_somebody_moved_since_keeps_the_whole_repair(clinic):
    mine = booked(clinic)
    done = taken(clinic, out(clinic.maya, 540))
    move(clinic.store, clinic.desk, [to(clinic.visit(mine.id), minute=660)])
    with pytest.raises(Overtaken, match="changed the visit of"):
        taken_back(clinic, done)
    assert absences(clinic) == [(clinic.maya.id, 540)]


def test_an_absence_that_was_changed_since_is_left_as_it_is(clinic):
    mine = booked(clinic)
    done = taken(clinic, out(clinic.maya, 540))
    with clinic.store.write(PROGRAM) as unit:
        unit.lock_all_days()
        (one,) = unit.find(Absence)
        unit.save(replace(one, to_minute=800))
        unit.commit()
    with pytest.raises(Overtaken, match="in the set-up since"):
        taken_back(clinic, done)
    assert clinic.visit(mine.id).nurse_id == clinic.tunde.id
