"""No treatment gets beyond held without the way home that its profile asks for, whoever writes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.clearing import Decision, clear
from clinic_desktop.scheduling.holding import name_driver
from clinic_desktop.scheduling.model import Override, Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage import check
from clinic_desktop.storage.failures import GuardRefused
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.small_clinic import MONDAY, SmallClinic, at
from tests.storage.conftest import Direct

S = VisitState
FREE = {VisitState.HELD, VisitState.CANCELLED, VisitState.MISSED, VisitState.NOT_TREATED}
BEYOND = sorted(set(VisitState) - FREE)
NAMED = "plan_kind = 'adult drives', plan_name = 'Bea', plan_phone = '555-0142', plan_adult = true"


@pytest.fixture
def held(clinic: SmallClinic) -> Visit:
    """A treatment that waits for a driver."""
    (visit,) = book(clinic.store, clinic.desk, clinic.wish(plan=None)).visits
    assert visit.state is VisitState.HELD
    return visit


@pytest.fixture
def booked(clinic: SmallClinic) -> Visit:
    (visit,) = book(clinic.store, clinic.desk, clinic.wish()).visits
    assert visit.state is VisitState.BOOKED
    return visit


def change(visit: Visit, what: str) -> str:
    return f"UPDATE visit SET {what} WHERE id = {visit.id}"


def refused(direct: Direct, sql: str, words: str = "no way home") -> None:
    assert words in direct.refused(sql)


def test_h7_a_held_treatment_stays_held_without_a_driver(held, direct):
    for state in BEYOND:
        refused(direct, change(held, f"state = '{state}'"))
    refused(direct, change(held, "state = 'BOOKED'"))  # a word nobody knows is no way round
    for state in sorted(FREE):
        direct.run(change(held, f"state = '{state}'"))


@pytest.mark.parametrize(
    "plan",
    [
        "plan_kind = 'taxi or ride-share alone'",
        "plan_kind = ''",
        "plan_kind = 'Adult Drives', plan_name = 'Bea', plan_phone = '555-0142', plan_adult = true",
        "plan_kind = 'drives', plan_name = 'Bea', plan_phone = '555-0142', plan_adult = true",
        NAMED.replace("'Bea'", "'  '"),
        NAMED.replace("'555-0142'", "''"),
        NAMED.replace("true", "false"),
    ],
)
def test_a_plan_that_does_not_meet_the_profile_is_none(held, direct, plan):
    refused(direct, change(held, f"state = 'booked', {plan}"))


def test_with_a_named_adult_it_may_be_booked(held, direct):
    direct.run(change(held, f"state = 'booked', {NAMED}"))
    assert direct.one(f"SELECT state FROM visit WHERE id = {held.id}") == "booked"


def test_the_plan_cannot_be_taken_from_a_booked_treatment(booked, direct):
    refused(direct, change(booked, "plan_kind = NULL"))
    refused(direct, change(booked, "plan_name = ''"))
    refused(direct, change(booked, "plan_adult = false"))
    direct.run(change(booked, "state = 'held', plan_kind = NULL"))


def test_a_treatment_cannot_be_inserted_beyond_held(held, direct):
    columns = "version, patient_id, type_id, day, minute, fold, zone, start"
    rest = "held_for, displaced, phase_staff, phase_minutes, plan_name, plan_phone, plan_relationship"
    tail = "plan_adult, note, end_reason, end_asked_by, end_late, devices, rooms_before"
    every = f'{columns}, "end", {rest}, {tail}'
    copy = f"INSERT INTO visit ({every}, state) SELECT {every}, '{{}}' FROM visit WHERE id = {held.id}"
    for state in BEYOND:
        refused(direct, copy.format(state))
    direct.run(copy.format(VisitState.HELD))


def test_a_recorded_permission_lets_it_through(clinic, held, direct):
    over(clinic, held)
    for state in BEYOND:
        direct.run(change(held, f"state = '{state}'"))
    direct.refused(f"DELETE FROM rule_override WHERE visit_id = {held.id}")
    direct.refused("UPDATE rule_override SET rule = 'room'")


def over(clinic: SmallClinic, visit: Visit, *, deviation: bool = False) -> None:
    seen = Override(visit_id=visit.id, rule="driver", by=clinic.lin.id, reason="seen", deviation=deviation)
    with clinic.store.write(PROGRAM) as unit:
        unit.add(replace(seen, day=visit.day, minute=visit.minute))
        unit.commit()


def stamped(clinic: SmallClinic, visit: Visit, kind: StampKind, corrects: int | None = None) -> int:
    with clinic.store.write(PROGRAM) as unit:
        stamp = unit.add(Stamp(visit_id=visit.id, kind=kind, at=unit.at, corrects=corrects))
        unit.commit()
    return stamp.id


HAPPENED = [S.DOSING, S.MONITORING, S.READY, S.LEFT_EARLY, S.TRANSFERRED]
GONE = S.LEFT  # which a dose and no release refuse by themselves


@pytest.mark.parametrize("kind", [StampKind.DOSE, StampKind.INFUSION_START, StampKind.TRANSFERRED])
def test_a_deviation_lets_through_what_happened_as_long_as_it_stands(clinic, held, direct, kind):
    over(clinic, held, deviation=True)
    for state in BEYOND:
        refused(direct, change(held, f"state = '{state}'"))  # nothing has happened yet
    fact = stamped(clinic, held, kind)
    for state in (one for one in BEYOND if one is not GONE):
        if state in HAPPENED:
            direct.run(change(held, f"state = '{state}'"))
        else:
            refused(direct, change(held, f"state = '{state}'"))
    fact = stamped(
        clinic, held, kind, corrects=fact
    )  # a correction of the time: it has happened all the same
    direct.run(change(held, "note = 'x'"))
    stamped(clinic, held, StampKind.STRUCK, corrects=fact)
    refused(direct, change(held, "note = 'y'"))
    direct.run(change(held, "state = 'held'"))
    for state in BEYOND:
        refused(direct, change(held, f"state = '{state}'"))


@pytest.mark.parametrize(
    "kind", [StampKind.ARRIVED, StampKind.IN_ROOM, StampKind.VITALS, StampKind.NOT_TREATED]
)
def test_being_here_is_nothing_that_a_deviation_answers_for(clinic, held, direct, kind):
    over(clinic, held, deviation=True)
    stamped(clinic, held, kind)
    for state in BEYOND:
        refused(direct, change(held, f"state = '{state}'"))


def test_a_dose_without_a_driver_that_is_struck_out_leaves_the_visit_held(clinic, held):
    """Whatever is worked out anew afterwards: a clearance, the driver, the next stamp."""
    store, nurse = clinic.store, clinic.nurse
    clinic.clock.at = at(MONDAY, 10)
    record(store, nurse, held.id, [Stamp(kind=StampKind.IN_ROOM)])
    dose = Stamp(kind=StampKind.INFUSION_START, dose=35.0)
    (given,) = record(store, nurse, held.id, [dose], happened=True).stamps
    assert clinic.visit(held.id).state is VisitState.DOSING
    record(store, nurse, held.id, [Stamp(kind=StampKind.STRUCK, corrects=given.id, reason="another patient")])
    clear(store, clinic.prescriber, Decision(held.patient_id, "iv"))
    seen = clinic.visit(held.id)
    name_driver(store, clinic.desk, [(seen.id, seen.version)], None)
    record(store, nurse, held.id, [Stamp(kind=StampKind.NOTE, note="waits")])
    assert (clinic.visit(held.id).state, clinic.visit(held.id).held_for) == (VisitState.HELD, {"driver"})
    assert check.findings(store.where) == []


def test_an_override_of_another_rule_or_visit_does_not(clinic, held, direct):
    (other,) = book(clinic.store, clinic.desk, clinic.wish(day=MONDAY + timedelta(days=3), plan=None)).visits
    with clinic.store.write(PROGRAM) as unit:
        unit.add(Override(visit_id=held.id, rule="room", reason="x"))
        unit.commit()
    over(clinic, other)
    refused(direct, change(held, "state = 'booked'"))


def test_an_override_is_for_the_visit_where_it_stood(clinic, held, direct):
    over(clinic, held)
    direct.run(change(held, "state = 'booked'"))
    refused(direct, change(held, "day = '2026-11-23'"))
    refused(direct, change(held, "minute = 615"))
    direct.run(change(held, "state = 'held', day = '2026-11-23'"))
    refused(direct, change(held, "state = 'booked'"))


def test_the_type_cannot_be_changed_under_a_visit_to_one_that_asks_more(clinic, direct):
    (call,) = book(clinic.store, clinic.desk, clinic.wish("CON")).visits
    infusion = direct.one("SELECT id FROM visit_type WHERE code = 'IVM'")
    refused(direct, change(call, f"type_id = {infusion}"))


def test_a_profile_that_visits_rely_on_cannot_ask_more_of_them(clinic, booked, direct):
    """The profile and the type are as the visit was promised; a stricter one is a new one."""
    words = "visits rely on it"
    profile = direct.one("SELECT id FROM profile")
    strict = '["paid medical escort"]'
    refused(direct, f"UPDATE profile SET accepts = '{strict}'", words)
    direct.run("UPDATE profile SET required = false")
    direct.run(f"UPDATE profile SET accepts = '{strict}'")  # nothing is asked, so nobody is stranded
    refused(direct, "UPDATE profile SET required = true", words)
    direct.run("UPDATE profile SET accepts = '[\"adult drives\"]', required = true")
    fresh = (
        "INSERT INTO profile (version, name, required, accepts, demanded, min_stay_alone, callback_minutes,"
        f" arrive_before) VALUES (1, 'Strict', true, '{strict}', 'booking', 0, 30, 15)"
    )
    direct.run(fresh)
    other = direct.one("SELECT max(id) FROM profile")
    assert other != profile
    refused(direct, f"UPDATE visit_type SET profile_id = {other} WHERE code = 'IVM'", words)
    direct.run(f"UPDATE visit_type SET profile_id = {other} WHERE code = 'SP1'")  # no visit of it yet


def test_where_the_driver_is_asked_for_before_the_start_a_treatment_may_be_confirmed(held, direct):
    direct.run("UPDATE profile SET demanded = 'start'")
    for state in sorted(set(BEYOND) - {VisitState.CONFIRMED}):
        refused(direct, change(held, f"state = '{state}'"))
    direct.run(change(held, "state = 'confirmed'"))
    refused(direct, "UPDATE profile SET demanded = 'confirmation'", "visits rely on it")
    direct.run(change(held, "state = 'held'"))
    direct.run("UPDATE profile SET demanded = 'confirmation'")


def test_a_type_that_visits_rely_on_cannot_become_a_treatment(clinic, direct):
    book(clinic.store, clinic.desk, clinic.wish("CON"))
    profile = direct.one("SELECT id FROM profile")
    direct.run(f"UPDATE visit_type SET profile_id = {profile} WHERE code = 'CON'")
    refused(direct, "UPDATE visit_type SET modality = 'iv' WHERE code = 'CON'", "visits rely on it")


def test_nobody_is_confirmed_who_is_not_named(held, direct):
    direct.refused(change(held, "plan_confirmed_at = 1"))
    direct.run(change(held, f"plan_confirmed_at = 1, {NAMED}"))
    direct.refused(change(held, "plan_kind = NULL"))


def test_the_program_is_told_in_words(clinic, held):
    with clinic.store.write(PROGRAM) as unit, pytest.raises(GuardRefused, match="Name the driver first"):
        unit.save(replace(held, state=VisitState.BOOKED))


def test_a_session_cannot_slip_its_own_tables_before_the_clinics(server_clinic, server_direct):
    """On a server anybody may make a temporary table with the name of one that a guard asks."""
    (visit,) = book(server_clinic.store, server_clinic.desk, server_clinic.wish(plan=None)).visits
    server_direct.run("CREATE TEMP TABLE rule_override (visit_id int, rule text)")
    server_direct.run(f"INSERT INTO pg_temp.rule_override VALUES ({visit.id}, 'driver')")
    server_direct.run("CREATE TEMP TABLE profile AS SELECT * FROM public.profile WHERE false")
    refused(server_direct, f"UPDATE public.visit SET state = 'booked' WHERE id = {visit.id}")


@pytest.mark.parametrize("kind", [kind for kind in TransportKind if not kind.has_person])
def test_who_goes_alone_needs_no_name_where_the_profile_lets_them(held, direct, kind):
    direct.run(f"UPDATE profile SET accepts = '[\"{kind}\"]'")
    direct.run(change(held, f"state = 'booked', plan_kind = '{kind}'"))
