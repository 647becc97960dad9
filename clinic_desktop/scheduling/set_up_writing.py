"""How each kind of set-up record is written: most over themselves, visit types as a new version."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput, StaleEdit
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Absence, Shift, Staff
from clinic_desktop.scheduling import set_up_rules as rules
from clinic_desktop.scheduling.holding import renew_patient
from clinic_desktop.scheduling.model import Clinic, GoingHomeProfile, Setup, Visit, VisitType
from clinic_desktop.scheduling.ports import ScheduleUnit
from clinic_desktop.scheduling.retiming import retime
from clinic_desktop.scheduling.set_up_types import asks_more
from clinic_desktop.scheduling.states import VisitState


def write(
    unit: ScheduleUnit, before: Setup, records: Sequence[Any], gone: Sequence[object]
) -> tuple[Any, ...]:
    """Write set-up records in order; ``before`` is the set-up as it was. Returns them as they stand."""
    out: list[Any] = []
    person = 0
    for record in records:
        if isinstance(record, Shift | Absence) and not record.staff_id:
            record = replace(record, staff_id=person)  # noqa: PLW2901 - the new person's own
        written = _one(unit, before, record)
        person = written.id if isinstance(written, Staff) else person
        out.append(written)
    for one in gone:
        unit.remove(one)
    return tuple(out)


def _one(unit: ScheduleUnit, before: Setup, record: Any) -> Any:  # noqa: ANN401 - any set-up record
    if isinstance(record, VisitType):
        return new_version(unit, before, record)
    if isinstance(record, GoingHomeProfile) and record.id:
        return _profile(unit, before, record)
    written = unit.save(record) if record.id else unit.add(record)
    if isinstance(written, Clinic) and written.zone != before.clinic.zone:
        retime(unit, replace(before, clinic=written))
    return written


def new_version(unit: ScheduleUnit, before: Setup, changed: VisitType) -> VisitType:
    """The next version of a visit type, which new visits take; booked ones keep theirs.

    A type that is taken out of use (``current`` False) makes no version: its last one only stops
    being offered. Raises :class:`StaleEdit` when ``changed`` was not made from the newest version.
    """
    if any(one.id == changed.id and one.code != changed.code for one in before.types):
        raise BadInput({"code": Finding(rules.TYPE_CODE_STAYS)})
    versions = sorted((one for one in before.types if one.code == changed.code), key=lambda one: one.number)
    newest = versions[-1] if versions else None
    if newest is None:
        return unit.add(replace(changed, id=0, number=1, current=True))
    if (changed.id, changed.version) != (newest.id, newest.version):
        raise StaleEdit("visit type", changed.id)
    if newest.current:
        newest = unit.save(replace(newest, current=False))
    if not changed.current:
        return newest
    return unit.add(replace(changed, id=0, version=0, number=newest.number + 1, current=True))


def _profile(unit: ScheduleUnit, before: Setup, changed: GoingHomeProfile) -> GoingHomeProfile:
    """A profile that asks no more than before holds at once. One that asks more is a new profile for
    new visits: those booked under the old one keep what they were promised."""
    old = next(one for one in before.profiles if one.id == changed.id)
    if not asks_more(old, changed):
        written = unit.save(changed)
        _settle_held(unit, before, changed.id)
        return written
    if old.version != changed.version:
        raise StaleEdit("way home", changed.id)
    fresh = unit.add(replace(changed, id=0, version=0))
    for one in before.types:
        if one.current and one.profile_id == changed.id:
            new_version(unit, before, replace(one, profile_id=fresh.id))
    return fresh


def _settle_held(unit: ScheduleUnit, before: Setup, profile_id: int) -> None:
    """Visits held for a driver may be booked now."""
    pinned = {one.id for one in before.types if one.profile_id == profile_id}
    today = local_day(unit.at, before.clinic.zone)
    held = [one for one in unit.find(Visit, state=VisitState.HELD) if one.type_id in pinned]
    for patient_id in dict.fromkeys(one.patient_id for one in held):
        renew_patient(unit, patient_id, today)
