"""Which visit is offered in the check-in call: the review that the course owes, or the integration that
belongs to a treatment with therapy. Nothing is offered that is booked already."""

from dataclasses import dataclass
from datetime import date, datetime

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import NotFound
from clinic_desktop.scheduling.model import Setup, Visit, VisitType
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.reviews import open_reviews
from clinic_desktop.scheduling.states import PLANNED
from clinic_desktop.treatment.day_after_list import OUT_OF_TURN

FOLLOW_UP, INTEGRATION = (
    "FUP",
    "INT",
)  # of the types that ship; without them nothing is offered


@dataclass(frozen=True, slots=True)
class Offer:
    """A visit of a type, from a day on. review: because the course owes one."""

    type: VisitType
    since: date
    review: bool = False


def offer_of(records: ScheduleRecords, visit: Visit, now: datetime) -> Offer | None:
    """What is offered to the patient of a visit that is over."""
    setup = records.setup()
    today = local_day(now, setup.clinic.zone)
    coming = [
        setup.type_by_id(one.type_id)
        for one in records.find(Visit, patient_id=visit.patient_id, state=sorted(PLANNED))
        if one.day >= today
    ]
    if _with_therapist(setup.type_by_id(visit.type_id)) and not any(map(_is_talk, coming)):
        return _offer(setup, INTEGRATION, today)
    if any(one.sees_prescriber for one in coming):
        return None
    owed = any(one.patient_id == visit.patient_id for one in open_reviews(records, today))
    if owed or visit.state in OUT_OF_TURN:
        return _offer(setup, FOLLOW_UP, today, review=owed)
    return None


def _offer(setup: Setup, code: str, since: date, *, review: bool = False) -> Offer | None:
    try:
        return Offer(setup.type_by_code(code), since, review)
    except NotFound:
        return None


def _with_therapist(visit_type: VisitType) -> bool:
    return visit_type.is_treatment and _has_therapist(visit_type)


def _is_talk(visit_type: VisitType) -> bool:
    return not visit_type.is_treatment and _has_therapist(visit_type)


def _has_therapist(visit_type: VisitType) -> bool:
    return any(Role.THERAPIST in one.hands for one in visit_type.phases)
