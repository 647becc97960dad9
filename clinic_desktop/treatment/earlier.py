"""A correction that would open the release earlier: until a prescriber has answered for it, the release stays
where it was, and so do the times on the sheet.

What was recorded first may be the truth and the correction the slip. So the correction is saved, an incident
goes to the prescriber, and meanwhile the later of both times counts.

It may come in steps: struck out and recorded anew, or corrected while the visit had an end that is struck out
later. So what an entry leaves is held against everything that stood since the last one that was marked.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.scheduling.model import Setup, VisitType
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.treatment.floors import Floor, floor_of
from clinic_desktop.treatment.model import Incident, Stamp
from clinic_desktop.treatment.moments import after
from clinic_desktop.treatment.rules import EARLIER_UNANSWERED
from clinic_desktop.treatment.session import GIVEN, Session, standing


def opens_earlier(stamps: Sequence[Stamp], new: Stamp, visit_type: VisitType, setup: Setup) -> bool:
    """Whether ``new`` takes time off the floor of somebody who is here, or off what their sheet counts from.

    ``stamps``: everything on record before it, by number.
    """
    if new.corrects is None and new.kind not in GIVEN:
        return False
    now = standing([*stamps, new])
    floor = floor_of(now, visit_type, setup)
    if now.ended_at is not None or floor is None:
        return False
    stood = _as_it_stood(stamps, max((one.id for one in stamps if _marked(one)), default=0), new)
    return any(_takes_off(one, now, floor, visit_type, setup) for one in stood)


def _takes_off(before: Session, now: Session, floor: Floor, visit_type: VisitType, setup: Setup) -> bool:
    was = floor_of(before, visit_type, setup)
    return was is not None and (after(was.at, floor.at) or _later(before.last_dose_at, now.last_dose_at))


def _later(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and after(one, other)


def _marked(one: Stamp) -> bool:
    return EARLIER_UNANSWERED.code in one.deviations


def _as_it_stood(stamps: Sequence[Stamp], since: int, until: Stamp) -> Iterator[Session]:
    """The visit before each correction after the entry ``since``, before whatever was given after it, and
    before ``until``: what else is recorded takes nothing off its floor."""
    moves = (one for one in stamps if one.corrects is not None or one.kind in GIVEN)
    for step in (*(one for one in moves if since < one.id < until.id), until):
        yield standing(one for one in stamps if one.id < step.id)


def held_sessions(records: ScheduleRecords, visit_id: int, stamps: Sequence[Stamp]) -> list[Session]:
    """The visit as it stood before each such entry for which no prescriber has answered."""
    marked = sorted((one for one in stamps if _marked(one)), key=lambda one: one.id)
    if not marked:
        return []
    waiting = {one.stamp_id for one in records.find(Incident, visit_id=visit_id) if one.closed_at is None}
    last = (0, *(one.id for one in marked))
    pairs = zip(last, marked, strict=False)
    return [stood for since, one in pairs if one.id in waiting for stood in _as_it_stood(stamps, since, one)]


def held_floor(held: Sequence[Session], visit_type: VisitType, setup: Setup) -> datetime | None:
    """The latest floor of ``held``: no release before it."""
    floors = (floor_of(one, visit_type, setup) for one in held)
    return max((one.at for one in floors if one is not None), default=None)


def counting(now: Session, held: Sequence[Session]) -> Session:
    """By which of these a sheet counts: that with the latest dose or end; ``now`` while that is not over."""
    there = [(one.last_dose_at, one) for one in (now, *held)]
    over = [(at, one) for at, one in there if at is not None]
    return now if now.last_dose_at is None else max(over, key=lambda one: instant_minute(one[0]))[1]
