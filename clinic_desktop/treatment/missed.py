"""Pressures of an infusion that nobody took: read from the stamps, so that none vanishes when it ends.

One is missed when the next would have been due; taken late, it is taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.moments import after, by
from clinic_desktop.treatment.room_time import LONGEST_FOLLOWED
from clinic_desktop.treatment.session import Session, when

_FOLLOWED = timedelta(minutes=LONGEST_FOLLOWED)


@dataclass(frozen=True, slots=True)
class Missed:
    """A pressure that was due and not taken. reason: why, once somebody said."""

    due: datetime
    reason: str = ""


def missed_checks(care: Care) -> list[Missed]:
    """Those that are missed at ``care.at``, in order of time. Where nobody recorded that the infusion ended,
    none is due once the patient has gone, or after the hours for which a stay is followed."""
    every = timedelta(minutes=care.setup.policies.iv_vitals_minutes)
    said = care.session.all_of(StampKind.CHECK_MISSED)
    here = care.session.ended_at or care.at
    return [
        Missed(due, next((one.note for one in said if by(due + every, when(one))), ""))
        for begun, ended in _infusions(care.session)
        for due in _not_taken(care, begun, ended or min(here, begun + _FOLLOWED), every)
    ]


def _infusions(session: Session) -> Iterator[tuple[datetime, datetime | None]]:
    """Begin and end of each; None for the one that runs."""
    begun = None
    for one in session.all_of(StampKind.INFUSION_START, StampKind.INFUSION_STOP):
        if one.kind is StampKind.INFUSION_START:
            begun = when(one)
        elif begun is not None:
            yield begun, when(one)
            begun = None
    if begun is not None:
        yield begun, None


def _not_taken(care: Care, last: datetime, ended: datetime, every: timedelta) -> Iterator[datetime]:
    taken = [when(one) for one in care.session.pressures]
    while after(ended, last + every):
        due = last + every
        reading = next((one for one in taken if after(one, last) and not by(due + every, one)), None)
        if reading is None:
            if not by(due + every, care.at):
                return
            yield due
        last = reading or due
