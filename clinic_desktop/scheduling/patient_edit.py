"""Keeping a patient's record, and saying which of their visits cannot take place as booked because of it."""

from dataclasses import dataclass

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.people import patients
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.stranded import StrandedVisit, in_question


@dataclass(frozen=True, slots=True)
class Kept:
    """The patient as kept, the coming visits that a date of death or of birth now forbids, and the news."""

    patient: Patient
    in_question: tuple[StrandedVisit, ...]
    changes: Changes


def keep_patient(store: ScheduleStore, actor: Actor, patient: Patient) -> Kept:
    """Add a patient (id 0) or change one. The visits stay: they are on the repair list until seen to."""
    saved = (patients.edit if patient.id else patients.create)(store, actor, patient)
    now = instant_minute(store.clock.now())
    with store.read() as records:
        return Kept(saved.patient, tuple(in_question(records, saved.patient.id, now)), saved.changes)
