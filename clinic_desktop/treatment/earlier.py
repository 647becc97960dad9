"""A correction that would open the release earlier: until a prescriber has answered for it, the release stays
where it was, and so do the times on the sheet.

What was recorded first may be the truth and the correction the slip. So the correction is saved, an incident
goes to the prescriber, and meanwhile the later of both times counts.
"""

from collections.abc import Sequence
from datetime import datetime

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.scheduling.model import Setup, VisitType
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.treatment.floors import floor_of
from clinic_desktop.treatment.model import Incident, Stamp
from clinic_desktop.treatment.moments import after
from clinic_desktop.treatment.rules import EARLIER_UNANSWERED
from clinic_desktop.treatment.session import Session, standing


def opens_earlier(before: Session, now: Session, visit_type: VisitType, setup: Setup) -> bool:
    """Whether a correction takes time off the floor of somebody who is here, or off what their sheet counts
    from: or the floor itself, for then another time may follow."""
    if before.ended_at is not None or not now.dosed:
        return False
    was, is_now = floor_of(before, visit_type, setup), floor_of(now, visit_type, setup)
    return was is not None and (
        is_now is None or after(was.at, is_now.at) or _later(before.last_dose_at, now.last_dose_at)
    )


def _later(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and after(one, other)


def held_sessions(records: ScheduleRecords, visit_id: int, stamps: Sequence[Stamp]) -> list[Session]:
    """The visit as it stood before each such correction for which no prescriber has answered."""
    moved = [one for one in stamps if EARLIER_UNANSWERED.code in one.deviations]
    if not moved:
        return []
    waiting = {one.stamp_id for one in records.find(Incident, visit_id=visit_id) if one.closed_at is None}
    return [standing(two for two in stamps if two.id < one.id) for one in moved if one.id in waiting]


def held_floor(held: Sequence[Session], visit_type: VisitType, setup: Setup) -> datetime | None:
    """The latest floor of ``held``: no release before it."""
    floors = (floor_of(one, visit_type, setup) for one in held)
    return max((one.at for one in floors if one is not None), default=None)


def counting(now: Session, held: Sequence[Session]) -> Session:
    """By which of these a sheet counts: that with the latest dose or end; ``now`` while that is not over."""
    there = [(one.last_dose_at, one) for one in (now, *held)]
    over = [(at, one) for at, one in there if at is not None]
    return now if now.last_dose_at is None else max(over, key=lambda one: instant_minute(one[0]))[1]
