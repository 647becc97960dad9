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


def counting(clearances: Iterable[Clearance], modality: str, day: date) -> Clearance | None:
    """The clearance by which a patient may be treated on a day; None when they may not.

    Everybody who asks for a clearance asks this: the latest decision counts alone. One that was withdrawn
    or has ended leaves no earlier one to fall back on.
    """
    stand = standings(clearances, day).get(modality)
    return stand.clearance if stand is not None and stand.holds else None


def standings(clearances: Iterable[Clearance], day: date) -> dict[str, Stand]:
    """Modality -> the latest decision of those that had begun by a day, and how it stands then.

    The latest is the one entered last: a decision may begin on an earlier day, that of its consultation.
    One that ends before it begins was never given: the visit that carried it on was struck out.
    """
    begun = sorted((one for one in clearances if one.on <= min(day, one.until)), key=lambda one: one.id)
    return {one.modality: Stand(one, standing(one, day)) for one in begun}


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
    for modality, stand in standings(clearances, today).items():
        if stand.standing is Standing.WITHDRAWN:
            allowed[modality] = today - timedelta(days=1)
        elif stand.holds:
            allowed[modality] = stand.clearance.until
    return allowed
