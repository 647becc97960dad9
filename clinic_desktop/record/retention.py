"""Records that the clinic has kept for as long as it means to. Nothing here deletes: somebody decides.

A record counts from the last visit on it, or from the last change of the patient's own facts, whichever is
later. How long a clinic must keep what differs between states [reference 7]; a child's record is kept longer.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import Clock, local_day
from clinic_desktop.foundation.csv_out import write_csv
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.security.rights import Right, require

GROWN = 18


@dataclass(frozen=True, slots=True)
class PastRetention:
    """A record of which nothing is younger than the clinic's years. last: its last day. was_child: the
    patient was under 18 then, so that a longer time may hold."""

    patient: Patient
    last: date
    was_child: bool


class RetentionReads(ScheduleRecords, Protocol):
    def last_about(self) -> list[tuple[int, date | None, datetime | None]]:
        """Of each patient: the day of the last visit, and when their own record was changed last."""
        ...


class RetentionStore(Protocol):
    @property
    def clock(self) -> Clock: ...

    def read(self) -> AbstractContextManager[RetentionReads]: ...


def past_retention(store: RetentionStore, actor: Actor) -> Sequence[PastRetention]:
    """The longest ago first. Joined records count as the one that was kept."""
    require(actor, Right.SET_UP)
    with store.read() as records:
        setup = records.setup()
        zone, years = setup.clinic.zone, setup.policies.retention_years
        until = years_before(local_day(store.clock.now(), zone), years)
        lasts = {
            patient_id: max([*([day] if day else []), *([local_day(at, zone)] if at else [])], default=None)
            for patient_id, day, at in records.last_about()
        }
        old = {number: last for number, last in lasts.items() if last is not None and last < until}
        people = [one for one in records.find(Patient, id=sorted(old)) if one.merged_into is None]
    found = (PastRetention(one, old[one.id], _was_child(one, old[one.id])) for one in people)
    return sorted(found, key=lambda one: (one.last, one.patient.id))


def as_csv(found: Sequence[PastRetention]) -> str:
    """The list as a table, with names: for whoever decides."""
    header = ("chart_number", "name", "birth_date", "last", "was_child")
    rows = (
        (
            one.patient.chart_number,
            one.patient.name,
            one.patient.birth_date and one.patient.birth_date.isoformat(),
            one.last.isoformat(),
            "yes" if one.was_child else "no",
        )
        for one in found
    )
    return write_csv([header, *rows])


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; the last of February where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _was_child(patient: Patient, on: date) -> bool:
    age = patient.age_on(on)
    return age is not None and age < GROWN
