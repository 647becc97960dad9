"""Two more ways to place a course, for whom the best one does not suit.

Each is the exact best plan under one more limit, so that it cannot be the first one slightly shifted:
"another time" has no new visit within an hour of the first plan's usual start; "other days" has no new
visit on any of its days. The wish for that clock time, or for those weekdays, gives way to it; pinned and
standing visits stay in both. One that places fewer visits than the first is none.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from clinic_desktop.scheduling.availability import Availability
from clinic_desktop.scheduling.planner import plan
from clinic_desktop.scheduling.planner_days import days_of_visits
from clinic_desktop.scheduling.planner_model import CourseRequest, Pin, Placed, Plan
from clinic_desktop.scheduling.planner_reasons import days_between
from clinic_desktop.scheduling.planner_search import nearest


class Instead(StrEnum):
    """What is different from the best plan."""

    TIME = "another time"
    DAYS = "other days"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another plan, and the request whose best it is."""

    instead: Instead
    request: CourseRequest
    plan: Plan


def alternatives(free: Availability, request: CourseRequest, best: Plan) -> tuple[Alternative, ...]:
    """Up to two: at another time, then on other days. ``best`` is the plan of the request."""
    new = [one for one in best.placed if not one.pinned]
    if not new:
        return ()
    asked = {Instead.TIME: at_another_time(request, new), Instead.DAYS: on_other_days(request, new)}
    found = [Alternative(instead, other, plan(free, other)) for instead, other in asked.items()]
    return tuple(one for one in found if len(one.plan.unplaced) <= len(best.unplaced))


def at_another_time(request: CourseRequest, new: list[Placed]) -> CourseRequest:
    """A clock time that was wished for gives way: it is what does not suit."""
    return replace(request, clock=None, not_near=usual_minute(new))


def on_other_days(request: CourseRequest, new: list[Placed]) -> CourseRequest:
    """So do weekdays that were wished for."""
    return replace(request, weekdays=frozenset(), excluded=request.excluded | {one.day for one in new})


class _Timed(Protocol):
    @property
    def minute(self) -> int: ...


def usual_minute(visits: Iterable[_Timed]) -> int:
    """The minute of the day at which most of them start; of equals the earliest."""
    starts = Counter(one.minute for one in visits)
    return min(starts, key=lambda minute: (-starts[minute], minute))


def later_day(free: Availability, request: CourseRequest, found: Plan, no: int) -> Pin | None:
    """The next day after a placed visit's own on which it has a start, within what the spacing leaves beside
    the others as they are placed; the start nearest to the common clock time."""
    here = next((one for one in found.placed if one.no == no), None)
    if here is None:
        return None
    alone = replace(request, pins=tuple(one for one in request.pins if one.no != no))
    visit = days_of_visits(free, alone)[no - 1]
    clock = found.clock if found.clock is not None else here.minute
    for day in days_between(alone, found, no):
        number = (day - request.base).days
        if day > here.day and number < len(visit.starts) and visit.starts[number]:
            minute, fold, _ = nearest(visit, number, clock)[0]
            return Pin(no, day, minute, fold)
    return None
