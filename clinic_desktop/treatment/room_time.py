"""How long a room and a watching place are really needed, by the facts so far. Pure: minutes in and out."""

from datetime import datetime

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.scheduling.claims import came_early, phases_of
from clinic_desktop.scheduling.model import PhaseKind, Visit, VisitType
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.treatment.session import Session, minutes_after_dose, minutes_of

LONGEST_FOLLOWED = 20 * 60  # minutes; nobody is in a room for a day: somebody forgot to say that they left
_BEFORE_DOSE = (PhaseKind.PREP, PhaseKind.DOSING, PhaseKind.INFUSION)


def room_needed_until(
    visit: Visit, visit_type: VisitType, session: Session, now: int, step: int
) -> int | None:
    """UTC minute at which the room is turned over; None while the facts say nothing about it.

    While the patient is in it the room is claimed at least as long as planned, from when they came where that
    was early, and for as long as the treatment still takes at least. A stay that runs on beyond that is
    followed in steps of ``step`` minutes, so that it is not written down anew every minute. Turnover starts
    when the patient leaves.
    """
    turnover = minutes_of(visit_type, PhaseKind.TURNOVER)
    if session.entered_at is None:
        return None
    if session.out_of_room_at is not None:
        return instant_minute(session.out_of_room_at) + turnover
    planned = phases_of(visit, visit_type)[-1][2].end if visit.state in LIVE else 0
    return max(
        _followed(visit, visit_type, session, session.entered_at, now, step) + turnover,
        planned - came_early(visit),
    )


def here_until(visit: Visit, visit_type: VisitType, session: Session, now: int, step: int) -> int | None:
    """UTC minute up to which the patient is watched at least, in the waiting chair too; None while nobody is
    here, or no more."""
    if session.entered_at is None or session.ended_at is not None or visit.state not in LIVE:
        return None
    until = _followed(visit, visit_type, session, session.entered_at, now, step)
    return min(until, visit.start + LONGEST_FOLLOWED)


def _followed(
    visit: Visit, visit_type: VisitType, session: Session, entered: datetime, now: int, step: int
) -> int:
    """Until when the treatment takes at least, and nobody is released; of a stay that runs on, the step that
    holds ``now``."""
    out = max(at_least_in_room_until(visit_type, session), visit.release_from or 0)
    followed = min(now, instant_minute(entered) + LONGEST_FOLLOWED)
    return out if out >= followed else -(-followed // step) * step


def at_least_in_room_until(visit_type: VisitType, session: Session) -> int:
    """When the patient can leave the room at the earliest, from the last step that is known."""
    after = minutes_after_dose(visit_type)
    last, running, entered = session.last_dose_at, session.running_since, session.entered_at
    if last is not None:
        return instant_minute(last) + after
    if running is not None:
        return instant_minute(running) + minutes_of(visit_type, PhaseKind.INFUSION) + after
    if entered is None:
        raise ValueError("nobody is in the room")
    return instant_minute(entered) + minutes_of(visit_type, *_BEFORE_DOSE) + after
