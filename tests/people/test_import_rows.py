"""One row of a list: a patient, or a reason with a remedy."""

import json
from datetime import date

import pytest

from clinic_desktop.people.importing.names import split_name, without_added_digits
from clinic_desktop.people.importing.preview import preview
from clinic_desktop.people.importing.values import language_of, sex_of
from clinic_desktop.people.model import Address, Contact, Patient, Phone, Sex
from tests.shared_data import shared

TODAY = date(2026, 11, 21)


def read(*rows, heading="First Name,Last Name,DOB,Phone,Email,Notes", **told):
    return preview("\n".join((heading, *rows)).encode(), TODAY, **told)


def only(looked_at):
    """The one patient of a list without problems."""
    assert not looked_at.problems
    (draft,) = looked_at.rows
    return draft.patient


def problem(looked_at):
    """(row, field, message) of the one row that stays out."""
    assert not looked_at.rows
    (found,) = looked_at.problems
    return found.row, found.field, found.message


def test_every_field_finds_its_place():
    heading = (
        "Id,First,Middle Name,Last,Preferred Name,DOB,Died,Sex,Language,Email,Cell,Home Phone,Work Phone,"
        "Address 1,Address 2,City,State,Zip,"
        "Emergency Contact,Emergency Contact Relationship,Emergency Contact Phone,"
        "Allergies,Medical Alert,Notes"
    )
    row = (
        "A7,Mary,Jane,Okafor,Mimi,1984-04-12,2020-01-02,F,Spanish,m@example.org,555-010-4477,555-010-4478,,"
        '12 Maple Street,Apt 4,Salem,OR,97301,David Okafor,husband,555-010-4479,None,Falls,"Two\nlines"'
    )
    assert only(read(row, heading=heading)) == Patient(
        given_name="Mary Jane",
        family_name="Okafor",
        preferred_name="Mimi",
        birth_date=date(1984, 4, 12),
        death_date=date(2020, 1, 2),
        sex=Sex.FEMALE,
        language="es",
        email="m@example.org",
        phones=(Phone("555-010-4477", "mobile"), Phone("555-010-4478", "home")),
        address=Address("12 Maple Street, Apt 4", "Salem", "OR", "97301"),
        emergency=Contact("David Okafor", "husband", "555-010-4479"),
        allergies="None",
        alerts="Falls",
        notes="Two\nlines",
        source="list",
        source_id="A7",
    )


def test_a_name_is_enough():
    patient = only(read(",Okafor,,,,"))
    assert (patient.given_name, patient.family_name, patient.birth_date) == ("", "Okafor", None)


@pytest.mark.parametrize("nothing", ["", "-", "n/a", "N/A", "None", "unknown", "NULL"])
def test_nothing_may_be_written_in_many_ways(nothing):
    patient = only(read(f"Mary,Okafor,{nothing},{nothing},{nothing},"))
    assert (patient.birth_date, patient.phones, patient.email) == (None, (), "")


def test_na_is_a_name():
    assert only(read("Na,None,,,,")).name == "None, Na"


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        (",,4/13/1984,,,", "family_name", "No name in this row. Add a first or a last name."),
        ("1984-04-12,Lee,,,,", "given_name", "1984-04-12 is not a name. Check the columns of this row."),
        (
            "Ann,ann@example.org,,,,",
            "family_name",
            "ann@example.org is not a name. Check the columns of this row.",
        ),
        ("Ann,Lee,soon,,,", "birth_date", "soon is not a date. Write it as 4/30/1984."),
        ("Ann,Lee,13/4/1984,,,", "birth_date", "13/4/1984 is not a date. Write it as 4/30/1984."),
        ("Ann,Lee,4/13/2084,,,", "birth_date", "This birth date is still to come. Check the year."),
        ("Ann,Lee,4/13/1784,,,", "birth_date", "A birth date before 1901 is too long ago. Check the year."),
        (f"Ann,{'Lee' * 99},,,,", "family_name", "At most 200 characters fit here. Shorten it."),
        (
            "Ann,Lee,4/13/1984,,,first, second",
            "",
            "This row has 7 cells, the heading has 6. "
            "Put quotation marks around the cell that holds the separator.",
        ),
        ("Ann,Lee", "", "This row ends before the column DOB. Put it on one line with all its cells."),
        ('"Ann,Lee,4/13/1984,,,', "", "A quotation mark in this row is not closed. Close it or take it out."),
    ],
)
def test_why_a_row_stays_out_and_what_to_do(row, field, message):
    looked_at = read("Eve,Adams,4/13/1984,,,", row, "Bob,Brown,4/14/1984,,,")
    assert [draft.row for draft in looked_at.rows] == [2, 4]
    (found,) = looked_at.problems
    assert (found.row, found.field, found.message) == (3, field, message)


def test_every_problem_of_a_row_is_said():
    looked_at = read(",,soon,,,")
    assert [(found.row, found.field) for found in looked_at.problems] == [
        (2, "family_name"),
        (2, "birth_date"),
    ]


def test_a_row_that_stays_out_says_whose_it_is_where_its_name_can_be_read():
    looked_at = read("Ann,Lee,soon,,,", "12,Lee,4/13/1984,,,", ",,soon,,,", "Ann,Lee,4/13/2084,,,")
    assert [(found.row, found.who) for found in looked_at.problems] == [
        (2, "Lee, Ann"),
        (3, ""),
        (4, ""),
        (4, ""),
        (5, "Lee, Ann"),
    ]


def test_a_death_before_the_birth_stays_out():
    row = problem(read("Ann,Lee,1984-04-12,1980-01-01", heading="First,Last,DOB,Date of Death"))
    assert row == (2, "death_date", "The date of death lies before the birth date. Check both.")


def test_missing_cells_at_the_end_are_empty_once_name_and_birth_date_stand():
    assert only(read("Ann,Lee,4/13/1984")).email == ""


def test_a_cell_too_many_that_is_empty_does_no_harm():
    assert only(read("Ann,Lee,4/13/1984,,,,,")).family_name == "Lee"


def test_what_is_not_understood_is_kept_in_the_notes_and_said():
    heading = "First,Last,Phone,Email,Sex,Language,Emergency Phone,Notes"
    looked_at = read("Ann,Lee,call her sister,ann at home,agender,Klingon,ask,Likes tea", heading=heading)
    patient = only(looked_at)
    assert (patient.phones, patient.email, patient.sex, patient.language) == ((), "", Sex.UNKNOWN, "en")
    assert patient.emergency.phone == ""
    assert patient.notes.splitlines() == [
        "Likes tea",
        "Sex: agender",
        "Language: Klingon",
        "Phone: call her sister",
        "Email: ann at home",
        "Emergency phone: ask",
    ]
    said = [note.sentence() for note in looked_at.notes]
    assert "Row 2: Klingon was not understood as language. It stands in the notes." in said
    assert len(said) == 5


def test_social_security_numbers_are_left_out_wherever_they_stand():
    looked_at = read("Ann,Lee,,,,SSN 123-45-6789 on file", "Eve,Lee,,,,fine")
    assert looked_at.rows[0].patient.notes == "SSN on file"
    (note,) = [one for one in looked_at.notes if one.code == "import-identity-numbers"]
    assert note.sentence() == (
        "Row 2: what looked like a social security, licence or passport number in notes was left out."
    )


def test_formulas_are_plain_text():
    patient = only(read("Ann,Lee,,,,\"=cmd|' /C calc'!A0\""))
    assert patient.notes == "=cmd|' /C calc'!A0"
    assert only(read("=Ann(),@Lee,,,,")).name == "@Lee, =Ann()"


def test_difficult_text_comes_in_letter_for_letter():
    strings = json.loads(shared("data/bad_input/naughty_strings.json").read_text(encoding="utf-8"))
    wanted = [text for text in strings if text.strip() and "\x00" not in text]
    assert len(wanted) > 200
    quoted = ['"' + text.replace('"', '""') + '"' for text in wanted]
    looked_at = read(*(f"Ann,Lee,,,,{text}" for text in quoted))
    assert not looked_at.problems
    assert [draft.patient.notes for draft in looked_at.rows] == [text.strip() for text in wanted]


@pytest.mark.parametrize(
    ("full", "given", "family"),
    [
        ("Okafor, Mary", "Mary", "Okafor"),
        ("Mary Okafor", "Mary", "Okafor"),
        ("Mary Jane Okafor", "Mary Jane", "Okafor"),
        ("Jan van der Merwe", "Jan", "van der Merwe"),
        ("John Smith Jr.", "John", "Smith Jr."),
        ("John Smith, Jr.", "John", "Smith, Jr."),
        ("Henry Adams III", "Henry", "Adams III"),
        ("Irene", "", "Irene"),
        ("山田太郎", "", "山田太郎"),
        ("van Dyke", "van", "Dyke"),
    ],
)
def test_names_in_one_column_are_split(full, given, family):
    assert split_name(full) == (given, family)


def test_a_split_is_said():
    looked_at = read('"Okafor, Mary",4/13/1984', heading="Client,DOB")
    assert only(looked_at).name == "Okafor, Mary"
    assert "import-names-split" in [note.code for note in looked_at.notes]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Freeman822", "Freeman"),
        ("María762 Eugenia12", "María Eugenia"),
        ("O'Hara248", "O'Hara"),
        ("Louis XIV", "Louis XIV"),
        ("R2D2", "R2D"),
        ("7of9", "7of"),
    ],
)
def test_added_digits_are_taken_off(name, bare):
    assert without_added_digits(name) == bare


def test_digits_in_the_names_of_other_lists_stay():
    assert only(read("Freeman822,Kessler503,,,,")).given_name == "Freeman822"


@pytest.mark.parametrize(
    ("text", "sex"),
    [("F", Sex.FEMALE), ("Male", Sex.MALE), ("non-binary", Sex.OTHER), ("U", Sex.UNKNOWN), ("42", None)],
)
def test_sexes(text, sex):
    assert sex_of(text) is sex


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("en", "en"),
        ("English", "en"),
        ("es-MX", "es"),
        ("spa", "es"),
        ("Español", "es"),
        ("VIETNAMESE", "vi"),
        ("zh_CN", "zh"),
        ("?", None),
    ],
)
def test_languages(text, code):
    assert language_of(text) == code
