"""One visit in the treatment room with everything that its rules look at, gathered once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import instant_at, instant_minute, local_time
from clinic_desktop.foundation.intervals import Interval, merged
from clinic_desktop.foundation.rulebook import Finding, Param, Rule
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.people.model import Clearance, Indication, Patient, Screening
from clinic_desktop.people.screenings import current
from clinic_desktop.scheduling.model import Modality, Override, Setup, Visit, VisitType
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.states import DOSED, VisitState
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.pressure import Limits, limits_of, same_pressure
from clinic_desktop.treatment.session import Session, standing, when

_DOSED_THEN = DOSED | {VisitState.LEFT, VisitState.LEFT_EARLY}


@dataclass(frozen=True, slots=True)
class Care:
    """``session`` holds what had happened by ``at``; ``whole`` everything on record.

    on_site: UTC minutes in which some prescriber is here that day. treated_before: an earlier visit of the
    same modality ended with a dose. higher_dose_allowed: somebody with the right went over the rule of the
    first dose when the visit was booked.
    """

    visit: Visit
    type: VisitType
    patient: Patient
    setup: Setup
    at: datetime
    session: Session
    whole: Session
    clearances: Sequence[Clearance] = ()
    screening: Screening | None = None
    overrides: Sequence[Override] = ()
    on_site: Sequence[Interval] = ()
    treated_before: bool = False

    def at_time(self, at: datetime, whole: Session, without: int = 0) -> "Care":
        """The same visit as it stood at another moment, by the stamps of ``whole`` but one."""
        return replace(self, at=at, session=whole.as_of(at, without), whole=whole)

    @property
    def modality(self) -> Modality | None:
        return next((m for m in self.setup.modalities if m.code == self.type.modality), None)

    @property
    def rems(self) -> bool:
        return self.modality is not None and self.modality.rems

    @property
    def limits(self) -> Limits:
        return limits_of(self.setup.policies)

    def went_over(self, code: str) -> bool:
        """Somebody with the right gave permission past a rule. What merely happened gives none."""
        return any(
            one.rule == code and not one.deviation and one.given_at(self.visit) for one in self.overrides
        )

    def accepted(self, reading: Stamp, *, by_prescriber: bool = False) -> bool:
        """Whether a reading was signed: an acceptance of its two numbers, not before it was taken."""
        return any(
            same_pressure(one, reading)
            and instant_minute(when(one)) >= instant_minute(when(reading))
            and (not by_prescriber or self.is_prescriber(one.by))
            for one in self.session.all_of(StampKind.PRESSURE_ACCEPTED)
        )

    def is_prescriber(self, person_id: int) -> bool:
        return any(one.id == person_id and Role.PRESCRIBER in one.roles for one in self.setup.staff)

    def covered_until(self) -> datetime | None:
        """Up to when a prescriber is on site without a gap; None when nobody is."""
        minute = instant_minute(self.at)
        return next((instant_at(one.end) for one in self.on_site if one.start <= minute < one.end), None)

    def clock(self, at: datetime) -> str:
        """A clock reading nobody is too early with: part of a minute counts as the next."""
        started = at.second or at.microsecond
        return clock_time(local_time(at + timedelta(minutes=1) if started else at, self.visit.zone).minute)

    def says(self, rule: Rule, **params: Param) -> Finding:
        modality = self.modality.name if self.modality else ""
        return Finding(rule, {"patient": self.patient.name, "modality": modality, **params})


def care_of(records: ScheduleRecords, visit: Visit, at: datetime, stamps: Sequence[Stamp]) -> Care:
    """Gather what the rules look at, for one visit at one instant."""
    setup = records.setup()
    visit_type = setup.type_by_id(visit.type_id)
    patient = records.get(Patient, visit.patient_id)
    whole = standing(stamps)
    care = Care(
        visit=visit,
        type=visit_type,
        patient=patient,
        setup=setup,
        at=at,
        session=whole.as_of(at),
        whole=whole,
        clearances=records.find(Clearance, patient_id=patient.id),
        screening=current(records, patient.id),
        overrides=records.find(Override, visit_id=visit.id),
        on_site=_prescribers(setup, visit) if visit_type.is_treatment else (),
    )
    counts = care.rems and patient.indication is Indication.TRD
    return replace(care, treated_before=_treated_before(records, care)) if counts else care


def _prescribers(setup: Setup, visit: Visit) -> list[Interval]:
    roster = roster_for(setup)
    people = roster.with_role(Role.PRESCRIBER)
    return merged(span for person in people for span in roster.on_site(person, visit.day))


def _treated_before(records: ScheduleRecords, care: Care) -> bool:
    """Whether an earlier visit of the same modality had a dose."""
    same = {one.id for one in care.setup.types if one.modality == care.type.modality}
    return any(
        one.type_id in same and one.start < care.visit.start and one.state in _DOSED_THEN
        for one in records.find(Visit, patient_id=care.patient.id)
    )
