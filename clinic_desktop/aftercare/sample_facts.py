"""An invented visit that says as much as a sheet can say: a text is judged before patients have it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from clinic_desktop.aftercare.card_facts import CardFacts, CardVisit
from clinic_desktop.aftercare.codes import calendar_entry, phone_link
from clinic_desktop.aftercare.compose import (
    Made,
    compose_escort,
    compose_preparation,
    compose_receipt,
    compose_sheet,
)
from clinic_desktop.aftercare.compose_card import compose_card
from clinic_desktop.aftercare.facts import compute_facts
from clinic_desktop.aftercare.fields import PREPARATION
from clinic_desktop.aftercare.filling import Handover
from clinic_desktop.aftercare.prepare import PrepareFacts, PrepareSource, compute_preparation
from clinic_desktop.aftercare.sheet_text import ENGLISH
from clinic_desktop.aftercare.statements import IV_SITE, REQUIRED
from clinic_desktop.aftercare.template import Status, Template
from clinic_desktop.aftercare.values import (
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
from clinic_desktop.foundation.document import Document, PageSize
from clinic_desktop.scheduling.asks import FOOD, LIQUID, SPRAY


class Sample(StrEnum):
    """Which invented visit a text is tried with."""

    USUAL = "usual"
    LONGEST = "longest"
    LARGE = "large"  # the longest, in large print
    NO_DRIVER = "no driver"


_DAY = date(2026, 9, 29)
_DOSE, _END = datetime(2026, 9, 29, 15, 31, tzinfo=UTC), datetime(2026, 9, 29, 17, 11, tzinfo=UTC)
_MADE = Made(datetime(2026, 9, 29, 17, 20, tzinfo=UTC), "Maya Jones-Abernathy", copy_number=3)
_PRESCRIBER = "Wilhelmina Abernathy-Jones, MD"
_PHONES = (
    PhoneLine("(512) 555-0100", "Monday to Friday, 8 AM to 6 PM", "Front desk"),
    PhoneLine("(512) 555-0199", "all other hours, weekends and holidays", "Nurse on call"),
    PhoneLine("(512) 555-0142", "Saturday, 9 AM to 1 PM", "Prescriber"),
)
_CLINIC = ClinicFacts(
    "Cedar Street Clinic for Interventional Psychiatry",
    "1450 North Cedar Street, Building B, Suite 200, Austin, TX 78704",
    _PHONES,
)
_USUAL = ClinicFacts("Cedar Street Clinic", "1450 Cedar Street, Austin, TX 78704", _PHONES[:2])


def longest_facts(kind: str, page_size: PageSize, *, large_print: bool, language: str = "") -> SheetFacts:
    """Long names, three phones with their hours, an adult, four next visits; and an interpreter, where the
    ``language`` that is read is none that we have."""
    infused = IV_SITE in REQUIRED[kind]
    return compute_facts(
        SheetSource(
            visit_id=20418,
            visit_day=_DAY,
            zone="America/Chicago",
            kind=kind,
            patient_name="Bartholomew Maximilian Featherstonehaugh-Montgomery",
            first_name="Bartholomew Maximilian",
            birth_date=date(1984, 4, 12),
            clinic=_CLINIC,
            last_dose_at=_DOSE,
            infused=infused,
            infusion_ended_at=_END if infused else None,
            driver=DriverFacts("Wilhelmina Featherstonehaugh-Montgomery", "(512) 555-0147"),
            next_visits=tuple(NextVisit(_DAY + timedelta(days=1 + 7 * n), 615) for n in range(4)),
            language=language,
            large_print=large_print,
            settings=SheetSettings(page_size=page_size, adult_hours=24),
            visit_code=calendar_entry(
                instant_minute(_DOSE) + 7 * 24 * 60, 145, _CLINIC.address, "Appointment"
            ),
            phone_code=phone_link(_CLINIC.phones[0].number),
        )
    )


def longest_preparation(
    kind: str, page_size: PageSize, *, large_print: bool, language: str = ""
) -> PrepareFacts:
    """Everything asked, half a driver, three forms to fill in; an interpreter as above."""
    start = instant_minute(_DOSE)
    return compute_preparation(
        PrepareSource(
            visit_id=20418,
            kind=kind,
            zone="America/Chicago",
            start=start,
            patient_name="Bartholomew Maximilian Featherstonehaugh-Montgomery",
            first_name="Bartholomew Maximilian",
            birth_date=date(1984, 4, 12),
            clinic=_CLINIC,
            lead=15,
            asks={FOOD: 360, LIQUID: 120, SPRAY: 60},
            driver=DriverFacts("Wilhelmina Featherstonehaugh-Montgomery"),
            asks_driver=True,
            cancel_by=start - 2 * 24 * 60,
            score_forms=("PHQ-9", "GAD-7", "C-SSRS"),
            language=language,
            large_print=large_print,
            page_size=page_size,
        )
    )


def sample_page(template: Template, page_size: PageSize, sample: Sample) -> Document:
    """The text with one of the invented visits."""
    if sample in (Sample.LONGEST, Sample.LARGE):
        return longest_page(template, page_size, large_print=sample is Sample.LARGE)
    kind, language = template.front.kind, template.front.language
    driver = DriverFacts() if sample is Sample.NO_DRIVER else DriverFacts("Daniel Meyer", "(512) 555-0147")
    named: dict[str, Any] = {
        "patient_name": "Karl Meyer",
        "first_name": "Karl",
        "driver": driver,
        "language": language,
    }
    if kind == SheetKind.COURSE_CARD:
        card, _ = longest_cards(page_size, large_print=False)
        one = replace(card, clinic=_USUAL, patient_name="Karl M.", cards=1, language=language)
        return compose_card(template, [one], _MADE.at)
    if kind in PREPARATION:
        before = longest_preparation(kind, page_size, large_print=False)
        unnamed = sample is Sample.NO_DRIVER
        usual = replace(before, clinic=_USUAL, asks_driver=unnamed, score_forms=("PHQ-9",), **named)
        return compose_preparation(template, usual, _MADE)
    of = kind if kind not in (SheetKind.RECEIPT, SheetKind.ESCORT) else SheetKind.IV.value
    facts = longest_facts(of, page_size, large_print=False)
    facts = replace(facts, clinic=_USUAL, next_visits=facts.next_visits[:1], **named)
    if kind == SheetKind.RECEIPT:
        return compose_receipt(
            template, facts, template.wording, _MADE, Handover("Karl Meyer", _MADE.by, _MADE.at)
        )
    return (
        compose_escort(template, facts, _MADE)
        if kind == SheetKind.ESCORT
        else compose_sheet(template, facts, _MADE)
    )


def longest_cards(page_size: PageSize, *, large_print: bool) -> tuple[CardFacts, ...]:
    """Twelve visits, some of which wait, and more to come."""
    days = [_DAY + timedelta(days=3 * n) for n in range(12)]
    first = CardFacts(
        zone="America/Chicago",
        visit_day=_DAY,
        patient_name="Bartholomew Maximilian F.",
        clinic=_CLINIC,
        visits=tuple(CardVisit(day, 675, n, held=n > 4) for n, day in enumerate(days[:6], start=1)),
        planned=14,
        cards=2,
        waits="both",
        cancel_days=2,
        cancel_minute=14 * 60,
        language="",
        large_print=large_print,
        page_size=page_size,
    )
    more = tuple(CardVisit(day, 675, n, held=True) for n, day in enumerate(days[6:], start=7))
    return first, replace(first, visit_day=days[6], visits=more, number=2, to_place=2)


def longest_page(template: Template, page_size: PageSize, *, large_print: bool) -> Document:
    """The text with the most that it may have to hold.

    English goes to whoever reads a language that has no text; a translation only to those who read it.
    """
    kind, language = template.front.kind, template.front.language
    if kind == SheetKind.COURSE_CARD:
        return compose_card(template, longest_cards(page_size, large_print=large_print), _MADE.at)
    reads = "" if language == ENGLISH else language
    if kind in PREPARATION:
        before = longest_preparation(kind, page_size, large_print=large_print, language=reads)
        return compose_preparation(template, before, _MADE)
    of = kind if kind not in (SheetKind.RECEIPT, SheetKind.ESCORT) else SheetKind.IV.value
    facts = longest_facts(of, page_size, large_print=large_print, language=reads)
    if kind == SheetKind.RECEIPT:
        handover = Handover("Bartholomew and Wilhelmina Featherstonehaugh", _MADE.by, _MADE.at)
        return compose_receipt(template, facts, template.wording, _MADE, handover)
    if kind == SheetKind.ESCORT:
        return compose_escort(template, facts, _MADE)
    return compose_sheet(template, facts, _MADE)


def longest_handed_out(template: Template, page_size: PageSize, *, large_print: bool) -> Document:
    """The longest that anybody is given: English while it is a draft, and says so; another language only when
    it is approved."""
    if template.front.language != ENGLISH:
        front = replace(
            template.front, status=Status.APPROVED, approved_by=_PRESCRIBER, approved_on=_MADE.at.date()
        )
        template = replace(template, front=front)
    return longest_page(template, page_size, large_print=large_print)
