"""A day, its usage and a sheet, for scripts."""

import csv
import io
import json
import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.cli_words import in_words
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.people.model import Patient
from clinic_desktop.reports.usage_table import COLUMNS
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.printed import PrintState, SheetPrint
from clinic_desktop.treatment.recording import record
from tests.cli.conftest import OnFile, Run
from tests.small_clinic import instant

MONDAY, SUNDAY = "2026-11-16", "2026-11-15"


def test_the_visits_of_a_day(run: Run, monday: OnFile) -> None:
    answer = run("--data", monday.path, "day", MONDAY, "--json")
    assert (answer.status, answer.err) == (0, "")
    assert list(answer.json) == ["visits"]
    consultation, infusion, spravato = answer.json["visits"]
    assert infusion == {
        "id": monday.infused.id,
        "patient": "Okafor, Amara",
        "type": "IVM",
        "room": "Infusion 1",
        "start": "2026-11-16T10:00-06:00",
        "end": "2026-11-16T11:30-06:00",
        "state": "left before release",
        "driver": "here",
    }
    assert (consultation["driver"], consultation["state"]) == (None, "booked")
    assert (spravato["driver"], spravato["room"]) == ("named", "Spravato 1")


def test_a_day_in_words(run: Run, monday: OnFile) -> None:
    answer = run("--data", monday.path, "day", MONDAY)
    assert answer.status == 0
    assert "Okafor, Amara" in answer.out
    assert run("--data", monday.path, "day", SUNDAY).out == "No visits on that day.\n"
    assert run("--data", monday.path, "day", SUNDAY, "--json").json == {"visits": []}


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_who_comes_on_a_day_is_told_to_nobody_without_a_line_in_the_trail(
    run: Run, monday: OnFile, form: list[str]
) -> None:
    run("--data", monday.path, "day", MONDAY, *form)
    with closing(open_store(monday.path)) as store, store.read() as records:
        last = records.rows("SELECT action, kind, after FROM audit ORDER BY id DESC LIMIT 1")[0]
    assert (*last[:2], json.loads(last[2])) == ("exported", "day sheet", {"day": MONDAY})


def test_a_name_cannot_speak_to_the_terminal() -> None:
    row = {"id": 1, "patient": "Ann\x1b[2J\nRoot", "state": "booked"}
    visit = row | dict.fromkeys(("start", "end", "room", "type", "driver"))
    assert "Ann\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}Root" in in_words(
        "day", {"visits": [visit]}
    )


def test_usage_is_told_the_same_in_json_and_csv(run: Run, monday: OnFile, tmp_path: Path) -> None:
    file = tmp_path / "usage.csv"
    answer = run("--data", monday.path, "usage", "--from", MONDAY, "--to", MONDAY, "--csv", file, "--json")
    assert (answer.status, answer.err) == (0, "")
    assert list(answer.json) == ["rooms", "total"]
    assert all(tuple(row) == COLUMNS for row in (*answer.json["rooms"], answer.json["total"]))
    read = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    told = [*answer.json["rooms"], answer.json["total"]]
    assert [[row[name] for name in COLUMNS] for row in read] == [
        [str(value) for value in row.values()] for row in told
    ]
    infusion_1 = next(row for row in told if row["room"] == "Infusion 1")
    assert (infusion_1["scheduled_min"], infusion_1["actual_min"]) == (90, 104)


def test_usage_in_words_has_the_same_figures(run: Run, monday: OnFile) -> None:
    words = run("--data", monday.path, "usage", "--from", MONDAY, "--to", MONDAY).out.splitlines()
    told = run("--data", monday.path, "usage", "--from", MONDAY, "--to", MONDAY, "--json").json
    assert words[0].split() == list(COLUMNS)
    total = words[-1].removeprefix("All rooms").split()
    assert total == [str(value) for value in list(told["total"].values())[1:]]


def test_usage_backwards_is_a_bad_argument(run: Run, monday: OnFile) -> None:
    answer = run("--data", monday.path, "usage", "--from", MONDAY, "--to", SUNDAY, "--json")
    assert (answer.status, answer.out) == (2, "")
    assert "last day lies before the first" in answer.err


def _text(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_a_sheet_is_written_and_put_on_record(
    run: Run, monday: OnFile, opened: SqlStore, tmp_path: Path
) -> None:
    file = tmp_path / "sheet.pdf"
    answer = run("--data", monday.path, "sheet", monday.infused.id, "--out", file, "--json")
    assert (answer.status, answer.err) == (0, "")
    assert answer.json == {"file": str(file), "pages": 2, "copy": 1}
    text = _text(file)
    assert all(words in text for words in ("Amara Okafor", "Bea Marsh", "10:55 AM", "988", "911"))
    with opened.read() as records:
        assert [one.copy_number for one in records.find(Sheet, visit_id=monday.infused.id)] == [1]


def test_asked_for_again_it_is_the_same_sheet_until_it_is_no_longer_true(
    run: Run, monday: OnFile, tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.pdf" for number in range(3)]
    copies = []
    for number, file in enumerate(files):
        if number == 2:
            _end_the_infusion_later(monday)
        answer = run("--data", monday.path, "sheet", monday.infused.id, "--out", file, "--json")
        copies.append(answer.json["copy"])
    assert copies == [1, 1, 2]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert "10:58 AM" in _text(files[2])


def _end_the_infusion_later(monday: OnFile) -> None:
    store = open_store(monday.path, FixedClock(instant(12)))
    with store.read() as records:
        stamps = records.find(Stamp, visit_id=monday.infused.id)
    stop = next(one for one in stamps if one.kind is StampKind.INFUSION_STOP)
    later = Stamp(kind=StampKind.INFUSION_STOP, at=instant(10, 58), corrects=stop.id, reason="from the pump")
    record(store, PROGRAM, monday.infused.id, [later])
    store.close()


@pytest.mark.skipif(os.name == "nt", reason="files have no such modes there")
@pytest.mark.parametrize("command", ["sheet", "day"])
def test_pages_with_names_are_readable_for_their_owner_alone(
    run: Run, monday: OnFile, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "pages.pdf"
    words = {"sheet": ["sheet", monday.infused.id, "--out", file], "day": ["day", MONDAY, "--pdf", file]}
    old = os.umask(0)
    try:
        assert run("--data", monday.path, *words[command]).status == 0
    finally:
        os.umask(old)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_sheet_that_is_written_is_on_record_as_saved_and_one_that_is_not_as_failed(
    run: Run, monday: OnFile, opened: SqlStore, tmp_path: Path
) -> None:
    for file in (tmp_path / "nowhere" / "sheet.pdf", tmp_path / "sheet.pdf"):
        run("--data", monday.path, "sheet", monday.infused.id, "--out", file)
    with opened.read() as records:
        assert [one.state for one in records.find(SheetPrint)] == [PrintState.FAILED, PrintState.SAVED]


def test_no_sheet_before_the_dose(run: Run, monday: OnFile, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    answer = run("--data", monday.path, "sheet", monday.waiting.id, "--out", file, "--json")
    assert (answer.status, answer.out) == (1, "")
    assert "Record the dose, then print." in answer.err
    assert not file.exists()


def test_no_such_visit(run: Run, monday: OnFile, tmp_path: Path) -> None:
    answer = run("--data", monday.path, "sheet", 9999, "--out", tmp_path / "sheet.pdf")
    assert (answer.status, answer.err) == (1, "clinic-desktop sheet: There is no visit 9999.\n")


@pytest.mark.parametrize("command", ["usage", "sheet"])
def test_a_folder_that_is_not_there_is_named(run: Run, monday: OnFile, tmp_path: Path, command: str) -> None:
    file = tmp_path / "nowhere" / "file"
    words = {
        "usage": ["usage", "--from", MONDAY, "--to", MONDAY, "--csv", file],
        "sheet": ["sheet", monday.infused.id, "--out", file],
    }
    answer = run("--data", monday.path, *words[command], "--json")
    assert (answer.status, answer.out) == (1, "")
    assert str(file) in answer.err
    assert answer.err.count("\n") == 1


def test_names_in_any_script_reach_a_script_as_plain_json(run: Run, monday: OnFile, opened: SqlStore) -> None:
    with opened.write(PROGRAM) as unit:
        patient = unit.get(Patient, monday.infused.patient_id)
        unit.save(replace(patient, given_name="Łukasz", family_name="李 O'Brien"))
        unit.commit()
    answer = run("--data", monday.path, "day", MONDAY, "--json")
    assert answer.out.isascii()
    assert answer.json["visits"][1]["patient"] == "李 O'Brien, Łukasz"


def test_the_day_is_written_as_pages_to_print(run: Run, monday: OnFile, tmp_path: Path) -> None:
    file = tmp_path / "day.pdf"
    answer = run("--data", monday.path, "day", MONDAY, "--pdf", file, "--json")
    assert (answer.status, answer.err) == (0, "")
    assert (answer.json["file"], answer.json["pages"]) == (str(file), 1)
    assert len(answer.json["visits"]) == 3
    text = _text(file)
    assert all(words in text for words in ("Okafor, Amara", "Infusion 1", "Page 1 of 1", "November 16, 2026"))
    words = run("--data", monday.path, "day", MONDAY, "--pdf", file).out
    assert words.endswith(f"{file}: 1 page.\n")
