"""Two-page sheets of invented visits, each of another one. reportlab is imported once the first is made."""

from datetime import UTC, date, datetime

from clinic_desktop.aftercare.compose import Made, compose_sheet
from clinic_desktop.aftercare.facts import compute_facts
from clinic_desktop.aftercare.parse import shipped_template
from clinic_desktop.aftercare.template import Template
from clinic_desktop.aftercare.values import (
    ClinicFacts,
    DriverFacts,
    NextVisit,
    PhoneLine,
    SheetSource,
)
from clinic_desktop.foundation.document import Document, RenderedPdf
from clinic_desktop.printing.pdf import render_pdf


def text_of_sheet() -> Template:
    return shipped_template("iv")


def one_sheet(number: int, template: Template) -> RenderedPdf:
    """A sheet of a visit of its own: what it says of that visit was not set before, what it says to everybody
    was, as when a day's sheets are printed."""
    pdf = render_pdf(document(number, template))
    assert pdf.page_count == 2
    return pdf


def document(number: int, template: Template) -> Document:
    made = Made(datetime(2026, 11, 17, 17, 40, tzinfo=UTC), "MJ")
    return compose_sheet(template, compute_facts(_source(number)), made)


def _source(number: int) -> SheetSource:
    phones = (PhoneLine("(512) 555-0100", "8 AM to 6 PM"), PhoneLine("(512) 555-0199", "all other hours"))
    return SheetSource(
        visit_id=20_000 + number,
        visit_day=date(2026, 11, 17),
        zone="America/Chicago",
        kind="iv",
        patient_name=f"Zoë Ångström {number}",
        birth_date=date(1950 + number % 50, 4, 12),
        clinic=ClinicFacts("Cedar Street Clinic", "1450 Cedar Street, Austin, TX 78704", phones),
        last_dose_at=datetime(2026, 11, 17, 16, number % 30, tzinfo=UTC),
        infused=True,
        infusion_ended_at=datetime(2026, 11, 17, 17, number % 30, tzinfo=UTC),
        driver=DriverFacts(f"Daniel Okafor {number}", "(512) 555-0147"),
        next_visits=(NextVisit(date(2026, 11, 20), 615),),
    )
