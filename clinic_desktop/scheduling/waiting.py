"""The waitlist: who wants to come, for what, when it suits them; with or without dates."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.store import Records
from clinic_desktop.foundation.words import plain_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.call_rules import WAIT_DATES, WAIT_OVER, WAIT_TWICE
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.rules import DECEASED, MERGED
from clinic_desktop.security.rights import Right, require

BOOKED, WITHDRAWN = "booked", "withdrawn"


@dataclass(frozen=True, slots=True)
class WaitEntry:
    """Somebody waits for a visit of a type. Days and minutes bound when it suits; empty means any.

    closed_why: "booked" (``visit_id`` is what came of it) or "withdrawn".
    """

    id: int = 0
    version: int = 0
    patient_id: int = 0
    type_code: str = ""
    from_day: date | None = None
    to_day: date | None = None
    weekdays: frozenset[int] = frozenset()
    from_minute: int = 0
    to_minute: int = 1440
    note: str = ""
    added_at: datetime | None = None
    added_by: int = 0
    closed_at: datetime | None = None
    closed_by: int | None = None
    closed_why: str = ""
    visit_id: int | None = None

    def suits(self, day: date, minute: int) -> bool:
        """Whether a start at that time is what they asked for."""
        first, last = self.from_day or date.min, self.to_day or date.max
        right_day = first <= day <= last and (not self.weekdays or day.weekday() in self.weekdays)
        return right_day and self.from_minute <= minute < self.to_minute


@dataclass(frozen=True, slots=True)
class Waited:
    """An entry as it stands, and the news."""

    entry: WaitEntry
    changes: Changes


def wait_for(store: ScheduleStore, actor: Actor, entry: WaitEntry) -> Waited:
    """Put somebody on the waitlist (id 0), or change what suits them. Nobody waits twice for one thing."""
    require(actor, Right.BOOK)
    if entry.from_day and entry.to_day and entry.to_day < entry.from_day:
        raise BadInput({"to_day": Finding(WAIT_DATES)})
    with store.write(actor) as unit:
        # Held, so that two desks do not put the same person on the list at once.
        patient = unit.hold(Patient, entry.patient_id)
        unit.setup().type_by_code(entry.type_code)
        if refused := _may_not_wait(unit, entry, patient):
            raise Refusal([refused])
        if entry.id:
            return Waited(unit.save(entry), unit.commit())
        added = replace(entry, added_at=unit.at, added_by=unit.actor.person_id)
        return Waited(unit.add(added), unit.commit())


def withdraw_wait(store: ScheduleStore, actor: Actor, entry_id: int, version: int, why: str = "") -> Waited:
    """Take somebody off the list; the entry stays on record."""
    require(actor, Right.BOOK)
    with store.write(actor) as unit:
        unit.because(why)
        entry = replace(still_waiting(unit, entry_id), version=version)
        return Waited(closed(unit, entry, WITHDRAWN), unit.commit())


def still_waiting(unit: ScheduleUnit, entry_id: int) -> WaitEntry:
    """The entry, held. Raises :class:`Refusal` when it is closed already."""
    entry = unit.hold(WaitEntry, entry_id)
    if entry.closed_at is not None:
        raise Refusal([Finding(WAIT_OVER)])
    return entry


def closed(unit: ScheduleUnit, entry: WaitEntry, why: str, visit_id: int | None = None) -> WaitEntry:
    """The entry closed, and written."""
    return unit.save(
        replace(
            entry,
            closed_at=unit.at,
            closed_by=unit.actor.person_id,
            closed_why=why,
            visit_id=visit_id,
        )
    )


def waiting(records: Records) -> list[WaitEntry]:
    """Everybody who waits, the longest first."""
    return sorted(records.find(WaitEntry, closed_at=None), key=_since)


def _since(entry: WaitEntry) -> tuple[float, int]:
    return (entry.added_at.timestamp() if entry.added_at else 0.0, entry.id)


def _may_not_wait(unit: ScheduleUnit, entry: WaitEntry, patient: Patient) -> Finding | None:
    if patient.merged_into is not None:
        return Finding(MERGED)
    if patient.death_date is not None:
        return Finding(DECEASED, {"patient": patient.name, "day": plain_date(patient.death_date)})
    there = unit.find(WaitEntry, patient_id=entry.patient_id, type_code=entry.type_code, closed_at=None)
    if any(one.id != entry.id for one in there):
        name = unit.setup().type_by_code(entry.type_code).name
        return Finding(WAIT_TWICE, {"patient": patient.name, "type": name})
    return None
