"""What the visits of the coming week need of each drug, against what is on hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from clinic_desktop.foundation.rulebook import Finding, Word
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.model import Drug
from clinic_desktop.people.stock_rules import SHORT
from clinic_desktop.scheduling.model import Visit, VisitType
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.states import DOSED, LIVE
from clinic_desktop.treatment.stock import Lot

AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Need:
    """Devices, or whole vials: how many are needed until a day, and how many are here and still good."""

    drug: Drug
    until: date
    needed: int
    here: int

    @property
    def short(self) -> Finding | None:
        if self.here >= self.needed:
            return None
        what = Word(UNITS[self.drug])
        day = short_date(self.until)
        return Finding(SHORT, {"drug": what, "needed": self.needed, "here": self.here, "day": day})


UNITS = {Drug.SPRAVATO: "devices of Spravato", Drug.KETAMINE: "vials of ketamine"}


def week_needs(records: ScheduleRecords, today: date, lots: Iterable[Lot]) -> tuple[Need, ...]:
    """Of each drug of which anything ever came, what the visits from today to a week ahead take."""
    there, until, types = list(lots), today + AHEAD, {one.id: one for one in records.setup().types}
    needed = dict.fromkeys(Drug, 0)
    for visit in records.visits_on(today, until):
        for drug, count in _needed(visit, types[visit.type_id]):
            needed[drug] += count
    kept = {one.drug for one in there if one.came}
    return tuple(
        Need(drug, until, needed[drug], sum(_good(one, today) for one in there if one.drug is drug))
        for drug in Drug
        if drug in kept
    )


def _needed(visit: Visit, visit_type: VisitType) -> Iterable[tuple[Drug, int]]:
    """What is still to be given: devices by its type; of ketamine a vial, whatever is wasted of it."""
    if visit.state not in LIVE or not visit_type.is_treatment:
        return
    if visit_type.devices:
        yield Drug.SPRAVATO, max(0, visit_type.devices - visit.devices)
    elif visit.state not in DOSED:
        yield Drug.KETAMINE, 1


def _good(lot: Lot, today: date) -> int:
    if lot.expired(today) or not lot.left:
        return 0
    return int(lot.here // lot.size) if lot.size else int(lot.here)
