"""What the drug log shows, read at once off the GUI thread."""

from dataclasses import dataclass
from datetime import date, datetime

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Drug, Patient
from clinic_desktop.reports.stock_days import Names, as_csv, by_day, names_of
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import standing
from clinic_desktop.treatment.stock import Entry, Line, Lot, read_lots
from clinic_desktop.treatment.stock_need import Need, week_needs
from clinic_desktop.treatment.stock_watch import count_due
from clinic_desktop.treatment.stocking import told_of


@dataclass(frozen=True, slots=True)
class ToDraw:
    """A visit of today for which something is drawn from a vial. mg: what was given so far. drawn: it is in
    the log already."""

    visit: Visit
    patient: str
    mg: float
    drawn: bool


@dataclass(frozen=True, slots=True)
class DrugsRead:
    """lots: those of which anything is here, or something happened today. told: what is wrong."""

    today: date
    lots: tuple[Lot, ...]
    lines: tuple[tuple[Lot, Line], ...]  # of today, the latest first
    needs: tuple[Need, ...]
    told: tuple[Finding, ...]
    names: Names
    to_draw: tuple[ToDraw, ...]

    def lot(self, drug: Drug, lot: str) -> Lot | None:
        return next((one for one in self.lots if (one.drug, one.lot) == (drug, lot)), None)

    def here(self, drug: Drug) -> list[Lot]:
        return [one for one in self.lots if one.drug is drug]


def read_drugs(store: ScheduleStore, now: datetime) -> DrugsRead:
    with store.read() as records:
        today = local_day(now, records.setup().clinic.zone)
        every = read_lots(records)
        lots = tuple(one for one in every if _shown(one, today))
        lines = [(lot, line) for lot in lots for line in lot.lines if line.day == today]
        needs = week_needs(records, today, every)
        short = [found for one in needs if (found := one.short) is not None]
        return DrugsRead(
            today,
            lots,
            tuple(sorted(reversed(lines), key=lambda one: one[1].at, reverse=True)),
            needs,
            (*short, *told_of(lots, today), *count_due(lots, today, records.setup().policies.count_days)),
            names_of(records, lots),
            _to_draw(records, today, lots),
        )


def _shown(lot: Lot, today: date) -> bool:
    """What is here, what stands below zero, and what was moved today."""
    return lot.left or lot.here < 0 or (bool(lot.lines) and lot.lines[-1].day == today)


def _to_draw(records: ScheduleRecords, today: date, lots: tuple[Lot, ...]) -> tuple[ToDraw, ...]:
    """Treatments of today without devices: first those for which nothing was drawn yet."""
    types = {one.id: one for one in records.setup().types}
    drawn = {line.visit_id for one in lots for line in one.lines if line.what is Entry.DRAWN}
    out = []
    for visit in records.visits_on(today, today):
        visit_type = types[visit.type_id]
        given = standing(records.find(Stamp, visit_id=visit.id)) if visit_type.is_treatment else None
        if given is None or visit_type.devices or (visit.state not in LIVE and not given.dosed):
            continue
        name = records.get(Patient, visit.patient_id).name
        made_ready = given.all_of(StampKind.DOSE, StampKind.INFUSION_START)  # also of one that stopped early
        out.append(ToDraw(visit, name, sum(one.dose or 0 for one in made_ready), visit.id in drawn))
    return tuple(sorted(out, key=lambda one: (one.drawn, not one.mg, one.visit.start)))


def csv_of(store: ScheduleStore) -> str:
    """The whole log by day and lot, also of lots that are used up."""
    with store.read() as records:
        lots = read_lots(records)
        return as_csv(by_day(lots), names_of(records, lots))
