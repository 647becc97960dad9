"""The best common clock time of a course, without solving the course for each of them.

A time that can suit every visit, on the weekdays asked for, has a simple lower bound; those are solved
in its order until no other can be better. Only where none suits are all times solved.
"""

from collections.abc import Callable, Iterable, Sequence

from clinic_desktop.scheduling.planner_days import Days, Start
from clinic_desktop.scheduling.planner_model import CourseRequest
from clinic_desktop.scheduling.planner_search import (
    LAST_DAY,
    OFF_WEEKDAY,
    PAST_HALF,
    WITHOUT_NURSE,
    Found,
    clock_costs,
    first_days,
    look,
    weekday_costs,
)
from clinic_desktop.scheduling.planner_spacing import Spacing

DaySet = int  # days as bits
ByClock = dict[int, DaySet]  # for each minute of the day the days with a start then


def best_clock(visits: Sequence[Days], spaced: Spacing, request: CourseRequest) -> Found:
    """The best plan over all common clock times."""
    best = Found()
    weekdays = weekday_costs(request)
    bounds = _bounds(visits, spaced, request)
    for clock, bound in sorted(bounds.items(), key=lambda item: (item[1], item[0])):
        if best.out_of_reach(bound):
            break
        best = look(clock_costs(visits, weekdays, clock), spaced, request, best)
    # Any other clock time costs at least as much as one visit off its weekday.
    others = [] if best.cost < OFF_WEEKDAY else sorted(_clock_times(visits) - bounds.keys())
    for clock in others:
        best = look(clock_costs(visits, weekdays, clock), spaced, request, best)
    return best


def _bounds(visits: Sequence[Days], spaced: Spacing, request: CourseRequest) -> dict[int, int]:
    """Clock times that could suit every visit on the weekdays asked for, and the least such a plan costs."""
    asked = sum(1 << day for day, cost in enumerate(weekday_costs(request)) if not cost)
    first = sum(1 << day for day in first_days(request))
    each = _by_visit(visits, _in_half)
    wishes = any(visit.nurses.wishes for visit in visits)
    wished = _by_visit(visits, _in_half_by_the_wished) if wishes else each
    out = {}
    for clock in each[0]:
        begin = each[0][clock] & asked & first
        reached = _reached(begin, [days.get(clock, 0) & asked for days in each[1:]], spaced)
        if reached:
            out[clock] = LAST_DAY * max(_lowest(reached), spaced.earliest_last(_lowest(begin)))
            out[clock] += PAST_HALF * sum(visit.past_half(clock) for visit in visits)
            served = wished[0].get(clock, 0) & begin
            if not _reached(served, [days.get(clock, 0) & asked for days in wished[1:]], spaced):
                out[clock] += WITHOUT_NURSE
    return out


def _reached(begin: DaySet, days: Iterable[DaySet], spaced: Spacing) -> DaySet:
    """The days on which the last visit can lie when each lies on one of its days."""
    reached = begin
    for own, (least, most) in zip(days, spaced.gaps, strict=True):
        reached = own & _spread(reached, least, most)
    return reached


def _spread(days: DaySet, least: int, most: int) -> DaySet:
    """The days that lie from ``least`` to ``most`` days after one of ``days``; the shifts double."""
    if most < least:
        return 0
    out = days << least if least >= 0 else days >> -least
    have, width = 1, most - least + 1
    while have < width:
        step = min(have, width - have)
        out |= out << step
        have += step
    return out


def _by_visit(
    visits: Sequence[Days], counting: Callable[[Days, Sequence[Start]], list[int]]
) -> list[ByClock]:
    """The starts of each visit that count, by their minute."""
    known: dict[int, ByClock] = {}
    for visit in visits:
        if id(visit) not in known:
            found = known[id(visit)] = {}
            for day, starts in enumerate(visit.starts):
                for clock in counting(visit, starts):
                    found[clock] = found.get(clock, 0) | 1 << day
    return [known[id(visit)] for visit in visits]


def _in_half(visit: Days, starts: Sequence[Start]) -> list[int]:
    first, end = visit.half
    return [start[0] for start in starts if first <= start[0] < end]


def _in_half_by_the_wished(visit: Days, starts: Sequence[Start]) -> list[int]:
    served = [start for start in starts if not visit.nurses.without_wish(start[2])]
    return _in_half(visit, served)


def _clock_times(visits: Sequence[Days]) -> set[int]:
    """Every minute of the day at which some visit could start."""
    different = {id(one): one for one in visits}.values()
    return {start[0] for one in different for starts in one.starts for start in starts}


def _lowest(days: DaySet) -> int:
    return (days & -days).bit_length() - 1
