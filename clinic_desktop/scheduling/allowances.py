"""What a patient's authorizations, packages and devices still allow: counted from the visits, in one place.

Every visit that took place, is going on or is booked uses one of the authorization (or package) that covers
it: the one that ends first and has room. A visit that was cancelled, missed or not treated gives its place
back by itself. Devices are those that came, less those that were given; those of visits still booked are
spoken for.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from clinic_desktop.people.model import Authorization, DrugMovement, Package
from clinic_desktop.scheduling.model import Visit, VisitType
from clinic_desktop.scheduling.states import DOSED, LIVE, VisitState

GIVEN = DOSED | {VisitState.LEFT, VisitState.LEFT_EARLY, VisitState.TRANSFERRED}
USES = GIVEN | LIVE

Types = Mapping[int, VisitType]
Allowance = Authorization | Package


class CountedVisit(NamedTuple):
    """A visit as far as it counts: many of them are quickly read."""

    id: int
    type_id: int
    day: date
    start: int
    state: VisitState
    devices: int


Counted = Visit | CountedVisit
T = TypeVar("T", bound=Counted)


@dataclass(frozen=True, slots=True)
class Use:
    """``given``: visits that were treated. ``booked``: those that are still to come, or going on."""

    given: int = 0
    booked: int = 0

    @property
    def all(self) -> int:
        return self.given + self.booked


def covers(one: Allowance, visit: Counted, visit_type: VisitType) -> bool:
    """Whether it is for this treatment, on this day."""
    if not visit_type.modality or one.modality != visit_type.modality:
        return False
    if isinstance(one, Package):
        return True
    return one.valid_from <= visit.day and (one.valid_to is None or visit.day <= one.valid_to)


def allotted(
    allowances: Iterable[Allowance], visits: Iterable[T], types: Types
) -> list[tuple[T, Allowance | None]]:
    """Each visit that uses one, by time, with the allowance that it uses; None where none has room."""
    order = sorted(allowances, key=_ends)
    used: Counter[int] = Counter()
    out: list[tuple[T, Allowance | None]] = []
    for visit in sorted((one for one in visits if one.state in USES), key=lambda one: (one.start, one.id)):
        able = (one for one in order if covers(one, visit, types[visit.type_id]))
        found = next((one for one in able if one.visits is None or used[one.id] < one.visits), None)
        if found is not None:
            used[found.id] += 1
        out.append((visit, found))
    return out


def _ends(one: Allowance) -> tuple[date, int]:
    return (date.max if isinstance(one, Package) else one.valid_to or date.max, one.id)


def counts_from(allowances: Iterable[Allowance], day: date) -> date:
    """The first day whose visits may use what is left on a day (of one treatment); the day itself when
    nothing is agreed for it. An authorization that ended before took nothing that still counts."""
    first = day
    for one in sorted(allowances, key=_begins, reverse=True):
        if _begins(one) < first <= _ends(one)[0]:
            first = _begins(one)
    return first


def _begins(one: Allowance) -> date:
    return date.min if isinstance(one, Package) else one.valid_from


def uses(allowances: Sequence[Allowance], visits: Iterable[Visit], types: Types) -> dict[int, Use]:
    """For each of the allowances (all of one kind) how much of it is used and spoken for."""
    given: Counter[int] = Counter()
    booked: Counter[int] = Counter()
    for visit, one in allotted(allowances, visits, types):
        if one is not None:
            (given if visit.state in GIVEN else booked)[one.id] += 1
    return {one.id: Use(given[one.id], booked[one.id]) for one in allowances}


def devices_here(movements: Sequence[DrugMovement], visits: Iterable[Counted]) -> int:
    """How many devices are here for the patient: those that came, less those that were given since."""
    if not movements:
        return 0
    since = min(one.on for one in movements)
    return sum(one.devices for one in movements) - sum(one.devices for one in visits if one.day >= since)


def devices_for(
    visit: Visit, movements: Sequence[DrugMovement], visits: Iterable[Counted], types: Types
) -> int:
    """How many devices are left for a visit: those here, less what earlier visits still take."""
    there = list(visits)
    ahead = [one for one in there if one.state in LIVE and (one.start, one.id) < (visit.start, visit.id)]
    taken = sum(max(0, types[one.type_id].devices - one.devices) for one in ahead)
    return devices_here(movements, there) - taken
