"""Patients are added and changed: what stands, what does not, who may, and whose change counts."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing, StaleEdit
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people import rules
from clinic_desktop.people.languages import LANGUAGES
from clinic_desktop.people.model import Address, Contact, Patient, Phone, UsualDriver
from clinic_desktop.people.patients import create, edit, quick_create
from clinic_desktop.people.validation import problems
from tests.people.small_clinic import TODAY

AMARA = Patient(given_name="Amara", family_name="Okafor", birth_date=date(1984, 4, 12))
NOBODY = Actor(0, frozenset(), "desk 1")


def test_a_name_alone_makes_a_record_with_a_chart_number(clinic):
    saved = create(clinic.store, clinic.reception, Patient(family_name="Okafor"))
    assert saved.patient.chart_number == "C00001"
    assert saved.changes.patients == {saved.patient.id}
    assert clinic.get(Patient, saved.patient.id) == saved.patient


def test_a_caller_needs_name_and_phone(clinic):
    caller = quick_create(clinic.store, clinic.reception, "Amara", "", "(512) 555-0142").patient
    assert caller.phones == (Phone("(512) 555-0142"),)
    with pytest.raises(BadInput) as refused:
        quick_create(clinic.store, clinic.reception, "Amara", "Okafor", " ")
    assert refused.value.problems == {"phones": Finding(rules.PHONE_MISSING)}


@pytest.mark.parametrize("name", ["Nguyễn Thị Minh", "Παπαδόπουλος", "محمد", "O'Brien-Łukasz", "李小龍"])
def test_names_of_any_script_stay_letter_for_letter(clinic, name):
    saved = create(clinic.store, clinic.reception, Patient(family_name=name))
    assert clinic.get(Patient, saved.patient.id).family_name == name


def test_blanks_typed_by_accident_are_not_kept(clinic):
    typed = replace(
        AMARA, given_name="  Amara ", family_name="Van  der Merwe", phones=(Phone(" "),), notes=" \nx\n y "
    )
    kept = create(clinic.store, clinic.reception, typed).patient
    assert (kept.name, kept.phones, kept.notes) == ("Van der Merwe, Amara", (), "x\n y")


def test_a_change_keeps_what_nobody_types(clinic):
    before = create(
        clinic.store, clinic.reception, replace(AMARA, source="old system", source_id="77")
    ).patient
    typed = replace(
        before, email="amara@example.org", chart_number="C9", source="", source_id="", merged_into=4
    )
    after = edit(clinic.store, clinic.reception, typed).patient
    assert after == replace(before, email="amara@example.org", version=2)


def test_an_unchanged_record_is_not_written(clinic):
    before = create(clinic.store, clinic.reception, AMARA).patient
    saved = edit(clinic.store, clinic.reception, before)
    assert (saved.patient, bool(saved.changes)) == (before, False)


def test_the_second_of_two_desks_is_told(clinic):
    seen = create(clinic.store, clinic.reception, AMARA).patient
    edit(clinic.store, clinic.reception, replace(seen, email="one@example.org"))
    with pytest.raises(StaleEdit):
        edit(clinic.store, clinic.reception, replace(seen, email="two@example.org"))
    assert clinic.get(Patient, seen.id).email == "one@example.org"


def test_who_lacks_the_right_changes_nothing(clinic):
    seen = create(clinic.store, clinic.reception, AMARA).patient
    with pytest.raises(RightMissing):
        create(clinic.store, NOBODY, AMARA)
    with pytest.raises(RightMissing):
        edit(clinic.store, NOBODY, replace(seen, email="x@example.org"))
    assert clinic.find(Patient) == [seen]


def test_a_merged_record_is_not_changed(clinic):
    one, other = (create(clinic.store, clinic.reception, AMARA).patient for _ in range(2))
    with clinic.store.write(clinic.manager) as unit:
        gone = unit.save(replace(other, merged_into=one.id))
        unit.commit()
    with pytest.raises(Refusal, match="merged into another"):
        edit(clinic.store, clinic.reception, replace(gone, email="x@example.org"))


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        (Patient(), "family_name", "Enter a name"),
        (replace(AMARA, birth_date=date(2026, 11, 18)), "birth_date", "still to come"),
        (replace(AMARA, birth_date=date(1884, 4, 12)), "birth_date", "before 1901"),
        (replace(AMARA, death_date=date(1984, 4, 11)), "death_date", "before the birth date"),
        (replace(AMARA, death_date=date(2026, 11, 18)), "death_date", "still to come"),
        (replace(AMARA, rems_enrolled_on=date(2026, 11, 18)), "rems_enrolled_on", "still to come"),
        (
            replace(AMARA, phones=(Phone("(512) 555-0142"), Phone("555-01"))),
            "phones.1",
            "555-01 is not a whole",
        ),
        (replace(AMARA, emergency=Contact("Ben", "son", "12")), "emergency.phone", "7 to 15 digits"),
        (replace(AMARA, email="amara at example"), "email", "name@place.com"),
        (replace(AMARA, language="xx"), "language", "from the list"),
        (replace(AMARA, drivers=(UsualDriver(""),)), "drivers.0", "driver's name"),
        (replace(AMARA, drivers=(UsualDriver("Ben", from_minute=600, to_minute=600),)), "drivers.0", "Swap"),
        (replace(AMARA, notes="her number is 123-45-6789"), "notes", "social security"),
        (replace(AMARA, address=Address(street="SSN: 123456789")), "address.street", "social security"),
        (replace(AMARA, given_name="A" * 201), "given_name", "200 characters"),
        (replace(AMARA, notes="n" * 4001), "notes", "4000 characters"),
    ],
)
def test_what_does_not_stand_is_said_beside_its_field(typed, field, says):
    found = problems(typed, TODAY)
    assert list(found) == [field]
    assert says in found[field].sentence()


@pytest.mark.parametrize(
    "typed",
    [
        AMARA,
        replace(AMARA, birth_date=TODAY),
        replace(AMARA, death_date=TODAY),
        replace(AMARA, phones=(Phone("512-555-0142 ext 12"), Phone("+44 20 7946 0018"))),
        replace(AMARA, email="amara.okafor+clinic@mail.example.co.uk"),
        replace(AMARA, notes="Lot 1234-56-7890, call 555-123-4567"),
        replace(AMARA, drivers=(UsualDriver("Ben", "(512) 555-0143", weekdays=frozenset({4})),)),
    ],
)
def test_what_stands_is_left_in_peace(typed):
    assert problems(typed, TODAY) == {}


def test_every_language_has_an_english_name_and_english_and_spanish_come_first():
    assert list(LANGUAGES)[:2] == ["en", "es"]
    assert all(name[:1].isupper() for name in LANGUAGES.values())
    assert len(set(LANGUAGES.values())) == len(LANGUAGES)
