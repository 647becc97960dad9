"""Whose hand does everything in the demo clinic, and at which moment."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import FixedClock, WallTime, instant_at, local_day, to_utc_minute
from clinic_desktop.scheduling.ports import ScheduleStore

ZONE = "America/Chicago"


@dataclass
class Hand:
    """The people who act, and the clock that the store asks: each thing happens at its own moment."""

    store: ScheduleStore
    clock: FixedClock
    now: datetime
    rng: Random
    actors: dict[Role, list[Actor]] = field(default_factory=dict)
    own_lots: dict[int, str] = field(default_factory=dict)  # patient -> the lot of their own devices

    @property
    def today(self) -> date:
        return local_day(self.now, ZONE)

    @property
    def monday(self) -> date:
        return self.today - timedelta(days=self.today.weekday())

    def one(self, role: Role) -> Actor:
        return self.rng.choice(self.actors[role])

    def at(self, day: date, minute: int) -> datetime:
        """The instant of a clock reading at the clinic."""
        return instant_at(to_utc_minute(WallTime(day, minute), ZONE))

    def goes_to(self, at: datetime) -> None:
        """The clock shows this moment; never one that is still to come."""
        self.clock.at = min(self.now, at)
