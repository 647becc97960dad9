"""CSV that a spreadsheet shows and never runs."""

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.csv_out import csv_cell, from_csv_cell, write_csv
from tests.shared_data import shared


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1 555 010 4477", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "＠x"],
)
def test_what_a_spreadsheet_would_run_is_marked_as_text(text):
    assert csv_cell(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["", "Okafor, Mary", "a=b", "1-2", "'quoted'", "100 %", "é", "(555) 010-4477"]
)
def test_other_text_stays_as_it_is(text):
    assert csv_cell(text) == text


@pytest.mark.parametrize(
    ("value", "cell"),
    [(None, ""), (-5, "-5"), (-0.25, "-0.25"), (12, "12"), (date(2026, 11, 21), "2026-11-21")],
)
def test_numbers_and_dates_are_written_plainly(value, cell):
    assert csv_cell(value) == cell


def test_known_payloads_are_harmless():
    payloads = shared("data/bad_input/csv_formula_payloads.txt").read_text(encoding="utf-8").splitlines()
    assert len(payloads) == 6
    rows = list(csv.reader(io.StringIO(write_csv([payloads]), newline="")))
    for payload, cell in zip(payloads, rows[0], strict=True):
        assert cell.removeprefix("'") == payload
        assert not cell.startswith(("=", "+", "-", "@"))


def test_lines_end_as_the_standard_says():
    assert write_csv([["a", 1], ["b, c", None]]) == 'a,1\r\n"b, c",\r\n'


def test_difficult_text_is_read_back_letter_for_letter():
    strings = json.loads(shared("data/bad_input/naughty_strings.json").read_text(encoding="utf-8"))
    text = write_csv([[string, "end"] for string in strings])
    for string, (cell, end) in zip(strings, csv.reader(io.StringIO(text, newline="")), strict=True):
        assert end == "end"
        assert cell in (string, "'" + string)


@given(st.lists(st.text(), min_size=1))
def test_no_cell_begins_with_a_formula_sign(row):
    cells = next(csv.reader(io.StringIO(write_csv([["begin", *row]]), newline="")))
    for text, cell in zip(row, cells[1:], strict=True):
        assert cell in (text, "'" + text)
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("text", ["+1 512 555 0142", " =1+1", "O'Hara", "'quoted'", "", "-"])
def test_a_cell_that_comes_back_is_the_text_it_was_made_of(text):
    assert from_csv_cell(csv_cell(text)) == text
