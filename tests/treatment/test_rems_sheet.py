"""The worksheet of a REMS form: every field of the program's form, filled from the record or a named gap."""

import csv
from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.document import Blank, Document, PageSize, Paragraph, Table
from clinic_desktop.foundation.errors import NotFound
from clinic_desktop.people.model import Patient, ScreeningItem, Sex, Staff
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.model import Clinic, Policies
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.rems_form import Answers, fill_form
from clinic_desktop.treatment.rems_sheet import TITLE, Read, gaps, read_worksheet, sections, worksheet
from tests.printing.reading import read
from tests.shared_data import shared
from tests.small_clinic import MONDAY, SmallClinic, instant
from tests.treatment.stays import LOT, K, Stay, booked
from tests.treatment.test_ledger import NO_TO_ALL

FIELDS = "data/instruction_facts/rems_monitoring_form_fields.csv"


@pytest.fixture
def complete(clinic: SmallClinic) -> Stay:
    """Everything that a form asks is on record: ready at 11:40, left at 12:16."""
    with clinic.store.write(PROGRAM) as unit:
        amara = unit.get(Patient, clinic.amara.id)
        unit.save(replace(amara, given_name="Amara J.", sex=Sex.FEMALE))
        (itself,) = unit.find(Clinic)
        unit.save(replace(itself, address="1 Oak Street\nSuite 4\nSpringfield, IL 62701"))
        maya = unit.get(Staff, clinic.maya.id)
        unit.save(replace(maya, phone="(217) 555-0111", email="maya@example.org"))
        unit.commit()
    stay = booked(clinic).sprayed()
    stay.at(11, 40).is_(K.READY)
    stay.at(12, 16).checked()
    stay.is_(K.RELEASED)
    yes = {"stimulants": "methylphenidate", "sedation": "light, until 11:30"}
    items = tuple(ScreeningItem(one.code, one.code in yes, yes.get(one.code, "")) for one in NO_TO_ALL)
    fill_form(clinic.store, clinic.nurse, stay.forms()[0], Answers(items, 90))
    return stay


def read_of(stay: Stay) -> Read:
    return read_worksheet(stay.clinic.store, stay.visit_id, stay.clinic.clock.now())


def test_a_visit_that_has_no_form_has_no_worksheet(clinic: SmallClinic) -> None:
    with pytest.raises(NotFound):
        read_of(booked(clinic))


def values(stay: Stay, section: str) -> dict[str, str]:
    return dict(dict(sections(read_of(stay)))[section])


def words(document: Document) -> list[str]:
    """Every cell of its tables, a line to fill in as underscores."""
    found = []
    for table in (block for block in document.blocks if isinstance(block, Table)):
        for row in table.rows:
            for cell in row:
                for block in cell:
                    assert isinstance(block, Paragraph)
                    parts = ("____" if isinstance(one, Blank) else one.text for one in block.words)
                    found.append("".join(parts))
    return found


def test_every_field_of_the_form_stands_on_paper(complete: Stay) -> None:
    with shared(FIELDS).open(encoding="utf-8", newline="") as file:
        asked = [(row["section"], row["field"]) for row in csv.DictReader(file)]
    readable = [one for one in asked if not one[1].startswith("(")]
    assert len(readable) == 33
    there = {title: [name for name, _ in fields] for title, fields in sections(read_of(complete))}
    assert [one for one in readable if one[1] not in there.get(one[0], [])] == []


def test_a_complete_record_leaves_no_gap(complete: Stay) -> None:
    assert gaps(read_of(complete)) == []
    assert "____" not in "".join(words(worksheet(read_of(complete))))
    assert values(complete, "Patient") == {
        "First name": "Amara",
        "Middle initial": "J",
        "Last name": "Okafor",
        "Birthdate (MM/DD/YYYY)": "04/12/1984",
        "Sex (male / female / other)": "female",
        "First treatment?": "Yes",
        "If first: enrolled in the REMS?": "Yes, 11/02/2026",
    }
    assert values(complete, "Provider conducting monitoring") == {
        "First name": "Maya",
        "Last name": "Jones",
        "Telephone": "(217) 555-0111",
        "Email": "maya@example.org",
    }
    assert values(complete, "Healthcare setting") == {
        "Name": "Test clinic",
        "Address 1": "1 Oak Street",
        "Address 2": "Suite 4",
        "City": "Springfield",
        "State": "IL",
        "ZIP": "62701",
    }


def test_minutes_run_from_the_first_device_and_ready_is_told_apart(complete: Stay) -> None:
    assert list(values(complete, "Treatment session").values()) == ["11/16/2026", "56 mg", LOT, "126", "90"]


def test_the_three_pressures_stand_with_their_times(complete: Stay) -> None:
    assert list(values(complete, "Vital signs").values()) == [
        "Yes",
        "Yes",
        "124/78 at 10:04 AM",
        "132/84 at 10:50 AM",
        "124/78 at 12:16 PM",
    ]


def test_medicines_of_the_day_and_events_stand_as_they_were_answered(complete: Stay) -> None:
    assert list(values(complete, "Concomitant medication").values()) == [
        "No", "No", "No", "Yes: methylphenidate", "No",
    ]  # fmt: skip
    assert list(values(complete, "Events").values()) == ["Yes: light, until 11:30", "No", "No"]


def test_what_is_not_on_record_is_a_line_to_fill_in_that_says_so(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed().at(11, 20)
    stay.says(Stamp(kind=K.LEFT_EARLY, at=instant(11, 12), note="walked out"))
    lacking = gaps(read_of(stay))
    assert lacking == [
        "Middle initial",
        "Sex (male / female / other)",
        "Email",
        "City",
        "State",
        "ZIP",
        "Without the 2-hour minimum, ready to leave after ... minutes from start",
        "In acceptable range before session completion?",
        "Blood pressure before session completion",
        *values(stay, "Events"),
    ]
    assert set(values(stay, "Concomitant medication").values()) == {"No"}, "as answered before the dose"
    cells = words(worksheet(read_of(stay)))
    assert cells[cells.index("Middle initial") + 1] == "Not on record: ____"
    assert values(stay, "Provider conducting monitoring")["Telephone"] == "(217) 555-0100", "the clinic's"


def test_a_missed_forty_minute_pressure_says_why(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    stay.at(10, 15).device()
    stay.at(11, 5).is_(K.FORTY_MISSED, note="asleep")
    assert (
        values(stay, "Vital signs")["Blood pressure 40 minutes after administration"] == "not taken: asleep"
    )


def test_a_high_pressure_is_not_called_acceptable_by_itself(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.vitals(150, 92)
    name = "In acceptable range before administration?"
    stay.at(10, 12).device(happened=True)
    assert values(stay, "Vital signs")[name] == "150/92, not accepted"
    stay.says(Stamp(kind=K.PRESSURE_ACCEPTED, at=instant(10, 11)), by=clinic.prescriber)
    assert values(stay, "Vital signs")[name] == "150/92, accepted by a clinician"


def test_another_dose_than_56_or_84_and_a_lot_that_nobody_knows(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    stay.device(lot="", happened=True)
    found = values(stay, "Treatment session")
    assert found["Dose administered: 56 mg / 84 mg / other"] == "other: 28 mg"
    assert found["Lot number(s)"] == ""
    cells = words(worksheet(read_of(stay)))
    assert cells[-4:] == ["1", "10:10 AM", "28 mg", "Not on record: ____"]


@pytest.mark.parametrize("page", [PageSize.LETTER, PageSize.A4])
def test_it_is_printed_on_the_clinics_paper_on_two_pages_at_most(complete: Stay, page: PageSize) -> None:
    with complete.clinic.store.write(PROGRAM) as unit:
        (itself,) = unit.find(Clinic)
        unit.save(replace(itself, policies=replace(Policies(), sheet_page=page.value)))
        unit.commit()
    document = worksheet(read_of(complete))
    assert (document.page_size, document.title) == (page, TITLE), "no patient in the title of the file"
    pdf = render_pdf(document)
    assert pdf.page_count <= 2
    text = read(pdf)
    for expected in ("Okafor", "126", "12K345", "Yes: methylphenidate", "Certified in the REMS as TEST-1."):
        assert expected in text


def test_a_later_session_is_not_the_first(clinic: SmallClinic, complete: Stay) -> None:
    assert complete.forms()
    later = booked(clinic, day=MONDAY + timedelta(days=3))
    clinic.clock.forward(3 * 1440)
    with clinic.store.write(PROGRAM) as unit:
        unit.add(replace(complete.forms()[0], id=0, version=0, visit_id=later.visit_id))
        unit.commit()
    found = values(later, "Patient")
    assert (found["First treatment?"], found["If first: enrolled in the REMS?"]) == ("No", "not the first")
