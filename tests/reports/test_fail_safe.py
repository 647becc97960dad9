"""The paper for a day without the program: all that the day needs, from one moment, and no trace of it."""

from datetime import date, timedelta

from clinic_desktop.aftercare.ahead import ahead_sheet
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.document import Document
from clinic_desktop.foundation.records import changed
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.reports.fail_safe import days_ahead, fail_safe
from clinic_desktop.scheduling.model import Closure, Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import RemsForm
from tests.printing.reading import pages
from tests.small_clinic import MONDAY, SmallClinic, at
from tests.treatment.stays import booked

FRIDAY = MONDAY - timedelta(days=3)


def made(clinic: SmallClinic) -> Document:
    """Monday's paper as it is made on Friday evening."""
    clinic.clock.at = at(FRIDAY, 17, 30)
    return fail_safe(clinic.store, MONDAY, ahead_sheet)


def text_of(document: Document) -> list[str]:
    return pages(render_pdf(document))


def ahead(clinic: SmallClinic, today: date) -> list[date]:
    with clinic.store.read() as records:
        return days_ahead(records, today)


def test_it_begins_with_what_it_is_and_has_all_that_the_day_needs(any_clinic: SmallClinic) -> None:
    booked(any_clinic, "IVM")
    booked(any_clinic, "SP56", 840, patient_id=any_clinic.double("Marlow").id)
    found = text_of(made(any_clinic))
    assert "Paper for a day without the program: Monday, November 16, 2026" in found[0]
    assert "The plan as it stood on Friday, November 13, 2026, 5:30 PM." in found[0]
    text = " ".join(found)
    for said in (
        "Test clinic · Monday, November 16, 2026",  # the day by rooms
        "Call list",
        "Visit record, by hand. Visit 1.",
        "After your ketamine treatment",
        "After your Spravato visit",
        "REMS forms to send: Monday, November 16, 2026",
        "REMS monitoring form: worksheet",
    ):
        assert said in text
    assert text.count("Device Time mg Lot By") == 1
    assert text.count("REMS monitoring form: worksheet") == 1


def test_the_call_list_has_everybody_of_the_day_also_who_is_settled(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic, "IVM")
    with any_clinic.store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY])
        visit = unit.get(Visit, stay.visit_id)
        clock = any_clinic.clock.at
        unit.save(changed(visit, state=VisitState.CONFIRMED, plan_confirmed_at=clock, plan_confirmed_by=1))
        unit.commit()
    (page,) = [one for one in text_of(made(any_clinic)) if "Name no treatment on a voicemail" in one]
    assert "Monday, November 16: Still to come today" in page
    assert "Okafor, Amara" in page
    assert "(512) 555-0142" in page
    assert "Bea Marsh (217) 555-0142 confirmed" in page
    assert "settled" in page


def test_a_form_that_waits_stands_with_its_last_day(any_clinic: SmallClinic) -> None:
    booked(any_clinic).sprayed()
    with any_clinic.store.read() as records:
        (form,) = records.find(RemsForm)
    day = form.due_on
    text = " ".join(text_of(fail_safe(any_clinic.store, day, ahead_sheet)))
    assert "Okafor, Amara April 12, 1984 Mon, Nov 16 TODAY: Mon, Nov 23" in text
    late = " ".join(text_of(fail_safe(any_clinic.store, day + timedelta(days=1), ahead_sheet)))
    assert "LATE: Mon, Nov 23" in late


def test_a_cancelled_visit_has_no_paper(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic, "IVM")
    with any_clinic.store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY])
        unit.save(changed(unit.get(Visit, stay.visit_id), state=VisitState.CANCELLED))
        unit.commit()
    assert "Okafor" not in " ".join(text_of(made(any_clinic)))


def test_making_it_leaves_no_trace(any_clinic: SmallClinic) -> None:
    booked(any_clinic, "IVM")
    number = any_clinic.store.change_number()
    made(any_clinic)
    assert any_clinic.store.change_number() == number


def test_the_day_is_the_next_on_which_the_clinic_is_open(any_clinic: SmallClinic) -> None:
    assert ahead(any_clinic, MONDAY) == [MONDAY + timedelta(days=1)]
    assert ahead(any_clinic, FRIDAY) == [MONDAY]
    with any_clinic.store.write(PROGRAM) as unit:
        unit.add(Closure(from_day=MONDAY, to_day=MONDAY, reason="holiday"))
        unit.commit()
    assert ahead(any_clinic, FRIDAY) == [MONDAY + timedelta(days=1)]


def test_whoever_is_booked_before_that_day_has_paper_all_the_same(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic, "IVM")
    with any_clinic.store.write(PROGRAM) as unit:
        unit.add(Closure(from_day=MONDAY, to_day=MONDAY, reason="holiday"))
        unit.commit()
    assert stay.visit.day == MONDAY
    assert ahead(any_clinic, FRIDAY) == [MONDAY, MONDAY + timedelta(days=1)]
