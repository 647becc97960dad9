"""The drug log by day and lot: what was there in the morning, what came and went, what is left; as CSV."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.csv_out import write_csv
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.people.model import Drug, Patient
from clinic_desktop.people.stock import YEARS_KEPT
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.treatment.stock import Entry, Line, Lot

COLUMNS = (
    "day",
    "drug",
    "lot",
    "expires",
    "strength_mg_per_ml",
    "vial_ml",
    "unit",
    "at_start",
    "received",
    "used",
    "wasted",
    "sent",
    "taken_back",
    "count_difference",
    "at_end",
    "entries",
    "keep_until",
    "what_this_is",
)
NOT_DEA = "A log with running counts, not a DEA perpetual inventory. Keep it at least 2 years."
_USED = (Entry.USED, Entry.DRAWN)


@dataclass(frozen=True, slots=True)
class Names:
    """Whom the lines are about."""

    staff: Mapping[int, str]
    patients: Mapping[int, str]
    visits: Mapping[int, int]  # visit -> patient
    zone: str

    def of(self, line: Line) -> str:
        """The patient of a line: whose visit it was, or whom the devices came for."""
        number = self.visits.get(line.visit_id or 0, line.patient_id or 0)
        return self.patients.get(number, "")

    def person(self, number: int | None) -> str:
        return self.staff.get(number or 0, "")

    def time(self, line: Line) -> str:
        return clock_time(local_time(line.at, self.zone).minute)


@dataclass(frozen=True, slots=True)
class LotDay:
    """One lot on one day."""

    day: date
    lot: Lot
    lines: tuple[Line, ...]

    @property
    def at_start(self) -> float:
        return round(self.lines[0].here - self.lines[0].change, 2)

    @property
    def at_end(self) -> float:
        return self.lines[-1].here

    def sum_of(self, *kinds: Entry) -> float:
        return round(sum(one.change for one in self.lines if one.what in kinds), 2)


def names_of(records: ScheduleRecords, lots: Iterable[Lot]) -> Names:
    """Everybody whom the lines name, read at once."""
    lines = [line for one in lots for line in one.lines]
    ids = sorted({one.visit_id for one in lines if one.visit_id is not None})
    visits = {one.id: one.patient_id for one in (records.find(Visit, id=ids) if ids else ())}
    people = sorted({*visits.values(), *(one.patient_id for one in lines if one.patient_id is not None)})
    patients = {one.id: one.name for one in (records.find(Patient, id=people) if people else ())}
    setup = records.setup()
    return Names({one.id: one.name for one in setup.staff}, patients, visits, setup.clinic.zone)


def by_day(lots: Iterable[Lot]) -> list[LotDay]:
    """Every day of every lot on which something happened; by day, as the lots lie within it."""
    out = []
    for lot in lots:
        days: dict[date, list[Line]] = {}
        for line in lot.lines:
            days.setdefault(line.day, []).append(line)
        out += [LotDay(day, lot, tuple(lines)) for day, lines in days.items()]
    return sorted(out, key=lambda one: one.day)


def as_csv(days: Sequence[LotDay], names: Names) -> str:
    """A row for each day and lot; every row says how long it is kept, and what it is not."""
    return write_csv([list(COLUMNS), *(_row(one, names) for one in days)])


def _row(one: LotDay, names: Names) -> list[object]:
    lot = one.lot
    return [
        one.day,
        lot.drug.value,
        lot.lot,
        lot.expires,
        lot.strength,
        lot.ml,
        "devices" if lot.drug is Drug.SPRAVATO else "mg",
        _number(one.at_start),
        _number(one.sum_of(Entry.RECEIVED)),
        _number(-one.sum_of(*_USED)),
        _number(-one.sum_of(Entry.WASTED)),
        _number(-one.sum_of(Entry.SENT)),
        _number(one.sum_of(Entry.TAKEN_BACK)),
        _number(one.sum_of(Entry.COUNTED)),
        _number(one.at_end),
        "; ".join(entry_words(line, names) for line in one.lines),
        kept_until(one.day),
        NOT_DEA,
    ]


def _number(amount: float) -> int | float:
    """Devices are whole, and so are most mg."""
    return int(amount) if amount == int(amount) else amount


def kept_until(day: date) -> date:
    """The day on which a line is old enough to be thrown away elsewhere; here it stays."""
    later = day + timedelta(days=1)
    try:
        return later.replace(year=later.year + YEARS_KEPT)
    except ValueError:  # February 29
        return later.replace(year=later.year + YEARS_KEPT, month=3, day=1)


def entry_words(line: Line, names: Names) -> str:
    """ "10:07 AM used 1, Okafor, Amara, by Maya Jones"."""
    amount = f"{line.here:g}" if line.what is Entry.COUNTED else f"{abs(line.change):g}"
    who = {Entry.WASTED: "witness", Entry.COUNTED: "counted with"}.get(line.what, "")
    seen = names.person(line.seen_by)
    parts = (
        f"{names.time(line)} {line.what} {amount}",
        names.of(line),
        f"by {names.person(line.by)}" if names.person(line.by) else "",
        f"{who} {seen}" if who and seen else "",
        line.note,
    )
    return ", ".join(part for part in parts if part)
