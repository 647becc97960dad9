"""Emergency access: to today's floor, for a while, told to every manager."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import BadInput, ClinicProblem, Refusal
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.messages import messages_for
from clinic_desktop.scheduling.model import Clinic, Visit
from clinic_desktop.security import account_rules as rules
from clinic_desktop.security.audit import record_exported, record_printed
from clinic_desktop.security.emergency_access import emergency
from clinic_desktop.security.rights import Right, may
from clinic_desktop.treatment.calling import call_for_help
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.small_clinic import SmallClinic

WHY = "Nobody who can sign in is here"


def taken(clinic: SmallClinic) -> Actor:
    return emergency(clinic.store, "floor", clinic.tunde.id, WHY)


def of(problem: ClinicProblem) -> list[str]:
    return [one.code for one in problem.findings]


def test_it_sees_and_records_and_does_nothing_else(any_clinic):
    actor = taken(any_clinic)
    assert (actor.person_id, actor.roles, actor.desk) == (any_clinic.tunde.id, frozenset(), "floor")
    assert {one for one in Right if may(actor, one)} == {Right.VIEW, Right.RECORD}


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
