"""The latest safe start: whoever must be on site should not have to stay on for a patient who runs late."""

from collections.abc import Iterable
from datetime import date

from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.intervals import Interval
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.availability import covering
from clinic_desktop.scheduling.model import Visit, VisitType
from clinic_desktop.scheduling.needs import need_of
from clinic_desktop.scheduling.rules import LATE_START
from clinic_desktop.scheduling.working import Roster


def latest_safe_start(
    visit_type: VisitType, roster: Roster, day: date, minutes: tuple[int, ...] = ()
) -> int | None:
    """The UTC minute after which a start leaves too little cover: end of cover less the stay less the
    clinic's margin. ``minutes`` replace the lengths of the phases when given. None for a type without cover,
    and on a day on which nobody gives it."""
    need = need_of(visit_type, roster.setup.policies.iv_cover, minutes)
    ends = [
        max((span.end for who in covering(roster, cover) for span in roster.on_site(who, day)), default=None)
        for cover, _ in need.cover
    ]
    last = min((end for end in ends if end is not None), default=None)
    return None if last is None else last - need.stay - roster.setup.policies.start_margin


def latest_start(visit_type: VisitType, roster: Roster, day: date) -> int | None:
    """The UTC minute after which a treatment can no longer be had that day: it must end before the clinic
    closes, before the people who serve it go, and safely under cover. None where any of them is not there
    at all, and for what is no treatment."""
    if not visit_type.is_treatment:
        return None
    need = need_of(visit_type, roster.setup.policies.iv_cover)
    ends = [_end(roster.clinic_open(day), need.stay)]
    for role, serving in need.serving:
        last = max(one.span[1] for one in serving)
        ends.append(_end((span for who in roster.with_role(role) for span in roster.working(who, day)), last))
    if need.cover:
        ends.append(latest_safe_start(visit_type, roster, day))
    return None if None in ends else min(end for end in ends if end is not None)


def _end(spans: Iterable[Interval], minutes: int) -> int | None:
    """So many minutes before the last of them ends."""
    last = max((one.end for one in spans), default=None)
    return None if last is None else last - minutes


def late_start(visit: Visit, visit_type: VisitType, roster: Roster) -> Finding | None:
    """A warning when the visit starts after the latest safe start of its day."""
    latest = latest_safe_start(visit_type, roster, visit.day, visit.phase_minutes)
    if latest is None or visit.start <= latest:
        return None
    at = from_utc_minute(latest, roster.zone)
    return Finding(LATE_START, {"time": clock_time(at.minute), "day": short_date(at.day)})
