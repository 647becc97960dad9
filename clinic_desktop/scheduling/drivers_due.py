"""From when a missing driver is red: the clinic's hour on the business day before the visit."""

from datetime import date, timedelta

from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.scheduling.working import Roster

_FURTHEST = 14  # days back to look for a business day; a clinic that is closed longer takes the last one


def red_from(day: date, roster: Roster) -> int:
    """The UTC minute from which a driver who is missing for a visit of that day is red."""
    before = (day - timedelta(days=n) for n in range(1, _FURTHEST + 1))
    asked = next((one for one in before if roster.is_business_day(one)), day - timedelta(days=1))
    return to_utc_minute(WallTime(asked, roster.setup.policies.driver_red_minute), roster.zone)
