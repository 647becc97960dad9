"""From outside, by accessible names: a manager edits a sentence and hears it on the page, a prescriber
approves version 2, and yesterday's sheet comes out again as version 1."""

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from clinic_desktop.aftercare.sheet_text import SheetText, TextStatus
from clinic_desktop.aftercare.sheets import MadeSheet, make_sheet, print_again
from clinic_desktop.aftercare.texts import text_for
from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.clock import (
    FixedClock,
    SystemClock,
    WallTime,
    instant_at,
    local_time,
    to_utc_minute,
)
from clinic_desktop.people.model import Staff
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import book
from clinic_desktop.storage.store import open_store
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.aftercare.approved import approve_shipped
from tests.aftercare.test_sheets import text_of
from tests.journeys.clinic_of_now import cleared, open_daily, zone_of_the_afternoon
from tests.journeys.outside import drive, timely
from tests.small_clinic import build
from tests.treatment.cases import ALL_NO

K = StampKind
MANAGER = "Rosa Silva"
OLD, NEW = "Rest. Get up slowly.", "Lie down for a while. Get up slowly."

pytestmark = timely


@dataclass(frozen=True)
class Yesterday:
    """The clinic's file, its day now, and the sheet that was made the day before."""

    file: Path
    today: date
    made: MadeSheet


@pytest.fixture
def yesterday(tmp_path: Path) -> Yesterday:
    """Version 1 is approved, and Amara Okafor went home with it."""
    now = SystemClock().now()
    zone = zone_of_the_afternoon(now)
    today = local_time(now, zone).day
    day, clinic = today - timedelta(days=1), build(tmp_path)

    def at(hour: int, minute: int = 0):
        return instant_at(to_utc_minute(WallTime(day, hour * 60 + minute), zone))

    clinic.store.clock = FixedClock(at(8))
    open_daily(clinic, zone, day)
    approve_shipped(clinic, day)
    with clinic.store.write(PROGRAM) as unit:
        unit.add(Staff(name=MANAGER, initials="RS", roles=frozenset({Role.MANAGER})))
        unit.commit()
    patient = cleared(clinic, "Amara", "Okafor", "iv", day)
    wish = clinic.wish("IVM", 600, patient_id=patient, day=day, room_id=clinic.rooms["Infusion 1"].id)
    visit = book(clinic.store, clinic.desk, replace(wish, nurse_id=clinic.maya.id)).visits[0].id
    clinic.store.clock = FixedClock(at(11))
    stamps = [
        Stamp(kind=K.IN_ROOM, at=at(10)),
        Stamp(kind=K.ANSWERED, at=at(10, 2), answers=ALL_NO),
        Stamp(kind=K.VITALS, at=at(10, 5), systolic=120, diastolic=80, oxygen=98),
        Stamp(kind=K.INFUSION_START, at=at(10, 15), dose=35, unit="mg"),
        Stamp(kind=K.INFUSION_STOP, at=at(10, 55)),
    ]
    record(clinic.store, clinic.nurse, visit, stamps)
    made = make_sheet(clinic.store, clinic.nurse, visit, render_pdf)
    clinic.store.close()
    return Yesterday(tmp_path / "clinic.sqlite", today, made)


def test_a_sentence_is_written_approved_and_the_sheet_of_before_stays(
    yesterday: Yesterday, clinic_home: Path
) -> None:
    heard = drive("atspi_texts", yesterday.file, clinic_home, MANAGER, "Dr. Lin", OLD, NEW)
    assert heard["texts"][0].startswith("After your ketamine treatment, English. Version 1 since ")
    assert OLD in heard["before"]
    assert OLD not in heard["after"].replace(NEW, "")
    assert NEW in heard["after"]
    assert heard["checks"][0].startswith("Grade ")
    assert heard["asked"].startswith("Version 2 waits for a prescriber")
    assert "version 2, waits for your approval." in heard["rows"][0]
    assert NEW in " ".join(heard["read"])
    assert heard["approved"].endswith("the text is approved, from today")
    assert "Okafor, Amara" in heard["sheets"][0]
    assert OLD in heard["shown"]
    assert NEW not in heard["shown"]
    with closing(open_store(yesterday.file)) as store:
        with store.read() as records:
            (second,) = records.find(SheetText, kind="iv", number=2)
            (lin,) = records.find(Staff, name="Dr. Lin")
            assert text_for(records, "iv", "en", yesterday.today).text == second
        assert (second.status, second.decided_by) == (TextStatus.APPROVED, lin.id)
        assert second.changed == "Lie down, in place of rest."
        assert print_again(store, yesterday.made.sheet, render_pdf).data == yesterday.made.pdf.data
    (saved,) = clinic_home.rglob("sheet-*.pdf")
    words = text_of(saved.read_bytes())
    assert "English, version 1." in words
    assert OLD in words
