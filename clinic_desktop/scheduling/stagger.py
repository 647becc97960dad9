"""Dosings that begin close together: the nurse who gives one should not be wanted for the next."""

from collections.abc import Iterable, Iterator

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.claims import phases_of, staff_of
from clinic_desktop.scheduling.model import PhaseKind, Setup, Visit, VisitType
from clinic_desktop.scheduling.rules import DOSING_CLOSE
from clinic_desktop.scheduling.states import LIVE

_DOSING = (PhaseKind.DOSING, PhaseKind.INFUSION)


def close_starts(visit: Visit, others: Iterable[Visit], setup: Setup) -> Iterator[Finding]:
    """A warning for each dosing of the same nurse that begins within the clinic's minutes of this one's."""
    mine = _begins(visit, setup.type_by_id(visit.type_id))
    if mine is None:
        return
    minute, nurse = mine
    name = next((one.name for one in setup.staff if one.id == nurse), "")
    for other in others:
        near = _also_there(other, visit) and _may_serve(nurse, other)
        theirs = _begins(other, setup.type_by_id(other.type_id)) if near else None
        if theirs is None or theirs[1] != nurse or abs(theirs[0] - minute) >= setup.policies.dosing_stagger:
            continue
        time = clock_time(from_utc_minute(theirs[0], other.zone).minute)
        least = setup.policies.dosing_stagger
        yield Finding(
            DOSING_CLOSE,
            {"person": name, "time": time, "minutes": abs(theirs[0] - minute), "least": least},
        )


def _also_there(other: Visit, visit: Visit) -> bool:
    return other is not visit and (not visit.id or other.id != visit.id) and other.state in LIVE


def _may_serve(nurse: int, visit: Visit) -> bool:
    """Whether the nurse is there at all; most visits of a large day need not be taken apart for it."""
    return nurse == visit.nurse_id or any(nurse == one.staff_id for one in visit.phase_staff)


def _begins(visit: Visit, visit_type: VisitType) -> tuple[int, int] | None:
    """The UTC minute at which dosing is planned to begin, and the nurse who is there for it."""
    for number, phase, span in phases_of(visit, visit_type):
        if phase.kind in _DOSING:
            nurse = staff_of(visit, number, Role.NURSE)
            return None if nurse is None else (span.start, nurse)
    return None
