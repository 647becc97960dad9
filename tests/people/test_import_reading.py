"""Bytes to rows: encodings, separators, quotation marks, line ends."""

import codecs
import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.people.importing.columns import recognised_count
from clinic_desktop.people.importing.encodings import decode
from clinic_desktop.people.importing.reading import Row, rows_of, separator_of, without_named_separator
from tests.shared_data import shared

NAMES = "First,Last,City\nJosé,García,Nîmes\nZoë,Brontë,Haworth\nJürgen,Weiß,Köln\n"
LISTS = {
    "western": NAMES,
    "curly apostrophe": "First,Last\nAnn,O\u2019Brien\n",
    "russian": "Имя,Фамилия\nИрина,Иванова\nДмитрий,Васильев\nПётр,Кузнецов\n",
    "japanese": "名,姓\n太郎,山田\n花子,佐藤\n",
    "greek": "Όνομα,Επώνυμο\nΓιώργος,Παπαδόπουλος\n",
    "hebrew": "שם,משפחה\nדוד,כהן\nשרה,לוי\n",
    "vietnamese": "Họ,Tên\nNguyễn,Ánh\n",
    "plain": "First,Last\nAnn,Lee\n",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", LISTS)
def test_unicode_is_recognised_with_and_without_a_mark(name, encoding):
    decoded = decode(LISTS[name].encode(encoding))
    assert (decoded.text, decoded.damaged) == (LISTS[name], 0)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("western", "cp1252"),
        ("western", "iso-8859-1"),
        ("western", "cp1254"),
        ("curly apostrophe", "cp1252"),
        ("russian", "cp1251"),
        ("japanese", "cp932"),
        ("japanese", "gb18030"),
    ],
)
def test_older_encodings_are_recognised(name, encoding):
    assert decode(LISTS[name].encode(encoding)).text == LISTS[name]


def test_one_accent_in_a_long_list_is_western():
    text = "First,Last\n" + "Ann,Lee\n" * 2000 + "José,Lee\n"
    assert decode(text.encode("cp1252")).text == text


def test_an_encoding_can_be_told():
    assert decode("Łukasz\n".encode("cp1250"), "cp1250").text == "Łukasz\n"


def test_a_few_damaged_characters_are_counted_not_guessed():
    data = ("José García\n" * 50).encode() + b"Zo\xeb\n"
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.damaged == 1
    assert decoded.text.startswith("José García\n")


def test_zero_bytes_are_left_out():
    assert decode(b"First,Last\nAn\x00n,Lee\nEve,Lee\nBob,Lee\nJoe,Lee\n").text.splitlines()[1] == "Ann,Lee"


def test_text_in_sixteen_encodings():
    folder = shared("data/bad_input/encodings")
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    assert len(expected) == 16
    for row in expected:
        data = (folder / row["file"]).read_bytes()
        right = data.decode(row["encoding"]).removeprefix("\ufeff")
        read = decode(data)
        # Windows writes one sign of Shift-JIS differently; lists come from Windows.
        same = right.replace("−", "－") if read.encoding == "cp932" else right
        assert (read.text, read.damaged) == (same, 0), row["file"]


@given(st.binary(max_size=200))
def test_any_bytes_become_text(data):
    assert "\x00" not in decode(data).text


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=60))
def test_what_was_marked_comes_back(text):
    assert decode(codecs.BOM_UTF8 + text.encode()).text == text


def cells(text, separator=","):
    return [row.cells for row in rows_of(text, separator)]


def test_spectrum_of_csv():
    folder = shared("data/bad_input/csv_spectrum")
    files = sorted((folder / "csvs").glob("*.csv"))
    assert len(files) == 12
    for file in files:
        heading, *rows = cells(decode(file.read_bytes()).text)
        found = [dict(zip(heading, row, strict=True)) for row in rows]
        wanted = json.loads((folder / "json" / f"{file.stem}.json").read_text(encoding="utf-8"))
        if file.stem == "location_coordinates":  # its answer is of another phone number
            wanted = [{**wanted, "Contact Phone Number": "2095257564"}]
        assert found == wanted, file.name


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    text = 'a,b\n\n"two\nlines",1\n,\nlast,2'
    assert list(rows_of(text, ",")) == [
        Row(1, ("a", "b")),
        Row(3, ("two\nlines", "1")),
        Row(5, ("last", "2")),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end):
    assert cells(end.join(("a,b", '"1",2', "3,4", ""))) == [("a", "b"), ("1", "2"), ("3", "4")]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("5'10\" tall,x,y", ("5'10\" tall", "x", "y")),
        ('"Bob" Smith,x,y', ('"Bob" Smith', "x", "y")),
        ('Robert "Bob" Smith,x,y', ('Robert "Bob" Smith', "x", "y")),
        ('"say ""hi""",x,y', ('say "hi"', "x", "y")),
        (' "padded" ,x,y', ("padded", "x", "y")),
        ('"",x,y', ("", "x", "y")),
    ],
)
def test_quotation_marks_right_and_wrong(line, read):
    rows = list(rows_of(f"a,b,c\n{line}\n1,2,3\n", ","))
    assert [row.cells for row in rows] == [("a", "b", "c"), read, ("1", "2", "3")]
    assert not any(row.quote_open for row in rows)


def test_an_open_quotation_mark_costs_its_own_row_only():
    text = 'a,b,c\n"open,1,2\n3,4,5\n6,7,8\n"x",9,10\n'
    rows = list(rows_of(text, ","))
    assert [(row.number, row.quote_open) for row in rows] == [
        (1, False),
        (2, True),
        (3, False),
        (4, False),
        (5, False),
    ]
    assert rows[2].cells == ("3", "4", "5")


def test_an_open_quotation_mark_at_the_end_of_the_file():
    assert [row.quote_open for row in rows_of('a,b,c\n1,2,3\n4,"open,6', ",")] == [False, False, True]


def test_huge_cells():
    long = "x" * 3_000_000
    assert cells(f'a,b\n"{long}",{long}\n') == [("a", "b"), (long, long)]


def test_many_open_quotation_marks_do_not_stall():
    rows = list(rows_of("a,b,c\n" + '"x,1,2\n' * 20_000, ","))
    assert len(rows) == 20_001


@given(
    st.lists(
        st.lists(st.text(alphabet='ab,;" \n\t', min_size=1, max_size=6), min_size=3, max_size=3), min_size=1
    )
)
def test_what_a_spreadsheet_writes_is_read_back(rows):
    rows = [["first", "second", "third"], *([f"<{cell}>" for cell in row] for row in rows)]
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    swallowing = any(cell.count("\n") > 1 and "," in cell for row in rows for cell in row)
    if not swallowing:
        assert cells("\r\n".join(lines)) == [tuple(row) for row in rows]


@given(st.text(alphabet='ab,;|\t"\r\n ', max_size=40), st.sampled_from([",", ";", "\t", "|"]))
def test_any_text_is_read_to_its_end(text, separator):
    rows = list(rows_of(text, separator))
    assert [row.number for row in rows] == sorted({row.number for row in rows})


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_recognised(separator):
    lines = [["Last Name", "First Name", "DOB"], ["Okafor", "Mary", "4/12/1984"], ["Lee", "Ann", "1/2/1990"]]
    text = "\n".join(separator.join(line) for line in lines)
    assert separator_of(text, recognised_count) == separator


def test_separators_inside_cells_do_not_mislead():
    text = "Name;DOB\nOkafor, Mary, RN, PhD;4/12/1984\nLee, Ann, RN, PhD;1/2/1990\n"
    assert separator_of(text, recognised_count) == ";"
    assert separator_of("x;y\na,b;1\nc,d;2\n", lambda _: 0) == ";"


def test_a_spreadsheet_may_name_the_separator():
    text = "sep=|\na,b|c\n1|2\n"
    assert separator_of(text, recognised_count) == "|"
    assert next(rows_of(without_named_separator(text), "|")) == Row(2, ("a,b", "c"))
