"""Emergency access: to today's floor, for a while, told to every manager."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import BadInput, ClinicProblem, Refusal, RightMissing
from clinic_desktop.people.model import Clearance, Staff
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.messages import messages_for
from clinic_desktop.scheduling.model import Clinic, Course, Override, Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.security import account_rules as rules
from clinic_desktop.security.audit import record_exported, record_printed
from clinic_desktop.security.emergency_access import emergency
from clinic_desktop.security.rights import Right, may
from clinic_desktop.treatment.asking_rules import DECIDED_SO
from clinic_desktop.treatment.calling import call_for_help
from clinic_desktop.treatment.decision_rules import TOLD_BY, TOLD_WHO_DECIDED
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.not_today import NOT_TODAY
from clinic_desktop.treatment.recording import record
from clinic_desktop.treatment.rules import DANGER_UNDONE
from clinic_desktop.treatment.told import ToldWord
from tests.small_clinic import MONDAY, SmallClinic
from tests.treatment.stays import LOT, K, Stay, booked

WHY = "Nobody who can sign in is here"


def taken(clinic: SmallClinic) -> Actor:
    return emergency(clinic.store, "floor", clinic.tunde.id, WHY)


def as_lin(clinic: SmallClinic) -> Actor:
    """Somebody chose the prescriber's name; nobody knows who."""
    return emergency(clinic.store, "floor", clinic.lin.id, WHY)


def of(problem: ClinicProblem) -> list[str]:
    return [one.code for one in problem.findings]


def test_it_sees_and_records_and_does_nothing_else(any_clinic):
    actor = taken(any_clinic)
    assert (actor.person_id, actor.roles, actor.desk) == (any_clinic.tunde.id, frozenset(), "floor")
    assert {one for one in Right if may(actor, one)} == {Right.VIEW, Right.FLOOR, Right.RECORD}


def test_every_manager_is_told_and_it_stands_in_the_trail(any_clinic):
    store = any_clinic.store
    with store.write(PROGRAM) as unit:
        managers = frozenset({Role.MANAGER})
        two = unit.add_all([Staff(name="Ada Boss", roles=managers), Staff(name="Bo Boss", roles=managers)])
        unit.add(Staff(name="Cy Gone", roles=managers, active=False))
        unit.commit()
    actor = taken(any_clinic)
    with store.read() as records:
        told = [messages_for(records, Actor(one.id, managers)) for one in two]
        rows = records.rows(
            "SELECT person_id, desk, record_id, reason FROM audit WHERE action = 'emergency access'"
        )
    assert [[(one.message.urgent, one.message.text) for one in each] for each in told] == [
        [(True, f"Tunde Okoro took emergency access on the PC called floor: {WHY}")]
    ] * 2
    assert [tuple(row) for row in rows] == [(actor.person_id, "floor", actor.person_id, WHY)]


def test_what_happens_today_is_recorded_until_it_is_over(any_clinic):
    clinic, store = any_clinic, any_clinic.store
    visit = book(store, clinic.desk, clinic.wish()).visits[0]
    record(store, clinic.desk, visit.id, [Stamp(kind=StampKind.ARRIVED)])
    actor = taken(clinic)
    pressure = Stamp(kind=StampKind.VITALS, systolic=120, diastolic=80)
    record(store, actor, visit.id, [pressure])
    call_for_help(store, actor, None)
    clinic.clock.forward(59)
    record(store, actor, visit.id, [pressure])
    clinic.clock.forward(1)
    with pytest.raises(Refusal) as told:
        record(store, actor, visit.id, [pressure])
    assert of(told.value) == [rules.EMERGENCY_OVER.code]


def test_another_day_and_everything_beside_the_floor_stays_as_it_is(any_clinic):
    clinic, store = any_clinic, any_clinic.store
    visit = book(store, clinic.desk, clinic.wish()).visits[0]
    with store.write(PROGRAM) as unit:
        policies = replace(unit.get(Clinic, 1).policies, emergency_minutes=240)
        unit.save(replace(unit.get(Clinic, 1), policies=policies))
        unit.commit()
    clinic.clock.forward(-24 * 60)
    actor = taken(clinic)
    for what, kept in (
        (Stamp(visit_id=visit.id), rules.EMERGENCY_TODAY),
        (clinic.amara, rules.EMERGENCY_FLOOR),
        (replace(clinic.maya, roles=frozenset({Role.MANAGER})), rules.EMERGENCY_FLOOR),
        (clinic.visit(visit.id), rules.EMERGENCY_TODAY),
    ):
        with store.write(actor) as unit:
            with pytest.raises(Refusal) as told:
                unit.save(what) if what.id else unit.add(what)
            assert of(told.value) == [kept.code]
            with pytest.raises(RuntimeError, match="is over"):
                unit.commit()
    assert clinic.visit(visit.id) == visit
    with store.read() as records:
        assert records.find(Stamp) == []
        assert records.get(Visit, visit.id) == visit


def test_nothing_is_printed_or_saved_to_a_file_in_it(any_clinic):
    """Whoever gave no password carries no list of the day's names away."""
    clinic, store = any_clinic, any_clinic.store
    actor = taken(clinic)
    for leaves in (record_printed, record_exported):
        with pytest.raises(Refusal) as told:
            leaves(store, actor, "day sheet", about={"day": "2026-11-02"})
        assert of(told.value) == [rules.EMERGENCY_OUT.code]
        assert leaves(store, clinic.desk, "day sheet") is not None
    with store.read() as records:
        gone = records.rows("SELECT person_id FROM audit WHERE action IN ('printed', 'exported')")
    assert [row[0] for row in gone] == [clinic.desk.person_id] * 2


def test_it_asks_for_a_reason_and_a_clinic_may_do_without(any_clinic):
    clinic, store = any_clinic, any_clinic.store
    with pytest.raises(BadInput):
        emergency(store, "floor", clinic.tunde.id, "  ")
    with pytest.raises(Refusal):
        emergency(store, "floor", 4711, WHY)
    with store.write(PROGRAM) as unit:
        there = unit.get(Clinic, 1)
        unit.save(replace(there, policies=replace(there.policies, emergency_minutes=0)))
        unit.commit()
    with pytest.raises(Refusal) as told:
        taken(clinic)
    assert of(told.value) == [rules.EMERGENCY_OFF.code]


def test_a_prescribers_name_alone_decides_nothing(any_clinic):
    """Nobody has shown who they are: what a prescriber decided waits for that one's signature."""
    stay = booked(any_clinic).prepared()
    lin, dose = as_lin(any_clinic), Stamp(kind=K.DOSE, lot=LOT, reason=DECIDED_SO)
    with pytest.raises(BadInput) as wrong:
        stay.says(dose, by=lin, happened=True)
    assert of(wrong.value) == [TOLD_WHO_DECIDED.code]
    with pytest.raises(RightMissing):
        stay.says(Stamp(kind=K.PRESSURE_ACCEPTED), by=lin)
    said = Stamp(kind=K.SAID, told_by=any_clinic.lin.id, note="Given all the same")
    stay.says(said, dose, by=lin, happened=True)
    with any_clinic.store.read() as records:
        (word,) = records.find(ToldWord)
    assert (word.told_by, word.answered_at) == (any_clinic.lin.id, None)


def test_a_note_in_a_prescribers_name_is_no_prescribers_answer(any_clinic):
    stay = booked(any_clinic).prepared()
    answer = Stamp(kind=K.NOTE, note=f"{NOT_TODAY} Too high.")
    with pytest.raises(BadInput) as wrong:
        stay.says(answer, by=as_lin(any_clinic))
    assert of(wrong.value) == [TOLD_BY.code]
    stay.says(replace(answer, note="Asks for water"), by=as_lin(any_clinic))
    stay.says(answer, by=any_clinic.prescriber)


def test_a_whole_stay_is_recorded_in_it_and_nothing_booked_or_released(any_clinic):
    """Who comes and goes, what is given, and all that follows from it: the form of the program for the
    spray, the trace of a dose without a driver, the incident."""
    stay = booked(any_clinic, plan=None)
    stay.at(9, 50)
    actor = taken(any_clinic)
    stay.says(Stamp(kind=K.ARRIVED), by=actor, happened=True)
    stay.at(10).says(Stamp(kind=K.IN_ROOM), by=actor, happened=True)
    stay.at(10, 5).says(Stamp(kind=K.DOSE, lot=LOT), by=actor, happened=True)
    stay.at(10, 6).says(Stamp(kind=K.NOTE, note="asks for water"), by=actor)
    with pytest.raises(RightMissing):
        stay.says(Stamp(kind=K.RELEASED), by=actor, happened=True)
    with pytest.raises(RightMissing):
        book(any_clinic.store, actor, any_clinic.wish(minute=900))
    stay.at(10, 30).says(Stamp(kind=K.LEFT_EARLY, note="ran out"), by=actor)
    assert stay.visit.state is VisitState.LEFT_EARLY
    assert len(stay.forms()) == 1
    assert {one.deviation for one in stay.overrides()} == {True}
    assert {str(VisitState.LEFT_EARLY)} <= {code for one in stay.incidents() for code in one.codes}


def test_the_store_takes_no_permission_in_it(any_clinic):
    stay = booked(any_clinic)
    allowed = Override(visit_id=stay.visit_id, rule="driver", reason="because", by=any_clinic.lin.id)
    with any_clinic.store.write(as_lin(any_clinic)) as unit:
        with pytest.raises(Refusal) as told:
            unit.add(allowed)
        assert of(told.value) == [rules.EMERGENCY_FLOOR.code]


def test_a_course_is_counted_anew_where_somebody_was_not_treated(any_clinic):
    clinic = any_clinic
    with clinic.store.read() as records:
        template = next(one for one in records.setup().templates if one.code == "IV6")
    wishes = [(no, clinic.wish(day=MONDAY + timedelta(days=n))) for no, n in ((1, 0), (2, 3), (3, 7))]
    visits = book_course(clinic.store, clinic.desk, CourseWish(template, wishes)).visits
    stay = Stay(clinic, visits[0].id).at(9, 50)
    stay.is_(K.ARRIVED)
    stay.says(Stamp(kind=K.NOT_TREATED, note="unwell"), by=taken(clinic))
    with clinic.store.read() as records:
        (course,) = records.find(Course)
        numbers = [one.course_no for one in sorted(records.find(Visit), key=lambda one: one.day)]
    assert (course.to_place, numbers) == (4, [1, 2, 3])
    with clinic.store.write(taken(clinic)) as unit, pytest.raises(Refusal):
        unit.save(replace(course, planned=9))


def test_no_visit_carries_a_clearance_on_in_it(any_clinic):
    """Nobody who is known says that the prescriber saw the patient."""
    clinic = any_clinic
    stay = booked(clinic, "FUP")
    stay.at(9, 58).is_(K.ARRIVED)
    with clinic.store.read() as records:
        before = records.find(Clearance)
    stay.at(10, 30).says(Stamp(kind=K.LEFT), by=as_lin(clinic))
    assert stay.visit.state is VisitState.LEFT
    with clinic.store.read() as records:
        assert records.find(Clearance) == before


def test_a_danger_that_is_struck_out_in_it_waits_for_a_prescriber(any_clinic):
    stay = booked(any_clinic).prepared()
    stay.device()
    stay.at(10, 50).vitals(190, 115)
    stay.says(
        Stamp(kind=K.STRUCK, corrects=stay.stamps(K.VITALS)[-1].id, reason="slip"), by=as_lin(any_clinic)
    )
    (incident,) = [one for one in stay.incidents() if DANGER_UNDONE.code in one.codes]
    assert incident.closed_at is None
