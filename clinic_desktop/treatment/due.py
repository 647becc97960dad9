"""What is due next for a patient in the room, and how far their phase has come. Derived from the stamps at
one moment, never counted: every desk says the same, after a restart too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from clinic_desktop.scheduling.model import PhaseKind
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.acknowledging import waits_for_prescriber
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.infused import running_run
from clinic_desktop.treatment.leaving import FORTY_TO, earliest_release, forty_done
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.oxygen import low_oxygen
from clinic_desktop.treatment.pressure import Level, fell_twice, level_of
from clinic_desktop.treatment.session import devices_planned, dosing_is_over, minutes_of, when

FORTY = timedelta(minutes=40)  # [M1] [L4]


class DueKind(StrEnum):
    DEVICE = "device"
    PRESSURE_40 = "40-minute pressure"
    PRESSURE = "pressure"  # in an infusion, or again after a high one
    INFUSION_END = "infusion end"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do at ``at``. ``until``: when its window closes, where it has one. again: a pressure that
    is repeated because one was at a limit. waits: a device that no time opens, but a prescriber."""

    kind: DueKind
    at: datetime
    until: datetime | None = None
    again: bool = False
    waits: bool = False


def due_of(care: Care) -> list[Due]:
    """Everything due for this patient, by time; nothing before the first dose or after the end."""
    if care.session.first_dose_at is None or care.session.ended_at is not None:
        return []
    return sorted(_found(care, care.session.first_dose_at), key=lambda one: one.at)


def _found(care: Care, first: datetime) -> Iterator[Due]:
    over = dosing_is_over(care.session, care.type)
    rested = care.session.next_device_at
    if not over and rested is not None and len(care.session.devices) < devices_planned(care.type):
        yield Due(DueKind.DEVICE, rested, waits=device_waits(care))
    if care.rems and not forty_done(care.session, first):
        yield Due(DueKind.PRESSURE_40, first + FORTY, first + FORTY_TO)
    if care.session.running:
        yield from _in_infusion(care)
    elif again := _again(care):
        yield Due(DueKind.PRESSURE, again, again=True)
    floor = earliest_release(care)
    if over and floor is not None:
        yield Due(DueKind.RELEASE, floor.at)


def device_waits(care: Care) -> bool:
    """Whether a limit that was reached keeps the next device back, whatever the time."""
    return waits_for_prescriber(care) is not None or low_oxygen(care) is not None


def _in_infusion(care: Care) -> Iterator[Due]:
    start = care.session.last(StampKind.INFUSION_START)
    if start is None:
        return
    since = max([when(start), *(when(one) for one in care.session.pressures_after)])
    usual, again = since + timedelta(minutes=care.setup.policies.iv_vitals_minutes), _again(care)
    yield Due(DueKind.PRESSURE, min(usual, again or usual), again=again is not None)
    yield Due(DueKind.INFUSION_END, _infusion_end(care, when(start)))


def _infusion_end(care: Care, start: datetime) -> datetime:
    """By the rate of the pump where it is on record, else by the minutes of the plan."""
    run = running_run(care.session)
    by_rate = run.ends_at if run is not None else None
    return by_rate or start + timedelta(minutes=minutes_of(care.type, PhaseKind.INFUSION))


def _again(care: Care) -> datetime | None:
    """After a pressure at the prescriber's limit: every few minutes until it fell twice, and anew where it is
    high after that and does not fall on."""
    readings = care.session.pressures_after
    reached = wanted = False
    for count, one in enumerate(readings, 1):
        level = level_of(one, care.limits)
        reached = reached or level >= Level.TELL
        wanted = not fell_twice(readings[:count]) and (wanted or (reached and level >= Level.HIGH))
    return when(readings[-1]) + timedelta(minutes=care.limits.repeat_minutes) if wanted else None


@dataclass(frozen=True, slots=True)
class PhaseClock:
    """Since when the present phase runs, and its minutes where they are known."""

    since: datetime
    minutes: int | None = None


def phase_clock(care: Care, state: VisitState) -> PhaseClock | None:
    """The clock of a patient who is here; None for one who is not."""
    session = care.session
    if state in (VisitState.MONITORING, VisitState.READY):
        floor = earliest_release(care)
        return PhaseClock(floor.at - timedelta(minutes=floor.minutes), floor.minutes) if floor else None
    if state is VisitState.DOSING:
        started = session.last(StampKind.INFUSION_START) if session.running else session.devices[0]
        if session.running and started is not None:
            length = _infusion_end(care, when(started)) - when(started)
            return PhaseClock(when(started), round(length / timedelta(minutes=1)))
        return _clock(started, minutes_of(care.type, PhaseKind.DOSING))
    if session.entered_at is not None:
        return PhaseClock(session.entered_at)
    return PhaseClock(session.arrived_at) if session.arrived_at else None


def _clock(stamp: Stamp | None, minutes: int) -> PhaseClock | None:
    return PhaseClock(when(stamp), minutes) if stamp else None
