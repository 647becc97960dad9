"""An invented visit and its sheet."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from clinic_desktop.aftercare.compose import Made, compose_sheet
from clinic_desktop.aftercare.facts import compute_facts
from clinic_desktop.aftercare.parse import shipped_template
from clinic_desktop.aftercare.values import (
    ClinicFacts,
    DriverFacts,
    NextVisit,
    PhoneLine,
    SheetFacts,
    SheetSource,
)
from clinic_desktop.foundation.document import Document

INFUSED = ("iv", "iv-pain")
ZONE = "America/Chicago"
VISIT_DAY = date(2026, 11, 17)
CLINIC = ClinicFacts(
    "Cedar Street Clinic",
    "1450 Cedar Street, Suite 200, Austin, TX 78704",
    (
        PhoneLine("(512) 555-0100", "Monday to Friday, 8 AM to 6 PM"),
        PhoneLine("(512) 555-0199", "all other hours"),
    ),
)


def at(hour: int, minute: int = 0, day: date = VISIT_DAY, zone: str = ZONE) -> datetime:
    """The instant of a clock reading at the clinic."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


MADE = Made(at(11, 40), "MJ")


def source(kind: str = "iv", **other) -> SheetSource:
    """A treated visit of November 17, 2026."""
    values = {
        "visit_id": 20418,
        "visit_day": VISIT_DAY,
        "zone": ZONE,
        "kind": kind,
        "patient_name": "Amara Okafor",
        "birth_date": date(1984, 4, 12),
        "clinic": CLINIC,
        "last_dose_at": at(10, 31),
        "infused": kind in INFUSED,
        "infusion_ended_at": at(11, 11) if kind in INFUSED else None,
        "driver": DriverFacts("Daniel Okafor", "(512) 555-0147"),
        "next_visits": (NextVisit(date(2026, 11, 20), 615), NextVisit(date(2026, 11, 24), 615)),
    }
    return SheetSource(**(values | other))


def facts(kind: str = "iv", **other) -> SheetFacts:
    return compute_facts(source(kind, **other))


def sheet(kind: str = "iv", made: Made = MADE, again: Made | None = None, **other) -> Document:
    """The shipped text of that kind, filled in."""
    return compose_sheet(shipped_template(kind), facts(kind, **other), made, again)
