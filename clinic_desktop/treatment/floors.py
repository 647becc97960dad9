"""The earliest release by what was given: by the stamps alone. Pure.

What a correction may take off it, and who answers for that: :mod:`clinic_desktop.treatment.earlier`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.scheduling.model import LEAST_IV_RECOVERY, PhaseKind, Setup, VisitType
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.session import GIVEN, Session, minutes_after_dose, minutes_of

SPRAVATO_MINUTES = 120  # [R1] [R4]
BEGUN = timedelta(minutes=1, microseconds=-1)  # a begun minute is not over


@dataclass(frozen=True, slots=True)
class Floor:
    """The earliest release, and why: ``minutes`` after the ``anchor``."""

    at: datetime
    minutes: int
    anchor: str


def floor_of(session: Session, visit_type: VisitType, setup: Setup) -> Floor | None:
    """By the stamps of a session; None while nothing was given or an infusion runs."""
    first, last, modality = session.first_dose_at, session.last_dose_at, setup.modality_of(visit_type)
    if first is None or last is None:
        return None
    if modality is not None and modality.rems:
        anchor = "first" if setup.policies.release_anchor == "first" else "last"
        return _after(first if anchor == "first" else last, SPRAVATO_MINUTES, anchor)
    given = session.last(*GIVEN)
    if given is not None and session.infused:
        anchor = "infusion's end" if given.kind is StampKind.INFUSION_STOP else "last dose"
        return _after(last, recovery_minutes(visit_type, setup), anchor)
    return _after(last, minutes_after_dose(visit_type), "last dose")


def recovery_minutes(visit_type: VisitType, setup: Setup) -> int:
    """Minutes after an infusion: those that the type plans, and never fewer than the clinic asks for."""
    return max(minutes_after_dose(visit_type), LEAST_IV_RECOVERY, setup.policies.iv_recovery_minutes)


def release_from(session: Session, visit_type: VisitType, setup: Setup) -> int | None:
    """The UTC minute before which a dosed patient is not released; while an infusion runs, by its planned
    minutes. None while nothing was given."""
    floor, running = floor_of(session, visit_type, setup), session.running_since
    if floor is not None:
        return instant_minute(floor.at + BEGUN)
    if running is None:
        return None
    planned = minutes_of(visit_type, PhaseKind.INFUSION)
    return instant_minute(running) + planned + recovery_minutes(visit_type, setup)


def _after(at: datetime, minutes: int, anchor: str) -> Floor:
    return Floor(at + timedelta(minutes=minutes), minutes, anchor)
