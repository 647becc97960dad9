"""How a day's sheets stand, from the record alone."""

from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest

from clinic_desktop.aftercare.day_sheets import SheetLine, Standing, sheets_on
from clinic_desktop.aftercare.sheets import MadeSheet, hand_over, make_sheet
from clinic_desktop.aftercare.to_printer import job_of, true_sheet
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import sentences
from clinic_desktop.people.model import Patient
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.printed import Printed, PrintState, begin, finish
from clinic_desktop.treatment.recording import record
from tests.aftercare.approved import approve_translation
from tests.small_clinic import MONDAY, SmallClinic, instant
from tests.treatment.cases import ALL_NO

K = StampKind


def line(clinic: SmallClinic) -> SheetLine:
    with clinic.store.read() as records:
        (only,) = sheets_on(records, MONDAY, clinic.clock.now())
    return only


def infuse(clinic: SmallClinic, visit_id: int) -> None:
    clinic.clock.at = instant(11)
    stamps = [
        Stamp(kind=K.IN_ROOM, at=instant(10)),
        Stamp(kind=K.ANSWERED, at=instant(10, 2), answers=ALL_NO),
        Stamp(kind=K.VITALS, at=instant(10, 5), systolic=120, diastolic=80, oxygen=98),
        Stamp(kind=K.INFUSION_START, at=instant(10, 15), dose=35, unit="mg"),
        Stamp(kind=K.INFUSION_STOP, at=instant(10, 55)),
    ]
    record(clinic.store, clinic.nurse, visit_id, stamps)


def sent(clinic: SmallClinic, made: MadeSheet, state: PrintState = PrintState.SENT, why: str = "") -> None:
    """It went to the printer at the front, and that came of it; SENT: nothing is known yet."""
    job = begin(clinic.store, clinic.nurse, replace(job_of(made), printer="front")).job
    if state is not PrintState.SENT:
        finish(clinic.store, clinic.nurse, job, state, why)


def test_a_sheet_waits_for_the_dose_then_is_printed_then_handed_over(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    assert line(clinic).standing is Standing.NOT_YET
    assert "last dose" in sentences(line(clinic).why)
    infuse(clinic, visit.id)
    assert line(clinic).standing is Standing.READY
    made = make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    assert (line(clinic).standing, line(clinic).to_print) == (Standing.MADE, True)
    sent(clinic, made, PrintState.PRINTED)
    assert (line(clinic).standing, line(clinic).to_print) == (Standing.PRINTED, False)
    hand_over(clinic.store, clinic.nurse, made.sheet, "Amara")
    assert line(clinic).standing is Standing.HANDED


def test_a_queued_sheet_is_no_printed_sheet(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    made = make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    sent(clinic, made)
    assert line(clinic).standing is Standing.SENT
    clinic.clock.forward(59)
    assert line(clinic).standing is Standing.SENT
    clinic.clock.forward(2)  # the desk that sent it was closed: nobody will say
    assert line(clinic).standing is Standing.UNKNOWN


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (PrintState.FAILED, Standing.FAILED),
        (PrintState.SAVED, Standing.SAVED),
        (PrintState.UNKNOWN, Standing.UNKNOWN),
        (PrintState.PRINTED, Standing.PRINTED),
    ],
)
def test_a_sheet_stands_as_its_printer_said(
    clinic: SmallClinic, state: PrintState, standing: Standing
) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    made = make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    sent(clinic, made, state, "out of paper")
    assert line(clinic).standing is standing
    assert line(clinic).to_print is (state is PrintState.FAILED)
    assert not line(clinic).to_make
    hand_over(clinic.store, clinic.nurse, made.sheet, "Amara")  # what was handed over was handed over
    assert line(clinic).standing is Standing.HANDED


def test_a_sheet_on_paper_stays_printed_though_another_print_of_it_failed(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    made = make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    for state in (PrintState.FAILED, PrintState.PRINTED, PrintState.FAILED):
        sent(clinic, made, state)
    assert line(clinic).standing is Standing.PRINTED


def test_what_becomes_of_a_receipt_says_nothing_of_the_sheet(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    made = make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    job = begin(clinic.store, clinic.nurse, replace(job_of(made), what=Printed.RECEIPT)).job
    finish(clinic.store, clinic.nurse, job, PrintState.PRINTED)
    assert line(clinic).standing is Standing.MADE


# Sent again.


def text_of(made: MadeSheet) -> str:
    with pypdfium2.PdfDocument(made.pdf.data) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_an_untrue_sheet_does_not_go_out_again_where_no_new_one_can_be_made(clinic: SmallClinic) -> None:
    """Another infusion runs: what was printed names the end of the first one."""
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    true_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    clinic.clock.forward(5)
    begun = Stamp(kind=StampKind.INFUSION_START, dose=35, unit="mg")
    record(clinic.store, clinic.nurse, visit.id, [begun], happened=True)
    with pytest.raises(Refusal) as refusal:
        true_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    assert [one.code for one in refusal.value.findings] == ["sheet.infusion-runs"]


def test_what_did_not_come_out_is_the_same_sheet_the_next_time_and_its_foot_says_so(
    clinic: SmallClinic,
) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    first = true_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    sent(clinic, first, PrintState.FAILED)
    clinic.clock.forward(5)
    second = true_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    assert (second.sheet.id, second.again, job_of(second).what) == (first.sheet.id, True, Printed.AGAIN)
    said = " Printed again November 16, 2026, 11:05 AM, by Maya Jones."
    assert text_of(second).count(said) == second.pdf.page_count
    assert text_of(second).replace(said, "") == text_of(first)
    with clinic.store.read() as records:
        assert len(records.find(Sheet, visit_id=visit.id)) == 1


def test_a_sheet_that_was_never_at_a_printer_is_not_printed_again(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    first = true_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    job = begin(clinic.store, clinic.nurse, job_of(first)).job
    finish(clinic.store, clinic.nurse, job, PrintState.SAVED)
    second = true_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    assert (second.again, second.pdf.data) == (False, first.pdf.data)


def test_a_file_of_a_sheet_does_not_say_that_it_is_printed_again(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    first = true_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    sent(clinic, first, PrintState.PRINTED)
    saved = true_sheet(clinic.store, clinic.nurse, visit.id, render_pdf, to_paper=False)
    assert saved.pdf.data == first.pdf.data


def test_a_sheet_that_is_not_true_any_more_is_made_anew(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    first = true_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    sent(clinic, first, PrintState.FAILED)
    with clinic.store.read() as records:
        stop = next(one for one in records.find(Stamp, visit_id=visit.id) if one.kind is K.INFUSION_STOP)
    later = Stamp(kind=K.INFUSION_STOP, at=instant(10, 58), corrects=stop.id, reason="read from the pump")
    record(clinic.store, clinic.nurse, visit.id, [later])
    second = true_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    assert (second.sheet.copy_number, second.again) == (2, False)


def test_a_handover_struck_out_leaves_the_sheet_to_be_handed_over(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    made = make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    hand_over(clinic.store, clinic.nurse, made.sheet, "Amara")
    with clinic.store.read() as records:
        (handed,) = (one for one in records.find(Stamp, visit_id=visit.id) if one.kind is K.SHEET_HANDED)
    struck = Stamp(kind=K.STRUCK, corrects=handed.id, reason="another patient's sheet")
    record(clinic.store, clinic.nurse, visit.id, [struck])
    assert line(clinic).standing is Standing.MADE
    assert line(clinic).handed_at is None
    clinic.clock.forward(5)
    with clinic.store.read() as records:
        sheet = records.get(Sheet, made.sheet.id)
    hand_over(clinic.store, clinic.nurse, sheet, "Her sister")
    assert (line(clinic).standing, line(clinic).handed_to) == (Standing.HANDED, "Her sister")


def test_another_copy_of_a_sheet_that_was_handed_over_leaves_it_handed_over(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    first = make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    hand_over(clinic.store, clinic.nurse, first.sheet, "Amara")
    second = make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    assert (line(clinic).standing, line(clinic).handed_to) == (Standing.HANDED, "Amara")
    hand_over(clinic.store, clinic.nurse, second.sheet, "Bea")
    assert (line(clinic).standing, line(clinic).handed_to) == (Standing.HANDED, "Bea")


def test_a_newer_sheet_that_says_more_is_still_to_be_handed_over(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    first = make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    hand_over(clinic.store, clinic.nurse, first.sheet, "Amara")
    book(clinic.store, clinic.desk, clinic.wish(day=MONDAY + timedelta(days=7)))
    assert line(clinic).standing is Standing.HANDED
    make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    assert line(clinic).standing is Standing.MADE


def test_a_sheet_on_paper_counts_as_handed_over(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    record(clinic.store, clinic.nurse, visit.id, [Stamp(kind=K.SHEET_HANDED, person="Amara")])
    assert (line(clinic).standing, line(clinic).sheet) == (Standing.HANDED, None)


def test_a_sheet_on_paper_from_before_a_correction_counts_no_more(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    record(clinic.store, clinic.nurse, visit.id, [Stamp(kind=K.SHEET_HANDED, person="Amara")])
    with clinic.store.read() as records:
        stop = next(one for one in records.find(Stamp, visit_id=visit.id) if one.kind is K.INFUSION_STOP)
    later = Stamp(kind=K.INFUSION_STOP, at=instant(10, 58), corrects=stop.id, reason="read from the pump")
    record(clinic.store, clinic.nurse, visit.id, [later])
    assert line(clinic).standing is Standing.READY


def test_a_sheet_on_paper_counts_from_the_later_time_while_an_earlier_one_waits(clinic: SmallClinic) -> None:
    """As the release does."""
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    with clinic.store.read() as records:
        stop = next(one for one in records.find(Stamp, visit_id=visit.id) if one.kind is K.INFUSION_STOP)
    earlier = Stamp(kind=K.INFUSION_STOP, at=instant(10, 40), corrects=stop.id, reason="read from the pump")
    record(clinic.store, clinic.nurse, visit.id, [earlier], happened=True)
    handed = Stamp(kind=K.SHEET_HANDED, person="Amara", counts_from=instant(10, 40))
    record(clinic.store, clinic.nurse, visit.id, [handed])
    assert line(clinic).standing is Standing.READY
    record(clinic.store, clinic.nurse, visit.id, [Stamp(kind=K.SHEET_HANDED, person="Amara")])
    assert line(clinic).standing is Standing.HANDED


def test_what_changed_after_printing_is_said(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    with clinic.store.read() as records:
        stop = next(one for one in records.find(Stamp, visit_id=visit.id) if one.kind is K.INFUSION_STOP)
    later = Stamp(kind=K.INFUSION_STOP, at=instant(10, 58), corrects=stop.id, reason="read from the pump")
    record(clinic.store, clinic.nurse, visit.id, [later])
    assert line(clinic).standing is Standing.UNTRUE


def test_a_consultation_has_no_sheet(clinic: SmallClinic) -> None:
    book(clinic.store, clinic.desk, clinic.wish("CON", patient_id=clinic.noah.id))
    with clinic.store.read() as records:
        assert sheets_on(records, MONDAY, clinic.clock.now()) == []


def test_what_came_between_is_named_and_a_newer_fact_too(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    assert line(clinic).to_make
    make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    assert (line(clinic).changed, line(clinic).to_make) == ((), False)
    book(clinic.store, clinic.desk, clinic.wish(day=MONDAY + timedelta(days=3)))
    assert (line(clinic).standing, line(clinic).changed) == (Standing.MADE, ("next_visits",))
    assert line(clinic).to_make
    with clinic.store.read() as records:
        stop = next(one for one in records.find(Stamp, visit_id=visit.id) if one.kind is K.INFUSION_STOP)
    later = Stamp(kind=K.INFUSION_STOP, at=instant(10, 58), corrects=stop.id, reason="read from the pump")
    record(clinic.store, clinic.nurse, visit.id, [later])
    assert "infusion_ended_at" in line(clinic).changed
    assert line(clinic).to_make


def test_leaving_is_as_planned_until_the_patient_has_left(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    assert line(clinic).leaves == instant_minute(instant(11, 30))
    infuse(clinic, visit.id)
    clinic.clock.at = instant(11, 50)
    left = Stamp(kind=K.LEFT_EARLY, at=instant(11, 20), note="did not want to wait")
    record(clinic.store, clinic.nurse, visit.id, [left], happened=True)
    assert line(clinic).leaves == instant_minute(instant(11, 20))


def test_a_sheet_names_others_of_the_day_whose_names_could_be_taken_for_it(clinic: SmallClinic) -> None:
    """Also one who comes for a talk and gets no sheet; nobody who cancelled counts."""
    book(clinic.store, clinic.desk, clinic.wish())
    assert line(clinic).alike == ()
    with clinic.store.write(PROGRAM) as unit:
        other = unit.add(Patient(given_name="Adaeze", family_name="Okafor"))
        unit.commit()
    talk = book(clinic.store, clinic.desk, clinic.wish("CON", 780, patient_id=other.id)).visits[0]
    assert line(clinic).alike == ("Okafor, Adaeze",)
    cancel(clinic.store, clinic.desk, talk.id, talk.version, CancelReason.PATIENT)
    assert line(clinic).alike == ()


def speaks(clinic: SmallClinic, language: str) -> None:
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), language=language))
        unit.commit()


@pytest.mark.parametrize("handed", [False, True])
def test_whoever_reads_another_language_gets_a_sheet_in_it(clinic: SmallClinic, handed: bool) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    first = make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf).sheet
    if handed:
        hand_over(clinic.store, clinic.nurse, first, "patient")
    speaks(clinic, "es")
    assert (line(clinic).changed, line(clinic).to_make) == (("language",), True)
    approve_translation(clinic, first.kind, "es")
    second = true_sheet(clinic.store, clinic.nurse, visit.id, render_pdf).sheet
    assert (second.language, second.copy_number) == ("es", 2)
    assert line(clinic).standing is Standing.MADE  # and so to be handed over
    assert not line(clinic).to_make


def test_english_for_another_reader_is_said_each_time(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    speaks(clinic, "es")
    for to_paper in (True, True, False):
        made = true_sheet(clinic.store, clinic.nurse, visit.id, render_pdf, to_paper=to_paper)
        assert [one.code for one in made.why] == ["sheet.translation-waits"]
        assert made.sheet.copy_number == 1
    hand_over(clinic.store, clinic.nurse, made.sheet, "patient")
    approve_translation(clinic, made.sheet.kind, "es")
    assert (line(clinic).changed, line(clinic).text) == (("language",), ())
    for _ in range(2):  # the second time it is the same one
        anew = true_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
        assert (anew.sheet.language, anew.sheet.copy_number, anew.why) == ("es", 2, ())
    assert line(clinic).standing is Standing.MADE


def test_larger_letters_are_a_reason_for_a_new_sheet(clinic: SmallClinic) -> None:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    infuse(clinic, visit.id)
    make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf)
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), large_print=True))
        unit.commit()
    assert (line(clinic).changed, line(clinic).to_make) == (("large_print",), True)
