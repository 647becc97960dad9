"""The sheet of a real visit: from the record to the page, and into the patient's hands."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from clinic_desktop.aftercare.sheets import hand_over, make_sheet, print_again, receipt, source_of, still_true
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import book
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.small_clinic import MONDAY, SmallClinic, build, instant

K = StampKind


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def infused(clinic: SmallClinic) -> int:
    """Amara's infusion ran from 10:15 to 10:55; her next one is on Thursday at 10."""
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    book(clinic.store, clinic.desk, clinic.wish(day=MONDAY + timedelta(days=3)))
    clinic.clock.at = instant(11)
    stamps = [
        Stamp(kind=K.IN_ROOM, at=instant(10)),
        Stamp(kind=K.VITALS, at=instant(10, 5), systolic=120, diastolic=80, oxygen=98),
        Stamp(kind=K.INFUSION_START, at=instant(10, 15), dose=35, unit="mg"),
        Stamp(kind=K.INFUSION_STOP, at=instant(10, 55)),
    ]
    record(clinic.store, clinic.nurse, visit.id, stamps)
    return visit.id


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_the_sheet_says_when_driving_is_safe_and_who_drives(clinic: SmallClinic, infused: int) -> None:
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    text = text_of(made.pdf.data)
    assert "Amara Okafor" in text
    assert "Tuesday, November 17" in text
    assert "10:55 AM" in text
    assert "Bea Marsh" in text
    assert "Thursday, November 19" in text
    assert made.sheet.copy_number == 1


def test_no_sheet_before_the_dose(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    with pytest.raises(Refusal) as refusal:
        make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    assert [one.code for one in refusal.value.findings] == ["sheet.no-dose"]


def test_handing_over_is_on_the_sheet_and_in_the_visit(clinic: SmallClinic, infused: int) -> None:
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    with pytest.raises(BadInput):
        hand_over(clinic.store, clinic.nurse, made.sheet, " ")
    hand_over(clinic.store, clinic.nurse, made.sheet, "Amara and Bea")
    with clinic.store.read() as records:
        sheet = records.get(Sheet, made.sheet.id)
        handed = [one for one in records.find(Stamp, visit_id=infused) if one.kind is K.SHEET_HANDED]
    assert (sheet.handed_to, sheet.handed_by_id) == ("Amara and Bea", clinic.maya.id)
    assert [one.person for one in handed] == ["Amara and Bea"]
    assert "Amara and Bea" in text_of(receipt(clinic.store, sheet, render_pdf).data)


def test_a_later_end_of_the_infusion_voids_the_sheet(clinic: SmallClinic, infused: int) -> None:
    first = make_sheet(clinic.store, clinic.nurse, infused, render_pdf).sheet
    with clinic.store.read() as records:
        stop = next(one for one in records.find(Stamp, visit_id=infused) if one.kind is K.INFUSION_STOP)
    later = Stamp(kind=K.INFUSION_STOP, at=instant(10, 59), corrects=stop.id, reason="read from the pump")
    record(clinic.store, clinic.nurse, infused, [later])
    with clinic.store.read() as records:
        assert not still_true(records, first)
        assert source_of(records, infused).infusion_ended_at == instant(10, 59)
    second = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    assert second.sheet.copy_number == 2
    assert "10:59 AM" in text_of(second.pdf.data)
    with clinic.store.read() as records:
        assert records.get(Sheet, first.id).voided_at is not None


def test_an_old_sheet_prints_again_exactly(clinic: SmallClinic, infused: int) -> None:
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    clinic.clock.forward(600)
    with clinic.store.read() as records:
        kept = records.get(Sheet, made.sheet.id)
    assert print_again(clinic.store, kept, render_pdf).data == made.pdf.data
