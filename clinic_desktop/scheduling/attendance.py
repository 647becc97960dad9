"""How a patient kept their visits in the last twelve months: pure counting, over the visits themselves.

What the clinic caused is never counted: whether a cancellation was late, and who asked for it, was decided
when it was made, and stays as it was whatever the policy says by now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from clinic_desktop.scheduling.model import Policies, Visit
from clinic_desktop.scheduling.states import VisitState

MONTHS = 12
PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class Attendance:
    """How often, in the twelve months up to a day."""

    late_cancels: int = 0
    missed: int = 0
    late_arrivals: int = 0

    def __bool__(self) -> bool:
        return bool(self.late_cancels or self.missed or self.late_arrivals)


def attendance(visits: Iterable[Visit], today: date, policies: Policies) -> Attendance:
    """Of one patient's visits."""
    since = today - relativedelta(months=MONTHS)
    # A visit of a day to come that was cancelled late by today counts too.
    counted = [one for one in visits if one.day > since]
    return Attendance(
        sum(one.state is VisitState.CANCELLED and one.end_late for one in counted),
        sum(one.state is VisitState.MISSED and one.end_asked_by == PATIENT for one in counted),
        sum(late_by(one, policies) > 0 for one in counted),
    )


def late_by(visit: Visit, policies: Policies) -> int:
    """Minutes that the patient came after the visit's time, beyond what the clinic lets pass as in time."""
    if visit.arrived is None:
        return 0
    late = visit.arrived - visit.start
    return late if late > policies.late_arrival_minutes else 0
