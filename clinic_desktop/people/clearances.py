"""How a patient stands with clearances: which one counts, until when, and which of two is stricter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from clinic_desktop.people.model import Clearance

RENEW_AHEAD = timedelta(weeks=4)  # a clearance that ends inside a course asks for renewal this early


class Standing(StrEnum):
    """How one clearance stands on a day."""

    HOLDS = "holds"
    ENDS_SOON = "ends soon"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Stand:
    """The clearance that counts for one modality, and how it stands."""

    clearance: Clearance
    standing: Standing

    @property
    def holds(self) -> bool:
        return self.standing in (Standing.HOLDS, Standing.ENDS_SOON)


def last_day(on: date, months: int) -> date:
    """The last day of a clearance of that many months; both days count."""
    return on + relativedelta(months=months)


def latest(clearances: Iterable[Clearance]) -> dict[str, Clearance]:
    """The last decision for each modality: a later one replaces an earlier one."""
    ordered = sorted(clearances, key=lambda one: (one.on, one.id))
    return {one.modality: one for one in ordered}


def stands(clearances: Sequence[Clearance], today: date) -> dict[str, Stand]:
    """Modality -> how the patient stands today. Of clearances that hold, the longest counts."""
    found = {}
    for modality, last in latest(clearances).items():
        holding = [one for one in clearances if one.modality == modality and one.holds_on(today)]
        counts = max(holding, key=lambda one: one.until, default=last)
        found[modality] = Stand(counts, standing(counts, today))
    return found


def standing(clearance: Clearance, today: date) -> Standing:
    if clearance.withdrawn_at is not None:
        return Standing.WITHDRAWN
    if clearance.until < today:
        return Standing.ENDED
    return Standing.ENDS_SOON if clearance.until <= today + RENEW_AHEAD else Standing.HOLDS


def stricter_until(mine: Sequence[Clearance], theirs: Sequence[Clearance], today: date) -> dict[str, date]:
    """Two records of one person: modality -> the last day that the stricter record allows.

    Only where both records say something that still matters: a withdrawal, which allows nothing from
    today on, or an end to come. What merely ended by time is no opinion.
    """
    one, other = _allowed(mine, today), _allowed(theirs, today)
    return {modality: min(one[modality], other[modality]) for modality in one.keys() & other.keys()}


def _allowed(clearances: Sequence[Clearance], today: date) -> dict[str, date]:
    allowed = {}
    for modality, stand in stands(clearances, today).items():
        if stand.standing is Standing.WITHDRAWN:
            allowed[modality] = today - timedelta(days=1)
        elif stand.holds:
            allowed[modality] = stand.clearance.until
    return allowed
