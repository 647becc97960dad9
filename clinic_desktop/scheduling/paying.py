"""Keeping authorizations and packages; the devices that are here for a patient; and who is about to run out.

Not billing: it says what is agreed, paid and here, so that nobody comes in vain.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.foundation.store import Records
from clinic_desktop.people.model import Authorization, DrugMovement, Package, Patient
from clinic_desktop.people.payers import authorization_problems, package_problems
from clinic_desktop.scheduling.allowances import devices_here
from clinic_desktop.scheduling.business_days import business_day_after
from clinic_desktop.scheduling.looking_check import AsOf
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.rules import MERGED, PAYER_CHECKS
from clinic_desktop.scheduling.settle import case_of
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.security.rights import Right, require

AHEAD = 3  # business days
T = TypeVar("T", Authorization, Package)


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """The record as it is kept now."""

    record: T
    changes: Changes


def keep_authorization(store: ScheduleStore, actor: Actor, one: Authorization) -> Kept[Authorization]:
    """Write an authorization (id 0), or change one that is seen at its version."""
    require(actor, Right.EDIT_PATIENT)
    with store.write(actor) as unit:
        _check(unit, one.patient_id, authorization_problems(one))
        unit.setup().modality(one.modality)
        return Kept(unit.save(one) if one.id else unit.add(one), unit.commit())


def keep_package(store: ScheduleStore, actor: Actor, one: Package) -> Kept[Package]:
    """The same for a package."""
    require(actor, Right.EDIT_PATIENT)
    with store.write(actor) as unit:
        _check(unit, one.patient_id, package_problems(one))
        unit.setup().modality(one.modality)
        return Kept(unit.save(one) if one.id else unit.add(one), unit.commit())


def devices_of(records: Records, patient_id: int) -> int:
    """How many devices are here for a patient."""
    movements = records.find(DrugMovement, patient_id=patient_id)
    return devices_here(movements, records.find(Visit, patient_id=patient_id) if movements else ())


def _check(unit: ScheduleUnit, patient_id: int, problems: Problems) -> None:
    if problems:
        raise BadInput(problems)
    if unit.get(Patient, patient_id).merged_into is not None:
        raise Refusal([Finding(MERGED)])


# Who is about to run out.


@dataclass(frozen=True, slots=True)
class RunningOut:
    """A coming visit with what it lacks."""

    visit: Visit
    patient: Patient
    type_name: str
    why: tuple[Finding, ...]


def running_out(records: ScheduleRecords, now: datetime) -> list[RunningOut]:
    """The visits from today to the third business day ahead for which an authorization, a paid visit or
    devices are missing; by time."""
    setup, as_of = records.setup(), AsOf(records, now)
    today = local_day(now, setup.clinic.zone)
    last = business_day_after(today, AHEAD, roster_for(setup))
    out = []
    for visit in _treatments(records, today, last):
        case = case_of(as_of, setup, visit)
        if why := tuple(found for check in PAYER_CHECKS if (found := check(case)) is not None):
            out.append(RunningOut(visit, case.patient, case.type.name, why))
    return out


def _treatments(records: ScheduleRecords, first: date, last: date) -> Iterable[Visit]:
    types = {one.id for one in records.setup().types if one.is_treatment}
    there = [one for one in records.visits_on(first, last) if one.state in LIVE and one.type_id in types]
    people = sorted({one.patient_id for one in there})
    if not people:
        return ()
    known = {one.patient_id for one in records.find(Authorization, patient_id=people)}
    known |= {one.patient_id for one in records.find(Package, patient_id=people)}
    came = records.find(DrugMovement, patient_id=people)
    known |= {one.patient_id for one in came if one.patient_id is not None}
    return [one for one in there if one.patient_id in known]
