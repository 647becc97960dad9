"""Deadlines that count in business days: "Monday visits by Friday"."""

from datetime import date, timedelta

from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.working import Roster

_FURTHEST = 14  # days back to look for business days; a clinic that is closed longer counts plain days


def business_day_before(day: date, number: int, roster: Roster) -> date:
    """The business day that lies ``number`` of them before a day; the day itself for none."""
    if number <= 0:
        return day
    before = (day - timedelta(days=n) for n in range(1, _FURTHEST + 1))
    days = [one for one in before if roster.is_business_day(one)]
    return days[number - 1] if len(days) >= number else day - timedelta(days=number)


def business_day_after(day: date, number: int, roster: Roster) -> date:
    """The business day that lies ``number`` of them after a day."""
    after = (day + timedelta(days=n) for n in range(1, _FURTHEST + 1))
    days = [one for one in after if roster.is_business_day(one)]
    return days[number - 1] if len(days) >= number else day + timedelta(days=number)


def cancelled_in_time_until(visit: Visit, roster: Roster) -> int:
    """The UTC minute from which it is late to cancel a visit; never after the visit's own time."""
    policies = roster.setup.policies
    last = business_day_before(visit.day, policies.cancel_days, roster)
    return min(visit.start, to_utc_minute(WallTime(last, policies.cancel_minute), roster.zone))
