"""Importing a list of patients from the command line."""

from pathlib import Path

import pytest

from clinic_desktop.people.model import Patient
from clinic_desktop.storage.store import SqlStore
from tests.cli.conftest import OnFile, Run
from tests.shared_data import shared

SYNTHEA = {"massachusetts_115": 115, "nebraska_111": 111}
KEYS = ["read", "added", "already", "duplicates", "rejected"]


def people(store: SqlStore) -> list[Patient]:
    with store.read() as records:
        return records.find(Patient)


@pytest.mark.parametrize(("name", "count"), SYNTHEA.items())
def test_a_list_comes_in_whole_and_only_once(
    run: Run, monday: OnFile, opened: SqlStore, name: str, count: int
) -> None:
    file, before = shared(f"data/patients_synthea/{name}/patients.csv"), len(people(opened))
    dry = run("--data", monday.path, "import-patients", file, "--dry-run", "--json")
    assert (dry.status, dry.json["added"], len(people(opened))) == (0, count, before)
    first = run("--data", monday.path, "import-patients", file, "--json")
    assert (first.status, first.err) == (0, "")
    assert list(first.json)[:5] == KEYS
    assert [first.json[key] for key in KEYS] == [count, count, 0, 0, []]
    assert len(people(opened)) == before + count
    second = run("--data", monday.path, "import-patients", file, "--json")
    assert [second.json[key] for key in KEYS] == [count, 0, count, 0, []]
    assert len(people(opened)) == before + count


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    """Headings that nobody could recognise."""
    file = tmp_path / "strange list.csv"
    file.write_text("Spalte 1;Spalte 2;Spalte 3\nAda;Lovelace;1985-12-10\n;;1986-12-09\n", encoding="utf-8")
    return file


def test_columns_that_are_not_recognised_are_asked_for(run: Run, monday: OnFile, strange: Path) -> None:
    answer = run("--data", monday.path, "import-patients", strange, "--json")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.count("\n") == 1


def test_columns_may_be_told(run: Run, monday: OnFile, opened: SqlStore, strange: Path) -> None:
    maps = ("Spalte 1=given_name", "Spalte 2=family_name", "Spalte 3=birth_date")
    answer = run("--data", monday.path, "import-patients", "--map", *maps, strange, "--json")
    assert (answer.status, answer.json["added"]) == (0, 1)
    assert any(one.family_name == "Lovelace" for one in people(opened))
    (rejected,) = answer.json["rejected"]
    assert list(rejected) == ["row", "field", "message"]
    assert rejected["row"] == 3
    assert rejected["message"].startswith("No name in this row.")
    words = run("--data", monday.path, "import-patients", "--map", *maps, strange).out
    assert words.startswith("2 rows read, 0 patients added, 1 here already")
    assert "row 3, " in words


@pytest.mark.parametrize("told", ["Spalte 1=nose", "Column=given_name"])
def test_a_column_or_field_that_does_not_exist_is_a_bad_argument(
    run: Run, monday: OnFile, strange: Path, told: str
) -> None:
    answer = run("--data", monday.path, "import-patients", strange, "--map", told)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.count("\n") == 1


def test_a_file_that_is_not_there_is_named(run: Run, monday: OnFile, tmp_path: Path) -> None:
    answer = run("--data", monday.path, "import-patients", tmp_path / "none.csv", "--json")
    assert (answer.status, answer.out) == (2, "")
    assert "none.csv" in answer.err


@pytest.fixture
def one_witness(tmp_path: Path) -> Path:
    """Sixty birth dates that read both ways, and one that does not."""
    rows = [f"Ann{n},Lee{n},4/{n % 12 + 1}/1984" for n in range(60)]
    file = tmp_path / "list.csv"
    file.write_text("\n".join(["First,Last,DOB", *rows, "Eve,Poe,25/3/1984"]), encoding="utf-8")
    return file


def test_one_row_does_not_turn_everybodys_birth_date(
    run: Run, monday: OnFile, opened: SqlStore, one_witness: Path
) -> None:
    before = len(people(opened))
    answer = run("--data", monday.path, "import-patients", one_witness, "--json")
    assert (answer.status, answer.out, len(people(opened))) == (2, "", before)
    assert "the first is row 62 (25/3/1984)" in answer.err
    assert '--map "DOB=birth_date:day-first"' in answer.err


def test_the_order_that_was_told_is_followed_and_said(run: Run, monday: OnFile, one_witness: Path) -> None:
    told = "DOB=birth_date:month-first"
    answer = run("--data", monday.path, "import-patients", "--map", told, one_witness, "--json")
    assert (answer.json["date_order"], answer.json["date_row"]) == ("month-first", None)
    assert any(
        note.startswith("Dates are read with the month first, as you") for note in answer.json["notes"]
    )
    assert [one["row"] for one in answer.json["rejected"]] == [62]


def test_the_row_that_decided_the_order_is_said(run: Run, monday: OnFile, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("First,Last,DOB\nAnn,Lee,4/12/1984\nEve,Poe,25/3/1984\n", encoding="utf-8")
    answer = run("--data", monday.path, "import-patients", listed, "--json")
    assert list(answer.json)[:5] == KEYS
    assert (answer.json["date_order"], answer.json["date_row"]) == ("day-first", 3)
    assert (
        "Dates are read with the day first: row 3 (25/3/1984) can be read no other way. "
        "Rows like it: 1. Rows that could be either: 1."
    ) in answer.json["notes"]
