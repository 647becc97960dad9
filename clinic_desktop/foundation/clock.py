"""The one place that asks for the time and converts zones.

A booking is clinic wall-clock time: date, minute of the day, zone, and which of the two when the
autumn hour comes twice. What happened is an instant: an aware datetime in UTC. Claims are UTC
minutes derived from the wall clock. Lengths are elapsed minutes, on clock-change days too.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

DAY_MINUTES = 1440
# The days whose minutes since 1970 can be counted and kept; nobody means others.
FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(2159, 12, 31)
# Between two computers at most: what is on record for later was written by one whose clock was ahead.
CLOCKS_DIFFER = timedelta(hours=1)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


class Clock(Protocol):
    """Who is asked for the time."""

    def now(self) -> datetime:
        """The instant now, aware, in UTC."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def steady_seconds() -> float:
    """Seconds of a counter that nobody can set; it goes on while the computer sleeps, where the system has
    such a one."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)


class ServerClock:
    """The clock of the database server, the same for every desk: what it last said, and the time since then.

    Until the server was heard it is this computer's own.
    """

    def __init__(self, own: Clock | None = None, steady: Callable[[], float] = steady_seconds) -> None:
        self._own, self._steady = own or SystemClock(), steady
        self._heard: tuple[datetime, float] | None = None

    def hear(self, instant: datetime) -> None:
        """What the server says now. May be called on any thread."""
        self._heard = (instant.astimezone(UTC), self._steady())

    def now(self) -> datetime:
        if self._heard is None:
            return self._own.now()
        said, then = self._heard
        return said + timedelta(seconds=self._steady() - then)

    def ahead(self) -> timedelta:
        """How far this computer's clock is ahead of the server's; negative when it is behind."""
        return self._own.now() - self.now()


class ClockWatch:
    """Notices that a clock was set: it and a counter that nobody can set must go on alike."""

    def __init__(self, clock: Clock, steady: Callable[[], float] = steady_seconds) -> None:
        self._clock, self._steady = clock, steady
        self.trust()

    def trust(self) -> None:
        """The clock is right as it is now."""
        self._began = self._clock.now() - timedelta(seconds=self._steady())

    def jumped(self) -> timedelta:
        """How far the clock was set since then, forward or (negative) back."""
        return self._clock.now() - timedelta(seconds=self._steady()) - self._began


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until it is moved: for demo data and tests."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def forward(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name; raises ``ZoneInfoNotFoundError`` for an unknown one."""
    return ZoneInfo(name)


@dataclass(frozen=True, slots=True, order=True)
class WallTime:
    """A clock reading at the clinic. ``fold`` 1 means the second of two equal readings in autumn."""

    day: date
    minute: int
    fold: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.minute < DAY_MINUTES:
            raise ValueError(f"minute of day out of range: {self.minute}")
        if self.fold not in (0, 1):
            raise ValueError(f"neither the first nor the second reading: {self.fold}")


def to_utc_minute(at: WallTime, zone_name: str) -> int:
    """Minutes since 1970 UTC of a clinic clock reading.

    A reading that does not exist (the spring hour) is taken as the same elapsed time after
    midnight's offset, the way clocks are read forward: 2:30 becomes 3:30.
    """
    utc_midnight, steady = _midnight(at.day, zone_name)
    if steady:
        return utc_midnight + at.minute
    local = datetime(at.day.year, at.day.month, at.day.day, at.minute // 60, at.minute % 60)  # noqa: DTZ001 - the zone follows
    aware = local.replace(tzinfo=zone(zone_name), fold=at.fold)
    return int(aware.timestamp()) // 60


@lru_cache(maxsize=4096)
def _midnight(day: date, zone_name: str) -> tuple[int, bool]:
    """UTC minute of local midnight, and whether the offset stays the same all day."""
    tz = zone(zone_name)
    start = datetime(day.year, day.month, day.day, tzinfo=tz)
    following = day + timedelta(days=1)
    end = datetime(following.year, following.month, following.day, tzinfo=tz)
    return int(start.timestamp()) // 60, start.utcoffset() == end.utcoffset()


def from_utc_minute(minute: int, zone_name: str) -> WallTime:
    """The clinic clock reading at a UTC minute."""
    local = datetime.fromtimestamp(minute * 60, zone(zone_name))
    return WallTime(local.date(), local.hour * 60 + local.minute, local.fold)


def day_span(day: date, zone_name: str) -> tuple[int, int]:
    """UTC minutes ``[start, end)`` of a local day: 23, 24 or 25 hours."""
    return to_utc_minute(WallTime(day, 0), zone_name), to_utc_minute(
        WallTime(day + timedelta(days=1), 0), zone_name
    )


def exists(at: WallTime, zone_name: str) -> bool:
    """Whether the clock ever shows this reading (false inside the spring gap)."""
    back = from_utc_minute(to_utc_minute(at, zone_name), zone_name)
    return (back.day, back.minute) == (at.day, at.minute)


def is_twice(at: WallTime, zone_name: str) -> bool:
    """Whether the clock shows this reading twice (the autumn hour)."""
    first = to_utc_minute(WallTime(at.day, at.minute, 0), zone_name)
    second = to_utc_minute(WallTime(at.day, at.minute, 1), zone_name)
    return first != second and exists(at, zone_name)


def instant_minute(at: datetime) -> int:
    """UTC minutes of an instant, seconds dropped."""
    return int(at.timestamp()) // 60


def instant_at(minute: int) -> datetime:
    """The instant of a UTC minute."""
    return datetime.fromtimestamp(minute * 60, UTC)


def local_day(at: datetime, zone_name: str) -> date:
    """The clinic's calendar day at an instant."""
    return at.astimezone(zone(zone_name)).date()


def local_time(at: datetime, zone_name: str) -> WallTime:
    """The clinic's clock reading at an instant, seconds dropped."""
    return from_utc_minute(instant_minute(at), zone_name)


def computer_time(at: datetime) -> WallTime:
    """What this computer's own clock shows at an instant: for when no clinic is open to name its zone."""
    local = at.astimezone()
    return WallTime(local.date(), local.hour * 60 + local.minute)


def short_zone(at: datetime, zone_name: str) -> str:
    """What the clinic's time is called at an instant: "CST", "CDT"."""
    return at.astimezone(zone(zone_name)).tzname() or ""


def day_number(day: date) -> int:
    """Days since 1970-01-01, for locks and keys."""
    return day.toordinal() - _EPOCH_ORDINAL
