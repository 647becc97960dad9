"""The latest safe start: whoever must be on site should not have to stay on for a patient who runs late."""

from collections.abc import Iterable
from datetime import date

from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.intervals import Interval
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.availability import covering
from clinic_desktop.scheduling.model import Cover, Visit, VisitType
from clinic_desktop.scheduling.needs import need_of
from clinic_desktop.scheduling.rules import LATE_START
from clinic_desktop.scheduling.working import Roster


def latest_safe_start(
    visit_type: VisitType, roster: Roster, day: date, minutes: tuple[int, ...] = ()
) -> int | None:
    """The UTC minute after which a start leaves too little cover: end of cover less the stay less the
    clinic's margin. ``minutes`` replace the lengths of the phases when given. None for a type without cover,
    and on a day on which nobody gives it."""
    bound = _bound(visit_type, roster, day, minutes)
    return None if bound is None else bound[0]


def _bound(
    visit_type: VisitType, roster: Roster, day: date, minutes: tuple[int, ...]
) -> tuple[int, Cover] | None:
    """The latest safe start, with the cover that ends first."""
    policies = roster.setup.policies
    need = need_of(visit_type, policies.iv_cover, minutes)
    ends: list[tuple[int, Cover]] = []
    for cover, _ in need.cover:
        here = [span.end for who in covering(roster, cover) for span in roster.on_site(who, day)]
        ends += [(max(here), cover)] if here else []
    if not ends:
        return None
    end, who = min(ends, key=lambda one: (one[0], one[1] is not Cover.PRESCRIBER))
    return end - need.stay - policies.start_margin, who


def latest_start(
    visit_type: VisitType, roster: Roster, day: date, minutes: tuple[int, ...] = ()
) -> int | None:
    """The last start of a treatment that day, as a UTC minute on the clinic's grid: it must end before the
    clinic closes, before the people who serve it go, and safely under cover. None where any of them is not
    there at all, and for what is no treatment. The board, the finder and the reasons all tell this one."""
    if not visit_type.is_treatment:
        return None
    need = need_of(visit_type, roster.setup.policies.iv_cover, minutes)
    ends = [_end(roster.clinic_open(day), need.stay)]
    for role, serving in need.serving:
        last = max(one.span[1] for one in serving)
        ends.append(_end((span for who in roster.with_role(role) for span in roster.working(who, day)), last))
    if need.cover:
        ends.append(latest_safe_start(visit_type, roster, day, minutes))
    if None in ends:
        return None
    last = min(end for end in ends if end is not None)
    return last - from_utc_minute(last, roster.zone).minute % roster.setup.policies.grid


def _end(spans: Iterable[Interval], minutes: int) -> int | None:
    """So many minutes before the last of them ends."""
    last = max((one.end for one in spans), default=None)
    return None if last is None else last - minutes


def late_start(visit: Visit, visit_type: VisitType, roster: Roster) -> Finding | None:
    """A warning when the visit starts after the latest safe start of its day."""
    bound = _bound(visit_type, roster, visit.day, visit.phase_minutes)
    if bound is None or visit.start <= bound[0]:
        return None
    at = from_utc_minute(bound[0], roster.zone)
    words = {"time": clock_time(at.minute), "day": short_date(at.day), "cover": bound[1].value}
    return Finding(LATE_START, words)
