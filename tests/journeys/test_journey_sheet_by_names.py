"""From outside, by accessible names: a nurse opens the floor and presses one key, and the right sheet in the
patient's language comes out of a real print queue and is on the record."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import (
    FixedClock,
    SystemClock,
    WallTime,
    instant_at,
    local_time,
    to_utc_minute,
)
from clinic_desktop.foundation.words import clock_time, long_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.storage.store import open_store
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.printed import PrintState, SheetPrint
from clinic_desktop.treatment.recording import record
from tests.aftercare.approved import approve_shipped, approve_translation
from tests.aftercare.test_sheets import text_of
from tests.journeys.clinic_of_now import GRID, cleared, open_daily, zone_of_the_afternoon
from tests.journeys.outside import drive, timely
from tests.small_clinic import build
from tests.treatment.cases import ALL_NO
from tests.ui.sheets import private_cups

K = StampKind

pytestmark = timely


def test_one_key_and_the_sheet_comes_out_in_the_patients_language(tmp_path: Path, clinic_home: Path) -> None:
    now = SystemClock().now()
    zone = zone_of_the_afternoon(now)
    here, clinic = local_time(now, zone), build(tmp_path)
    today, start = here.day, here.minute - here.minute % GRID - 90
    midnight = instant_at(to_utc_minute(WallTime(today, 0), zone))

    def at(minute: int):
        return midnight + timedelta(minutes=minute)

    clinic.store.clock = FixedClock(at(7 * 60))
    open_daily(clinic, zone, today)
    approve_shipped(clinic, today)
    approve_translation(clinic, "iv", "es", today)
    ana = cleared(clinic, "Ana", "Ortiz", "iv", today)
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, ana), language="es"))
        unit.commit()
    wish = clinic.wish("IVM", start, patient_id=ana, day=today, room_id=clinic.rooms["Infusion 1"].id)
    visit = book(clinic.store, clinic.desk, replace(wish, nurse_id=clinic.maya.id)).visits[0].id
    clinic.store.clock = FixedClock(at(start + 60))
    stamps = [
        Stamp(kind=K.IN_ROOM, at=at(start)),
        Stamp(kind=K.ANSWERED, at=at(start + 2), answers=ALL_NO),
        Stamp(kind=K.VITALS, at=at(start + 5), systolic=120, diastolic=80, oxygen=98),
        Stamp(kind=K.INFUSION_START, at=at(start + 15), dose=35, unit="mg"),
        Stamp(kind=K.INFUSION_STOP, at=at(start + 55)),
    ]
    record(clinic.store, clinic.nurse, visit, stamps)
    clinic.store.close()

    paper, file = private_cups.Paper(), tmp_path / "clinic.sqlite"
    with private_cups.running() as address:
        private_cups.add_queue(address, "front", paper.port)
        heard = drive("atspi_sheet", file, clinic_home, "Maya Jones", print_server=address)
    paper.close()

    assert heard["printed"] == "Sheet printed on front"
    (page,) = paper.jobs
    words = text_of(page)
    assert "No maneje" in words
    tomorrow = today + timedelta(days=1)
    assert long_date(tomorrow, "es") in words.replace("\N{NO-BREAK SPACE}", " ")
    assert clock_time(start + 55, "es") in words.replace("\N{NO-BREAK SPACE}", " ")
    with closing(open_store(file)) as store, store.read() as records:
        (sheet,) = records.find(Sheet, visit_id=visit)
        (job,) = records.find(SheetPrint, sheet_id=sheet.id)
    assert (sheet.language, sheet.draft, job.state, job.printer) == ("es", False, PrintState.PRINTED, "front")


@pytest.fixture(autouse=True)
def print_server_here() -> None:
    if private_cups.lacking():
        pytest.skip(f"a print server of its own needs {private_cups.lacking()}")
