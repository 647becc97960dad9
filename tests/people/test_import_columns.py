"""Which column is which: recognised by the heading, asked, or told."""

import csv
from collections import defaultdict

import pytest

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.people.importing.columns import DateOrder, recognise
from clinic_desktop.people.importing.fields import Field, field_of, is_identity
from clinic_desktop.people.importing.systems import system_of
from tests.shared_data import shared


def known(mapping):
    return {column.heading: column.field for column in mapping.known}


def systems():
    headings, other_names = defaultdict(list), {}
    with shared("data/patient_import_headers/headers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            headings[row["system"].split(" (")[0], row["table"]].append(row["column"])
            other_names[row["column"]] = [name for name in row["other_accepted_names"].split("; ") if name]
    return headings, other_names


def test_patient_lists_of_other_systems_need_no_help():
    headings, _ = systems()
    assert {key: len(columns) for key, columns in headings.items()} == {
        ("Jane App", "patients"): 41,
        ("Jane App", "appointments"): 12,
        ("Workflow Health", "patients"): 18,
        ("PracticeRunner", "clients"): 18,
    }
    for (system, table), columns in headings.items():
        mapping = recognise(columns)
        wanted = {Field.GIVEN_NAME, Field.FAMILY_NAME}
        if table != "appointments":
            wanted |= {Field.BIRTH_DATE, Field.EMAIL}
            assert {Field.PHONE, Field.MOBILE_PHONE} & set(known(mapping).values()), system
            assert system_of(columns) == system
        assert wanted <= set(known(mapping).values()), system
        assert not mapping.ambiguous, system


def test_the_mail_and_phone_of_other_people_are_not_the_patients():
    headings, _ = systems()
    mapping = recognise(headings["Jane App", "patients"])
    for heading in (
        "Family Doctor Email",
        "Family Doctor Phone",
        "Guardian Name",
        "Referring Professional Phone",
    ):
        assert heading in mapping.unknown
    assert known(mapping)["Emergency Contact Phone"] is Field.EMERGENCY_PHONE
    assert mapping.dropped == ("Personal Health Number",)


def test_other_accepted_names_are_recognised_too():
    _, other_names = systems()
    same = {"First Name", "Middle Name", "Last Name", "Client", "Date of Birth", "Address", "Zip"}
    for column in same:
        assert other_names[column]
        for name in other_names[column]:
            assert field_of(name) is field_of(column), name
    assert is_identity("Member ID")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("FIRST", Field.GIVEN_NAME),
        ("patientFirstName", Field.GIVEN_NAME),
        ("First Name *", Field.GIVEN_NAME),
        ("Legal last name", Field.FAMILY_NAME),
        ("D.O.B.", Field.BIRTH_DATE),
        ("DOB (mm/dd/yyyy)", Field.BIRTH_DATE),
        ("Date de naissance", Field.BIRTH_DATE),
        ("Cell #", Field.MOBILE_PHONE),
        ("Phone 2", Field.PHONE),
        ("Phone Number", Field.PHONE),
        ("Patient's E-Mail Address", Field.EMAIL),
        ("ZIP/Postal Code", Field.POSTCODE),
        ("Preferred Language", Field.LANGUAGE),
        ("MRN", Field.SOURCE_ID),
        ("Driver Name", None),
        ("Email 2", None),
        ("Marketing Email Opt-In", None),
        ("", None),
        ("???", None),
    ],
)
def test_headings(heading, field):
    assert field_of(heading) is field


@pytest.mark.parametrize(
    "heading",
    [
        "SSN", "ssn#", "Soc. Sec. No.", "Social Security Number", "soc_sec_id", "Number (SSN)", "DRIVERS",
        "Driver's License", "drivers_license_number", "DL#", "Licence No", "PASSPORT", "Passport Number",
        "Personal Health Number", "Insurance ID", "Member ID", "Policy Number", "Group No", "Medicare #",
        "MedicaidID", "National ID", "Tax ID", "Health card number", "NHS Number", "Credit Card Number",
    ],
)  # fmt: skip
def test_identity_numbers_are_dropped(heading):
    mapping = recognise(["First Name", heading, "Last Name"])
    assert mapping.dropped == (heading,)
    assert set(known(mapping)) == {"First Name", "Last Name"}


@pytest.mark.parametrize(
    "heading", ["Driver", "Driver Name", "Usual driver", "Phone Number", "Chart Number", "Id", "Plan"]
)
def test_other_columns_are_not_dropped(heading):
    assert not is_identity(heading)


def test_two_columns_of_one_meaning_are_asked():
    mapping = recognise(["First", "Last", "Email", "E-mail address"])
    assert [(column.heading, column.candidates) for column in mapping.ambiguous] == [
        ("Email", (Field.EMAIL,)),
        ("E-mail address", (Field.EMAIL,)),
    ]
    told = recognise(["First", "Last", "Email", "E-mail address"], {"E-mail address": "email"})
    assert not told.ambiguous
    assert told.places(Field.EMAIL) == (3,)
    assert told.unknown == ("Email",)


def test_several_phones_are_welcome():
    assert not recognise(["Last", "Phone", "Phone 2", "Cell", "Home Phone"]).ambiguous


def test_a_misspelt_heading_is_asked():
    mapping = recognise(["Frist Name", "Last Name", "Birht Date"])
    assert [column.candidates for column in mapping.ambiguous] == [(Field.GIVEN_NAME,), (Field.BIRTH_DATE,)]


def test_name_beside_first_name_is_asked():
    (unclear,) = recognise(["Name", "Vorname", "Geburtsdatum"]).ambiguous
    assert unclear.candidates == (Field.FAMILY_NAME, Field.FULL_NAME)


def test_a_full_name_is_spare_where_its_parts_stand():
    assert recognise(["Client", "First Name", "Last Name"]).unknown == ("Client",)
    assert known(recognise(["Client", "DOB"])) == {"Client": Field.FULL_NAME, "DOB": Field.BIRTH_DATE}


def test_columns_can_be_told():
    mapping = recognise(
        ["A", "B", "C", "Email"], {"a": "family_name", "B": "birth_date:day-first", "Email": "ignore"}
    )
    assert known(mapping) == {"A": Field.FAMILY_NAME, "B": Field.BIRTH_DATE}
    assert mapping.date_order is DateOrder.DAY_FIRST
    assert mapping.unknown == ("C",)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"Nowhere": "email"}, "There is no column Nowhere. The columns are: First, Last and SSN."),
        ({"Last": "surname"}, "surname is not a field. The fields are: id, given_name"),
        ({"Last": "family_name:day-first"}, "family_name:day-first is not a field"),
        ({"Last": "birth_date:backwards"}, "birth_date:backwards is not a field"),
        ({"SSN": "id"}, "SSN holds identity numbers. The clinic does not keep those."),
    ],
)
def test_what_cannot_be_told_is_explained(told, says):
    with pytest.raises(BadInput) as refused:
        recognise(["First", "Last", "SSN"], told)
    assert str(refused.value).startswith(says)


def test_a_heading_may_say_the_order_of_dates():
    assert recognise(["Last", "DOB (mm/dd/yyyy)"]).date_order is DateOrder.MONTH_FIRST
    assert recognise(["Last", "DOB [DD.MM.YYYY]"]).date_order is DateOrder.DAY_FIRST
    assert recognise(["Last", "DOB"]).date_order is None


def test_an_unknown_system_is_a_list():
    assert system_of(["First", "Last"]) == "list"
