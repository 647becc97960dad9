"""A new clinic from the answers of the first start."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import BadInput, RightMissing, StoreRefused
from clinic_desktop.scheduling.defaults import TEMPLATES, VISIT_TYPES
from clinic_desktop.scheduling.model import ClinicPhone, OpenHours, Room
from clinic_desktop.scheduling.set_up_new import Answers, NewPerson, answer_problems, make_clinic, staff_of
from clinic_desktop.scheduling.working import Roster
from clinic_desktop.storage.store import SqlStore
from tests.scheduling.set_up_world import ANSWERS, TUESDAY, world_in

BAY = Room(name="Bay A", fits=frozenset({"iv"}))
NOBODY = NewPerson("", frozenset())


def test_it_is_ready_to_book(any_store: SqlStore) -> None:
    world = world_in(any_store)
    setup = world.setup
    assert (setup.clinic.id, setup.clinic.name) == (1, "Cedar Street Clinic")
    assert [one.name for one in setup.rooms][:2] == ["Consult 1", "Infusion 1"]
    assert len(setup.types) == len(VISIT_TYPES)
    assert len(setup.templates) == len(TEMPLATES)
    roster = Roster(setup)
    for one in setup.staff:
        assert roster.working(one.id, TUESDAY) == roster.clinic_open(TUESDAY)
    assert world.book("IVM", TUESDAY, room="Infusion 1").id


def test_people_get_initials_that_nobody_shares() -> None:
    names = ("Maya Jones", "Mark Johnson", "Mia Jo", "Dr. Priya Lin")
    people = tuple(NewPerson(name, frozenset({Role.NURSE})) for name in names)
    assert [one.initials for one in staff_of(Answers(people=people))] == ["MJ", "MaJ", "MiJ", "PL"]


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"name": ""}, ["name"]),
        ({"zone": "Mars"}, ["zone"]),
        ({"phones": (ClinicPhone(""),)}, []),
        ({"phones": (ClinicPhone("12"),)}, ["phones"]),
        ({"hours": (OpenHours(0, 600, 500),)}, ["hours"]),
        ({"rooms": ()}, ["rooms"]),
        ({"rooms": (BAY, Room(name="bay a"))}, ["rooms.0.name", "rooms.1.name", "rooms.1.fits"]),
        ({"people": ()}, ["people"]),
        ({"people": (NewPerson("Maya Jones", frozenset({Role.NURSE})),)}, ["people"]),
        ({"people": (*ANSWERS.people, NOBODY)}, ["people.4.name", "people.4.roles", "people.4.initials"]),
    ],
)  # fmt: skip
def test_answers(change: dict[str, object], fields: list[str]) -> None:
    assert sorted(answer_problems(replace(ANSWERS, **change))) == sorted(fields)


def test_answers_that_do_not_stand_make_nothing(any_store: SqlStore) -> None:
    with pytest.raises(BadInput):
        make_clinic(any_store, PROGRAM, replace(ANSWERS, name=""))
    assert any_store.change_number() == 0


def test_a_clinic_is_never_made_over_another(any_store: SqlStore) -> None:
    make_clinic(any_store, PROGRAM, ANSWERS)
    before = any_store.change_number()
    with pytest.raises(StoreRefused, match="clinic here already"):
        make_clinic(any_store, PROGRAM, replace(ANSWERS, name="Other"))
    assert any_store.change_number() == before


def test_a_nurse_makes_no_clinic(any_store: SqlStore) -> None:
    with pytest.raises(RightMissing):
        make_clinic(any_store, Actor(1, frozenset({Role.NURSE})), ANSWERS)


def test_shifts_follow_the_hours_given(any_store: SqlStore) -> None:
    hours = (OpenHours(0, 480, 720), OpenHours(0, 780, 1020), OpenHours(5, 540, 780))
    make_clinic(any_store, PROGRAM, replace(ANSWERS, hours=hours))
    with any_store.read() as records:
        setup = records.setup()
    roster = Roster(setup)
    for day in (date(2026, 11, 2), date(2026, 11, 7), date(2026, 11, 8)):
        assert roster.working(1, day) == roster.clinic_open(day)
    assert len([one for one in setup.shifts if one.staff_id == 1]) == 3
