"""Numbers of identity documents are never stored: which texts hold one, and which only look like it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.people.identity_numbers import (
    identity_numbers,
    new_identity_numbers,
    without_identity_numbers,
)
from clinic_desktop.people.model import Patient, Phone, UsualDriver
from clinic_desktop.treatment.model import Stamp

AMARA = Patient(given_name="Amara", family_name="Okafor")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("123-45-6789", ("123-45-6789",)),
        ("her number is 123-45-6789.", ("123-45-6789",)),
        ("123.45.6789", ("123.45.6789",)),
        ("123 45 6789", ("123 45 6789",)),
        ("123 - 45 - 6789", ("123 - 45 - 6789",)),
        ("123–45–6789", ("123–45–6789",)),
        ("(1) 123-45-6789", ("123-45-6789",)),
        ("SSN 123456789", ("123456789",)),
        ("SSN: 123 456 789", ("123 456 789",)),
        ("SSN# 123/45/6789", ("123/45/6789",)),
        ("social security number is 123456789", ("123456789",)),
        ("Soc. Sec. No. 123456789", ("123456789",)),
        ("social 123456789", ("123456789",)),
        ("SSN 123 45 6789, licence D1234567", ("123 45 6789", "D1234567")),
        ("passport 533401234", ("533401234",)),
        ("Passport No.: C01X00T47", ("C01X00T47",)),
        ("US passport number 533401234", ("533401234",)),
        ("driver's license IL D123-4567-8901", ("D123-4567-8901",)),
        ("Drivers licence (CA): D1234567", ("D1234567",)),
        ("license # 12345678", ("12345678",)),
        ("DL D1234567", ("D1234567",)),
        ("DL# S 530 4601 2345", ("S 530 4601 2345",)),
        ("D.L. 12345678", ("12345678",)),
        ("ID number 12345678", ("12345678",)),
        ("ID card 12345678", ("12345678",)),
        ("ID # D1234567", ("D1234567",)),
        ("state ID 12345678", ("12345678",)),
        ("identity card no. L01X00T471", ("L01X00T471",)),
        ("pasaporte 123456789", ("123456789",)),
        ("licence\nD1234567", ("D1234567",)),
    ],
)
def test_numbers_of_documents_are_recognised(text: str, numbers: tuple[str, ...]) -> None:
    assert identity_numbers(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "",
        "call 555-123-4567",
        "(512) 555-0142 ext. 12",
        "512.555.0142",
        "512 555 0142",
        "+1 512 555 0142",
        "+358 40 1234567",
        "+44 20 7946 0958",
        "Lot 1234-56-7890",
        "lot 22AG123X, device 2",
        "56 mg, then 84 mg",
        "0.5 mg/kg (36 mg at 72 kg)",
        "100 50 2000 mg over three visits",
        "born 1984-04-12",
        "born 12.04.1984, 4/12/1984",
        "11/17/2026 10:15",
        "138/84 at 10:05, 132/80 at 10:45",
        "glucose 95 mg/dL 180515",
        "platelets 150000/dl 20260 stable",
        "no licence, drives anyway: 512-555-0142",
        "will bring her passport. 512-555-0142 is the daughter",
        "licence plate 7ABC123",
        "licence expires 12/2027",
        "licence valid to 2027-03-01",
        "licence 03-01-2027",
        "licence at 10115 Main Street",
        "passport: call 512-555-0142 first",
        "passport 512-555-0142",
        "social security office 512-555-0142",
        "social security 512-555-0142",
        "social worker 123456",
        "RN license 123456",
        "medical licence 12345678",
        "patient ID number 123456",
        "REMS ID # 12345678",
        "chart C00012, MRN 123456789",
        "ID checked at the door",
        "idle 123456 times",
        "12 Orchard Way, Springvale, IL 62701-1234",
        "12345678901234567890",
    ],
)
def test_other_numbers_are_let_be(text: str) -> None:
    assert identity_numbers(text) == ()


DIGIT = st.sampled_from("0123456789")
AREA = st.integers(1, 899).filter(lambda n: n != 666).map("{:03}".format)


@given(AREA, st.integers(1, 99), st.integers(1, 9999), st.sampled_from(["-", " ", ".", " - "]))
def test_every_social_security_number_is_recognised(area: str, group: int, serial: int, apart: str) -> None:
    number = f"{area}{apart}{group:02}{apart}{serial:04}"
    assert identity_numbers(f"told us {number} on the phone") == (number,)
    assert without_identity_numbers(f"told us {number} on the phone") == "told us on the phone"


@given(st.from_regex(r"\A(?:\+1 ?)?\(?[2-9]\d{2}\)?[-. ]\d{3}[-. ]\d{4}\Z", fullmatch=True))
def test_no_phone_number_is_taken_for_one(phone: str) -> None:
    for text in (phone, f"call {phone}", f"passport {phone}", f"licence, phone {phone}"):
        assert identity_numbers(text) == ()


@given(
    st.dates(date(1890, 1, 1)),
    st.sampled_from(["%m/%d/%Y", "%Y-%m-%d", "%d.%m.%Y", "%m-%d-%Y", "%B %d, %Y", "%Y%m%d"]),
)
def test_no_date_is_taken_for_one(day: date, form: str) -> None:
    assert identity_numbers(f"born {day.strftime(form)}") == ()
    assert form == "%Y%m%d" or identity_numbers(f"licence {day.strftime(form)}") == ()


@given(st.floats(0.1, 999, allow_nan=False), st.sampled_from(["mg", "mg/kg", "ml"]))
def test_no_dose_is_taken_for_one(dose: float, unit: str) -> None:
    assert identity_numbers(f"{dose:g} {unit}, then {dose * 2:g} {unit}") == ()


@given(st.text())
def test_nothing_is_left_after_taking_them_out(text: str) -> None:
    assert identity_numbers(without_identity_numbers(text)) == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("SSN 123 45 6789, licence D1234567", "SSN, licence"),
        ("first line\nSSN 123-45-6789 on file\nlast line", "first line\nSSN on file\nlast line"),
        ("nothing to take out", "nothing to take out"),
    ],
)
def test_what_stands_around_a_number_stays(text: str, left: str) -> None:
    assert without_identity_numbers(text) == left


def test_a_record_is_looked_through_with_all_it_is_made_of() -> None:
    filled = replace(
        AMARA,
        notes="passport 533401234",
        phones=(Phone("(512) 555-0142"), Phone("123-45-6789")),
        drivers=(UsualDriver("DL D1234567"),),
    )
    assert new_identity_numbers(filled) == {
        "phones.1.number": "123-45-6789",
        "notes": "533401234",
        "drivers.0.name": "D1234567",
    }


def test_a_lot_is_recorded_as_it_stands_on_the_box() -> None:
    assert new_identity_numbers(Stamp(lot="123-45-6789")) == {}
    assert new_identity_numbers(Stamp(note="123-45-6789")) == {"note": "123-45-6789"}


def test_a_text_that_was_there_before_stops_nothing_else() -> None:
    """It was kept before the program knew better: what happens now is still recorded."""
    before = replace(AMARA, notes="passport 533401234")
    assert new_identity_numbers(replace(before, alerts="hard of hearing"), before) == {}
    assert new_identity_numbers(replace(before, alerts="123-45-6789"), before) == {"alerts": "123-45-6789"}
