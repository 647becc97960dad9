"""What happened in one visit, read from its stamps. Nothing is counted in memory: the same stamps say
the same on every computer, after a restart too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinic_desktop.scheduling.model import PhaseKind, VisitType
from clinic_desktop.scheduling.states import ENDED, VisitState
from clinic_desktop.treatment.model import Stamp, StampKind

DEVICE_MG = 28  # one Spravato device [L3]
REST_BETWEEN_DEVICES = timedelta(minutes=5)  # [L3] [M1]

_ENDS = {
    StampKind.LEFT: VisitState.LEFT,
    StampKind.RELEASED: VisitState.LEFT,
    StampKind.NOT_TREATED: VisitState.NOT_TREATED,
    StampKind.LEFT_EARLY: VisitState.LEFT_EARLY,
    StampKind.TRANSFERRED: VisitState.TRANSFERRED,
}


@dataclass(frozen=True, slots=True)
class Session:
    """The stamps that stand (corrected ones are replaced), in order of time."""

    stamps: tuple[Stamp, ...]

    def all_of(self, *kinds: StampKind) -> list[Stamp]:
        return [one for one in self.stamps if one.kind in kinds]

    def last(self, *kinds: StampKind) -> Stamp | None:
        found = self.all_of(*kinds)
        return found[-1] if found else None

    def time_of(self, *kinds: StampKind) -> datetime | None:
        """When the last of these happened."""
        found = self.last(*kinds)
        return found.at if found else None

    @property
    def devices(self) -> list[Stamp]:
        return self.all_of(StampKind.DOSE)

    @property
    def first_dose_at(self) -> datetime | None:
        """The first device, injection, or start of the infusion."""
        found = self.all_of(StampKind.DOSE, StampKind.INFUSION_START)
        return found[0].at if found else None

    @property
    def last_dose_at(self) -> datetime | None:
        """The last device or injection, or the end of the infusion; None while it runs."""
        if self.last(StampKind.INFUSION_START):
            return self.time_of(StampKind.INFUSION_STOP)
        return self.time_of(StampKind.DOSE)

    @property
    def dosed(self) -> bool:
        return self.first_dose_at is not None

    def vitals_between(self, start: datetime, end: datetime) -> list[Stamp]:
        """Pressure readings from ``start`` to ``end``, both included."""
        return [v for v in self.pressures if v.at is not None and start <= v.at <= end]

    @property
    def pressures(self) -> list[Stamp]:
        return [one for one in self.all_of(StampKind.VITALS) if one.systolic is not None]

    @property
    def pressure_before(self) -> Stamp | None:
        """The last reading before the first dose (or the last so far)."""
        first = self.first_dose_at
        before = [one for one in self.pressures if first is None or (one.at is not None and one.at <= first)]
        return before[-1] if before else None

    @property
    def last_pressure(self) -> Stamp | None:
        return self.pressures[-1] if self.pressures else None

    @property
    def ended_at(self) -> datetime | None:
        return self.time_of(*_ENDS)


def standing(stamps: Iterable[Stamp]) -> Session:
    """The session of these stamps: a correction takes the place of what it corrects."""
    there = list(stamps)
    replaced = {one.corrects for one in there if one.corrects is not None}
    left = [one for one in there if one.id not in replaced and one.at is not None]
    return Session(tuple(sorted(left, key=_in_order)))


def _in_order(stamp: Stamp) -> tuple[float, int]:
    return (stamp.at.timestamp() if stamp.at else 0.0, stamp.id)


def state_of(session: Session, planned: VisitState, visit_type: VisitType) -> VisitState:
    """The visit's state as the facts say it; ``planned`` where nothing has happened yet."""
    if planned in ENDED:
        return planned
    ending = session.last(*_ENDS)
    if ending is not None:
        return _ENDS[ending.kind]
    if session.last(StampKind.READY):
        return VisitState.READY
    if session.dosed:
        return VisitState.MONITORING if dosing_is_over(session, visit_type) else VisitState.DOSING
    if session.last(StampKind.IN_ROOM):
        return VisitState.IN_ROOM
    return VisitState.ARRIVED if session.last(StampKind.ARRIVED) else planned


def devices_planned(visit_type: VisitType) -> int:
    """2 for 56 mg, 3 for 84 mg [L3]; 0 when the type has no devices."""
    return visit_type.dose_mg // DEVICE_MG if visit_type.dose_mg else 0


def dosing_is_over(session: Session, visit_type: VisitType) -> bool:
    """Everything planned was given, the infusion stopped, or somebody said that dosing ended."""
    if session.last(StampKind.DOSING_ENDED, StampKind.INFUSION_STOP):
        return True
    if session.last(StampKind.INFUSION_START):
        return False
    return len(session.devices) >= max(1, devices_planned(visit_type))


def minutes_of(visit_type: VisitType, *kinds: PhaseKind) -> int:
    return sum(phase.minutes for phase in visit_type.phases if phase.kind in kinds)


def falling(readings: Sequence[Stamp]) -> bool:
    """Whether the last pressure is lower than the one before: neither number up, at least one down."""
    if len(readings) < 2:
        return False
    (high_before, low_before), (high, low) = (_numbers(one) for one in readings[-2:])
    return high <= high_before and low <= low_before and (high, low) != (high_before, low_before)


def _numbers(reading: Stamp) -> tuple[int, int]:
    return reading.systolic or 0, reading.diastolic or 0
