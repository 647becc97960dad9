"""A whole record, and the records that are older than the clinic keeps them, from the command line."""

import json
from pathlib import Path

from clinic_desktop.people.model import Patient
from clinic_desktop.storage.store import SqlStore
from tests.cli.conftest import OnFile, Run


def test_the_whole_record_goes_into_the_files_that_are_named(
    run: Run, monday: OnFile, opened: SqlStore, tmp_path: Path
) -> None:
    file, pdf = tmp_path / "record.json", tmp_path / "record.pdf"
    answer = run("--data", monday.path, "record", "C00001", "--json", file, "--pdf", pdf)
    assert (answer.status, answer.err) == (0, "")
    assert answer.out == f"Written: {file}\nWritten: {pdf}\n"
    record = json.loads(file.read_text(encoding="utf-8"))
    assert record["patient"]["family_name"] == "Okafor"
    assert len(record["records"]["stamp"]) == 7
    assert pdf.read_bytes().startswith(b"%PDF")
    with opened.read() as records:
        (row,) = [one for one in records.noted(Patient, [1]) if one.action == "exported"]
    assert row.after == {"what": "whole record", "files": ["json", "pdf"]}


def test_what_cannot_be_given_is_told(run: Run, monday: OnFile, tmp_path: Path) -> None:
    nobody = run("--data", monday.path, "record", "C09999", "--pdf", tmp_path / "x.pdf")
    assert (nobody.status, nobody.out) == (2, "")
    assert "no patient with this chart number" in nobody.err
    nowhere = run("--data", monday.path, "record", "C00001", "--json", tmp_path / "no" / "x.json")
    assert (nowhere.status, nowhere.out) == (1, "")
    assert "x.json could not be written: No such file" in nowhere.err
    if Path("/dev/full").exists():
        full = run("--data", monday.path, "record", "C00001", "--pdf", "/dev/full")
        assert (full.status, full.out) == (1, "")
        assert "full could not be written: No space left" in full.err
    assert "--json FILE" in run("--data", monday.path, "record", "C00001").err


def test_no_file_is_written_over(run: Run, monday: OnFile, tmp_path: Path) -> None:
    """Neither of the two, and neither is half done."""
    pdf, file = tmp_path / "record.pdf", tmp_path / "record.json"
    pdf.write_bytes(b"somebody else's")
    said = run("--data", monday.path, "record", "C00001", "--json", file, "--pdf", pdf)
    assert (said.status, said.out) == (1, "")
    assert "There is a file called record.pdf already" in said.err
    assert pdf.read_bytes() == b"somebody else's"
    assert not file.exists()


def test_what_is_past_retention(run: Run, monday: OnFile) -> None:
    answer = run("--data", monday.path, "retention", "--json")
    assert answer.json == {"count": 0, "records": []}
    assert "Nothing was deleted" in run("--data", monday.path, "retention").out
