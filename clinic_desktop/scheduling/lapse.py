"""A pause of more than 28 days since the last treatment: a prescriber decides how to go on [L3]."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.model import Order
from clinic_desktop.scheduling.course_rules import LAPSE
from clinic_desktop.scheduling.model import Setup, VisitType
from clinic_desktop.scheduling.rules import Case, still_on

LAPSE_DAYS = 28


@dataclass(frozen=True, slots=True)
class Lapse:
    """So many days after the last treatment."""

    last: date
    days: int


def lapse_on(
    day: date, treated: Iterable[date], visit_type: VisitType, orders: Iterable[Order], setup: Setup
) -> Lapse | None:
    """The pause before ``day``, where nobody meant it: a booster comes weeks after the visit before, an order
    may ask for such a distance, and one that was written in the pause says how to begin again."""
    last = max((one for one in treated if one < day), default=None)
    if last is None or (days := (day - last).days) <= max(LAPSE_DAYS, visit_type.max_gap_days or 0):
        return None
    meant = any(
        (one.interval_days or 0) >= days or (_written_on(one, setup) - last).days > LAPSE_DAYS
        for one in orders
        if one.modality == visit_type.modality and one.visits != 0
    )
    return None if meant else Lapse(last, days)


def _written_on(order: Order, setup: Setup) -> date:
    return local_day(order.ordered_at, setup.clinic.zone) if order.ordered_at else date.min


def lapsed(case: Case) -> Finding | None:
    """At booking: since the visit of this treatment before, whether it took or will take place."""
    if not case.type.is_treatment:
        return None
    same = (
        one.day
        for one in case.others
        if still_on(one) and case.types[one.type_id].modality == case.type.modality
    )
    found = lapse_on(case.visit.day, same, case.type, case.orders, case.setup)
    if found is None:
        return None
    return case.says(LAPSE, days=found.days, last=short_date(found.last), most=LAPSE_DAYS)
