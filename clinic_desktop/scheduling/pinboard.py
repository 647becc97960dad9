"""The pinboard: visits that somebody has parked to find another time for them, seen by every desk.

A parked visit gives up nothing: it keeps its time and its places until it is placed again, so that it cannot
be lost, whatever happens to the desk that parked it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.rules import PARKED_ALREADY, planned_only
from clinic_desktop.scheduling.states import PLANNED
from clinic_desktop.security.rights import Right, require


@dataclass(frozen=True, slots=True)
class Pin:
    """A visit lies on the pinboard from ``parked_at`` until it is placed again or put back."""

    id: int = 0
    version: int = 0
    visit_id: int = 0
    note: str = ""
    parked_at: datetime | None = None
    parked_by: int = 0
    taken_at: datetime | None = None
    taken_by: int | None = None


@dataclass(frozen=True, slots=True)
class Parked:
    """A pin with what lies there."""

    pin: Pin
    visit: Visit
    patient: Patient


@dataclass(frozen=True, slots=True)
class Pinned:
    """The pin as it stands, and the news."""

    pin: Pin
    changes: Changes


def park(store: ScheduleStore, actor: Actor, visit_id: int, note: str = "") -> Pinned:
    """Put a planned visit on the pinboard. It keeps its time and its places."""
    require(actor, Right.MOVE)
    with store.write(actor) as unit:
        # Held, so that two desks do not park one visit twice.
        visit = unit.hold(Visit, visit_id)
        if refused := planned_only(visit, "moved"):
            raise Refusal([refused])
        if unit.find(Pin, visit_id=visit_id, taken_at=None):
            patient = unit.get(Patient, visit.patient_id).name
            raise Refusal([Finding(PARKED_ALREADY, {"patient": patient})])
        pin = Pin(visit_id=visit_id, note=note.strip(), parked_at=unit.at, parked_by=unit.actor.person_id)
        return Pinned(unit.add(pin), unit.commit())


def put_back(store: ScheduleStore, actor: Actor, pin_id: int, version: int) -> Pinned:
    """Off the pinboard again: the visit stays where it is."""
    require(actor, Right.MOVE)
    with store.write(actor) as unit:
        pin = replace(unit.get(Pin, pin_id), version=version)
        return Pinned(_taken(unit, pin), unit.commit())


def off_the_pinboard(unit: ScheduleUnit, visit_ids: Iterable[int]) -> None:
    """Visits that were placed again, or come no more, lie there no longer."""
    for pin in unit.find(Pin, visit_id=list(visit_ids), taken_at=None):
        _taken(unit, pin)


def pinboard(records: ScheduleRecords) -> list[Parked]:
    """What lies there, the longest first. A visit that has begun meanwhile is not there to be placed."""
    pins = sorted(records.find(Pin, taken_at=None), key=lambda one: one.id)
    if not pins:
        return []
    visits = {one.id: one for one in records.find(Visit, id=[one.visit_id for one in pins])}
    people = sorted({one.patient_id for one in visits.values()})
    patients = {one.id: one for one in records.find(Patient, id=people)}
    return [
        Parked(one, visit, patients[visit.patient_id])
        for one in pins
        if (visit := visits[one.visit_id]).state in PLANNED
    ]


def _taken(unit: ScheduleUnit, pin: Pin) -> Pin:
    return unit.save(replace(pin, taken_at=unit.at, taken_by=unit.actor.person_id))
