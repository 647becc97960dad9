"""What waits for somebody: incidents for a prescriber's words, clearances for a prescriber to renew, and REMS
forms to be sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.to_renew import ToRenew, to_renew
from clinic_desktop.treatment.ledger import LedgerForm, unsent_forms
from clinic_desktop.treatment.model import Incident, Stamp

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OpenIncident:
    """An incident with whom it is about; ``stamp`` is the entry that opened it."""

    incident: Incident
    visit: Visit
    patient: str
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class ToSee:
    """Open incidents, the oldest first; forms to send, the most pressing first; clearances that end before
    treatments."""

    incidents: tuple[OpenIncident, ...] = ()
    forms: tuple[LedgerForm, ...] = ()
    renewals: tuple[ToRenew, ...] = ()


def to_see(records: ScheduleRecords, today: date) -> ToSee:
    """Everything that is open now."""
    incidents = records.find(Incident, closed_at=None)
    about = _About(records, [one.visit_id for one in incidents])
    stamps = {one.id: one for one in _found(records, Stamp, [one.stamp_id for one in incidents])}
    return ToSee(
        tuple(OpenIncident(one, *about(one.visit_id), stamps.get(one.stamp_id or 0)) for one in incidents),
        tuple(one for one in unsent_forms(records) if one.to_send(today)),
        tuple(to_renew(records, today)),
    )


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
