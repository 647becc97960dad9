"""A correction that would open the release earlier: until a prescriber has answered for it, the release stays
where it was.

What was recorded first may be the truth and the correction the slip. So the correction is saved, an incident
goes to the prescriber, and meanwhile the later of both times counts.
"""

from collections.abc import Sequence
from datetime import datetime

from clinic_desktop.scheduling.model import Setup, Visit, VisitType
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.treatment.floors import floor_of
from clinic_desktop.treatment.model import Incident, Stamp
from clinic_desktop.treatment.moments import after
from clinic_desktop.treatment.rules import EARLIER_UNANSWERED
from clinic_desktop.treatment.session import Session, standing


def opens_earlier(before: Session, now: Session, visit_type: VisitType, setup: Setup) -> bool:
    """Whether a correction takes time off the floor of somebody who is here: or the floor itself, for then
    another time may follow."""
    if before.ended_at is not None or not now.dosed:
        return False
    was, is_now = floor_of(before, visit_type, setup), floor_of(now, visit_type, setup)
    return was is not None and (is_now is None or after(was.at, is_now.at))


def held_floor(
    records: ScheduleRecords, visit: Visit, visit_type: VisitType, setup: Setup, stamps: Sequence[Stamp]
) -> datetime | None:
    """The latest floor that a correction took away and for which no prescriber has answered."""
    moved = [one for one in stamps if EARLIER_UNANSWERED.code in one.deviations]
    if not moved:
        return None
    waiting = {one.stamp_id for one in records.find(Incident, visit_id=visit.id) if one.closed_at is None}
    there = (
        floor_of(standing(two for two in stamps if two.id < one.id), visit_type, setup)
        for one in moved
        if one.id in waiting
    )
    return max((floor.at for floor in there if floor is not None), default=None)
