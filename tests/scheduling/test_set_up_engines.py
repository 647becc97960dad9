"""The set-up on each database, by a role with the least rights, and against bookings at the same time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.people.model import Absence, Shift, Staff
from clinic_desktop.scheduling.model import Closure
from clinic_desktop.scheduling.set_up import Edit, WouldStrand, change_set_up
from clinic_desktop.scheduling.stranded import repair_list
from clinic_desktop.storage.store import SqlStore
from tests.at_once import at_once
from tests.scheduling.set_up_world import MONDAY, NINE, TUESDAY, World, world_in


@pytest.fixture
def world(any_store: SqlStore) -> World:
    return world_in(any_store)


def save(world: World, *records, remove=(), anyway: bool = False):
    return change_set_up(world.store, world.manager, Edit(tuple(records), tuple(remove)), anyway=anyway)


def test_every_kind_of_record_is_written_and_what_can_go_goes(world: World) -> None:
    setup = world.setup
    nurse = Staff(name="Ana Cruz", initials="AC", roles=world.person("Maya Jones").roles)
    week = Shift(weekdays=frozenset({0}), start=480, end=960)
    away = Absence(from_day=MONDAY, to_day=MONDAY)
    _, shift, absence = save(world, nurse, week, away).records
    closure = save(world, Closure(from_day=MONDAY, to_day=MONDAY, reason="Holiday")).records[0]
    save(world, replace(setup.clinic, name="Oak Street Clinic"))
    save(world, replace(setup.rooms[0], name="Consult A"))
    save(world, replace(setup.type_by_code("IVM"), max_gap_days=8))
    save(world, replace(setup.templates[0], span_days=28))
    save(world, replace(setup.profiles[0], min_stay_alone=180))
    now = world.setup
    assert (now.clinic.name, now.rooms[0].name, now.type_by_code("IVM").number) == (
        "Oak Street Clinic", "Consult A", 3,
    )  # fmt: skip
    save(world, remove=[shift, absence, closure])
    assert shift not in world.setup.shifts
    assert world.setup.absences == world.setup.closures == ()


def test_another_zone_keeps_clock_times_and_claims_follow(world: World) -> None:
    visits = [world.book("IVM", TUESDAY, NINE + 120 * n, room="Infusion 1") for n in range(3)]
    save(world, replace(world.setup.clinic, zone="America/Los_Angeles"))
    with world.store.read() as records:
        claims = records.claims_between(0, 2**31 - 1)
    for before in visits:
        now = world.visit(before.id)
        assert (now.minute, now.start) == (before.minute, before.start + 120)
        assert min(one.start for one in claims if one.visit_id == now.id) == now.start - 15


@pytest.mark.parametrize("round_", range(4))
def test_a_closure_and_a_booking_at_once_never_pass_each_other(world: World, round_: int) -> None:
    """Either the booking came first and the closure names it, or the closure did and refuses it."""
    day = TUESDAY + timedelta(days=round_ if round_ < 3 else 6)
    closure = Closure(from_day=day, to_day=day)
    closed, booked = at_once(lambda: save(world, closure), lambda: world.book("IVM", day, room="Infusion 1"))
    with world.store.read() as records:
        visits = records.visits_on(day, day)
    if isinstance(closed, WouldStrand):
        assert [one.visit.id for one in closed.visits] == [one.id for one in visits]
        assert world.setup.closures == ()
    else:
        assert isinstance(booked, ClinicProblem)
        assert visits == []


def test_two_desks_that_change_the_same_record_at_once_do_not_both_pass(world: World) -> None:
    seen = world.room("Infusion 1")
    answers = at_once(
        lambda: save(world, replace(seen, name="Bay A")), lambda: save(world, replace(seen, name="Bay B"))
    )
    assert sum(isinstance(one, ClinicProblem) for one in answers) == 1
    assert max(room.version for room in world.setup.rooms) == 2


def test_two_managers_cannot_take_each_other_out(world: World) -> None:
    maya, kaur = world.person("Maya Jones"), world.person("Priya Kaur")
    save(world, replace(maya, roles=maya.roles | kaur.roles))
    maya = world.person("Maya Jones")
    at_once(
        lambda: save(world, replace(maya, active=False)), lambda: save(world, replace(kaur, active=False))
    )
    assert sum(one.active for one in (world.person("Maya Jones"), world.person("Priya Kaur"))) == 1


def test_an_absence_far_ahead_finds_its_visits(world: World) -> None:
    far = date(2027, 10, 4)
    visit = world.book("IVM", far, room="Infusion 1")
    maya = world.person("Maya Jones")
    saved = save(world, Absence(0, 0, maya.id, from_day=far, to_day=far), anyway=True)
    assert [one.visit.id for one in saved.stranded] == [visit.id]
    with world.store.read() as records:
        assert [one.visit.id for one in repair_list(records, world.now)] == [visit.id]
