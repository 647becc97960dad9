"""What a patient does before a visit, and until when: worked out back from the visit's start. Pure.

What a visit type asks (so many minutes without food, liquids, nasal spray) is elapsed time, also over a
change of the clock. [reference 5.3]
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from clinic_desktop.aftercare.values import (
    AFTER_TREATMENT,
    PREPARATIONS,
    ClinicFacts,
    DriverFacts,
    Moment,
    NextVisit,
    SheetKind,
)
from clinic_desktop.foundation.clock import from_utc_minute, instant_at, is_twice, zone
from clinic_desktop.foundation.document import PageSize
from clinic_desktop.scheduling.asks import FOOD, LIQUID, SPRAY

NO_DRIVER = DriverFacts()
SOBER_MINUTES = 24 * 60
"""Without alcohol, cannabis or street drugs before the visit, elapsed [C25] [C2]."""


@dataclass(frozen=True, slots=True)
class PrepareSource:
    """What the record knows of a visit to come. UTC minutes.

    start: when it begins. lead: minutes of check-in before. asks: code -> minutes before the start.
    asks_driver: a way home is asked for, and what is on record is not enough. alone: "taxi" or "transit".
    cancel_by: from when cancelling is late. score_forms: names of the forms that are asked for.
    """

    visit_id: int
    kind: str
    zone: str
    start: int
    patient_name: str
    first_name: str
    birth_date: date | None
    clinic: ClinicFacts
    lead: int = 0
    asks: Mapping[str, int] = field(default_factory=dict)
    driver: DriverFacts = NO_DRIVER
    asks_driver: bool = False
    alone: str = ""
    cancel_by: int = 0
    score_forms: tuple[str, ...] = ()
    language: str = "en"
    large_print: bool = False
    page_size: PageSize = PageSize.LETTER
    statements_off: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PrepareFacts:
    """Everything a preparation sheet says that is not its wording: enough to print it again exactly."""

    visit_id: int
    kind: str
    zone: str
    visit_day: date
    start: Moment
    patient_name: str
    birth_date: date | None
    clinic: ClinicFacts
    sober_from: Moment
    arrive: Moment | None = None
    food_until: Moment | None = None
    liquid_until: Moment | None = None
    spray_until: Moment | None = None
    cancel_by: Moment | None = None
    driver: DriverFacts = NO_DRIVER
    asks_driver: bool = False
    alone: str = ""
    score_forms: tuple[str, ...] = ()
    language: str = "en"
    large_print: bool = False
    page_size: PageSize = PageSize.LETTER
    first_name: str = ""
    next_visits: tuple[NextVisit, ...] = ()
    statements_off: frozenset[int] = frozenset()


def preparation_kind(sheet: str) -> str:
    """The preparation that goes with an aftercare sheet; empty where there is none."""
    return PREPARATIONS[SheetKind(sheet)].value if sheet in AFTER_TREATMENT else ""


def compute_preparation(source: PrepareSource) -> PrepareFacts:
    """What the preparation sheet of a visit says."""

    def before(minutes: int) -> Moment:
        return _reading(source.start - minutes, source.zone)

    def asked(code: str) -> Moment | None:
        return before(source.asks[code]) if source.asks.get(code) else None

    start = before(0)
    return PrepareFacts(
        visit_id=source.visit_id,
        kind=source.kind,
        zone=source.zone,
        visit_day=start.day,
        start=start,
        patient_name=source.patient_name.strip(),
        first_name=source.first_name.strip(),
        birth_date=source.birth_date,
        clinic=source.clinic,
        sober_from=before(SOBER_MINUTES),
        arrive=before(source.lead) if source.lead else None,
        food_until=asked(FOOD),
        liquid_until=asked(LIQUID),
        spray_until=asked(SPRAY),
        cancel_by=_reading(source.cancel_by, source.zone) if source.cancel_by else None,
        driver=source.driver,
        asks_driver=source.asks_driver,
        alone=source.alone,
        score_forms=source.score_forms,
        language=source.language,
        large_print=source.large_print,
        page_size=source.page_size,
        statements_off=source.statements_off,
    )


_MUST_HOLD = (
    "kind",
    "zone",
    "visit_day",
    "start",
    "arrive",
    "food_until",
    "liquid_until",
    "spray_until",
    "sober_from",
)


def made_untrue(printed: PrepareFacts, now: PrepareFacts) -> tuple[str, ...]:
    """What of a printed sheet is no longer so: the visit moved, or asks for something else before."""
    return tuple(name for name in _MUST_HOLD if getattr(printed, name) != getattr(now, name))


def _reading(minute: int, zone_name: str) -> Moment:
    reading = from_utc_minute(minute, zone_name)
    twice = is_twice(reading, zone_name)
    mark = instant_at(minute).astimezone(zone(zone_name)).tzname() if twice else ""
    return Moment(reading.day, reading.minute, mark or "")
