"""The last pressures of a patient beside the limit for telling the prescriber. Pure: the card paints it."""

from dataclasses import dataclass

from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.pressure import Level, level_of
from clinic_desktop.ui.i18n import tr

MOST = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """A pressure as it is drawn. reaches: it is at a limit."""

    systolic: int
    diastolic: int
    reaches: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """The last readings, the newest last, and the limit (systolic, diastolic) that is drawn with them."""

    readings: tuple[Reading, ...]
    limit: tuple[int, int]

    @property
    def spoken(self) -> str:
        numbers = ", ".join(f"{one.systolic}/{one.diastolic}" for one in self.readings)
        limit = "/".join(str(one) for one in self.limit)
        return tr("Last pressures {numbers}; limit {limit}").format(numbers=numbers, limit=limit)


def trend_of(care: Care) -> Trend | None:
    """None with fewer than two readings: one alone has no direction."""
    made = [_reading(one, care) for one in care.session.pressures[-MOST:]]
    return Trend(tuple(made), care.limits.tell) if len(made) > 1 else None


def _reading(stamp: Stamp, care: Care) -> Reading:
    reaches = level_of(stamp, care.limits) >= Level.TELL
    return Reading(stamp.systolic or 0, stamp.diastolic or 0, reaches)
