"""Minutes of the day as a board or a page draws them, and how they are written there.

The axis is anchored at the clinic's noon: what lasts two hours is two hours tall on every day, and on
the two days when the clock changes at night the working day still reads like the clock on the wall.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from clinic_desktop.foundation.clock import WallTime, to_utc_minute

NOON = 720
DAY = 1440


@dataclass(frozen=True, slots=True)
class DayAxis:
    """``zero``: the UTC minute that is drawn as minute 0."""

    day: date
    zone: str
    zero: int

    def minute(self, utc: int) -> int:
        """Where a UTC minute lies; below 0 or above 1440 when it is on another day."""
        return utc - self.zero


@lru_cache(maxsize=512)
def axis_of(day: date, zone: str) -> DayAxis:
    """The axis of a local day."""
    return DayAxis(day, zone, to_utc_minute(WallTime(day, NOON), zone) - NOON)


def short_clock(minute: int) -> str:
    """ "10:15": where the gutter says which half of the day it is."""
    hour, rest = divmod(minute % DAY, 60)
    return f"{(hour + 11) % 12 + 1}:{rest:02}"
