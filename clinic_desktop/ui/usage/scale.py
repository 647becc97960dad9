"""What the chart is drawn against: the hours of a day, or a share of the open minutes."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from clinic_desktop.reports.room_day import RoomDay
from clinic_desktop.ui.board.day_axis import DayAxis, axis_of, hour_mark
from clinic_desktop.ui.usage.reading import UsageRead

HOUR = 60
_USUAL = (8 * HOUR, 18 * HOUR)  # where nothing is open and nobody came
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Scale:
    """Values ``low`` to ``high`` over a width; ``axis`` where they are minutes of a day."""

    low: int
    high: int
    axis: DayAxis | None = None

    def x(self, rect: QRectF, value: float) -> float:
        """Where a value lies in a rectangle."""
        return rect.left() + rect.width() * (value - self.low) / (self.high - self.low)

    def x_at(self, rect: QRectF, utc: int) -> float:
        """Where a UTC minute lies."""
        return self.x(rect, self.axis.minute(utc) if self.axis else 0)

    def marks(self) -> list[tuple[int, str]]:
        """Values with what is written over them."""
        if self.axis is None:
            return [(value, f"{value} %") for value in range(0, self.high + 1, 25)]
        hours = range(self.low, self.high + 1, HOUR)
        return [(hour, _hour(hour, first=hour == self.low)) for hour in hours]


def _hour(minute: int, *, first: bool) -> str:
    half = "AM" if minute % 1440 < 720 else "PM"
    return f"{hour_mark(minute)} {half}" if first or minute == 720 else hour_mark(minute)


def scale_of(read: UsageRead) -> Scale:
    """From the first opening or arrival to the last closing or leaving, in whole hours; or per cent."""
    if not read.period.one_day:
        return Scale(0, _PERCENT)
    axis = axis_of(read.period.first, read.report.zone)
    minutes = [axis.minute(one) for one in _moments(read.rooms)] or list(_USUAL)
    low, high = min(minutes) // HOUR * HOUR, -(-max(minutes) // HOUR) * HOUR
    return Scale(low, max(high, low + HOUR), axis)


def _moments(rooms: Iterable[RoomDay]) -> Iterable[int]:
    for room in rooms:
        for span in room.open:
            yield from span
        for visit in room.visits:
            if visit.held_the_room or visit.entered is not None:
                yield from visit.planned
                yield from (one for one in (visit.entered, visit.until) if one is not None)
