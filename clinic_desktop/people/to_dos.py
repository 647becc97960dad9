"""What a patient's record still lacks before a treatment, as a list somebody can work off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import plain_date
from clinic_desktop.people import rules
from clinic_desktop.people.clearances import Stand, Standing, standings
from clinic_desktop.people.model import Clearance, Indication, Order, Patient, Screening
from clinic_desktop.people.orders import dose_words, standing_orders, unsettled_orders

DETAILS = frozenset({"birth_date", "phones", "emergency", "allergies", "indication"})


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do. ``part`` is the field of the record or the section of the page it belongs to."""

    part: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Chart:
    """What the to-dos are drawn from. ``modality_names``: code -> name; ``rems``: codes in the programme;
    ``given``: order -> visits that were given under it."""

    patient: Patient
    clearances: Sequence[Clearance] = ()
    screening: Screening | None = None
    orders: Sequence[Order] = ()
    modality_names: Mapping[str, str] | None = None
    rems: frozenset[str] = frozenset()
    given: Mapping[int, int] = field(default_factory=dict)

    def unsettled(self, modality: str, today: date) -> list[Order]:
        """The orders of a treatment where nobody has said which one counts."""
        mine = [one for one in self.orders if one.modality == modality]
        return unsettled_orders(mine, today, self.given)

    def named(self, modality: str) -> str:
        return (self.modality_names or {}).get(modality, modality)


def to_dos(chart: Chart, today: date) -> list[ToDo]:
    """What to do before the next treatment, in the order a desk would. Nothing for the dead."""
    if chart.patient.death_date is not None:
        return []
    return [ToDo(part, finding) for part, finding in (*_details(chart.patient), *_clinical(chart, today))]


def lacks_details(patient: Patient) -> bool:
    """Whether a desk still has to ask this patient for something; for marks in lists."""
    return patient.death_date is None and any(part in DETAILS for part, _ in _details(patient))


def _details(patient: Patient) -> Iterator[tuple[str, Finding]]:
    if patient.birth_date is None:
        yield "birth_date", Finding(rules.TO_DO_BIRTH_DATE)
    if not patient.phones:
        yield "phones", Finding(rules.TO_DO_PHONE)
    if not (patient.emergency.name and patient.emergency.phone):
        yield "emergency", Finding(rules.TO_DO_EMERGENCY)
    if not patient.allergies:
        yield "allergies", Finding(rules.TO_DO_ALLERGIES)
    if patient.indication is Indication.NONE:
        yield "indication", Finding(rules.TO_DO_INDICATION)
    if not patient.drivers:
        yield "drivers", Finding(rules.TO_DO_DRIVER)


def _clinical(chart: Chart, today: date) -> Iterator[tuple[str, Finding]]:
    if chart.screening is None:
        yield "check_list", Finding(rules.TO_DO_CHECK_LIST)
    elif not chart.screening.reviewed:
        yield "check_list", Finding(rules.TO_DO_REVIEW)
    standing = standings(chart.clearances, today)
    if not standing:
        yield "clearance", Finding(rules.TO_DO_CLEARANCE)
    for stand in standing.values():
        yield from _clearance(chart, stand)
    cleared = {modality for modality, stand in standing.items() if stand.holds}
    if cleared & chart.rems and chart.patient.rems_enrolled_on is None:
        yield "rems_enrolled_on", Finding(rules.TO_DO_ENROL)
    for modality in sorted({order.modality for order in chart.orders}):
        if unsettled := chart.unsettled(modality, today):
            doses = tuple(dose_words(one) for one in unsettled)
            yield "orders", Finding(rules.TO_DO_ORDERS, {"modality": chart.named(modality), "orders": doses})
    ordered = {order.modality for order in standing_orders(chart.orders, today, chart.given)}
    for modality in sorted(cleared - ordered):
        yield "orders", Finding(rules.TO_DO_ORDER, {"modality": chart.named(modality)})


def _clearance(chart: Chart, stand: Stand) -> Iterator[tuple[str, Finding]]:
    rule = {Standing.ENDS_SOON: rules.TO_DO_RENEW, Standing.ENDED: rules.TO_DO_LAPSED}.get(stand.standing)
    if rule is not None:
        clearance = stand.clearance
        params = {"modality": chart.named(clearance.modality), "day": plain_date(clearance.until)}
        yield "clearance", Finding(rule, params)
