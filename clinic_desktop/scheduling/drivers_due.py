"""From when a missing driver is red: the clinic's hour on the business day before the visit."""

from datetime import date

from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.scheduling.business_days import business_day_before
from clinic_desktop.scheduling.working import Roster


def red_from(day: date, roster: Roster) -> int:
    """The UTC minute from which a driver who is missing for a visit of that day is red."""
    asked = business_day_before(day, 1, roster)
    return to_utc_minute(WallTime(asked, roster.setup.policies.driver_red_minute), roster.zone)
