"""Ways of treating: what stands, what stays once it is used, what goes, and whom a higher age strands."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import BadInput, RightMissing, StaleEdit
from clinic_desktop.people.model import Clearance, Order, Patient
from clinic_desktop.scheduling.defaults import ROOMS, default_setup
from clinic_desktop.scheduling.model import Modality, Setup
from clinic_desktop.scheduling.set_up import Edit, WouldStrand, change_set_up
from clinic_desktop.scheduling.set_up_modalities import (
    SHIPPED_FITS,
    SPRAVATO,
    Uses,
    fits_of,
    free_code,
    kept_problems,
    modality_problems,
    removal_problems,
    uses_in,
)
from clinic_desktop.scheduling.stranded import repair_list
from clinic_desktop.storage.store import SqlStore
from tests.scheduling.set_up_world import TUESDAY, World, world_in

SETUP = replace(default_setup(), rooms=tuple(replace(one, id=n) for n, one in enumerate(ROOMS, start=1)))
ORAL = Modality(code="oral", name="Oral ketamine lozenge", min_age=18)
RAPID = next(one for one in SETUP.modalities if one.code == SPRAVATO)
IV = next(one for one in SETUP.modalities if one.code == "iv")


@pytest.mark.parametrize("one", SETUP.modalities, ids=lambda one: one.code)
def test_every_way_that_ships_stands(one: Modality) -> None:
    assert modality_problems(one, SETUP) == {}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        (replace(ORAL, name=" "), "name"),
        (replace(ORAL, name="iv KETAMINE"), "name"),
        (replace(ORAL, code=""), "code"),
        (replace(ORAL, code="o"), "code"),
        (replace(ORAL, code="Oral"), "code"),
        (replace(ORAL, code="or al"), "code"),
        (replace(ORAL, code="orál"), "code"),
        (replace(ORAL, code="lozengelozenge"), "code"),
        (replace(ORAL, code="iv"), "code"),
        # rooms are fit for these by the same kind of code
        (replace(ORAL, code="therapy"), "code"),
        (replace(ORAL, code="consult"), "code"),
        (replace(ORAL, min_age=0), "min_age"),
        (replace(ORAL, min_age=100), "min_age"),
        (replace(ORAL, rems=True, min_age=17), "min_age"),
        (replace(ORAL, rems=True, min_age=None), "min_age"),
        # locked, whatever the clinic wants
        (replace(RAPID, min_age=17), "min_age"),
        (replace(RAPID, min_age=None), "min_age"),
        (replace(RAPID, rems=False), "rems"),
    ],
)
def test_ways_of_treating(changed: Modality, field: str) -> None:
    assert list(modality_problems(changed, SETUP)) == [field]


def test_what_is_locked_says_so_and_a_higher_age_is_the_clinics_choice() -> None:
    for changed in (replace(RAPID, min_age=17), replace(RAPID, rems=False)):
        assert [
            what.sentence().startswith("Locked: ") for what in modality_problems(changed, SETUP).values()
        ] == [True]
    assert modality_problems(replace(RAPID, min_age=21), SETUP) == {}
    assert modality_problems(replace(ORAL, min_age=None), SETUP) == {}


def test_the_code_stays_once_anything_goes_by_it() -> None:
    renamed = replace(ORAL, code="lozenge")
    assert kept_problems(ORAL, renamed, Uses()) == {}
    for uses in (Uses(types=("Lozenge",)), Uses(rooms=("Infusion 1",)), Uses(patients=True)):
        assert list(kept_problems(ORAL, renamed, uses)) == ["code"]
    assert list(kept_problems(RAPID, replace(RAPID, code="spray"), Uses())) == ["code"]


def test_the_program_stays_as_it_is_once_visits_were_planned() -> None:
    """Its visits would lack the cover, the minutes and the enrolment, or keep them without need."""
    under = replace(ORAL, rems=True)
    assert kept_problems(ORAL, under, Uses(rooms=("Infusion 1",))) == {}
    assert list(kept_problems(ORAL, under, Uses(types=("Lozenge",)))) == ["rems"]


def test_only_what_nobody_uses_goes() -> None:
    assert removal_problems(ORAL, Uses()) == {}
    for uses in (Uses(types=("Lozenge",)), Uses(rooms=("Infusion 1",)), Uses(patients=True)):
        assert removal_problems(ORAL, uses)
    assert removal_problems(RAPID, Uses())


def test_a_use_is_a_type_of_any_version_or_a_room() -> None:
    assert uses_in(SETUP, "im") == Uses(
        ("Intramuscular ketamine",), ("Infusion 1", "Infusion 2", "Infusion 3", "Infusion 4")
    )
    old = tuple(replace(one, current=False) for one in SETUP.types)
    assert uses_in(replace(SETUP, types=old), "kap").types == ("Ketamine with therapy",)
    assert not uses_in(SETUP, "oral")
    assert not uses_in(SETUP, "")


def with_oral(setup: Setup) -> Setup:
    return replace(setup, modalities=(*setup.modalities, ORAL))


def test_rooms_can_be_fit_for_each_way_of_treating() -> None:
    assert fits_of(SETUP) == SHIPPED_FITS
    assert fits_of(with_oral(SETUP)) == (*SHIPPED_FITS, "oral")


def test_a_way_whose_visits_go_to_rooms_for_something_else_has_no_fit_of_its_own() -> None:
    """Ketamine with therapy goes to therapy rooms: a tick for it would book nothing."""
    lozenge = replace(SETUP.type_by_code("KAP"), id=99, code="LOZ", modality="oral")
    setup = replace(with_oral(SETUP), types=(*SETUP.types, lozenge))
    assert "oral" not in fits_of(setup)
    ticked = replace(SETUP.rooms[0], fits=frozenset({"therapy", "oral"}))
    assert "oral" in fits_of(replace(setup, rooms=(ticked,)))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Oral ketamine lozenge", "oral"),
        ("Therapy with ketamine (KAP)", "twkk"),  # therapy is what rooms are used for
        ("Spravato at home", "sah"),
        ("IV", "iv2"),
        ("Intramuscularly", "intramuscu"),
        ("Ó", ""),
        ("", ""),
    ],
)
def test_a_code_is_suggested_from_the_name(name: str, code: str) -> None:
    assert free_code(name, [one.code for one in SETUP.modalities]) == code


# On a clinic's file


@pytest.fixture
def world(any_store: SqlStore) -> World:
    return world_in(any_store)


def save(world: World, *records, remove=(), anyway: bool = False):
    return change_set_up(world.store, world.manager, Edit(tuple(records), tuple(remove)), anyway=anyway)


def modality(world: World, code: str) -> Modality:
    return next(one for one in world.setup.modalities if one.code == code)


def test_a_manager_adds_and_renames_one(world: World) -> None:
    with pytest.raises(RightMissing):
        change_set_up(world.store, world.acting("Maya Jones"), Edit((ORAL,)))
    (added,) = save(world, ORAL).records
    save(world, replace(added, code="lozenge", name="Lozenge"))
    assert [one.name for one in world.setup.modalities][-1] == modality(world, "lozenge").name == "Lozenge"
    with pytest.raises(StaleEdit):
        save(world, replace(added, name="Troche"))


def test_one_that_the_set_up_uses_keeps_its_code_and_stays(world: World) -> None:
    im = modality(world, "im")
    for edit in (Edit((replace(im, code="shot"),)), Edit(remove=(im,))):
        with pytest.raises(BadInput) as refused:
            change_set_up(world.store, world.manager, edit)
        assert list(refused.value.problems) == ["code"]
    assert modality(world, "im") == im


@pytest.mark.parametrize("kind", [Clearance, Order])
def test_one_that_a_patients_record_names_stays_too(world: World, kind: type[Clearance | Order]) -> None:
    (oral,) = save(world, ORAL).records
    with world.store.write(PROGRAM) as unit:
        patient = unit.add(Patient(given_name="Amara", family_name="Okafor"))
        by = {"cleared_by": 1} if kind is Clearance else {"ordered_by": 1}
        unit.add(kind(patient_id=patient.id, modality="oral", **by))
        unit.commit()
    with pytest.raises(BadInput, match="patients' records name it"):
        save(world, remove=[oral])
    with pytest.raises(BadInput):
        save(world, replace(oral, code="lozenge"))


def test_one_that_nobody_uses_goes(world: World) -> None:
    (oral,) = save(world, ORAL).records
    save(world, remove=[oral])
    assert "oral" not in {one.code for one in world.setup.modalities}


# Whom a higher age strands


def born(world: World, patient_id: int, day: date | None) -> None:
    with world.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, patient_id), birth_date=day))
        unit.commit()


def why(visits) -> list[str]:
    return [found.code for one in visits for found in one.why]


def test_a_higher_age_shows_the_visits_of_the_younger_before_it_is_saved(world: World) -> None:
    young = world.book("IVM", TUESDAY, room="Infusion 1")
    world.book("IVM", TUESDAY, room="Infusion 2", minute=13 * 60)  # 42 years old
    born(world, young.patient_id, date(2006, 11, 4))  # 19 that Tuesday, 20 the day after
    older = replace(modality(world, "iv"), min_age=20)
    with pytest.raises(WouldStrand) as refused:
        save(world, older)
    assert [one.visit.id for one in refused.value.visits] == [young.id]
    (found,) = refused.value.visits[0].why
    assert found.sentence() == (
        "IV ketamine is for people of 20 or over, and Okafor, Amara is 19 on that day. "
        "Check the birth date, or cancel the visit."
    )
    save(world, older, anyway=True)
    with world.store.read() as records:
        assert [one.visit.id for one in repair_list(records, world.now)] == [young.id]
    assert world.visit(young.id) == young


def test_an_unknown_birth_date_is_shown_too_and_a_lower_age_strands_nobody(world: World) -> None:
    unknown = world.book("IVM", TUESDAY, room="Infusion 1")
    born(world, unknown.patient_id, None)
    with pytest.raises(WouldStrand) as refused:
        save(world, replace(modality(world, "iv"), min_age=18))
    assert why(refused.value.visits) == ["age-unknown"]
    save(world, replace(modality(world, "iv"), min_age=18), anyway=True)
    assert save(world, replace(modality(world, "iv"), min_age=None)).stranded == ()


def test_who_stands_on_the_repair_list_already_is_not_shown_again(world: World) -> None:
    young = world.book("IVM", TUESDAY, room="Infusion 1")
    born(world, young.patient_id, date(2010, 1, 1))
    save(world, replace(modality(world, "iv"), min_age=18), anyway=True)
    assert save(world, replace(modality(world, "iv"), min_age=21)).stranded == ()
