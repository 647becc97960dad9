"""Rows that were not imported come back as the list has them, with what to do about each."""

import csv
from datetime import date

from clinic_desktop.foundation.csv_out import write_csv
from clinic_desktop.people.importing.preview import preview
from clinic_desktop.people.importing.rejected import rejected_rows
from clinic_desktop.people.importing.rules import RowProblem

HEADS = ("Row", "Field", "Message")


def rejected(text: str, encoding: str = "utf-8") -> list[list[str]]:
    data = text.encode(encoding)
    seen = preview(data, date(2026, 11, 16))
    rows = rejected_rows(data, seen.problems, HEADS, _says)
    return list(csv.reader(write_csv(rows).splitlines()))


def _says(one: RowProblem) -> tuple[str, str]:
    return one.field, one.message


def test_the_columns_are_those_of_the_list_behind_row_field_and_message() -> None:
    head, row = rejected(
        "First name;Last name;DOB;Town\nAmara;Okafor;04/15/1984;Reno\nBen;Marsh;never;Elko\n"
    )
    assert head == [*HEADS, "First name", "Last name", "DOB", "Town"]
    assert row[0] == "3"
    assert row[1] == "birth_date"
    assert row[2].startswith("never is not a date")
    assert row[3:] == ["Ben", "Marsh", "never", "Elko"]


def test_a_row_with_several_problems_stands_there_once() -> None:
    _, row = rejected("First name,Last name,DOB\nAmara,Okafor,04/15/1984\n,,never\n")
    assert len(row[1].split("; ")) > 1


def test_a_row_that_is_too_long_keeps_all_its_cells() -> None:
    _, row = rejected("First name,Last name,DOB\nAmara,Okafor,04/15/1984\nBen,Marsh,06/17/1990,more\n")
    assert row[3:] == ["Ben", "Marsh", "06/17/1990", "more"]


def test_a_spreadsheet_runs_nothing_of_it() -> None:
    _, row = rejected("First name,Last name,DOB\nAmara,Okafor,04/15/1984\n=1+1,Marsh,never\n")
    assert row[3] == "'=1+1"


def test_identity_numbers_are_not_written() -> None:
    text = (
        "First name,Last name,DOB,SSN,Notes\nA,B,04/15/1984,,\nBen,Marsh,never,123-45-6789,SSN 123-45-6789\n"
    )
    head, row = rejected(text)
    assert head[6] == "SSN"
    assert "6789" not in ",".join(row)


def test_a_title_above_the_heading_and_another_encoding_are_read_as_before() -> None:
    text = "Patients of 2026\nFirst name,Last name,DOB\nJosé,Ruiz,04/15/1984\nZoë,Marsh,never\n"
    head, row = rejected(text, "cp1252")
    assert head == [*HEADS, "First name", "Last name", "DOB"]
    assert (row[0], row[3]) == ("4", "Zoë")


def test_a_phone_that_is_brought_again_is_the_one_of_the_list() -> None:
    head, row = rejected("First name,Last name,DOB,Phone\nBen,Marsh,never,+1 512 555 0142\n")
    row[5] = "06/17/1990"
    seen = preview(write_csv([head, row]).encode(), date(2026, 11, 16))
    assert [one.number for one in seen.rows[0].patient.phones] == ["(512) 555-0142"]


def test_put_right_it_is_imported() -> None:
    head, row = rejected("First name,Last name,DOB\nAmara,Okafor,04/15/1984\nBen,Marsh,never\n")
    row[5] = "06/17/1990"
    seen = preview(write_csv([head, row]).encode(), date(2026, 11, 16))
    assert [one.patient.family_name for one in seen.rows] == ["Marsh"]
