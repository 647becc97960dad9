"""Changing the set-up: who may, one transaction, versions, and the visits that a change would strand."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing, StaleEdit
from clinic_desktop.people.model import Absence, Break, Shift, Staff, TransportKind
from clinic_desktop.scheduling.asks import FOOD, Ask
from clinic_desktop.scheduling.defaults import HOURS
from clinic_desktop.scheduling.holding import name_driver
from clinic_desktop.scheduling.model import (
    Closure,
    GoingHomePlan,
    GoingHomeProfile,
    OpenHours,
    Phase,
    Room,
    VisitType,
)
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.set_up import Edit, WouldStrand, change_set_up, would_strand
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.scheduling.stranded import repair_list
from clinic_desktop.storage.store import SqlStore
from tests.scheduling.set_up_world import MONDAY, NINE, TUESDAY, World, world_in


@pytest.fixture
def world(any_store: SqlStore) -> World:
    return world_in(any_store)


def save(world: World, *records, remove=(), anyway: bool = False):
    return change_set_up(world.store, world.manager, Edit(tuple(records), tuple(remove)), anyway=anyway)


def repairs(world: World) -> list[int]:
    with world.store.read() as records:
        return [one.visit.id for one in repair_list(records, world.now)]


# Who may, and what is asked


def test_only_who_may_change_the_set_up_changes_it(world: World) -> None:
    edit = Edit((replace(world.room("Infusion 1"), name="Bay A"),))
    with pytest.raises(RightMissing, match="A manager can do it"):
        change_set_up(world.store, world.acting("Maya Jones"), edit)
    assert world.room("Infusion 1").version == 1


def test_a_record_that_does_not_stand_is_told_field_by_field_and_not_written(world: World) -> None:
    with pytest.raises(BadInput) as refused:
        save(world, Room(name=" infusion 1", fits=frozenset()))
    assert set(refused.value.problems) == {"name", "fits"}
    assert len(world.setup.rooms) == 7


def test_of_several_records_each_problem_names_its_own(world: World) -> None:
    fits = frozenset({"iv"})
    with pytest.raises(BadInput) as refused:
        save(world, Room(name="Bay A", fits=fits), Room(name="bay a", fits=fits), Room(name="", fits=fits))
    assert set(refused.value.problems) == {"0.name", "1.name", "2.name"}


def test_a_record_changed_meanwhile_is_not_written_over(world: World) -> None:
    seen = world.room("Infusion 1")
    save(world, replace(seen, name="Bay A"))
    with pytest.raises(StaleEdit):
        save(world, replace(seen, name="Bay B"))
    assert world.room("Bay A").version == 2


def test_the_trail_keeps_the_reason_and_who(world: World) -> None:
    edit = Edit((replace(world.room("Infusion 1"), name="Bay A"),), reason="new sign on the door")
    changes = change_set_up(world.store, world.manager, edit).changes
    assert changes.kinds == {"room"}
    with world.store.read() as records:
        (row,) = records.rows("SELECT person_id, reason FROM audit ORDER BY id DESC LIMIT 1")
    assert row == (world.manager.person_id, "new sign on the door")


# People and their shifts


def test_a_new_person_and_their_shifts_are_one_change(world: World) -> None:
    shift = Shift(weekdays=frozenset({0, 2}), start=480, end=960)
    records = save(world, Staff(name="Ana Cruz", initials="AC", roles=frozenset({Role.NURSE})), shift).records
    ana = world.person("Ana Cruz")
    assert records[0] == ana
    assert [one.weekdays for one in world.setup.shifts if one.staff_id == ana.id] == [frozenset({0, 2})]


def test_the_last_manager_stays(world: World) -> None:
    manager = world.person("Priya Kaur")
    for changed in (replace(manager, active=False), replace(manager, roles=frozenset({Role.RECEPTIONIST}))):
        with pytest.raises(BadInput, match="manager first"):
            save(world, changed)
    save(world, replace(world.person("Maya Jones"), roles=frozenset({Role.NURSE, Role.MANAGER})))
    save(world, replace(manager, active=False))
    assert not world.person("Priya Kaur").active


# What a change would strand


def test_an_absence_is_saved_only_when_its_visits_were_seen_and_then_never_refused(world: World) -> None:
    visit = world.book("IVM", TUESDAY, room="Infusion 1")
    away = Absence(staff_id=world.person("Maya Jones").id, from_day=TUESDAY, to_day=TUESDAY, reason="sick")
    with pytest.raises(WouldStrand) as told:
        save(world, away)
    assert [one.visit.id for one in told.value.visits] == [visit.id]
    assert [one.sentence() for one in told.value.visits[0].why] == [
        "Maya Jones does not work then. Pick somebody else or another time."
    ]
    assert (told.value.visits[0].patient, told.value.visits[0].type_name) == ("Okafor, Amara", "IV ketamine")
    assert world.setup.absences == ()

    saved = save(world, away, anyway=True)
    assert [one.visit.id for one in saved.stranded] == [visit.id]
    assert len(world.setup.absences) == 1
    assert world.visit(visit.id) == visit  # never moved
    assert repairs(world) == [visit.id]


def test_the_only_prescriber_away_uncovers_a_spravato_visit_that_needs_their_presence_alone(
    world: World,
) -> None:
    visit = world.book("SP1", TUESDAY, room="Spravato 1")
    away = Absence(
        staff_id=world.person("Dr. Priya Lin").id,
        from_day=TUESDAY,
        from_minute=11 * 60,
        to_day=TUESDAY,
        to_minute=11 * 60 + 30,
    )
    with pytest.raises(WouldStrand) as told:
        save(world, away)
    assert [one.visit.id for one in told.value.visits] == [visit.id]
    # prep 20 and dosing 5 from 9:00, then 120 minutes: until 11:25
    assert [one.sentence() for one in told.value.visits[0].why] == [
        "No prescriber is on site from 11:00 AM to 11:25 AM on Tue, Nov 3, "
        "while a patient is dosed or watched."
    ]


def test_a_break_does_not_uncover(world: World) -> None:
    world.book("SP1", TUESDAY, room="Spravato 1")
    lin = world.person("Dr. Priya Lin")
    shift = next(one for one in world.setup.shifts if one.staff_id == lin.id)
    assert save(world, replace(shift, breaks=(Break(600, 660),))).stranded == ()


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("hours", "Infusion 1 is closed then."),
        ("closure", "Infusion 1 is closed then."),
        ("holiday", "Infusion 1 is closed then."),
        ("room out", "Infusion 1 is closed then."),
        ("room refitted", "Infusion 1 is not fitted for IV ketamine."),
        ("shift", "Maya Jones does not work then."),
        ("left", "Maya Jones does not work as a nurse."),
        ("role", "Maya Jones does not work as a nurse."),
    ],
)
def test_every_way_to_strand_a_visit_is_told(world: World, what: str, sentence: str) -> None:
    visit = world.book("IVM", TUESDAY, room="Infusion 1")
    room, maya = world.room("Infusion 1"), world.person("Maya Jones")
    shift = next(one for one in world.setup.shifts if one.staff_id == maya.id)
    changed = {
        "hours": replace(world.setup.clinic, hours=tuple(OpenHours(day, 600, 1050) for day in range(5))),
        "closure": Closure(room_id=room.id, from_day=MONDAY, to_day=date(2026, 11, 6)),
        "holiday": Closure(from_day=TUESDAY, to_day=TUESDAY, reason="Election Day"),
        "room out": replace(room, active=False),
        "room refitted": replace(room, fits=frozenset({"consult"})),
        "shift": replace(shift, weekdays=frozenset({0, 2})),
        "left": replace(maya, active=False),
        "role": replace(maya, roles=frozenset({Role.RECEPTIONIST})),
    }[what]
    with pytest.raises(WouldStrand) as told:
        save(world, changed)
    assert [one.visit.id for one in told.value.visits] == [visit.id]
    assert told.value.visits[0].why[0].sentence().startswith(sentence)
    assert repairs(world) == []
    save(world, changed, anyway=True)
    assert repairs(world) == [visit.id]
    assert world.visit(visit.id) == visit


def test_a_lower_watching_limit_strands_those_who_are_too_many(world: World) -> None:
    visits = [
        world.book("IVM", TUESDAY, NINE + 45 * n, room=f"Infusion {n + 1}") for n in range(2)
    ]  # recovery of the first overlaps the infusion of the second
    later = world.book("IVM", TUESDAY, 14 * 60, room="Infusion 3")
    maya = world.person("Maya Jones")
    with pytest.raises(WouldStrand) as told:
        save(world, replace(maya, watch_limit=1))
    assert [one.visit.id for one in told.value.visits] == [one.id for one in visits]
    assert later.id not in [one.visit.id for one in told.value.visits]
    assert told.value.visits[0].why[0].sentence() == (
        "Maya Jones would watch more than 1 patients at once. Give one of them to another nurse."
    )


def test_a_change_that_strands_nobody_is_saved_at_once(world: World) -> None:
    world.book("IVM", TUESDAY, room="Infusion 1")
    other = Closure(room_id=world.room("Infusion 2").id, from_day=MONDAY, to_day=date(2026, 11, 6))
    assert save(world, other).stranded == ()


def test_what_does_not_fit_already_is_not_told_again(world: World) -> None:
    visit = world.book("IVM", TUESDAY, room="Infusion 1")
    save(world, Closure(from_day=TUESDAY, to_day=TUESDAY), anyway=True)
    room = world.room("Infusion 1")
    assert save(world, Closure(room_id=room.id, from_day=TUESDAY, to_day=TUESDAY)).stranded == ()
    assert repairs(world) == [visit.id]


def test_the_past_is_not_stranded(world: World) -> None:
    world.book("IVM", MONDAY, room="Infusion 1")
    world.clock.forward(12 * 60)
    assert save(world, Closure(from_day=MONDAY, to_day=MONDAY)).stranded == ()
    assert repairs(world) == []


def test_taking_a_closure_away_heals_its_visits(world: World) -> None:
    world.book("IVM", TUESDAY, room="Infusion 1")
    (closure,) = save(world, Closure(from_day=TUESDAY, to_day=TUESDAY), anyway=True).records
    save(world, remove=[closure])
    assert world.setup.closures == ()
    assert repairs(world) == []


def test_what_would_be_stranded_can_be_asked_without_writing(world: World) -> None:
    visit = world.book("IVM", TUESDAY, room="Infusion 1")
    edit = Edit((Closure(from_day=TUESDAY, to_day=TUESDAY),))
    assert [one.visit.id for one in would_strand(world.store, edit, world.now)] == [visit.id]
    assert world.setup.closures == ()


def test_what_cannot_be_saved_strands_nothing(world: World) -> None:
    world.book("IVM", TUESDAY, room="Infusion 1")
    nowhere = Edit((replace(world.setup.clinic, zone="Moon/Tranquility"),))
    assert would_strand(world.store, nowhere, world.now) == []


def test_a_displaced_visit_heads_the_repair_list(world: World) -> None:
    early = world.book("IVM", TUESDAY, room="Infusion 1")
    late = world.book("IVM", TUESDAY, 14 * 60, room="Infusion 2")
    with world.store.write(world.manager) as unit:
        unit.save(replace(late, displaced=True))
        unit.commit()
    save(world, replace(world.room("Infusion 1"), active=False), anyway=True)
    assert repairs(world) == [late.id, early.id]


def test_a_booking_meets_the_new_hours(world: World) -> None:
    save(world, Closure(from_day=TUESDAY, to_day=TUESDAY, reason="Election Day"))
    with pytest.raises(Refusal, match="closed"):
        world.book("IVM", TUESDAY, room="Infusion 1")


# Visit types are versions


def with_minutes(one: VisitType, number: int, minutes: int) -> VisitType:
    phases: list[Phase] = list(one.phases)
    phases[number] = replace(phases[number], minutes=minutes)
    return replace(one, phases=tuple(phases))


def test_a_changed_visit_type_is_a_new_version_and_booked_visits_keep_theirs(world: World) -> None:
    visit = world.book("IVM", TUESDAY, room="Infusion 1")
    before = world.setup.type_by_code("IVM")
    save(world, with_minutes(before, 4, 60))
    after = world.setup.type_by_code("IVM")
    assert (after.number, after.current, after.phases[4].minutes) == (2, True, 60)
    kept = world.setup.type_by_id(before.id)
    assert (kept.number, kept.current, kept.phases) == (1, False, before.phases)
    assert world.visit(visit.id) == visit
    later = world.book("IVM", date(2026, 11, 4), room="Infusion 1")
    assert (later.type_id, later.end - later.start) == (after.id, 135)


def test_what_is_asked_before_a_visit_is_the_types_and_booked_visits_keep_theirs(world: World) -> None:
    visit = world.book("IVM", TUESDAY, room="Infusion 1")
    before = world.setup.type_by_code("IVM")
    assert before.scores == {"phq9"}
    save(world, replace(before, scores=frozenset({"gad7", "pain"})))
    after = world.setup.type_by_code("IVM")
    assert (after.number, after.scores) == (2, {"gad7", "pain"})
    assert world.setup.type_by_id(world.visit(visit.id).type_id).scores == {"phq9"}
    with pytest.raises(BadInput, match="is not known here"):
        save(world, replace(after, scores=frozenset({"beck"})))


def test_s4_what_is_asked_before_a_dose_is_the_types_and_booked_visits_keep_theirs(world: World) -> None:
    visit = world.book("IVM", TUESDAY, room="Infusion 1")
    before = world.setup.type_by_code("IVM")
    looser = (Ask(FOOD, 240), *before.asks[1:])
    save(world, replace(before, asks=looser))
    after = world.setup.type_by_code("IVM")
    assert (after.number, after.asks) == (2, looser)
    assert world.setup.type_by_id(world.visit(visit.id).type_id).asks[0] == Ask(FOOD, 360)


@pytest.mark.parametrize(
    "asks", [(Ask("breakfast"),), (Ask(FOOD, 60), Ask(FOOD, 90)), (Ask(FOOD),), (Ask(FOOD, 9999),)]
)
def test_a_question_that_nobody_knows_or_without_its_minutes_is_not_saved(
    world: World, asks: tuple[Ask, ...]
) -> None:
    with pytest.raises(BadInput):
        save(world, replace(world.setup.type_by_code("IVM"), asks=asks))


def test_two_changes_from_the_same_version_do_not_both_pass(world: World) -> None:
    seen = world.setup.type_by_code("IVM")
    save(world, with_minutes(seen, 4, 60))
    with pytest.raises(StaleEdit):
        save(world, with_minutes(seen, 4, 45))
    assert [one.number for one in world.setup.types if one.code == "IVM"] == [1, 2]


def test_a_retired_type_is_not_offered_and_comes_back_as_the_next_version(world: World) -> None:
    migraine = world.setup.type_by_code("IVMG")
    save(world, replace(migraine, current=False))
    assert all(one.code != "IVMG" or not one.current for one in world.setup.types)
    newest = next(one for one in world.setup.types if one.code == "IVMG")
    save(world, replace(newest, current=True))
    assert world.setup.type_by_code("IVMG").number == 2


def test_a_type_that_a_course_is_made_of_is_not_retired(world: World) -> None:
    with pytest.raises(BadInput, match="IV ketamine, 6 infusions is made of it"):
        save(world, replace(world.setup.type_by_code("IVM"), current=False))


# Going home


def profile(world: World) -> GoingHomeProfile:
    return world.setup.profiles[0]


def test_a_profile_that_accepts_more_holds_at_once_and_lets_held_visits_be_booked(world: World) -> None:
    visit = world.book("IVM", TUESDAY, room="Infusion 1")
    alone = GoingHomePlan(TransportKind.TAXI_ALONE)
    name_driver(world.store, world.manager, [(visit.id, visit.version)], alone)
    assert world.visit(visit.id).state is VisitState.HELD
    more = profile(world).accepts | {TransportKind.TAXI_ALONE}
    save(world, replace(profile(world), accepts=more))
    assert [one.accepts for one in world.setup.profiles] == [more]
    assert world.visit(visit.id).state is VisitState.BOOKED


def test_a_profile_that_asks_more_is_for_new_visits_and_booked_ones_keep_their_promise(world: World) -> None:
    visit = world.book("IVM", TUESDAY, room="Infusion 1")
    old = profile(world)
    save(world, replace(old, accepts=frozenset({TransportKind.PAID_ESCORT})))
    setup = world.setup
    assert setup.profile_of(setup.type_by_id(visit.type_id)) == old
    new = setup.profile_of(setup.type_by_code("IVM"))
    assert new is not None
    assert new.accepts == frozenset({TransportKind.PAID_ESCORT})
    assert {one.profile_id for one in setup.types if one.current and one.is_treatment} == {new.id}
    assert world.visit(visit.id).state is VisitState.BOOKED
    assert world.book("IVM", TUESDAY, 14 * 60, room="Infusion 1").state is VisitState.HELD


# The clinic's zone


def test_r7_another_time_zone_keeps_the_clock_time_of_coming_visits(world: World) -> None:
    visit = world.book("IVM", TUESDAY, room="Infusion 1")
    save(world, replace(world.setup.clinic, zone="America/Denver"))
    now = world.visit(visit.id)
    assert (now.day, now.minute, now.zone) == (TUESDAY, NINE, "America/Denver")
    assert now.start == to_utc_minute(WallTime(TUESDAY, NINE), "America/Denver") == visit.start + 60
    with world.store.read() as records:
        rooms = [one for one in records.claims_between(now.start, now.end) if one.kind == "room"]
    assert [(one.start, one.end) for one in rooms] == [(now.start, now.end)]
    assert repairs(world) == []


def test_hours_of_the_clinic_are_kept_by_weekday(world: World) -> None:
    clinic = world.setup.clinic
    assert clinic.hours == HOURS
    save(world, replace(clinic, hours=(*HOURS, OpenHours(5, 540, 780))))
    assert [one.weekday for one in world.setup.clinic.hours] == [0, 1, 2, 3, 4, 5]


def test_a_prescriber_who_leaves_now_uncovers_a_patient_who_is_being_watched(world: World) -> None:
    visit = world.book("SP1", MONDAY, NINE, room="Spravato 1")
    with world.store.write(world.manager) as unit:
        unit.lock_days([MONDAY])
        unit.save(replace(visit, state=VisitState.MONITORING))
        unit.commit()
    world.clock.forward(180)  # 10:00; watched until 11:25
    away = Absence(
        staff_id=world.person("Dr. Priya Lin").id, from_day=MONDAY, from_minute=10 * 60, to_day=MONDAY
    )
    saved = save(world, away, anyway=True)
    assert [one.sentence() for one in saved.stranded[0].why] == [
        "No prescriber is on site from 10:00 AM to 11:25 AM on Mon, Nov 2, "
        "while a patient is dosed or watched."
    ]


def test_what_somebody_went_over_with_a_reason_is_not_on_the_repair_list(world: World) -> None:
    visit = world.book("IVM", TUESDAY, room="Infusion 1")
    save(world, Closure(from_day=TUESDAY, to_day=TUESDAY), anyway=True)
    assert repairs(world) == [visit.id]
    there = to(visit, nurse_id=world.person("Tunde Bello").id)
    move(world.store, world.manager, [there], "opened for her")
    assert repairs(world) == []
