"""The program driven from outside by what a screen reader says: no pixel, no widget, no import of ours.

The driver runs under the system's Python, in an X server and on a bus of its own.
"""

import csv
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.clock import SystemClock, local_day
from clinic_desktop.people.model import Clearance, Patient, Staff, UsualDriver
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.store import open_store
from clinic_desktop.treatment.model import StampKind
from tests.journeys.outside import drive, timely
from tests.small_clinic import FRONT_DESK, MONDAY, ZONE, build
from tests.treatment.stays import booked

pytestmark = timely


@pytest.fixture
def clinic_file(tmp_path: Path) -> Path:
    """Two visits on the clinic's Monday: an infusion, and a consultation of somebody new."""
    clinic = build(tmp_path)
    book(clinic.store, FRONT_DESK, clinic.wish())
    book(clinic.store, FRONT_DESK, clinic.wish("CON", 13 * 60, patient_id=clinic.noah.id))
    clinic.store.close()
    return tmp_path / "clinic.sqlite"


def test_a_day_and_a_patient_are_found_by_ear(clinic_file: Path, clinic_home: Path) -> None:
    seen = drive(
        "atspi_driver", clinic_file, clinic_home, "look", "Maya Jones", f"{MONDAY:%m/%d/%Y}", "okafro amara"
    )
    assert seen["at_work"] == "At work: Maya Jones"
    infusion, consultation = seen["board"]
    assert infusion == (
        "Okafor, Amara. IV ketamine. Monday, November 16, 10:00 AM to 11:30 AM, Infusion 1. Booked. "
        "Nurse Maya Jones. Driver named, to confirm."
    )
    assert consultation.startswith("Reed, Noah. First consultation. Monday, November 16, 1:00 PM")
    assert [one.split(".")[0] for one in seen["found"]] == ["Okafor, Amara"]
    assert list(seen["buttons"])[2:] == [
        "Board", "Floor", "Patients", "Sheets", "Usage", "Calls", "Ledger", "Decisions", "Set-up",
    ]  # fmt: skip
    assert [name for name, _ in seen["buttons"].pop("at start")] == [
        "Open", "Somebody else", "Recovery code", "Emergency access",
    ]  # fmt: skip
    for where, buttons in seen["buttons"].items():
        assert len(buttons) >= 8, where  # those of the rail, and who is at work
        assert [what for name, what in buttons if not name] == [], f"buttons without a name: {where}"


def test_the_manager_hears_the_days_usage_and_takes_it_along(tmp_path: Path, clinic_home: Path) -> None:
    clinic = build(tmp_path)
    with clinic.store.write(PROGRAM) as unit:
        unit.add(Staff(name="Ines Park", initials="IP", roles=frozenset({Role.MANAGER})))
        unit.commit()
    stay = booked(clinic, "IVM", 10 * 60).infused()
    stay.at(11, 2).is_(StampKind.LINE_OUT)
    stay.at(11, 26).checked().is_(StampKind.RELEASED)
    clinic.store.close()
    file = tmp_path / "monday.csv"
    seen = drive(
        "atspi_driver",
        tmp_path / "clinic.sqlite",
        clinic_home,
        "usage",
        "Ines Park",
        f"{MONDAY:%m/%d/%Y}",
        str(file),
    )
    heard = {row[0]: [cell.replace(",", "") for cell in row] for row in seen["heard"]}
    with file.open(encoding="utf-8", newline="") as lines:
        table = {row["room"]: row for row in csv.DictReader(lines)}
    assert table.keys() <= heard.keys()
    for room, row in table.items():
        minutes = [row[one] for one in ("open_min", "scheduled_min", "actual_min", "turnover_min")]
        shares = [row[one] for one in ("scheduled_pct", "actual_pct", "raw_pct", "adjusted_pct")]
        figures = [*minutes, *(f"{float(one):.1f} %" for one in shares)]
        assert [cell.rpartition(": ")[2] for cell in heard[room][2:]] == figures
    assert table["Infusion 1"]["actual_min"] == "86"  # in the room at 10, gone at 11:26


def test_a_course_is_booked_by_keyboard_and_by_ear(tmp_path: Path, clinic_home: Path) -> None:
    clinic, today = build(tmp_path), local_day(SystemClock().now(), ZONE)
    with clinic.store.write(PROGRAM) as unit:
        record = unit.get(Patient, clinic.amara.id)
        unit.save(replace(record, drivers=(UsualDriver("Bea Marsh", "(217) 555-0142", "sister"),)))
        until = today + timedelta(days=365)
        unit.add(Clearance(0, 0, record.id, "iv", clinic.lin.id, today, until))
        unit.commit()
    clinic.store.close()
    file, course = tmp_path / "clinic.sqlite", "IV ketamine, 6 infusions"
    seen = drive("atspi_driver", file, clinic_home, "course", "Maya Jones", "oka 6 iv", course)
    (offered,) = seen["answers"]
    assert offered.startswith("Book all 6 visits: Okafor, Amara. ")
    assert "Driver: Bea Marsh." in offered
    assert seen["done"].startswith("Okafor, Amara: 6 visits booked, ")
    assert seen["undo"] == ["Undo: Okafor, Amara: 6 visits booked"]
    with closing(open_store(file)) as store, store.read() as records:
        visits = records.find(Visit)
    assert [one.course_no for one in visits] == [1, 2, 3, 4, 5, 6]
    assert {one.state for one in visits} == {VisitState.BOOKED}
    days = [f"{one.course_no}, {one.day:%a, %b} {one.day.day}" for one in visits]
    assert [row.partition("  ")[0] for row in seen["course"]] == days
