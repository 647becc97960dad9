"""What is said on the phone: nothing before the birth date, no treatment on a voicemail or in a text."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.people.model import Contact, ContactPermissions, Patient, Phone, TransportKind
from clinic_desktop.scheduling.call_list import CallRow, Span
from clinic_desktop.scheduling.call_words import Caller, Line, Script, script
from clinic_desktop.scheduling.calls import Whom
from clinic_desktop.scheduling.defaults import default_setup
from clinic_desktop.scheduling.model import Clinic, ClinicPhone, GoingHomePlan, Visit
from tests.small_clinic import BEA, MONDAY

CLINIC = Clinic(
    id=1, name="Riverside Ketamine", address="1 Oak Street", phones=(ClinicPhone("(217) 555-0100"),)
)
SETUP = default_setup(CLINIC)
TUESDAY = date(2026, 11, 17)
ALL = ContactPermissions(voicemail=True, text=True)
AMARA = Patient(
    id=1, given_name="Amara", family_name="Okafor", birth_date=date(1984, 4, 12),
    phones=(Phone("(512) 555-0142"),), permissions=ALL, emergency=Contact("Ben", "brother", "(512) 555-0177"),
)  # fmt: skip


def row(patient: Patient = AMARA, code: str = "IVM", plan: GoingHomePlan | None = BEA, **more) -> CallRow:
    visit_type = SETUP.type_by_code(code)
    visit = Visit(id=3, type_id=visit_type.id, day=TUESDAY, minute=600, start=1000, end=1100)
    word = "named" if plan else "missing"
    return CallRow(visit.with_plan(plan), visit_type, patient, Span.NEXT, more.pop("driver", word), **more)


def said(one: CallRow, whom: Whom = Whom.PATIENT) -> Script:
    return script(one, whom, Caller("Dana", SETUP, MONDAY))


def words(lines: tuple[Line, ...]) -> str:
    return " ".join(one.text() for one in lines)


SECRETS = ("ketamine", "Spravato", "infusion", "Riverside", "10:00", "9:45", "November 17", "Nov 17", "Bea")


@pytest.mark.parametrize("code", ["IVM", "SP56", "CON"])
def test_nothing_is_said_before_the_birth_date(code: str) -> None:
    first = words(said(row(code=code)).first)
    assert "date of birth" in first
    assert not [one for one in SECRETS if one.casefold() in first.casefold()]
    assert "April 12" not in first  # it is for them to say
    check = said(row(code=code)).check
    assert check is not None
    assert "April 12, 1984" in check.text()


def test_without_a_birth_date_on_record_something_else_is_compared() -> None:
    check = said(row(replace(AMARA, birth_date=None))).check
    assert check is not None
    assert "No birth date" in check.text()


@pytest.mark.parametrize("code", ["IVM", "SP56", "CON"])
def test_a_voicemail_and_a_text_name_no_treatment_and_no_clinic(code: str) -> None:
    spoken = said(row(code=code))
    assert spoken.message is not None
    assert spoken.sms is not None
    for line in (spoken.message, spoken.sms):
        hidden = ("ketamine", "Spravato", "infusion", "Riverside", "Bea", SETUP.type_by_code(code).name)
        assert not [one for one in hidden if one.casefold() in line.text().casefold()]
        assert "(217) 555-0100" in line.text()


def test_what_the_patient_has_not_allowed_has_no_words() -> None:
    spoken = said(row(replace(AMARA, permissions=ContactPermissions())))
    assert (spoken.message, spoken.sms) == (None, None)
    assert spoken.no_message is not None
    assert spoken.no_sms is not None


def test_the_visit_is_told_with_when_to_be_here_and_when_to_go_home() -> None:
    then = words(said(row()).then)
    lead = SETUP.type_by_code("IVM").lead
    assert f"9:{60 - lead:02}" in then if lead else "10:00 AM" in then
    assert "tomorrow, Tuesday, November 17" in then
    assert "Bea Marsh takes you home" in then


def test_a_missing_driver_is_asked_for() -> None:
    assert "Who takes you home" in words(said(row(plan=None)).then)


def test_a_way_home_without_a_person_is_said_as_it_is() -> None:
    plan = GoingHomePlan(TransportKind.TAXI_ALONE)
    assert "taxi or ride-share alone" in words(said(row(plan=plan)).then)


def test_a_visit_without_a_driver_says_nothing_of_one() -> None:
    assert "home" not in words(said(row(code="CON", plan=None, driver="")).then)


def test_the_driver_hears_no_treatment_and_no_family_name() -> None:
    spoken = said(row(), Whom.DRIVER)
    then = words((*spoken.first, *spoken.then))
    assert spoken.number == BEA.phone
    assert "18 or over" in then
    assert not [one for one in ("IV", "infusion", "Okafor", "1984") if one in then]


def test_nobody_can_be_called_who_is_not_named() -> None:
    assert said(row(plan=None), Whom.DRIVER).number == ""


def test_the_emergency_contact_hears_only_that_a_call_is_asked_for() -> None:
    spoken = said(row(), Whom.EMERGENCY)
    then = words((*spoken.first, *spoken.then))
    assert spoken.number == "(512) 555-0177"
    assert not [one for one in SECRETS if one.casefold() in then.casefold()]
    assert spoken.message is None


def test_another_language_asks_for_an_interpreter() -> None:
    assert words(said(row(replace(AMARA, language="es"))).notes) == (
        "Speaks Spanish: call with an interpreter."
    )
