"""Writing the drug log: what came, was drawn, wasted or sent, what two people counted, and slips taken back.

What happened is never refused for the number it leaves: two desks may both take the last one. The log then
stands below zero, and says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.foundation.words import plain_date
from clinic_desktop.people import rules as people
from clinic_desktop.people import stock_rules as rules
from clinic_desktop.people.model import Drug, DrugMovement, Moved, Patient
from clinic_desktop.people.stock import StockCount, count_problems, line_problems, lot_key
from clinic_desktop.scheduling.paying import devices_of
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.rules import MERGED
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment.stock import Lot, read_some

_PARCEL = (Moved.RECEIVED, Moved.SENT)  # whoever opens the door; the rest is the nurses'


@dataclass(frozen=True, slots=True)
class Logged:
    """The lines as they are kept, what the log says to them, and the news."""

    lines: tuple[DrugMovement, ...]
    warnings: tuple[Finding, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class Counted:
    count: StockCount
    changes: Changes


def right_for(what: Moved | None) -> Right:
    """The right that a line asks for; None: a count."""
    return Right.EDIT_PATIENT if what in _PARCEL else Right.RECORD


def move_drugs(store: ScheduleStore, actor: Actor, *lines: DrugMovement) -> Logged:
    """Put lines on record in one go: a vial that is drawn from, and what is wasted of it.

    Raises :class:`BadInput` with what does not stand in the first line that does not.
    """
    require(actor, Right.VIEW)
    for one in lines:
        require(actor, right_for(one.what))
    with store.write(actor) as unit:
        setup = unit.setup()
        today, staff = local_day(unit.at, setup.clinic.zone), {one.id for one in setup.staff if one.active}
        signed = [_signed(unit, one, today) for one in lines]
        before = _lots(unit, signed)
        kept = [_add(unit, one, staff, today) for one in signed]
        lots = _lots(unit, kept)
        told = (*_drawn_expired(kept, lots), *_other_day(before, lots), *told_of(lots, today))
        return Logged(tuple(kept), told, unit.commit())


def _other_day(before: Iterable[Lot], after: Iterable[Lot]) -> Iterator[Finding]:
    """A lot has one last day, the one that was written last: a slip there changes it for all that is here."""
    was = {(one.drug, one.lot): one.expires for one in before if one.came}
    for lot in after:
        old = was.get((lot.drug, lot.lot))
        if old is not None and lot.expires is not None and old != lot.expires:
            said = {"lot": lot.lot, "before": plain_date(old), "day": plain_date(lot.expires)}
            yield Finding(rules.OTHER_DAY, said)


def _drawn_expired(lines: Iterable[DrugMovement], lots: Iterable[Lot]) -> Iterator[Finding]:
    """It has happened: nothing is refused, and it is not kept from anybody."""
    there = {(one.drug, one.lot): one for one in lots}
    for line in lines:
        lot = there.get((line.drug, line.lot))  # None: a line that moves nothing of a lot that never came
        if lot is None or line.what is not Moved.DRAWN or lot.expires is None:
            continue
        if lot.expired(line.on):
            yield Finding(rules.DRAWN_EXPIRED, {"lot": lot.lot, "day": plain_date(lot.expires)})


def _signed(unit: ScheduleUnit, one: DrugMovement, today: date) -> DrugMovement:
    on = today if one.on == date.min else one.on
    return replace(one, id=0, version=0, lot=lot_key(one.lot), on=on, by=unit.actor.person_id, at=unit.at)


def _add(unit: ScheduleUnit, one: DrugMovement, staff: Iterable[int], today: date) -> DrugMovement:
    problems = line_problems(one, one.by, frozenset(staff), today) | _of_patient(unit, one)
    if problems:
        raise BadInput(problems)
    return unit.add(one)


def _of_patient(unit: ScheduleUnit, one: DrugMovement) -> Problems:
    """Of what came for one patient no more goes elsewhere than is here: the rest is another's."""
    if one.patient_id is None:
        return {}
    patient = unit.hold(Patient, one.patient_id)  # two desks do not both send the last ones away
    if patient.merged_into is not None:
        raise Refusal([Finding(MERGED)])
    there = devices_of(unit, one.patient_id)
    gone = one.what is Moved.SENT and there + one.devices < 0
    return {"devices": Finding(people.DEVICES_GONE, {"there": there})} if gone else {}


def take_back(store: ScheduleStore, actor: Actor, movement_id: int, why: str) -> Logged:
    """A line was a slip: another one undoes it, and both stay."""
    require(actor, right_for(Moved.TAKEN_BACK))
    with store.write(actor) as unit:
        unit.lock_all_days()  # two desks do not both take it back; the line itself nobody may hold
        old = unit.get(DrugMovement, movement_id)
        if not why.strip():
            raise BadInput({"note": Finding(rules.TAKE_BACK_WHY)})
        there = unit.find(DrugMovement, drug=old.drug, lot=old.lot)
        undone = any(one.takes_back == old.id for one in there)
        if undone or old.what in (Moved.TAKEN_BACK, Moved.PASSED_ON):
            raise Refusal([Finding(rules.TAKEN_BACK)])
        today = local_day(unit.at, unit.setup().clinic.zone)
        new = replace(
            old,
            devices=-old.devices,
            mg=-old.mg,
            note=why.strip(),
            what=Moved.TAKEN_BACK,
            witness_id=None,
            takes_back=old.id,
        )
        kept = unit.add(replace(_signed(unit, new, today)))
        return Logged((kept,), told_of(_lots(unit, [kept]), today), unit.commit())


def count_lot(store: ScheduleStore, actor: Actor, count: StockCount) -> Counted:
    """Two people counted a lot. What the log says is put beside it at that moment, so that a device given
    while they counted is a difference to be explained."""
    require(actor, right_for(None))
    with store.write(actor) as unit:
        setup, key = unit.setup(), lot_key(count.lot)
        lot = next((one for one in read_some(unit, count.drug, [key]) if one.came), None)
        if lot is None:
            raise BadInput({"lot": Finding(rules.LOT_NEVER, {"lot": key})})
        made = replace(
            count,
            id=0,
            version=0,
            lot=key,
            expected=lot.here,
            by=unit.actor.person_id,
            at=unit.at,
            note=count.note.strip(),
        )
        staff = frozenset(one.id for one in setup.staff if one.active)
        if problems := count_problems(made, staff, lot.size):
            raise BadInput(problems)
        return Counted(unit.add(made), unit.commit())


def _lots(unit: ScheduleUnit, lines: Sequence[DrugMovement]) -> list[Lot]:
    out: list[Lot] = []
    for drug in Drug:
        out += read_some(unit, drug, {one.lot for one in lines if one.drug is drug})
    return out


def told_of(lots: Iterable[Lot], today: date) -> tuple[Finding, ...]:
    """What is wrong with lots: below zero, expired, or about to."""
    return tuple(found for one in lots if (found := _told(one, today)) is not None)


SOON_DAYS = 30


def _told(one: Lot, today: date) -> Finding | None:
    if one.here < 0:
        return Finding(rules.BELOW, {"lot": one.lot or "?", "here": one.words()})
    if one.expires is None or not one.left:
        return None
    said = {"lot": one.lot, "day": plain_date(one.expires)}
    if one.expired(today):
        return Finding(rules.EXPIRED, said)
    soon = (one.expires - today).days <= SOON_DAYS
    return Finding(rules.SOON, {**said, "here": one.words()}) if soon else None
