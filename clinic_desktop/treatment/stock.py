"""The drug log lot by lot: what came, was given (counted from the dose stamps), drawn, wasted or sent, and
what two people counted. Nothing is kept as a number: the same lines say the same on every computer.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from clinic_desktop.foundation.clock import day_span, instant_at, local_day
from clinic_desktop.foundation.store import Records
from clinic_desktop.people.model import Drug, DrugMovement, Moved
from clinic_desktop.people.stock import SAME, StockCount, amount_words, lot_key
from clinic_desktop.scheduling.merging import kept_id
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import standing, when

_RIGHT_AFTER = timedelta(microseconds=1)  # what lies there is on record for its day alone
_LOOKED_AT = 10  # lots; whatever else is in the safe is typed
_GIVEN = (StampKind.DOSE, StampKind.STRUCK)  # corrections of a dose are of its kind


class Entry(StrEnum):
    """What a line of a lot tells."""

    RECEIVED = "received"
    USED = "used"
    DRAWN = "drawn"
    WASTED = "wasted"
    SENT = "returned or transferred"
    TAKEN_BACK = "taken back"
    COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a lot. change: devices or mg, below 0 when they went; of a count what it differs by. here:
    what the log says after it. seen_by: the witness, or who counted too."""

    what: Entry
    at: datetime
    day: date
    change: float
    here: float
    by: int
    seen_by: int | None = None
    patient_id: int | None = None
    visit_id: int | None = None
    note: str = ""
    movement: DrugMovement | None = None


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot with its lines, the oldest first. came: it was ever received. size: mg in one of its vials.
    owners: the patients whom all of it came for; empty where it is, or may be, the clinic's."""

    drug: Drug
    lot: str
    lines: tuple[Line, ...] = ()
    expires: date | None = None
    strength: float | None = None
    ml: float | None = None
    came: bool = False
    owners: frozenset[int] = frozenset()

    @property
    def owner(self) -> int | None:
        """The one patient whom all of it came for."""
        return next(iter(self.owners)) if len(self.owners) == 1 else None

    def may_be_for(self, patient_id: int) -> bool:
        return not self.owners or patient_id in self.owners

    @property
    def here(self) -> float:
        return self.lines[-1].here if self.lines else 0

    @property
    def size(self) -> float | None:
        return self.strength * self.ml if self.strength and self.ml else None

    @property
    def left(self) -> bool:
        """Something of it is here."""
        return self.here >= SAME

    def expired(self, day: date) -> bool:
        """It is good through its last day."""
        return self.expires is not None and self.expires < day

    def words(self, amount: float | None = None) -> str:
        return amount_words(self.drug, self.here if amount is None else amount, self.size)


def lots_of(
    movements: Sequence[DrugMovement], counts: Iterable[StockCount], doses: Iterable[Stamp], zone: str
) -> tuple[Lot, ...]:
    """Every lot of these lines; the one that expires first comes first, and those that never came at the end.

    Devices of a lot count from the day it came on; those of a lot that never came, and those without a lot,
    from the day on which the log began.
    """
    about = [one for one in movements if one.what is not Moved.PASSED_ON]
    by_id = {one.id: one for one in about}
    lines: dict[tuple[Drug, str], list[Line]] = {}
    undated: dict[tuple[Drug, str], list[DrugMovement]] = {}
    for one in about:
        at = _moment(by_id.get(one.takes_back or 0, one), zone)
        if at is None:
            undated.setdefault((one.drug, one.lot), []).append(one)
        else:
            lines.setdefault((one.drug, one.lot), []).append(_moved(one, at))
    for count in counts:
        lines.setdefault((count.drug, count.lot), []).append(_counted(count, zone))
    began = _began(about)
    for dose in doses:
        key, line = lot_key(dose.lot), _used(dose, zone)
        since = began.get(key, began.get(None))
        if since is not None and line.day >= since:
            lines.setdefault((Drug.SPRAVATO, key), []).append(line)
    made = (
        _lot(drug, lot, _placed(lines.get((drug, lot), []), undated.get((drug, lot), []), zone))
        for drug, lot in lines.keys() | undated.keys()
    )
    return tuple(sorted(made, key=lambda one: (not one.came, one.expires or date.max, one.drug, one.lot)))


def _began(movements: Iterable[DrugMovement]) -> dict[str | None, date]:
    """The day on which each lot of devices first came; by None, that of all of them."""
    out: dict[str | None, date] = {}
    for one in movements:
        if one.drug is Drug.SPRAVATO and one.what is Moved.RECEIVED:
            for key in (one.lot, None):
                out[key] = min(one.on, out.get(key, one.on))
    return out


def _moved(one: DrugMovement, moment: datetime) -> Line:
    return Line(
        Entry(one.what.value),
        moment,
        one.on,
        round(one.amount, 2),
        0,
        one.by,
        one.witness_id,
        one.patient_id,
        one.visit_id,
        one.note.strip(),
        one,
    )


def _counted(one: StockCount, zone: str) -> Line:
    at = one.at or instant_at(0)
    day = local_day(at, zone)
    return Line(Entry.COUNTED, at, day, 0, one.counted, one.by, one.second_id, note=one.note)


def _used(dose: Stamp, zone: str) -> Line:
    at, note = when(dose), dose.note.strip()
    return Line(Entry.USED, at, local_day(at, zone), -1, 0, dose.by, visit_id=dose.visit_id, note=note)


def _moment(one: DrugMovement, zone: str) -> datetime | None:
    """When it was, as recorded; None where it was recorded on a later day: only its day is known."""
    return one.at if one.at is not None and local_day(one.at, zone) == one.on else None


def _placed(dated: Iterable[Line], undated: Iterable[DrugMovement], zone: str) -> list[Line]:
    """All of them, what only the day is known of where that day's counts have it. What takes a line back lies
    beside it."""
    out = list(dated)
    moments: dict[int, datetime] = {}
    for one in undated:
        line = _moved(one, instant_at(day_span(one.on, zone)[0]))
        moments[one.id] = moments.get(one.takes_back or 0) or _by_the_counts(line, out)
        out.append(replace(line, at=moments[one.id]))
    return out


def _by_the_counts(line: Line, lines: Sequence[Line]) -> datetime:
    """After each count of its day, for what was counted was here; but before one that differs less with it.
    At the beginning of a day on which nobody counted."""
    moment = line.at
    if not any(one.what is Entry.COUNTED and one.day == line.day for one in lines):
        return moment
    for count in _running(lines):
        if count.what is Entry.COUNTED and count.day == line.day:
            if abs(count.change - line.change) < abs(count.change):
                break
            moment = count.at + _RIGHT_AFTER
    return moment


def _running(lines: Iterable[Line]) -> list[Line]:
    """In order of time with the running count; a count says how many there are from then on."""
    here, out = 0.0, []
    for line in sorted(lines, key=lambda one: (one.at, one.what is Entry.COUNTED)):
        counted = line.what is Entry.COUNTED
        change = round(line.here - here, 2) if counted else line.change
        here = round(here + change, 2)
        out.append(replace(line, change=change, here=here))
    return out


def _lot(drug: Drug, lot: str, lines: Sequence[Line]) -> Lot:
    out = _running(lines)
    mine = sorted((one.movement for one in lines if one.movement is not None), key=lambda one: one.id)
    undone = {one.takes_back for one in mine}
    came = [one for one in mine if one.what is Moved.RECEIVED and one.id not in undone]
    last = came[-1] if came else None
    if last is None:
        return Lot(drug, lot, tuple(out))
    whose = {one.patient_id for one in came}
    owners = frozenset(one for one in whose if one is not None and None not in whose)
    return Lot(drug, lot, tuple(out), last.expires, last.strength, last.ml, came=True, owners=owners)


@dataclass(frozen=True, slots=True)
class Stock:
    """What the log says of the lots that a visit is given. kept: something is on record at all."""

    kept: bool = False
    lots: Mapping[str, Lot] = field(default_factory=dict)


# Reading.


def stock_for(records: ScheduleRecords, stamps: Iterable[Stamp]) -> Stock | None:
    """What the log says of the lots of these stamps; None where none of them gives a device."""
    keys = {lot_key(one.lot) for one in stamps if one.kind is StampKind.DOSE} - {""}
    if not keys:
        return None
    lots = {one.lot: one for one in read_some(records, Drug.SPRAVATO, keys) if one.came}
    return Stock(bool(lots) or bool(records.find(DrugMovement, drug=Drug.SPRAVATO)), lots)


def read_lots(records: ScheduleRecords) -> tuple[Lot, ...]:
    """The whole log."""
    stamps = records.find(Stamp, kind=list(_GIVEN))
    counts = records.find(StockCount)
    found = lots_of(records.find(DrugMovement), counts, _devices(stamps), records.setup().clinic.zone)
    return tuple(_with_kept_owners(records, one) if one.left else one for one in found)


def read_some(records: ScheduleRecords, drug: Drug, keys: Collection[str]) -> tuple[Lot, ...]:
    """The log of some lots that came, without reading that of all the others."""
    wanted = sorted(set(keys))
    if not wanted:
        return ()
    movements = records.find(DrugMovement, drug=drug, lot=wanted)
    counts = records.find(StockCount, drug=drug, lot=wanted)
    doses = _doses_of(records, wanted) if drug is Drug.SPRAVATO and movements else []
    found = lots_of(movements, counts, doses, records.setup().clinic.zone)
    return tuple(_with_kept_owners(records, one) for one in found if one.lot in wanted)


def _with_kept_owners(records: Records, lot: Lot) -> Lot:
    """Whom it came for may be one record with another by now."""
    owners = frozenset(kept_id(records, one) for one in lot.owners)
    return lot if owners == lot.owners else replace(lot, owners=owners)


def _doses_of(records: Records, lots: Sequence[str]) -> list[Stamp]:
    """A lot is kept as the log writes it; a dose may have been stamped before it was."""
    first = records.find(Stamp, lot=list(lots))
    visits = sorted({one.visit_id for one in first})
    return _devices(records.find(Stamp, visit_id=visits, kind=list(_GIVEN))) if visits else []


def _devices(stamps: Iterable[Stamp]) -> list[Stamp]:
    """The doses by device that stand."""
    by_visit: dict[int, list[Stamp]] = {}
    for one in stamps:
        by_visit.setdefault(one.visit_id, []).append(one)
    stand = (one for theirs in by_visit.values() for one in standing(theirs).all_of(StampKind.DOSE))
    return [one for one in stand if one.device is not None]


def open_lots(records: ScheduleRecords, day: date, patients: Collection[int]) -> tuple[Lot, ...]:
    """The lots of devices that may be given on a day and are not used up: the clinic's own, and what came for
    these patients. What expires first comes first. Looked at are those that came last: of hundreds of lots
    that came in two years nearly all are used up, and to find that out takes a second."""
    came = records.find(DrugMovement, drug=Drug.SPRAVATO, what=Moved.RECEIVED)
    theirs = {None, *patients}
    good = [one for one in came if one.patient_id in theirs and (one.expires or day) >= day]
    latest = dict.fromkeys(one.lot for one in sorted(good, key=lambda one: one.on, reverse=True))
    found = read_some(records, Drug.SPRAVATO, list(latest)[:_LOOKED_AT])
    return tuple(one for one in found if one.came and one.left and not one.expired(day))


def lots_for(lots: Iterable[Lot], patient_id: int) -> tuple[Lot, ...]:
    """Those of them that may be a patient's: what came for the patient first, then the clinic's own."""
    mine = (one for one in lots if one.may_be_for(patient_id))
    return tuple(sorted(mine, key=lambda one: not one.owners))
