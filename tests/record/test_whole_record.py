"""One patient's whole record: nothing of it is left out, nothing of anybody else's is in it."""

import json
import os
import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table

from clinic_desktop.aftercare.sheets import make_sheet, print_again
from clinic_desktop.foundation import document as document_model
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.document import Document, RenderedPdf
from clinic_desktop.foundation.errors import EnvironmentFailure, RightMissing
from clinic_desktop.people.model import Address, ContactPermissions, Patient, UsualDriver
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.record.gather import FORMAT, SCHEMA, take_record
from clinic_desktop.record.give import give_into
from clinic_desktop.record.kinds import INTERNAL, LINKS, NAMES, NOT_GIVEN
from clinic_desktop.record.labels import KINDS, NOTES, SECTIONS
from clinic_desktop.record.pages import record_document, render_record
from clinic_desktop.record.plain import is_person
from clinic_desktop.record.retention import past_retention, years_before
from clinic_desktop.record.words import words_of
from clinic_desktop.scheduling.merging import Merged, merge_patients, undo_merge
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.storage.tables import RECORDS
from tests.aftercare.test_sheets import infusion
from tests.printing.reading import pages
from tests.record.each_kind import kept_about
from tests.shared_data import PROJECT
from tests.small_clinic import MONDAY, ZONE, SmallClinic, at

DOC = PROJECT / "docs" / "patient-record.md"
MANAGER = Actor(0, frozenset({Role.MANAGER}), "office")


def about_patients() -> dict[Table, list[tuple[str, Table]]]:
    """Every table that refers to the patient table, directly or by others, with the columns that do."""
    names = {one.name: one for one in RECORDS.values()}
    found: dict[Table, list[tuple[str, Table]]] = {names["patient"]: []}
    while True:
        more = {
            table: refs
            for table in RECORDS.values()
            if (refs := [(c.name, key.column.table) for c in table.columns for key in c.foreign_keys
                         if key.column.table in found])
        }  # fmt: skip
        if set(more) | set(found) == set(found):
            return found | more
        found |= more


def test_every_kind_of_record_about_a_patient_is_given() -> None:
    """A new table that refers to patients or to their visits must be given, or this fails."""
    known = {(RECORDS[kind].name, field, RECORDS[named].name) for kind, field, named in LINKS}
    by_name = {RECORDS[kind].name: name for kind, name in NAMES.items()}
    for table, refs in about_patients().items():
        assert by_name[table.name] == table.name, "the file's names are those of the trail"
        must = [(name, of.name) for name, of in refs if not table.columns[name].nullable]
        if table.name == "patient":
            continue
        mine = {(field, named) for kind, field, named in known if kind == table.name}
        sure = [one for one in must if one in mine]
        # What a row may have is followed unless something that each row has leads to it already.
        assert sure or {(name, of.name) for name, of in refs} <= mine, table.name
    on_paper = {"patient", "visit", "stamp", *INTERNAL, *(kind for _, kinds in SECTIONS for kind in kinds)}
    assert on_paper == set(NAMES.values()) == set(KINDS)


def test_everybody_of_the_staff_is_named() -> None:
    """Each column that refers to the staff, so that no number stands there without a name."""
    for table in about_patients():
        for column in table.columns:
            if any(key.column.table.name == "staff" for key in column.foreign_keys):
                assert is_person(column.name), f"{table.name}.{column.name}"


@pytest.fixture
def two(any_clinic: SmallClinic) -> SmallClinic:
    """Amara and Noah, each with one record of every kind."""
    clinic = any_clinic
    for patient, word, later in ((clinic.amara, "AMARAS", 0), (clinic.noah, "NOAHS", 120)):
        with clinic.store.write(PROGRAM) as unit:
            kind = unit.setup().type_by_code("FUP")
            start = instant_minute(clinic.clock.now()) + later
            visit = Visit(patient_id=patient.id, type_id=kind.id, day=MONDAY, minute=420 + later, zone=ZONE)
            made = unit.add(replace(visit, start=start, end=start + 90, note=word, booked_by=clinic.lin.id))
            unit.commit()
        kept_about(clinic, patient, made, word)
    return clinic


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files go; nothing else is there."""
    made = tmp_path / "given"
    made.mkdir()
    return made


def taken(clinic: SmallClinic, patient: Patient) -> dict[str, Any]:
    record = take_record(clinic.store, clinic.prescriber, patient.id, ["json"])
    content: dict[str, Any] = json.loads(record.as_json())
    return content


def test_each_record_is_given_to_whom_it_is_about_and_to_nobody_else(two: SmallClinic) -> None:
    mine, theirs = taken(two, two.amara), taken(two, two.noah)
    with two.store.read() as records:
        for kind, name in NAMES.items():
            every = {one.id for one in records.find(kind)}
            of_each = [{one["id"] for one in record["records"][name]} for record in (mine, theirs)]
            assert of_each[0] | of_each[1] == every, name
            assert not of_each[0] & of_each[1], name
            assert name in ("merge", "sheet", "preparation", "sheet_print") or min(map(len, of_each)), name
    for record, word, other in ((mine, "AMARAS", "NOAHS"), (theirs, "NOAHS", "AMARAS")):
        text = json.dumps(record)
        assert word in text
        assert other not in text
    assert "Reed" not in json.dumps(mine)
    assert {one["kind"] for one in mine["history"]} == {k for k, found in mine["records"].items() if found}


def test_times_say_their_zone_and_people_their_names(two: SmallClinic) -> None:
    record = taken(two, two.amara)
    (visit,) = record["records"]["visit"]
    assert (visit["start"], visit["end"]) == ("2026-11-16T07:00:00-06:00", "2026-11-16T08:30:00-06:00")
    assert (visit["day"], visit["minute"]) == ("2026-11-16", "07:00")
    assert visit["booked_by"] == {"id": two.lin.id, "name": "Dr. Lin"}
    assert visit["type_id"]["name"].startswith("Follow")
    assert re.findall(r"\d\dT\d\d:\d\d:\d\d(?!-0[56]:00)", json.dumps(record)) == []
    assert record["made_by"]["name"] == "Dr. Lin"


def test_that_it_goes_out_is_on_record_before_anybody_has_it(two: SmallClinic, folder: Path) -> None:
    """Also where its pages cannot be made: then no file is there, and the trail says too much, never less."""

    def broken(_document: Document) -> RenderedPdf:
        raise EnvironmentFailure("no pages")

    with pytest.raises(EnvironmentFailure):
        give_into(two.store, two.prescriber, two.amara.id, broken, folder)
    (given,) = taken(two, two.amara)["seen"][:1]
    assert (given["deed"], given["by"]["name"]) == ("exported", "Dr. Lin")
    assert given["about"] == {"what": "whole record", "files": ["json", "pdf"]}
    assert list(folder.iterdir()) == []


def test_the_front_desk_does_not_give_it_out(two: SmallClinic, folder: Path) -> None:
    with pytest.raises(RightMissing):
        give_into(two.store, two.desk, two.amara.id, render_pdf, folder)
    assert taken(two, two.amara)["seen"] == []
    assert list(folder.iterdir()) == []


def test_both_files_are_the_owners_alone_and_nothing_is_written_over(two: SmallClinic, folder: Path) -> None:
    first = give_into(two.store, two.prescriber, two.amara.id, render_pdf, folder)
    again = give_into(two.store, two.prescriber, two.amara.id, render_pdf, folder)
    chart = two.amara.chart_number
    assert [one.name for one in (*first.files, *again.files)] == [
        f"record-{chart}-2026-11-16.json", f"record-{chart}-2026-11-16.pdf",
        f"record-{chart}-2026-11-16-2.json", f"record-{chart}-2026-11-16-2.pdf",
    ]  # fmt: skip
    assert sorted(folder.iterdir()) == sorted([*first.files, *again.files])
    if os.name == "posix":
        assert {one.stat().st_mode & 0o777 for one in first.files} == {0o600}


def test_a_chart_number_leads_nowhere_else(two: SmallClinic, folder: Path) -> None:
    with two.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, two.noah.id), chart_number="../../etc/x"))
        unit.commit()
    given = give_into(two.store, two.prescriber, two.noah.id, render_pdf, folder)
    assert {one.parent for one in given.files} == {folder}
    assert given.files[0].name == "record-etc-x-2026-11-16.json"


def merged_as_they_are(two: SmallClinic) -> Merged:
    with two.store.read() as records:
        kept, merged = (records.get(Patient, one.id) for one in (two.amara, two.noah))
    return merge_patients(two.store, MANAGER, kept, merged)


def test_a_joined_record_goes_with_the_one_that_was_kept(two: SmallClinic) -> None:
    merged_as_they_are(two)
    kept, merged = taken(two, two.amara), taken(two, two.noah)
    assert kept["patient"]["id"] == merged["patient"]["id"] == two.amara.id
    assert {one["id"] for one in kept["records"]["patient"]} == {two.amara.id, two.noah.id}
    assert {one["note"] for one in kept["records"]["visit"]} == {"AMARAS", "NOAHS"}


def test_after_a_wrong_merge_nobody_gets_what_was_anothers(two: SmallClinic) -> None:
    """What stood in the joined record meanwhile is not told: part of it was somebody else's."""
    with two.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, two.noah.id), alerts="NOAHS secret"))
        unit.commit()
    two.clock.forward(1)
    merged = merged_as_they_are(two)
    two.clock.forward(1)
    undo_merge(two.store, MANAGER, merged.merge.id)
    for patient, word in ((two.amara, "NOAHS"), (two.noah, "AMARAS")):
        record = taken(two, patient)
        assert word not in json.dumps(record)
        assert any(one["withheld"] for one in record["history"] if one["kind"] == "patient")


def test_the_pages_say_it_in_plain_words(two: SmallClinic) -> None:
    """Every text of the records stands there; numbers of records do not."""
    hard = "Line one\n<b>not markup</b> =1+1 \U000130b8 " + "long " * 2000
    with two.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, two.amara.id), notes=hard))
        unit.commit()
    record = take_record(two.store, two.prescriber, two.amara.id, ["pdf"])
    made = pages(render_record(record, render_pdf))
    text = " ".join(" ".join(made).split())
    assert "Your record: Amara Okafor" in text
    assert "Monday, November 16, 2026, 7:00 AM: Follow" in text
    assert f"Page 1 of {len(made)}" in made[0]
    assert "<b>not markup</b> =1+1 [?]" in text
    assert text.count("long") > 1990
    assert "stands for a letter that cannot be printed" in text
    for title in ("About you", "Your visits", "Calls", "Who pays", "Who changed what", NOTES):
        assert title in text
    assert text.count("AMARAS") > 20
    assert "upper pressure: 120" in text


def test_what_has_several_parts_is_said_in_words_and_rows(two: SmallClinic) -> None:
    """No names of fields, and no hours that are the whole day."""
    with two.store.write(PROGRAM) as unit:
        patient = replace(
            unit.get(Patient, two.amara.id),
            language="es",
            address=Address("8218 Birch Road", "Springvale", "IL", "62700"),
            permissions=ContactPermissions(voicemail=True, may_tell="Bea Marsh"),
            drivers=(
                UsualDriver("Frank Gallagher", "(201) 555-0139", "father"),
                UsualDriver("Ada Reed", weekdays=frozenset({0, 4}), from_minute=480, to_minute=1020),
            ),
        )
        unit.save(patient)
        unit.commit()
    document = record_document(take_record(two.store, two.prescriber, two.amara.id, ["pdf"]))
    about = next(one for one in document.blocks if isinstance(one, document_model.Table))
    rows = {" | ".join(words_of(Document("", "en", one))[0] for one in row if one) for row in about.rows}
    assert "Language | Spanish" in rows
    assert "Address | 8218 Birch Road, Springvale, IL, 62700" in rows
    assert "Permissions | voicemail: yes, text: no, email: no, we may tell: Bea Marsh" in rows
    assert "Drivers | Frank Gallagher (201) 555-0139 father, adult drives, 18 or over: yes" in rows
    other = "Ada Reed, adult drives, 18 or over: yes, weekdays: Monday, Friday, from 8:00 AM to 5:00 PM"
    assert any(one.endswith(other) for one in rows)
    assert not any("24:00" in one or "minute" in one for one in rows)


def test_papers_are_there_in_the_words_in_which_they_went_out(file_clinic: SmallClinic) -> None:
    clinic = file_clinic
    sheet = make_sheet(clinic.store, clinic.nurse, infusion(clinic), render_pdf).sheet
    (paper,) = taken(clinic, clinic.amara)["papers"]
    assert (paper["kind"], paper["id"]) == ("sheet", sheet.id)
    printed = " ".join(" ".join(pages(print_again(clinic.store, sheet, render_pdf))).split())
    for line in paper["words"]:
        if "____" not in line:
            assert " ".join(line.split())[:30] in printed


def test_what_the_document_says_of_the_fields_is_so(two: SmallClinic) -> None:
    """The names are promised: whoever changes one raises the schema number and says so in the document."""
    said = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", DOC.read_text(encoding="utf-8"), re.M))
    made = {
        name: ", ".join(
            f"`{field.name}`" for field in fields(kind) if field.name not in NOT_GIVEN.get(name, ())
        )
        for kind, name in NAMES.items()
    }
    assert said == made
    record = taken(two, two.amara)
    assert (record["format"], record["schema"]) == (FORMAT, SCHEMA)
    assert f"`schema` is {SCHEMA}" in DOC.read_text(encoding="utf-8")


def test_what_is_older_than_the_clinics_years_is_listed_and_nothing_is_deleted(
    any_clinic: SmallClinic,
) -> None:
    clinic = any_clinic
    with pytest.raises(RightMissing):
        past_retention(clinic.store, clinic.desk)
    assert past_retention(clinic.store, MANAGER) == []
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, clinic.noah.id), birth_date=date(2010, 1, 1)))
        unit.commit()
    clinic.clock.at = at(date(2031, 5, 2), 7)
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), notes="came back"))
        unit.commit()
    clinic.clock.at = at(date(2036, 11, 16), 12)
    assert past_retention(clinic.store, MANAGER) == []  # ten years to the day
    clinic.clock.at = at(date(2036, 11, 17), 12)
    found = past_retention(clinic.store, MANAGER)
    assert [(one.patient.id, one.last, one.was_child) for one in found] == [(clinic.noah.id, MONDAY, True)]
    assert years_before(date(2036, 2, 29), 10) == date(2026, 2, 28)
    with clinic.store.read() as records:
        assert len(records.find(Patient)) == 2
