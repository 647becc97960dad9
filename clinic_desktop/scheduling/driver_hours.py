"""Whether the usual driver who is named for a visit can come when it is over, by their own days and times."""

from clinic_desktop.foundation.clock import WallTime, from_utc_minute
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import Setup, Visit, VisitType
from clinic_desktop.scheduling.needs import need_of
from clinic_desktop.scheduling.planner_days import can_fetch
from clinic_desktop.scheduling.rules import DRIVER_DAY, DRIVER_FROM, DRIVER_UNTIL
from clinic_desktop.scheduling.way_home import needs_way_home


def driver_away(
    visit: Visit, visit_type: VisitType, patient: Patient, setup: Setup, before: Visit | None = None
) -> Finding | None:
    """A warning when a usual driver is named who gave other days or times; none of them can then. ``before``:
    whoever has said yes to the visit as it stood has said yes to that end."""
    if visit.plan_confirmed_at is not None and before is not None and before.end == visit.end:
        return None
    named = [one for one in patient.drivers if visit.plan_name and one.name == visit.plan_name]
    if not named or not needs_way_home(visit_type, setup.profile_of(visit_type)):
        return None
    need = need_of(visit_type, setup.policies.iv_cover, visit.phase_minutes)
    at = WallTime(visit.day, visit.minute, visit.fold)
    if can_fetch(named, need, visit.day, at, setup.clinic.zone):
        return None
    over = from_utc_minute(visit.start + need.stay, setup.clinic.zone)
    words = {"driver": visit.plan_name, "patient": patient.name}
    today = [one for one in named if not one.weekdays or visit.day.weekday() in one.weekdays]
    if not today:
        return Finding(DRIVER_DAY, {**words, "day": short_date(visit.day)})
    words["over"] = clock_time(over.minute)
    if over.day == visit.day and over.minute < today[0].from_minute:
        return Finding(DRIVER_FROM, {**words, "start": clock_time(today[0].from_minute)})
    return Finding(DRIVER_UNTIL, {**words, "end": clock_time(today[0].to_minute)})
