"""A whole list, looked at before anything is kept."""

import csv
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.people.importing.columns import DateOrder
from clinic_desktop.people.importing.preview import preview
from tests.shared_data import shared

TODAY = date(2026, 11, 21)


def codes(findings):
    return [finding.code for finding in findings]


@pytest.mark.parametrize("folder", ["massachusetts_115", "nebraska_111"])
def test_synthea_lists_come_in_whole(folder):
    place = shared("data/patients_synthea")
    expected = json.loads((place / "expected.json").read_text(encoding="utf-8"))[folder]
    path = place / folder / "patients.csv"
    looked_at = preview(path.read_bytes(), TODAY)
    patients = [draft.patient for draft in looked_at.rows]
    assert looked_at.ready
    assert looked_at.problems == ()
    assert (looked_at.read, len(patients)) == (expected["rows"], expected["rows"])
    assert len({(p.source, p.source_id) for p in patients}) == expected["distinct_ids"]
    assert {p.source for p in patients} == {"Synthea"}
    assert sum(p.death_date is not None for p in patients) == expected["deceased"]
    assert sum(p.sex.value == "female" for p in patients) == expected["female"]
    assert sum(p.sex.value == "male" for p in patients) == expected["male"]
    assert sum("'" in p.name for p in patients) == expected["apostrophe_name"]
    assert sum(not p.address.postcode for p in patients) == expected["empty_zip"]
    assert str(patients[0].birth_date) == expected["birth_first_row"]
    assert not any(c.isdigit() for p in patients for c in p.name)
    assert looked_at.mapping.dropped == ("SSN", "DRIVERS", "PASSPORT")
    assert {"import-identity-columns", "import-synthea-digits"} <= set(codes(looked_at.notes))
    kept = repr(patients)
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        for column in ("SSN", "DRIVERS", "PASSPORT"):
            assert not row[column] or row[column] not in kept


def test_the_order_of_dates_is_asked_and_can_be_told():
    data = b"Last,DOB\nLee,4/12/1984\nOkafor,1/2/1990\n"
    asked = preview(data, TODAY)
    assert not asked.ready
    assert asked.rows == ()
    assert [question.sentence() for question in asked.questions] == [
        "4/12/1984 could be 1984-04-12 or 1984-12-04, and no row says which. "
        "Say whether the month or the day stands first."
    ]
    for told in (
        preview(data, TODAY, date_order=DateOrder.DAY_FIRST),
        preview(data, TODAY, {"DOB": "birth_date:day-first"}),
    ):
        assert told.ready
        assert [draft.patient.birth_date for draft in told.rows] == [date(1984, 12, 4), date(1990, 2, 1)]


def test_a_list_without_a_name_column_is_asked():
    asked = preview(b"Foo,Bar\n1,2\n", TODAY)
    assert [question.sentence() for question in asked.questions] == [
        'No column was recognized as the name. Say which one it is, for example "Foo=family_name".'
    ]
    told = preview(b"Foo,Bar\nLee,2\n", TODAY, {"Foo": "family_name"})
    assert [draft.patient.family_name for draft in told.rows] == ["Lee"]


def test_an_unclear_column_is_asked():
    asked = preview(b"First,Last,Email,E-Mail\nAnn,Lee,a@example.org,b@example.org\n", TODAY)
    assert codes(asked.questions) == ["import-column", "import-column"]
    assert asked.rows == ()


def test_what_cannot_be_told_is_refused():
    with pytest.raises(BadInput):
        preview(b"Last\nLee\n", TODAY, {"First": "given_name"})


@pytest.mark.parametrize("data", [b"", b"\n\n", b"First,Last\n", b"\xef\xbb\xbf", b"\x00\x00"])
def test_an_empty_list_is_said(data):
    assert codes(preview(data, TODAY).questions) == ["import-empty"]


def test_lines_above_the_heading_are_passed_over():
    data = b"Patients of Salem Clinic,,\nPrinted 11/21/2026,,\n\nFirst,Last,DOB\nAnn,Lee,4/13/1984\n"
    looked_at = preview(data, TODAY)
    assert [(draft.row, draft.patient.name) for draft in looked_at.rows] == [(5, "Lee, Ann")]
    assert "The heading is row 4. What stands above was not read." in [n.sentence() for n in looked_at.notes]


def test_a_list_as_a_german_spreadsheet_writes_it():
    data = (
        "Name;Vorname;Geburtsdatum;Straße;PLZ;Ort;Telefon\r\n"
        "Weiß;Jürgen;30.04.1984;Hauptstraße 1;01067;Dresden;030 901820\r\n"
    )
    looked_at = preview(data.encode("cp1252"), TODAY, {"Name": "family_name"})
    (draft,) = looked_at.rows
    assert (looked_at.encoding, looked_at.separator) == ("cp1252", ";")
    assert draft.patient.name == "Weiß, Jürgen"
    assert draft.patient.birth_date == date(1984, 4, 30)
    assert draft.patient.address.postcode == "01067"


def test_two_digit_years_are_said():
    looked_at = preview(b"Last,DOB\nLee,4/13/84\n", TODAY)
    assert "Years of two digits are read as 1927 to 2026." in [note.sentence() for note in looked_at.notes]


def test_damaged_characters_are_said():
    looked_at = preview(("Last\n" + "José\n" * 20).encode() + b"Zo\xeb\n", TODAY)
    assert codes(looked_at.notes)[0] == "import-characters"


def test_a_row_without_a_number_of_its_own_is_known_again():
    data = b"First,Last,DOB,Phone\nAnn,Lee,4/13/1984,555-010-4477\nAnn,Lee,4/14/1984,555-010-4477\n"
    again = b'DOB,Tel,Name\n1984-04-13,(555) 010-4477,"LEE, Ann"\n'
    first, second = (draft.patient.source_id for draft in preview(data, TODAY).rows)
    (same,) = (draft.patient.source_id for draft in preview(again, TODAY).rows)
    assert first == same != second


def test_files_that_are_no_lists_are_answered_calmly():
    for folder in ("encodings", "sqlite_damaged", "csv_spectrum/csvs"):
        for path in sorted(shared(f"data/bad_input/{folder}").iterdir()):
            if path.is_file():
                looked_at = preview(path.read_bytes(), TODAY)
                assert looked_at.questions or looked_at.rows or looked_at.problems, path.name


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data):
    preview(data, TODAY)


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=5), max_size=8))
def test_every_row_is_a_patient_or_has_a_reason(rows):
    lines = [
        "First,Last,DOB,Email",
        *(",".join(cell.replace("\r", " ").replace("\n", " ") for cell in row) for row in rows),
    ]
    looked_at = preview(
        "\n".join(lines).encode("utf-8", errors="replace"), TODAY, date_order=DateOrder.MONTH_FIRST
    )
    if looked_at.ready and looked_at.headings == ("First", "Last", "DOB", "Email"):
        numbers = {draft.row for draft in looked_at.rows} | {problem.row for problem in looked_at.problems}
        assert len(numbers) == looked_at.read
        assert not {draft.row for draft in looked_at.rows} & {problem.row for problem in looked_at.problems}
