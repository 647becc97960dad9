"""One visit in the treatment room with everything that its rules look at, gathered once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.records import changed
from clinic_desktop.foundation.rulebook import Finding, Param, Rule
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.people.model import Clearance, Order, Patient, Screening
from clinic_desktop.people.screenings import current
from clinic_desktop.scheduling.model import Modality, Override, PressureLimits, Setup, Visit, VisitType
from clinic_desktop.scheduling.overlaps import room_sharers
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.states import DOSED, NEVER_CAME, VisitState
from clinic_desktop.scheduling.under_orders import order_for, unsettled_for, used, week_of
from clinic_desktop.treatment.course import Before, course_before
from clinic_desktop.treatment.earlier import counting, held_floor, held_sessions
from clinic_desktop.treatment.model import Incident, Stamp, StampKind
from clinic_desktop.treatment.moments import by
from clinic_desktop.treatment.pressure import same_pressure
from clinic_desktop.treatment.rules import DANGER_UNDONE
from clinic_desktop.treatment.session import Session, standing, when
from clinic_desktop.treatment.stock import Stock

_NOT_TREATED = NEVER_CAME | {VisitState.NOT_TREATED}
_DOSED_THEN = DOSED | {VisitState.LEFT, VisitState.LEFT_EARLY}


@dataclass(frozen=True, slots=True)
class Care:
    """``session`` holds what had happened by ``at``; ``whole`` everything on record.

    treated_before: an earlier visit of the same treatment had a dose. week: of that treatment. order: the one
    that the visit is or would be given under; unsettled: those of which nobody has said which one that is.
    course: what came before in it.
    roommates: other patients who were in the visit's
    room that day, with their names. stock: what the drug log says of the lots that are given; None where
    nobody looked. held: the visit as it stood before each correction that waits for a prescriber's answer.
    undone: another correction waits for one, which took a danger off the record.
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
    treated_before: bool = False
    week: int = 1
    order: Order | None = None
    unsettled: Sequence[Order] = ()
    roommates: Sequence[tuple[Visit, str]] = ()
    stock: Stock | None = None
    course: Before = field(default_factory=Before)
    held: Sequence[Session] = ()
    undone: bool = False

    def at_time(self, at: datetime, whole: Session, without: int = 0) -> "Care":
        """The same visit as it stood at another moment, by the stamps of ``whole`` but one."""
        return changed(self, at=at, session=whole.as_of(at, without), whole=whole)

    def before(self, stamp: Stamp, whole: Session) -> "Care":
        """The same visit as it stood before one of the stamps of ``whole``."""
        return replace(self, at=when(stamp), session=whole.before(stamp), whole=whole)

    @property
    def modality(self) -> Modality | None:
        return self.setup.modality_of(self.type)

    @property
    def rems(self) -> bool:
        return self.modality is not None and self.modality.rems

    @property
    def held_until(self) -> datetime | None:
        """No release before it: a correction waits for a prescriber's answer."""
        return held_floor(self.held, self.type, self.setup)

    @property
    def sheet_from(self) -> datetime | None:
        """What the times of a sheet count from; None while the dosing is not over."""
        return counting(self.session, self.held).last_dose_at

    @property
    def limits(self) -> PressureLimits:
        """After the dose; what ships counts where a dose was given before anybody had set them."""
        return self.modality.limits if self.modality else PressureLimits()

    def went_over(self, code: str) -> bool:
        """Somebody with the right gave permission past a rule. What merely happened gives none."""
        return any(
            one.rule == code and not one.deviation and one.given_at(self.visit) for one in self.overrides
        )

    def accepted(self, reading: Stamp, *, by_prescriber: bool = False) -> bool:
        """Whether a reading was signed: an acceptance of its two numbers, not before it was taken."""
        return any(
            same_pressure(one, reading)
            and by(when(reading), when(one))
            and (not by_prescriber or self.is_prescriber(one.told_by or one.by))
            for one in self.session.all_of(StampKind.PRESSURE_ACCEPTED)
        )

    def is_prescriber(self, person_id: int) -> bool:
        return any(one.id == person_id and Role.PRESCRIBER in one.roles for one in self.setup.staff)

    def clock(self, at: datetime) -> str:
        """A clock reading nobody is too early with: part of a minute counts as the next."""
        started = at.second or at.microsecond
        return clock_time(local_time(at + timedelta(minutes=1) if started else at, self.visit.zone).minute)

    def shown(self, at: datetime) -> str:
        """What the clock showed at a moment: for what happened, and for what is due and nobody waits for."""
        return clock_time(local_time(at, self.visit.zone).minute)

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
        roommates=roommates(records, visit, records.find(Visit, day=visit.day, room_id=visit.room_id or 0)),
    )
    care = with_unanswered(records, care, stamps)
    return _with_history(records, care) if visit_type.is_treatment else care


def with_unanswered(records: ScheduleRecords, care: Care, stamps: Sequence[Stamp]) -> Care:
    """The same with what waits for a prescriber's answer, of everything on record."""
    marked = {one.id for one in stamps if DANGER_UNDONE.code in one.deviations}
    there = records.find(Incident, visit_id=care.visit.id) if marked else []
    undone = any(one.closed_at is None and one.stamp_id in marked for one in there)
    return replace(care, held=held_sessions(records, care.visit.id, stamps), undone=undone)


def in_room(records: ScheduleRecords, care: Care, room_id: int | None) -> Care:
    """The same with those who were in another room that day, whichever they are in now."""
    visit, there = care.visit, records.visits_in(care.visit.day, room_id)
    then = [one for one in there if any(stay.room_id == room_id for stay in one.room_stays)]
    return replace(care, roommates=roommates(records, replace(visit, room_id=room_id), then))


def roommates(records: ScheduleRecords, visit: Visit, there: Sequence[Visit]) -> list[tuple[Visit, str]]:
    """Those who were in the visit's room, but for those who share it on purpose."""
    others = [one for one in there if one.entered is not None and one.patient_id != visit.patient_id]
    meant = room_sharers(records, visit, {one.id for one in others})
    others = [one for one in others if one.id not in meant]
    if not others:
        return []
    names = {one.id: one.name for one in records.find(Patient, id={one.patient_id for one in others})}
    return [(one, names[one.patient_id]) for one in others]


def _with_history(records: ScheduleRecords, care: Care) -> Care:
    """With what the patient's other visits of the same treatment, and its orders, say."""
    same = {one.id for one in care.setup.types if one.modality == care.type.modality}
    visits = records.find(Visit, patient_id=care.patient.id)
    there = [one for one in visits if one.type_id in same]
    orders = records.find(Order, patient_id=care.patient.id, modality=care.type.modality)
    return replace(
        care,
        treated_before=any(one.start < care.visit.start and _dosed_then(one) for one in there),
        week=week_of(care.visit, (one for one in there if one.state not in _NOT_TREATED)),
        order=order_for(care.visit, orders, used(there)),
        unsettled=unsettled_for(care.visit, orders, used(there)),
        course=course_before(records, care.setup, care.visit, visits, orders),
    )


def _dosed_then(visit: Visit) -> bool:
    """Whether a visit had a dose. Who was taken away may have been given none."""
    given = visit.devices or visit.order_id is not None or visit.release_from is not None
    return visit.state in _DOSED_THEN or (visit.state is VisitState.TRANSFERRED and bool(given))
