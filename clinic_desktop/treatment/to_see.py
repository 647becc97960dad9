"""What waits for the floor: incidents, until the prescriber is told and has answered them, and REMS forms to
be sent. What a prescriber decides is in :mod:`clinic_desktop.treatment.decisions`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.treatment.after import is_out_of_turn, still_to_tell
from clinic_desktop.treatment.ledger import LedgerForm, unsent_forms
from clinic_desktop.treatment.model import Incident, Stamp
from clinic_desktop.treatment.session import standing

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An incident with whom it is about; ``stamp`` is the entry that opened it, ``was`` what that corrects.
    to_tell: what has to be recorded before it can be closed."""

    incident: Incident
    visit: Visit
    patient: str
    stamp: Stamp | None = None
    was: Stamp | None = None
    to_tell: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToSee:
    """Open incidents, the oldest first; forms to send, the most pressing first."""

    incidents: tuple[OpenIncident, ...] = ()
    forms: tuple[LedgerForm, ...] = ()


def to_see(records: ScheduleRecords, today: date) -> ToSee:
    """Everything that is open now."""
    return ToSee(
        tuple(open_incidents(records)),
        tuple(one for one in unsent_forms(records) if one.to_send(today)),
    )


def open_incidents(records: ScheduleRecords) -> list[OpenIncident]:
    """The oldest first."""
    incidents = records.find(Incident, closed_at=None)
    about = _About(records, [one.visit_id for one in incidents])
    stamps = {one.id: one for one in _found(records, Stamp, [one.stamp_id for one in incidents])}
    olds = {one.id: one for one in _found(records, Stamp, [one.corrects for one in stamps.values()])}
    made = [stamps.get(one.stamp_id or 0) for one in incidents]
    return [
        OpenIncident(
            one,
            *about(one.visit_id),
            stamp,
            olds.get(stamp.corrects or 0) if stamp is not None else None,
            tuple(_to_tell(records, one)),
        )
        for one, stamp in zip(incidents, made, strict=True)
    ]


def _to_tell(records: ScheduleRecords, incident: Incident) -> list[str]:
    if not is_out_of_turn(incident):
        return []
    session = standing(records.find(Stamp, visit_id=incident.visit_id))
    return still_to_tell(incident, session, records.find(CallAttempt, visit_id=incident.visit_id))


class _About:
    """Visits and their patients' names, read once."""

    def __init__(self, records: ScheduleRecords, visit_ids: Iterable[int]) -> None:
        self._visits = {one.id: one for one in _found(records, Visit, visit_ids)}
        patients = _found(records, Patient, [one.patient_id for one in self._visits.values()])
        self._names = {one.id: one.name for one in patients}

    def __call__(self, visit_id: int) -> tuple[Visit, str]:
        visit = self._visits[visit_id]
        return visit, self._names[visit.patient_id]


def _found(records: ScheduleRecords, kind: type[T], ids: Iterable[int | None]) -> list[T]:
    wanted = sorted({one for one in ids if one is not None})
    return records.find(kind, id=wanted) if wanted else []
