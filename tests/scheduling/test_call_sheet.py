"""The call list on paper: what is open, boxes to tick, and nothing cut off."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2

from clinic_desktop.foundation.document import RenderedPdf
from clinic_desktop.people.model import ContactPermissions, Patient, Phone
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.call_list import CallRow, Span
from clinic_desktop.scheduling.call_sheet import call_sheet
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome
from clinic_desktop.scheduling.defaults import default_setup
from clinic_desktop.scheduling.model import Clinic, Visit
from clinic_desktop.scheduling.states import VisitState
from tests.small_clinic import BEA, MONDAY, instant

SETUP = default_setup(Clinic(id=1, name="Test clinic"))
TYPE = SETUP.type_by_code("IVM")
AMARA = Patient(
    id=1, given_name="Amara", family_name="Okafor", birth_date=date(1984, 4, 12), language="es",
    phones=(Phone("(512) 555-0142"), Phone("(512) 555-0143", "work")),
    permissions=ContactPermissions(voicemail=False),
)  # fmt: skip
TUESDAY = MONDAY + timedelta(days=1)


def row(**changes: object) -> CallRow:
    visit = Visit(
        id=3, type_id=TYPE.id, day=TUESDAY, minute=600, start=1000, end=1100, zone="America/Chicago"
    )
    made = CallRow(visit.with_plan(BEA), TYPE, AMARA, Span.NEXT, "named")
    return replace(made, **changes)  # type: ignore[arg-type]  # replace checks the names


def printed(*rows: CallRow) -> tuple[RenderedPdf, str]:
    pdf = render_pdf(call_sheet(rows, SETUP, instant(11), "Dana Reyes"))
    with pypdfium2.PdfDocument(io.BytesIO(pdf.data)) as document:
        words = " ".join(page.get_textpage().get_text_range() for page in document)
    return pdf, " ".join(words.split())


def test_a_line_says_all_that_the_call_needs() -> None:
    tried = CallAttempt(outcome=CallOutcome.NO_ANSWER, at=instant(10, 30), note="rang long")
    _, words = printed(row(attempts=(tried,)))
    for wanted in (
        "Tuesday, November 17", "10:00 AM", "Okafor, Amara", "born April 12, 1984", "(512) 555-0142",
        "(512) 555-0143 work", "NO voicemail", "Interpreter: Spanish", "Bea Marsh", "[ ] visit", "[ ] driver",
        "no answer (rang long)", "Test clinic. Open calls only: 1.", "by Dana Reyes", "Page 1 of 1",
        "Ask for the date of birth before anything is said",
    ):  # fmt: skip
        assert wanted in words, wanted


def test_a_missing_driver_is_loud_once_it_is_red() -> None:
    bare = row().visit.with_plan(None)
    _, words = printed(row(visit=replace(bare, state=VisitState.HELD), driver="missing", red=True))
    assert "NO DRIVER" in words
    assert "HELD" in words


def test_what_is_done_is_not_printed() -> None:
    done = row(visit=replace(row().visit, state=VisitState.CONFIRMED), driver="confirmed")
    _, words = printed(done)
    assert "Okafor" not in words
    assert "No calls are left." in words


def test_a_long_list_goes_on_over_pages_with_its_head() -> None:
    many = [row(patient=replace(AMARA, id=n, family_name=f"Number{n:02}")) for n in range(40)]
    pdf, words = printed(*many)
    assert pdf.page_count > 1
    assert all(f"Number{n:02}" in words for n in range(40))
    assert words.count("Tried at, and what was said") == pdf.page_count
    assert f"Page {pdf.page_count} of {pdf.page_count}" in words
