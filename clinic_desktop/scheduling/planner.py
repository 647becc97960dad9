"""The course planner: the best placing of a whole course, exactly, or of the largest part that fits.

Best means, in this order: fewest visits off the common clock time; fewest minutes off it; fewest off
the weekdays asked for; earliest last date; (where a nurse is wished for: fewest visits without that
nurse;) fewest nurse changes. When the driver can come, earliest and excluded days and the end of the
clearance bind before all. Nothing depends on the order in which rooms, staff or claims are given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from clinic_desktop.scheduling.availability import Availability
from clinic_desktop.scheduling.choices import busyness, chain, choice_with
from clinic_desktop.scheduling.planner_days import (
    Days,
    Start,
    clock_times,
    days_of_visits,
    different,
    on_clock,
)
from clinic_desktop.scheduling.planner_model import CourseCost, CourseRequest, Placed, Plan, Score, Unplaced
from clinic_desktop.scheduling.planner_part import largest_part
from clinic_desktop.scheduling.planner_reasons import why_elsewhere, why_unplaced
from clinic_desktop.scheduling.planner_search import (
    LAST_DAY,
    OFF_WEEKDAY,
    Found,
    clock_costs,
    first_days,
    look,
    own_costs,
)
from clinic_desktop.scheduling.planner_spacing import Spacing, spacing


def plan(free: Availability, request: CourseRequest) -> Plan:
    """The best plan for a request; ``free`` should reach over ``request.days`` from ``request.base``."""
    visits = days_of_visits(free, request)
    booked = {one.no - 1: (one.day - request.base).days for one in request.pins if one.booked}
    kept: Sequence[int] = range(len(visits))
    found = _best(visits, kept, booked, request)
    if not found.path:
        kept = largest_part(visits, booked, request)
        found = _best(visits, kept, booked, request) if kept else found
    return _answer(free, request, visits, dict(zip(kept, found.path, strict=bool(found.path))), found.clock)


def _best(
    visits: Sequence[Days], kept: Sequence[int], booked: Mapping[int, int], request: CourseRequest
) -> Found:
    spaced = spacing(request.cadence, len(visits), kept, booked)
    chosen = [visits[one] for one in kept]
    if request.cost is not None:
        numbers = [one + 1 for one in kept]
        return look(own_costs(chosen, numbers, request, request.cost), spaced, request, Found())
    if request.clock is not None:
        return look(clock_costs(chosen, request, request.clock), spaced, request, Found())
    return _best_clock(chosen, spaced, request)


def _best_clock(visits: Sequence[Days], spaced: Spacing, request: CourseRequest) -> Found:
    """The best plan over all common clock times."""
    best = Found()
    on_time = _always_on_time(visits, spaced, request)
    for clock, bound in sorted(on_time.items(), key=lambda item: (item[1], item[0])):
        if best.out_of_reach(bound):
            break
        best = look(clock_costs(visits, request, clock), spaced, request, best)
    # Any other clock time costs at least as much as one visit off its weekday.
    others = [] if best.cost < OFF_WEEKDAY else [c for c in clock_times(visits) if c not in on_time]
    for clock in others:
        best = look(clock_costs(visits, request, clock), spaced, request, best)
    return best


def _always_on_time(visits: Sequence[Days], spaced: Spacing, request: CourseRequest) -> dict[int, int]:
    """Clock times that could suit every visit, on the weekdays asked for, and the least such a plan costs.

    Days are bits here, and the spacing from one visit to the next is a few shifts.
    """
    asked = sum(1 << day for day in range(request.days) if is_asked(request, day))
    first = sum(1 << day for day in first_days(request))
    last_window = 0 if spaced.fixed[-1] is not None else spaced.windows[-1][0]
    if spaced.calendar_weeks:
        last_window -= 6
    tables = {id(one): on_clock(one) for one in different(visits)}
    out = {}
    for clock in tables[id(visits[0])]:
        days = [tables[id(visit)].get(clock, 0) & asked for visit in visits]
        reached = days[0] & first
        for own, (least, most) in zip(days[1:], spaced.gaps, strict=True):
            reached = own & _spread(reached, least, most)
        if reached:
            last = max(_lowest(reached), _lowest(days[0] & first) + last_window)
            out[clock] = LAST_DAY * last
    return out


def _lowest(days: int) -> int:
    return (days & -days).bit_length() - 1


def is_asked(request: CourseRequest, day: int) -> bool:
    return not request.weekdays or (request.base + timedelta(days=day)).weekday() in request.weekdays


def _spread(days: int, least: int, most: int) -> int:
    """The days that lie from ``least`` to ``most`` days after one of ``days``."""
    if most < least:
        return 0
    out = days << least if least >= 0 else days >> -least
    have, width = 1, most - least + 1
    while have < width:
        step = min(have, width - have)
        out |= out << step
        have += step
    return out


def _answer(
    free: Availability,
    request: CourseRequest,
    visits: Sequence[Days],
    path: Mapping[int, tuple[int, Start]],
    clock: int | None,
) -> Plan:
    """The plan of a path: people and rooms chosen, and reasons where a wish could not be met."""
    nurses = _nurses(free, visits, path)
    placed = []
    for one, (day, (minute, fold, bit)) in path.items():
        pin = request.pin(one + 1)
        if pin is None or not pin.booked:
            choice = choice_with(free, visits[one].type, bit, nurses[one], request.options)
            on = request.base + timedelta(days=day)
            placed.append(
                Placed(one + 1, visits[one].type.code, on, minute, fold, choice, pinned=pin is not None)
            )
    left = [one for one in range(len(visits)) if one not in path]
    score = _score(request, visits, path, clock, nurses)
    plan_so_far = Plan(tuple(placed), (), score, clock)
    return replace(
        plan_so_far,
        placed=tuple(replace(p, reasons=why_elsewhere(free, request, plan_so_far, p)) for p in placed),
        unplaced=tuple(
            Unplaced(one + 1, visits[one].type.code, why_unplaced(free, request, plan_so_far, one + 1))
            for one in left
        ),
    )


def _nurses(
    free: Availability, visits: Sequence[Days], path: Mapping[int, tuple[int, Start]]
) -> dict[int, tuple[int, ...]]:
    """The nurse of each nurse phase of each visit, with the fewest changes, then the least busy."""
    steps = [
        (one, bit, step) for one, (_, (_, _, bit)) in path.items() for step in visits[one].nurses.steps(bit)
    ]
    busy = {bit: busyness(free, bit) for _, bit, _ in steps}
    who = chain([step for _, _, step in steps], lambda at, nurse: (busy[steps[at][1]](nurse), nurse))
    out: dict[int, tuple[int, ...]] = {one: () for one in path}
    for (one, _, _), nurse in zip(steps, who, strict=True):
        out[one] += (nurse,)
    return out


def _score(
    request: CourseRequest,
    visits: Sequence[Days],
    path: Mapping[int, tuple[int, Start]],
    clock: int | None,
    nurses: Mapping[int, tuple[int, ...]],
) -> Score:
    """The score, counted from the plan itself."""
    flat = [nurse for one in path for nurse in nurses[one]]
    changes = sum(a != b for a, b in pairwise(flat))
    unplaced = len(visits) - len(path)
    if request.cost is not None:
        return Score(unplaced, own=_own(request, path, request.cost), nurse_changes=changes)
    off = [abs(minute - clock) for _, (minute, _, _) in path.values()] if clock is not None else []
    return Score(
        unplaced,
        off_clock=sum(one > 0 for one in off),
        minutes_off=sum(off),
        off_weekdays=sum(not is_asked(request, day) for day, _ in path.values()),
        last_day=max((day for day, _ in path.values()), default=0),
        without_nurse=sum(visits[one].nurses.without_wish(bit) for one, (_, (_, _, bit)) in path.items()),
        nurse_changes=changes,
    )


def _own(request: CourseRequest, path: Mapping[int, tuple[int, Start]], cost: CourseCost) -> int:
    if not path:
        return 0
    days = [day for day, _ in path.values()]
    dates = [request.base + timedelta(days=day) for day in days]
    visits = sum(
        cost.visit(one + 1, date, minute)
        for (one, (_, (minute, _, _))), date in zip(path.items(), dates, strict=True)
    )
    return visits + sum(cost.step(b - a) for a, b in pairwise(days)) + cost.first(dates[0])
