"""What is typed, pasted or imported is text: letter for letter, whatever a machine might take it for."""

import csv
import io
import json
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.foundation.csv_out import csv_cell, from_csv_cell, write_csv
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.people import directory, patients
from clinic_desktop.people.import_patients import import_file
from clinic_desktop.people.importing import preview
from clinic_desktop.people.importing.files import MOST_BYTES, read_list
from clinic_desktop.people.model import Patient
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.record.gather import take_record
from clinic_desktop.record.pages import render_record
from clinic_desktop.storage import check
from tests.every_case import EVERY_CASE
from tests.shared_data import shared
from tests.small_clinic import SmallClinic

OURS = (
    "Robert'); DROP TABLE patient;--",
    "' OR '1'='1",
    '"; DELETE FROM visit; --',
    "1; ATTACH DATABASE '/tmp/x' AS y",
    "%_%' ESCAPE '\\",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1+9)",
    "-2+3",
    "\uff1d1+1",
    "../../etc/passwd",
    "C:\\Windows\\..\\x",
    "CON.txt",
    "<script>alert(1)</script>",
    "<para><img src='file:///etc/passwd'/></para>",
    "{patient.__class__} {0} %s %(x)s ${HOME}",
    "\u202egnp.exe",
    "?name=:name $1 \\x00",
)


NAMES = (
    *("Abigail", "Bartholomew", "Cornelia", "Dmitri", "Esperanza", "Ferdinand", "Gwendolyn", "Horatio"),
    *("Ingrid", "Joaquin", "Kimberly", "Leopold", "Magdalena", "Nathaniel", "Octavia", "Percival"),
    *("Quentin", "Rosalind"),
)


def naughty() -> list[str]:
    """Ours, and those of the shared list where it is there."""
    try:
        found = json.loads(shared("data/bad_input/naughty_strings.json").read_text(encoding="utf-8"))
    except pytest.skip.Exception:
        found = []
    more = [one for one in found if isinstance(one, str)]
    return [*OURS, *(more if EVERY_CASE else more[::4])]


def test_what_looks_like_a_command_is_kept_as_text(file_clinic: SmallClinic) -> None:
    clinic = file_clinic
    kept: dict[int, str] = {}
    for text in naughty():
        plain = text.strip()[:150]
        given = Patient(
            given_name="Zed", family_name=" ".join(plain.split()) or "x", notes=text[:4000].strip()
        )
        try:
            made = patients.create(clinic.store, clinic.desk, given).patient
        except BadInput:  # too long, or it holds an identity number
            continue
        kept[made.id] = text[:4000].strip()
    assert len(kept) >= len(OURS)
    with clinic.store.read() as records:
        people = directory.load(records)
        people.prepare()
        for number, text in kept.items():
            there = records.get(Patient, number)
            assert there.notes == text
            people.find(text)  # any text may be looked for
        assert len(records.find(Patient)) == len(kept) + 2
    assert check.findings(Path(str(clinic.store.where))) == []


def test_it_goes_through_a_list_and_comes_out_of_the_record_as_it_was(file_clinic: SmallClinic) -> None:
    clinic = file_clinic
    texts = [one for one in OURS if "\x00" not in one]
    rows = [
        ["First Name", "Last Name", "Notes"],
        *([name, "Quill", t] for name, t in zip(NAMES, texts, strict=False)),
    ]
    out = write_csv(rows)
    for row in csv.reader(io.StringIO(out)):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d")) for cell in row)
    import_file(clinic.store, clinic.desk, out.encode())
    with clinic.store.read() as records:
        people = [one for one in records.find(Patient) if one.family_name == "Quill"]
    assert {one.notes for one in people} == set(texts)
    with clinic.store.write(clinic.desk) as unit:
        unit.save(replace(unit.get(Patient, people[0].id), notes="\n".join(texts)))
        unit.commit()
    record = take_record(clinic.store, clinic.prescriber, people[0].id, ["json"])
    assert json.loads(record.as_json())["patient"]["notes"] == "\n".join(texts)
    assert render_record(record, render_pdf).data.startswith(b"%PDF")


def test_a_cell_that_was_made_safe_reads_back() -> None:
    for text in naughty():
        assert from_csv_cell(csv_cell(text)) == text


def test_a_file_of_100_mb_is_refused_and_hardly_read(tmp_path: Path) -> None:
    """No more of it is in memory than a list may have."""
    file = tmp_path / "list.csv"
    with file.open("wb") as made:
        made.write(b"First Name,Last Name\n")
        made.truncate(100_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(BadInput, match="more than 20 MB"):
            read_list(file)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2.2 * MOST_BYTES


def test_a_list_of_too_many_rows_is_refused(
    file_clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Short lines take many times the room of the file."""
    monkeypatch.setattr(preview, "MOST_ROWS", 50)
    rows = "".join(f"A{chr(97 + n % 26)},B\n" for n in range(60))
    found = import_file(file_clinic.store, file_clinic.desk, f"First Name,Last Name\n{rows}".encode())
    assert [one.sentence() for one in found.questions] == [
        "This list has more than 50 rows. Part it into several and import one after the other."
    ]
    assert found.added == 0


def test_a_name_of_a_megabyte_is_refused_in_words(file_clinic: SmallClinic) -> None:
    long = "Ann " * 250_000
    with pytest.raises(BadInput, match="200"):
        patients.create(file_clinic.store, file_clinic.desk, Patient(given_name=long))
    result = import_file(
        file_clinic.store, file_clinic.desk, f"First Name,Last Name\n{long},Lee\nBob,Ray\n".encode()
    )
    assert (result.added, len(result.rejected)) == (1, 1)
    assert len(result.rejected[0].message) < 300
    with file_clinic.store.read() as records:
        people = directory.load(records)
    people.prepare()
    people.find(long)
