"""The sheet of a real visit: from the record to the page, and into the patient's hands."""

from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest

from clinic_desktop.aftercare.day_sheets import Standing, sheet_line
from clinic_desktop.aftercare.sheets import hand_over, make_sheet, print_again, receipt, source_of, still_true
from clinic_desktop.aftercare.to_printer import true_sheet
from clinic_desktop.aftercare.values import Sheet, SheetSource
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import book
from clinic_desktop.treatment.after import close_incident
from clinic_desktop.treatment.model import Incident, Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.small_clinic import MONDAY, SmallClinic, instant
from tests.treatment.cases import ALL_NO
from tests.treatment.stays import Stay, booked

K = StampKind


@pytest.fixture
def infused(clinic: SmallClinic) -> int:
    return infusion(clinic)


def infusion(clinic: SmallClinic) -> int:
    """Amara's infusion ran from 10:15 to 10:55; her next one is on Thursday at 10."""
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    book(clinic.store, clinic.desk, clinic.wish(day=MONDAY + timedelta(days=3)))
    clinic.clock.at = instant(11)
    stamps = [
        Stamp(kind=K.IN_ROOM, at=instant(10)),
        Stamp(kind=K.ANSWERED, at=instant(10, 2), answers=ALL_NO),
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


# The clinic's own hours and statements.


def choose(clinic: SmallClinic, **policies: object) -> None:
    with clinic.store.write(PROGRAM) as unit:
        here = unit.setup().clinic
        unit.save(replace(here, policies=replace(here.policies, **policies)))
        unit.commit()


def test_the_clinics_hours_and_statements_are_on_its_sheets(clinic: SmallClinic, infused: int) -> None:
    shipped = text_of(make_sheet(clinic.store, clinic.nurse, infused, render_pdf).pdf.data)
    assert "street drugs until Tuesday, November 17, 10:55 AM" in shipped
    assert "big choices until Tuesday, November 17, 10:55 AM" in shipped
    assert "Have an adult with you" not in shipped
    assert "Stay off work" in shipped
    choose(clinic, alcohol_hours=72, decision_hours=48, adult_hours=8, statements_off=frozenset({4, 15}))
    chosen = text_of(make_sheet(clinic.store, clinic.nurse, infused, render_pdf).pdf.data)
    assert "street drugs until Thursday, November 19, 10:55 AM" in chosen
    assert "big choices until Wednesday, November 18, 10:55 AM" in chosen
    assert "Have an adult with you until Monday, November 16, 6:55 PM" in chosen
    assert "Stay off work" not in chosen
    assert "The next days" not in chosen


def test_a_sheet_that_was_made_stays_as_it_was_when_the_clinic_chooses_otherwise(
    clinic: SmallClinic, infused: int
) -> None:
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    choose(clinic, iv_no_drive_hours=36, alcohol_hours=72, statements_off=frozenset({4}), sheet_page="a4")
    assert print_again(clinic.store, made.sheet, render_pdf).data == made.pdf.data
    hand_over(clinic.store, clinic.nurse, made.sheet, "Amara")  # true to what it says of this visit


# A sheet that is no longer true.


def end_later(clinic: SmallClinic, visit_id: int) -> None:
    """The infusion's end is corrected from 10:55 to 11:05."""
    clinic.clock.at = instant(11, 10)
    with clinic.store.read() as records:
        stop = next(one for one in records.find(Stamp, visit_id=visit_id) if one.kind is K.INFUSION_STOP)
    later = Stamp(kind=K.INFUSION_STOP, at=instant(11, 5), corrects=stop.id, reason="read from the pump")
    record(clinic.store, clinic.nurse, visit_id, [later])


def release(clinic: SmallClinic, visit_id: int) -> list[str]:
    """Everything else is settled: what still speaks against letting her go at 11:40."""
    clinic.clock.at = instant(11, 40)
    settled = [
        Stamp(kind=K.VITALS, systolic=120, diastolic=80, oxygen=98),
        *(Stamp(kind=kind) for kind in (K.PRESSURE_ACCEPTED, K.SETTLED, K.WALKS, K.LINE_OUT)),
        Stamp(kind=K.DRIVER_SEEN, person="Bea Marsh"),
    ]
    record(clinic.store, clinic.nurse, visit_id, settled)
    try:
        record(clinic.store, clinic.nurse, visit_id, [Stamp(kind=K.RELEASED)])
    except Refusal as refusal:
        return [one.code for one in refusal.findings]
    return []


def test_a_sheet_that_is_no_longer_true_is_not_handed_over(clinic: SmallClinic, infused: int) -> None:
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    end_later(clinic, infused)
    with pytest.raises(Refusal) as refusal:
        hand_over(clinic.store, clinic.nurse, made.sheet, "Amara")
    assert str(refusal.value) == (
        "This sheet is no longer true: the infusion ended at 11:05 AM, not at 10:55 AM. "
        "Print it anew and hand over the new one."
    )
    assert release(clinic, infused) == ["release-sheet"]


def test_that_it_was_handed_over_is_recorded_and_releases_nobody(clinic: SmallClinic, infused: int) -> None:
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    end_later(clinic, infused)
    hand_over(clinic.store, clinic.nurse, made.sheet, "Amara", at=instant(11, 8), happened=True)
    with clinic.store.read() as records:
        (handed,) = [one for one in records.find(Stamp, visit_id=infused) if one.kind is K.SHEET_HANDED]
        (incident,) = records.find(Incident, visit_id=infused)
        assert records.get(Sheet, made.sheet.id).handed_at == handed.at == instant(11, 8)
    assert handed.deviations == incident.codes == ("sheet.untrue",)
    assert release(clinic, infused) == ["release-sheet-untrue"]


def test_a_correction_after_handing_over_asks_for_a_new_sheet(clinic: SmallClinic, infused: int) -> None:
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    hand_over(clinic.store, clinic.nurse, made.sheet, "Amara")
    end_later(clinic, infused)
    assert release(clinic, infused) == ["release-sheet-untrue"]
    again = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    hand_over(clinic.store, clinic.nurse, again.sheet, "Amara")
    assert release(clinic, infused) == []


# A correction to an earlier time counts once a prescriber has answered for it: here as at the release.


def end_earlier(clinic: SmallClinic, visit_id: int) -> None:
    """The infusion's end is corrected from 10:55 to 10:40."""
    clinic.clock.at = instant(11, 1)
    with clinic.store.read() as records:
        stop = next(one for one in records.find(Stamp, visit_id=visit_id) if one.kind is K.INFUSION_STOP)
    earlier = Stamp(kind=K.INFUSION_STOP, at=instant(10, 40), corrects=stop.id, reason="read from the pump")
    record(clinic.store, clinic.nurse, visit_id, [earlier], happened=True)


def answered(clinic: SmallClinic, visit_id: int) -> None:
    with clinic.store.read() as records:
        (incident,) = records.find(Incident, visit_id=visit_id)
    close_incident(clinic.store, clinic.prescriber, incident, "the pump says 10:40")


def test_an_earlier_end_is_not_on_the_sheet_before_a_prescriber_has_answered(
    clinic: SmallClinic, infused: int
) -> None:
    end_earlier(clinic, infused)
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    assert "10:55 AM" in text_of(made.pdf.data)
    assert "10:40 AM" not in text_of(made.pdf.data)
    assert [one.sentence() for one in made.why] == [
        "The sheet counts from 10:55 AM, as it was recorded first. The correction to 10:40 AM counts once a "
        "prescriber has answered for it (My decisions): then print it anew."
    ]


def test_who_leaves_before_the_answer_has_the_later_times(clinic: SmallClinic, infused: int) -> None:
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    end_earlier(clinic, infused)
    hand_over(clinic.store, clinic.nurse, made.sheet, "Amara")  # true until then
    assert release(clinic, infused) == []


def test_on_paper_it_counts_from_the_later_time_too(clinic: SmallClinic, infused: int) -> None:
    end_earlier(clinic, infused)
    record(clinic.store, clinic.nurse, infused, [Stamp(kind=K.SHEET_HANDED, person="Amara")])
    with clinic.store.read() as records:
        handed = [one for one in records.find(Stamp, visit_id=infused) if one.kind is K.SHEET_HANDED]
    assert [one.counts_from for one in handed] == [instant(10, 55)]
    assert release(clinic, infused) == []


def test_once_answered_the_sheet_with_the_later_time_is_untrue(clinic: SmallClinic, infused: int) -> None:
    old = make_sheet(clinic.store, clinic.nurse, infused, render_pdf).sheet
    end_earlier(clinic, infused)
    hand_over(clinic.store, clinic.nurse, old, "Amara")
    answered(clinic, infused)
    assert release(clinic, infused) == ["release-sheet-untrue"]
    new = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    assert "10:40 AM" in text_of(new.pdf.data)
    assert new.why == ()
    hand_over(clinic.store, clinic.nurse, new.sheet, "Amara")
    assert release(clinic, infused) == []


def test_a_device_struck_out_counts_until_it_is_answered_for(clinic: SmallClinic) -> None:
    stay = booked(clinic, "SP56").sprayed()
    device = stay.stamps(K.DOSE)[-1]
    before = source_at(clinic, stay)
    stay.says(Stamp(kind=K.STRUCK, corrects=device.id, reason="never given"), happened=True)
    after = source_at(clinic, stay)
    assert after.last_dose_at == before.last_dose_at == device.at
    assert after.corrected_to == stay.stamps(K.DOSE)[-2].at


def source_at(clinic: SmallClinic, stay: Stay) -> SheetSource:
    with clinic.store.read() as records:
        return source_of(records, stay.visit_id)


def test_a_sheet_on_paper_goes_by_what_is_on_record_then(clinic: SmallClinic, infused: int) -> None:
    record(clinic.store, clinic.nurse, infused, [Stamp(kind=K.SHEET_HANDED, person="Amara")])
    end_later(clinic, infused)
    assert release(clinic, infused) == ["release-sheet-untrue"]


def test_an_older_copy_is_not_handed_over_once_a_newer_one_is_made(clinic: SmallClinic, infused: int) -> None:
    old = make_sheet(clinic.store, clinic.nurse, infused, render_pdf).sheet
    end_later(clinic, infused)
    make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    with clinic.store.read() as records:
        old = records.get(Sheet, old.id)
    with pytest.raises(Refusal, match="no longer true"):
        hand_over(clinic.store, clinic.nurse, old, "Amara")


def test_a_corrected_start_leaves_the_sheet_true(clinic: SmallClinic, infused: int) -> None:
    """What it counts from is the end; when the infusion began is not on it."""
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    with clinic.store.read() as records:
        start = next(one for one in records.find(Stamp, visit_id=infused) if one.kind is K.INFUSION_START)
    earlier = Stamp(kind=K.INFUSION_START, at=instant(10, 12), corrects=start.id, reason="pump", dose=35)
    record(clinic.store, clinic.nurse, infused, [earlier])
    hand_over(clinic.store, clinic.nurse, made.sheet, "Amara")
    assert release(clinic, infused) == []


def test_a_dose_that_was_the_start_of_an_infusion_makes_another_sheet(clinic: SmallClinic) -> None:
    """The first one, which was handed over, counts from the infusion's start."""
    stay = booked(clinic, "IVM").prepared().at(10, 15)
    dose = stay.says(Stamp(kind=K.DOSE, dose=35, unit="mg"), happened=True).stamps[0]
    first = true_sheet(clinic.store, clinic.nurse, stay.visit_id, render_pdf).sheet
    hand_over(clinic.store, clinic.nurse, first, "Amara")
    stay.at(10, 20).says(Stamp(kind=K.STRUCK, corrects=dose.id, reason="it was an infusion"))
    stay.says(Stamp(kind=K.INFUSION_START, at=instant(10, 15), dose=35, unit="mg"), happened=True)
    stay.at(10, 55).is_(K.INFUSION_STOP)
    with clinic.store.read() as records:
        assert not still_true(records, first)
        line = sheet_line(records, stay.visit_id, instant(10, 55))
        assert line is not None
        assert line.standing is Standing.UNTRUE
    made = true_sheet(clinic.store, clinic.nurse, stay.visit_id, render_pdf)
    assert "Your infusion ended at 10:55 AM" in text_of(made.pdf.data)


def test_correcting_to_whom_it_went_leaves_what_it_counts_from(clinic: SmallClinic, infused: int) -> None:
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    hand_over(clinic.store, clinic.nurse, made.sheet, "Amara")
    end_later(clinic, infused)
    with clinic.store.read() as records:
        (handed,) = [one for one in records.find(Stamp, visit_id=infused) if one.kind is K.SHEET_HANDED]
    to = Stamp(kind=K.SHEET_HANDED, at=handed.at, corrects=handed.id, person="Bea", reason="it was her")
    record(clinic.store, clinic.nurse, infused, [to])
    assert release(clinic, infused) == ["release-sheet-untrue"]


def test_an_old_sheet_prints_again_exactly(clinic: SmallClinic, infused: int) -> None:
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    clinic.clock.forward(600)
    with clinic.store.read() as records:
        kept = records.get(Sheet, made.sheet.id)
    assert print_again(clinic.store, kept, render_pdf).data == made.pdf.data


# A dose beside an infusion.


def begun(clinic: SmallClinic, *more: Stamp) -> int:
    """Amara's infusion began at 10:15; it is 11 o'clock."""
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    clinic.clock.at = instant(11)
    stamps = [
        Stamp(kind=K.IN_ROOM, at=instant(10)),
        Stamp(kind=K.ANSWERED, at=instant(10, 2), answers=ALL_NO),
        Stamp(kind=K.VITALS, at=instant(10, 5), systolic=120, diastolic=80, oxygen=98),
        Stamp(kind=K.INFUSION_START, at=instant(10, 15), dose=30, unit="mg"),
        *more,
    ]
    record(clinic.store, clinic.nurse, visit.id, stamps)
    return visit.id


def bolus(hour: int, minute: int) -> Stamp:
    return Stamp(kind=K.DOSE, at=instant(hour, minute), dose=5, unit="mg")


def ended(hour: int, minute: int) -> Stamp:
    return Stamp(kind=K.INFUSION_STOP, at=instant(hour, minute))


@pytest.mark.parametrize("given", [bolus(10, 15), bolus(10, 30)])
def test_no_sheet_while_the_infusion_runs_whatever_was_given_beside_it(
    clinic: SmallClinic, given: Stamp
) -> None:
    visit_id = begun(clinic, given)
    with pytest.raises(Refusal) as refusal:
        make_sheet(clinic.store, clinic.nurse, visit_id, render_pdf)
    assert [one.code for one in refusal.value.findings] == ["sheet.infusion-runs"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ((bolus(10, 30), ended(10, 55)), "Your infusion ended at 10:55 AM"),
        ((ended(10, 50), bolus(10, 55)), "Your last dose was at 10:55 AM"),
    ],
)
def test_sheet_and_gate_count_from_the_later_of_the_last_dose_and_the_infusions_end(
    clinic: SmallClinic, more: tuple[Stamp, ...], words: str
) -> None:
    visit_id = begun(clinic, *more)
    made = make_sheet(clinic.store, clinic.nurse, visit_id, render_pdf)
    assert words in text_of(made.pdf.data)
    hand_over(clinic.store, clinic.nurse, made.sheet, "Amara")
    assert release(clinic, visit_id) == []
