"""A visit with a prescriber carries on what the patient is cleared for (docs/decisions)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.rulebook import blocking
from clinic_desktop.people.clearances import last_day, standings
from clinic_desktop.people.model import Clearance, Patient
from clinic_desktop.people.screenings import current
from clinic_desktop.scheduling.claims import staff_of
from clinic_desktop.scheduling.clearing import clearing_findings
from clinic_desktop.scheduling.holding import renew_patient
from clinic_desktop.scheduling.model import Visit, VisitType
from clinic_desktop.scheduling.ports import ScheduleUnit

RENEWED = "Renewed by the visit of that day."  # how its note begins; a decision's note is the prescriber's


def prescriber_of(visit: Visit, visit_type: VisitType) -> int | None:
    """The prescriber who saw the patient: whose hands the visit took, last of several.

    None for a treatment: to give a dose, or to be on site, is not to look at the patient anew.
    """
    if visit_type.is_treatment:
        return None
    phases = [number for number, phase in enumerate(visit_type.phases) if Role.PRESCRIBER in phase.hands]
    return staff_of(visit, phases[-1], Role.PRESCRIBER) if phases else None


def renewed_by_visit(unit: ScheduleUnit, visit: Visit, on: date | None) -> None:
    """Bring clearances up to what a visit says; inside the caller's transaction, and held visits follow.

    on: the day on which the visit was over; None while it is not, or when its end was struck out: what
    it had carried on is taken back then.
    """
    prescriber = prescriber_of(visit, unit.setup().type_by_id(visit.type_id))
    if prescriber is None:
        return
    changed = _carried_on(unit, visit, prescriber, on) if on is not None else _taken_back(unit, visit)
    if changed:
        renew_patient(unit, visit.patient_id, local_day(unit.at, unit.setup().clinic.zone))


def _carried_on(unit: ScheduleUnit, visit: Visit, prescriber: int, on: date) -> list[Clearance]:
    setup = unit.setup()
    until = last_day(on, setup.policies.clearance_months)
    there = unit.find(Clearance, patient_id=visit.patient_id)
    patient, screening = unit.get(Patient, visit.patient_id), current(unit, visit.patient_id)
    today = local_day(unit.at, setup.clinic.zone)
    drafts = [
        Clearance(0, 0, patient.id, modality, prescriber, on, until, visit.id, RENEWED)
        for modality in to_carry_on(there, on, until)
    ]
    # What a prescriber could not decide today is not decided by a visit either.
    able = [one for one in drafts if not blocking(clearing_findings(patient, one, setup, screening, today))]
    return unit.add_all(able)


def to_carry_on(clearances: Sequence[Clearance], on: date, until: date) -> Iterator[str]:
    """The modalities whose clearance gets longer by a visit on a day.

    Those that hold on that day, by a decision from before it. A withdrawal stays; so does what a
    prescriber decided on the day itself or later, though it be shorter.
    """
    decided = {one.modality for one in clearances if on <= one.on <= one.until}
    for modality, stand in sorted(standings(clearances, on).items()):
        if modality not in decided and stand.holds and stand.clearance.until < until:
            yield modality


def _taken_back(unit: ScheduleUnit, visit: Visit) -> list[Clearance]:
    """It was never given: it ends before it begins, and holds on no day."""
    return [
        unit.save(replace(one, until=one.on - timedelta(days=1)))
        for one in unit.find(Clearance, patient_id=visit.patient_id, visit_id=visit.id)
        if one.note.startswith(RENEWED) and one.on <= one.until
    ]
