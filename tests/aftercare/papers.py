"""One invented visit on every paper that ships: kind, language, size of paper, size of print.

Its names are long, and all its times differ, so that none is taken for another.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import product

from clinic_desktop.aftercare.codes import calendar_entry, phone_link
from clinic_desktop.aftercare.compose import (
    Made,
    compose_escort,
    compose_preparation,
    compose_receipt,
    compose_sheet,
)
from clinic_desktop.aftercare.facts import compute_facts
from clinic_desktop.aftercare.filling import Handover
from clinic_desktop.aftercare.parse import shipped_template, shipped_texts
from clinic_desktop.aftercare.prepare import PrepareSource, compute_preparation
from clinic_desktop.aftercare.statements import IV_SITE, REQUIRED
from clinic_desktop.aftercare.template import Status, Template
from clinic_desktop.aftercare.values import (
    AFTER_TREATMENT,
    BEFORE_TREATMENT,
    ClinicFacts,
    DriverFacts,
    NextVisit,
    PhoneLine,
    SheetFacts,
    SheetKind,
    SheetSettings,
    SheetSource,
)
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.document import Document, PageSize, RenderedPdf
from clinic_desktop.printing.pdf import render_pdf
from tests.aftercare.sample import ZONE, at

DAY = date(2026, 9, 29)
DOSE, END = at(10, 31, DAY), at(12, 11, DAY)
PATIENT, FIRST_NAME = "Bartholomew Maximilian Featherstonehaugh-Montgomery", "Bartholomew Maximilian"
DRIVER = DriverFacts("Wilhelmina Featherstonehaugh-Montgomery", "(512) 555-0147")
CLINIC = ClinicFacts(
    "Cedar Street Clinic for Interventional Psychiatry",
    "1450 North Cedar Street, Building B, Suite 200, Austin, TX 78704",
    (
        PhoneLine("(512) 555-0100", "Monday to Friday, 8 AM to 6 PM", "Front desk"),
        PhoneLine("(512) 555-0199", "all other hours, weekends and holidays", "Nurse on call"),
        PhoneLine("(512) 555-0142", "Saturday, 9 AM to 1 PM", "Prescriber"),
    ),
)
MADE = Made(at(12, 20, DAY), "Maya Jones-Abernathy", copy_number=3)
NEXT = tuple(NextVisit(date(2026, 10, 6) + timedelta(days=7 * n), 14 * 60 + 30) for n in range(4))
FORMS = ("PHQ-9", "GAD-7", "C-SSRS")


@dataclass(frozen=True)
class Paper:
    kind: str
    language: str
    size: PageSize
    large: bool

    def __str__(self) -> str:
        return f"{self.language}-{self.kind}-{self.size}-{18 if self.large else 12}"


# The card for the wallet is no page: test_course_card.py.
ALL = tuple(
    Paper(path.stem, path.parent.name, size, large)
    for path in shipped_texts()
    if path.stem != SheetKind.COURSE_CARD
    for size, large in product(PageSize, (False, True))
)


def each_once() -> tuple[Paper, ...]:
    """Each text once, and each size of paper and print with each kind and with each language."""
    kinds = [one for one in REQUIRED if one != SheetKind.COURSE_CARD]
    languages = sorted({one.language for one in ALL})
    forms = list(product(PageSize, (False, True)))
    return tuple(
        Paper(kind, language, *forms[(n + m) % len(forms)])
        for n, kind in enumerate(kinds)
        for m, language in enumerate(languages)
    )


def some_of_each() -> tuple[Paper, ...]:
    """A third of those: each kind in two languages or three, each language in four kinds, and each size."""
    kinds = [one for one in REQUIRED if one != SheetKind.COURSE_CARD]
    languages = sorted({one.language for one in ALL})
    return tuple(
        one for one in each_once() if (kinds.index(one.kind) - languages.index(one.language)) % 3 == 0
    )


@cache
def template(kind: str, language: str) -> Template:
    """As it is handed out: English as a draft, a translation once it is approved."""
    shipped = shipped_template(kind, language)
    if language == "en":
        return shipped
    approved = {"status": Status.APPROVED, "approved_by": "Tunde Bello, MD", "approved_on": DAY}
    return replace(shipped, front=replace(shipped.front, **approved))


@cache
def composed(paper: Paper) -> Document:
    text = template(paper.kind, paper.language)
    if paper.kind in BEFORE_TREATMENT:
        return compose_preparation(text, compute_preparation(_to_come(paper)), MADE)
    if paper.kind == SheetKind.RECEIPT:
        handover = Handover("Wilhelmina Featherstonehaugh", MADE.by, MADE.at)
        return compose_receipt(text, _treated(paper, SheetKind.IV), text.wording, MADE, handover)
    if paper.kind == SheetKind.ESCORT:
        return compose_escort(text, _treated(paper, SheetKind.IV), MADE)
    assert paper.kind in AFTER_TREATMENT
    return compose_sheet(text, _treated(paper, paper.kind), MADE)


@cache
def printed(paper: Paper) -> RenderedPdf:
    return render_pdf(composed(paper))


def infused(kind: str) -> bool:
    return IV_SITE in REQUIRED[kind]


def _treated(paper: Paper, kind: str) -> SheetFacts:
    return compute_facts(
        SheetSource(
            visit_id=20418,
            visit_day=DAY,
            zone=ZONE,
            kind=kind,
            patient_name=PATIENT,
            first_name=FIRST_NAME,
            birth_date=date(1984, 4, 12),
            clinic=CLINIC,
            last_dose_at=DOSE,
            infused=infused(kind),
            infusion_ended_at=END if infused(kind) else None,
            driver=DRIVER,
            next_visits=NEXT,
            language=paper.language,
            large_print=paper.large,
            settings=SheetSettings(decision_hours=48, alcohol_hours=72, adult_hours=8, page_size=paper.size),
            visit_code=calendar_entry(
                instant_minute(at(14, 30, NEXT[0].day)), 145, CLINIC.address, "Appointment"
            ),
            phone_code=phone_link(CLINIC.phones[0].number),
        )
    )


def _to_come(paper: Paper) -> PrepareSource:
    start = instant_minute(DOSE)
    return PrepareSource(
        visit_id=20418,
        kind=paper.kind,
        zone=ZONE,
        start=start,
        patient_name=PATIENT,
        first_name=FIRST_NAME,
        birth_date=date(1984, 4, 12),
        clinic=CLINIC,
        lead=15,
        asks={"food": 360, "liquid": 120, "spray": 60},
        driver=DRIVER,
        asks_driver=True,
        cancel_by=start - 48 * 60,
        score_forms=FORMS,
        language=paper.language,
        large_print=paper.large,
        page_size=paper.size,
    )
