"""How long a visit stays: its type says which phases a visit may lengthen, and up to how many minutes. Nobody
stays shorter than the type asks.
"""

from dataclasses import replace

from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding, Rule, Severity
from clinic_desktop.scheduling.model import Phase, PhaseKind, Visit, VisitType

STEP = 5  # minutes; lengths of phases fall on it whatever the clinic's grid
_OUTSIDE = frozenset({PhaseKind.CHECK_IN, PhaseKind.TURNOVER})

NO_STRETCH = Rule(
    "stretch-none",
    "decision: phases",
    Severity.LOCKED,
    "No phase of {type} may be longer than planned. Set-up says which may (visit types, Up to).",
)
STRETCH_LONG = Rule(
    "stretch-long",
    "decision: phases",
    Severity.LOCKED,
    "A visit of the type {type} may be {most} minutes longer, no more. Let it end earlier.",
)
STRETCH_SHORT = Rule(
    "stretch-short",
    "decision: phases",
    Severity.LOCKED,
    "{type} is never shorter than its {stay} minutes. Let it end later.",
)
STRETCH_STEP = Rule(
    "stretch-step",
    "decision: phases",
    Severity.LOCKED,
    "A visit gets longer in steps of {step} minutes. Pick the nearest one.",
)


def most_longer(visit_type: VisitType) -> int:
    """Minutes that a visit of the type may stay beyond what the type asks; 0 when no phase may stretch."""
    return sum(map(_give, visit_type.phases))


def longer_by(visit: Visit, visit_type: VisitType) -> int:
    """Minutes that the visit stays beyond what its type asks."""
    if not visit.phase_minutes:
        return 0
    phases = zip(visit_type.phases, visit.phase_minutes, strict=True)
    return sum(minutes - phase.minutes for phase, minutes in phases if phase.kind not in _OUTSIDE)


def stretched(visit: Visit, visit_type: VisitType, longer: int | None) -> Visit:
    """The visit with its stay that much longer than its type asks, not yet timed; None leaves it as it is.

    The last phase that may stretch takes the minutes first, the one before it what is beyond its longest: the
    watching is lengthened before the treatment. Raises :class:`Refusal` for a length that no visit may have.
    """
    if longer is None:
        return visit
    if refused := _refused(visit_type, longer):
        raise Refusal([refused])
    if not longer:
        return replace(visit, phase_minutes=())
    lengths, left = [], longer
    for phase in reversed(visit_type.phases):
        given = min(left, _give(phase))
        left -= given
        lengths.append(phase.minutes + given)
    return replace(visit, phase_minutes=tuple(reversed(lengths)))


def _give(phase: Phase) -> int:
    """Whole steps that one phase has to give. What lies before and after the stay is no part of it."""
    if phase.may_stretch is None or phase.kind in _OUTSIDE:
        return 0
    return max(0, phase.may_stretch - phase.minutes) // STEP * STEP


def _refused(visit_type: VisitType, longer: int) -> Finding | None:
    most = most_longer(visit_type)
    if longer < 0:
        stay = sum(one.minutes for one in visit_type.phases if one.kind not in _OUTSIDE)
        return Finding(STRETCH_SHORT, {"type": visit_type.name, "stay": stay})
    if longer and not most:
        return Finding(NO_STRETCH, {"type": visit_type.name})
    if longer > most:
        return Finding(STRETCH_LONG, {"type": visit_type.name, "most": most})
    return Finding(STRETCH_STEP, {"step": STEP}) if longer % STEP else None
