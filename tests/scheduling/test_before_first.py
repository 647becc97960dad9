"""What a new clinic has yet to do before its first treatment: read from the set-up, gone when it is done."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.before_first import before_first_treatment, offered_modalities, who_may
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.pressure_limits import set_limits
from clinic_desktop.scheduling.set_up_rules import FIRST_LIMITS, FIRST_PRESCRIBER, FIRST_SHEETS
from clinic_desktop.security.rights import Right
from tests.scheduling.set_up_world import World, certify, new_world

ALL = ("IV ketamine", "Spravato", "Intramuscular ketamine", "Ketamine with therapy")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = new_world(tmp_path)
    certify(made)
    yield made
    made.store.close()


def without_prescriber(setup: Setup) -> Setup:
    return replace(setup, staff=tuple(one for one in setup.staff if Role.PRESCRIBER not in one.roles))


def to_do(setup: Setup) -> list[str]:
    return [one.code for one in before_first_treatment(setup)]


def test_a_clinic_that_was_just_made_waits_for_the_limits_of_all_it_offers(world: World) -> None:
    one, other = before_first_treatment(world.setup)
    assert (one.rule, other.rule) == (FIRST_LIMITS, FIRST_SHEETS)
    assert one.params == {"treatments": ALL}


def test_approved_texts_are_not_told(world: World) -> None:
    (one,) = before_first_treatment(world.setup, texts_approved=True)
    assert one.rule == FIRST_LIMITS


def test_each_treatment_leaves_the_list_as_a_prescriber_sets_it_until_nothing_is_left(world: World) -> None:
    prescriber = world.acting("Dr. Priya Lin")
    for number, name in enumerate(ALL):
        assert before_first_treatment(world.setup)[0].params == {"treatments": ALL[number:]}
        way = next(one for one in world.setup.modalities if one.name == name)
        set_limits(world.store, prescriber, (way.id, way.version), way.limits)
    assert before_first_treatment(world.setup) == []


def test_what_no_room_is_fit_for_is_not_offered_and_not_asked_for(world: World) -> None:
    setup = world.setup
    rooms = tuple(replace(one, active="spravato" in one.fits) for one in setup.rooms)
    assert [one.code for one in offered_modalities(replace(setup, rooms=rooms))] == ["spravato"]
    one, _sheets = before_first_treatment(replace(setup, rooms=rooms))
    assert one.params == {"treatments": ("Spravato",)}


def test_what_no_visit_type_stands_for_any_more_is_not_offered(world: World) -> None:
    types = tuple(replace(one, current=one.modality != "im") for one in world.setup.types)
    assert "im" not in [one.code for one in offered_modalities(replace(world.setup, types=types))]


def test_a_clinic_without_a_prescriber_is_told_so_first(world: World) -> None:
    assert to_do(without_prescriber(world.setup)) == [
        FIRST_PRESCRIBER.code,
        FIRST_LIMITS.code,
        FIRST_SHEETS.code,
    ]


def test_a_prescriber_who_has_left_does_not_count(world: World) -> None:
    left = tuple(replace(one, active=Role.PRESCRIBER not in one.roles) for one in world.setup.staff)
    assert FIRST_PRESCRIBER.code in to_do(replace(world.setup, staff=left))


def test_a_clinic_that_only_talks_has_nothing_to_do(world: World) -> None:
    talks = tuple(one for one in world.setup.types if not one.is_treatment)
    assert before_first_treatment(without_prescriber(replace(world.setup, types=talks))) == []


def test_who_can_is_named(world: World) -> None:
    assert who_may(world.setup, Right.SET_LIMITS) == ["Dr. Priya Lin"]
    assert who_may(world.setup, Right.SET_UP) == ["Priya Kaur"]
    assert who_may(without_prescriber(world.setup), Right.SET_LIMITS) == []
