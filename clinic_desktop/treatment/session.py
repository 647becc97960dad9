"""What happened in one visit, read from its stamps. Nothing is counted in memory: the same stamps say
the same on every computer, after a restart too.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.scheduling.model import PhaseKind, VisitType
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import by, same_minute

REST_BETWEEN_DEVICES = timedelta(minutes=5)  # [L3] [M1]

SCALES = (StampKind.SEDATION, StampKind.DISSOCIATION, StampKind.NAUSEA)
GIVEN = (StampKind.DOSE, StampKind.INFUSION_START, StampKind.INFUSION_STOP)
ENDS = {
    StampKind.LEFT: VisitState.LEFT,
    StampKind.RELEASED: VisitState.LEFT,
    StampKind.NOT_TREATED: VisitState.NOT_TREATED,
    StampKind.LEFT_EARLY: VisitState.LEFT_EARLY,
    StampKind.TRANSFERRED: VisitState.TRANSFERRED,
}
INSIDE = (StampKind.IN_ROOM, StampKind.MOVED_ROOM)
# Whoever is asked, measured or told something is in the house, though nobody stamped the arrival.
PRESENT = (
    StampKind.ARRIVED, StampKind.CONSENT, StampKind.ANSWERED, StampKind.VITALS, StampKind.PRESSURE_ACCEPTED,
    *SCALES,
)  # fmt: skip


def when(stamp: Stamp) -> datetime:
    """The time of a stamp that is on record."""
    if stamp.at is None:
        raise ValueError("a stamp that is not recorded has no time")
    return stamp.at


def _minute(stamp: Stamp) -> int:
    return instant_minute(when(stamp))


@dataclass(frozen=True, slots=True)
class Session:
    """The stamps that stand (corrected ones are replaced, struck ones gone), in order of time: by the minute,
    within a minute as they were recorded."""

    stamps: tuple[Stamp, ...] = ()

    def all_of(self, *kinds: StampKind) -> list[Stamp]:
        return [one for one in self.stamps if one.kind in kinds]

    def last(self, *kinds: StampKind) -> Stamp | None:
        return next((one for one in reversed(self.stamps) if one.kind in kinds), None)

    def first(self, *kinds: StampKind) -> Stamp | None:
        return next((one for one in self.stamps if one.kind in kinds), None)

    def time_of(self, *kinds: StampKind) -> datetime | None:
        """When the last of these happened."""
        found = self.last(*kinds)
        return found.at if found else None

    def as_of(self, at: datetime, without: int = 0) -> "Session":
        """What had happened by the minute of ``at``; ``without`` leaves out one stamp by its id."""
        then = self.stamps[: self._until(at)]
        return Session(tuple(one for one in then if one.id != without) if without else then)

    def with_new(self, stamp: Stamp) -> "Session":
        """The same with a stamp that is recorded now."""
        if stamp.corrects is not None:
            return standing([*self.stamps, stamp])
        place = self._until(when(stamp))
        return Session((*self.stamps[:place], stamp, *self.stamps[place:]))

    def _until(self, at: datetime) -> int:
        """How many had happened by the minute of ``at``."""
        return bisect_right(self.stamps, instant_minute(at), key=_minute)

    def before(self, stamp: Stamp) -> "Session":
        """What had happened before one of these stamps: in its minute, what was recorded before it."""
        return Session(self.stamps[: self._place(stamp)])

    def _place(self, stamp: Stamp) -> int:
        """Asked by the number first: to compare every field of every stamp takes long."""
        return next(n for n, one in enumerate(self.stamps) if one.id == stamp.id and one == stamp)

    @property
    def devices(self) -> list[Stamp]:
        return self.all_of(StampKind.DOSE)

    @property
    def first_dose_at(self) -> datetime | None:
        """The first device, injection, or start of the infusion."""
        found = self.first(*GIVEN)
        return found.at if found else None

    @property
    def left_open(self) -> bool:
        """An infusion was started, and nobody recorded its end."""
        found = self.last(StampKind.INFUSION_START, StampKind.INFUSION_STOP)
        return found is not None and found.kind is StampKind.INFUSION_START

    @property
    def running(self) -> bool:
        """An infusion runs. It runs in nobody who has gone, whatever was recorded of its end."""
        return self.left_open and self.ended_at is None

    @property
    def running_since(self) -> datetime | None:
        """When the infusion began that runs, whichever of the visit's it is."""
        return self.time_of(StampKind.INFUSION_START) if self.running else None

    @property
    def infused(self) -> bool:
        """An infusion runs or ran, whatever else was given."""
        return self.last(StampKind.INFUSION_START, StampKind.INFUSION_STOP) is not None

    @property
    def infusion_ended_at(self) -> datetime | None:
        """None while one runs, and where there was none."""
        return None if self.left_open else self.time_of(StampKind.INFUSION_STOP)

    @property
    def last_dose_at(self) -> datetime | None:
        """The last device or injection, or the end of the infusion; None while that is not on record."""
        return None if self.left_open else max((when(one) for one in self.all_of(*GIVEN)), default=None)

    @property
    def next_device_at(self) -> datetime | None:
        """When the rest after the last device is over."""
        return max((when(one) + REST_BETWEEN_DEVICES for one in self.devices), default=None)

    @property
    def dosed(self) -> bool:
        return self.first_dose_at is not None

    def since_dose(self, kind: StampKind) -> bool:
        """Whether this has happened after the last dose, or in its minute."""
        at, dose = self.time_of(kind), self.last_dose_at
        return at is not None and dose is not None and by(dose, at)

    @property
    def driver_here(self) -> bool:
        """Somebody to take the patient home was seen since the last dose: who was seen bringing the patient
        is not thereby here to take them home."""
        return self.since_dose(StampKind.DRIVER_SEEN)

    @property
    def pressures(self) -> list[Stamp]:
        return [one for one in self.all_of(StampKind.VITALS) if one.systolic is not None]

    @property
    def pressure_before(self) -> Stamp | None:
        """The last reading before the first dose (or the last so far). Where there is none, the first one of
        its minute: it may have been taken before the dose and charted after it."""
        first = self.first(*GIVEN)
        if first is None:
            return self.last_pressure
        before = self.before(first).pressures
        then = (one for one in self.pressures if same_minute(one.at, first.at))
        return before[-1] if before else next(then, None)

    @property
    def pressures_after(self) -> list[Stamp]:
        """The readings since the first dose."""
        first = self.first(*GIVEN)
        if first is None:
            return []
        before = [*self.before(first).pressures, self.pressure_before]
        return [one for one in self.pressures if not any(one is it for it in before)]

    @property
    def last_pressure(self) -> Stamp | None:
        return self.pressures[-1] if self.pressures else None

    def told_of(self, reading: Stamp) -> Stamp | None:
        """When the prescriber was told after one of these readings, the last time. Before a correction they
        were told another number."""
        later = (one for one in self.stamps[self._place(reading) + 1 :] if one.kind is StampKind.TOLD)
        heard = [one for one in later if reading.corrects is None or one.id > reading.id]
        return heard[-1] if heard else None

    @property
    def entered_at(self) -> datetime | None:
        """When the patient came into a room; a dose shows that they were in it."""
        found = self.first(*INSIDE, *GIVEN)
        return found.at if found else None

    @property
    def out_of_room_at(self) -> datetime | None:
        """When the patient left the room: for the waiting chair or for good. Who is brought into a room after
        that is in it again."""
        inside = self.last(*INSIDE)
        since = self.stamps[self._place(inside) + 1 :] if inside else self.stamps
        return next((one.at for one in since if one.kind in (StampKind.WAITING, *ENDS)), None)

    @property
    def arrived_at(self) -> datetime | None:
        """When the patient came, or the first thing that shows they had."""
        found = self.first(StampKind.ARRIVED) or self.first(*PRESENT, *INSIDE, *GIVEN)
        return found.at if found else None

    @property
    def ended_at(self) -> datetime | None:
        return self.time_of(*ENDS)


def standing(stamps: Iterable[Stamp]) -> Session:
    """The session of these stamps: a correction takes the place of what it corrects."""
    there = list(stamps)
    replaced = {one.corrects for one in there if one.corrects is not None}
    left = [one for one in there if one.id not in replaced and one.kind is not StampKind.STRUCK]
    corrected = {one.id: one.corrects for one in there if one.corrects is not None}
    return Session(
        tuple(sorted(left, key=lambda one: (instant_minute(when(one)), _first(one.id, corrected))))
    )


def _first(number: int, corrected: dict[int, int]) -> int:
    """The number under which an entry was first recorded: a correction keeps its place."""
    while number in corrected:
        number = corrected[number]
    return number


def visits_with_driver(stamps: Iterable[Stamp]) -> set[int]:
    """Of the visits that these stamps are of, those whose driver is here."""
    by_visit: dict[int, list[Stamp]] = {}
    for one in stamps:
        by_visit.setdefault(one.visit_id, []).append(one)
    return {visit for visit, theirs in by_visit.items() if standing(theirs).driver_here}


def state_of(session: Session, planned: VisitState, visit_type: VisitType) -> VisitState:
    """The visit's state as the facts say it; ``planned`` where nothing has happened yet."""
    ending = session.last(*ENDS)
    if ending is not None:
        return ENDS[ending.kind]
    if session.dosed:
        if not dosing_is_over(session, visit_type):
            return VisitState.DOSING
        return VisitState.READY if session.since_dose(StampKind.READY) else VisitState.MONITORING
    if session.last(*INSIDE):
        return VisitState.IN_ROOM
    return VisitState.ARRIVED if session.last(*PRESENT) else planned


def devices_planned(visit_type: VisitType) -> int:
    """2 for 56 mg, 3 for 84 mg [L3]; 0 when the type has no devices."""
    return visit_type.devices


def dosing_is_over(session: Session, visit_type: VisitType) -> bool:
    """Everything planned was given, the infusion stopped, or somebody said that dosing ended."""
    last = session.last(*GIVEN)
    if last is None or session.left_open:
        return False
    if last.kind is StampKind.INFUSION_STOP or session.since_dose(StampKind.DOSING_ENDED):
        return True
    return len(session.devices) >= max(1, devices_planned(visit_type))


def minutes_of(visit_type: VisitType, *kinds: PhaseKind) -> int:
    return sum(phase.minutes for phase in visit_type.phases if phase.kind in kinds)


def minutes_after_dose(visit_type: VisitType) -> int:
    """The minutes that the type plans between the last dose and the release phase."""
    return minutes_of(visit_type, PhaseKind.MONITORING, PhaseKind.RECOVERY, PhaseKind.SESSION)
