"""One way to write a phone number, at every door it comes in by."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.people.model import Contact, Patient, Phone, TransportKind, UsualDriver
from clinic_desktop.people.patients import create, edit, quick_create
from clinic_desktop.people.phones import usual_phone
from clinic_desktop.scheduling.model import GoingHomePlan, Visit
from tests.people.small_clinic import SmallClinic

DESK = Actor(0, frozenset({Role.RECEPTIONIST}), "front")


@pytest.mark.parametrize(
    "typed",
    [
        "2155550172",
        "215-555-0172",
        "215.555.0172",
        "(215)555-0172",
        "1 215 555 0172",
        "+1 (215) 555-0172",
        "(215) 555-0172",
        "  215  555  0172 ",
    ],
)
def test_a_number_of_north_america_reads_alike(typed: str) -> None:
    assert usual_phone(typed) == "(215) 555-0172"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("215-555-0172 x 12", "(215) 555-0172 ext. 12"),
        ("(215) 555-0172 ext. 12", "(215) 555-0172 ext. 12"),
        ("555-0172", "555-0172"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("(015) 555-0172", "(015) 555-0172"),  # no area code begins so
        ("215-555-0172 ask for Bea", "215-555-0172 ask for Bea"),
        ("", ""),
    ],
)
def test_an_extension_stays_and_other_numbers_are_left_as_they_are(typed: str, kept: str) -> None:
    assert usual_phone(typed) == kept
    assert usual_phone(kept) == kept


def test_records_keep_it_so_whoever_writes_them(clinic: SmallClinic) -> None:
    made = create(
        clinic.store,
        DESK,
        Patient(
            given_name="Ann",
            family_name="Reed",
            phones=(Phone("2155550172"), Phone("+1 215 555 0173", "work")),
            emergency=Contact("Bea", "sister", "215.555.0174"),
            drivers=(UsualDriver(name="Ben", phone="215 555 0175"),),
        ),
    ).patient
    assert [one.number for one in made.phones] == ["(215) 555-0172", "(215) 555-0173"]
    assert made.emergency.phone == "(215) 555-0174"
    assert made.drivers[0].phone == "(215) 555-0175"
    again = edit(clinic.store, DESK, replace(made, phones=(Phone("2155550199"),))).patient
    assert again.phones[0].number == "(215) 555-0199"
    assert quick_create(clinic.store, DESK, "Noah", "Lee", "2155550111").patient.phones[0].number == (
        "(215) 555-0111"
    )


def test_who_drives_home_too() -> None:
    plan = GoingHomePlan(TransportKind.ADULT_DRIVES, "Bea", "2155550172", "sister", True)
    assert Visit().with_plan(plan).plan_phone == "(215) 555-0172"
