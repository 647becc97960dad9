"""The course planner: the best placing of a whole course, exactly, or of the largest part that fits.

Best means, in this order: fewest visits off the common clock time; fewest minutes off it; fewest off
the weekdays asked for; (where a half of the day is wished for: fewest minutes of the stays outside
it;) earliest last date; (where a nurse is wished for: fewest visits without that
nurse;) fewest nurse changes. Before those come what a person may ask for besides: fewest visits moved
from where they stand; the earliest end above all; fewest outside a half of the day. When the driver can
come, earliest and excluded days and the end of the clearance bind before all. Nothing depends on the
order in which rooms, staff or claims are given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from clinic_desktop.scheduling.availability import Availability
from clinic_desktop.scheduling.choices import busyness, chain, choice_with
from clinic_desktop.scheduling.planner_clock import best_clock
from clinic_desktop.scheduling.planner_days import (
    Days,
    Start,
    days_of_visits,
)
from clinic_desktop.scheduling.planner_model import CourseCost, CourseRequest, Placed, Plan, Score, Unplaced
from clinic_desktop.scheduling.planner_part import largest_part
from clinic_desktop.scheduling.planner_reasons import why_elsewhere, why_unplaced
from clinic_desktop.scheduling.planner_search import (
    Found,
    clock_costs,
    ending_first,
    look,
    own_costs,
    weekday_costs,
)
from clinic_desktop.scheduling.planner_spacing import spacing


def plan(free: Availability, request: CourseRequest) -> Plan:
    """The best plan for a request; ``free`` should reach over ``request.days`` from ``request.base``."""
    visits = days_of_visits(free, request)
    booked = {one.no - 1: (one.day - request.base).days for one in request.pins if one.booked}
    kept = [one for one in range(len(visits)) if one + 1 not in request.skipped]
    found = _best(visits, kept, booked, request) if kept[:1] == [0] else Found()
    if not found.path:
        kept = largest_part(visits, booked, request)
        found = _best(visits, kept, booked, request) if kept else found
    return _answer(free, request, visits, dict(zip(kept, found.path, strict=bool(found.path))), found.clock)


def _best(
    visits: Sequence[Days], kept: Sequence[int], booked: Mapping[int, int], request: CourseRequest
) -> Found:
    spaced = spacing(request, kept, booked)
    chosen = [visits[one] for one in kept]
    if request.cost is not None:
        numbers = [one + 1 for one in kept]
        return look(own_costs(chosen, numbers, request, request.cost), spaced, request, Found())
    if request.soonest:
        chosen = ending_first(chosen, spaced, request)
    if request.clock is not None:
        return look(clock_costs(chosen, weekday_costs(request), request.clock), spaced, request, Found())
    return best_clock(chosen, spaced, request)


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
        stands = visits[one].stays == (day, (minute, fold, bit)) or (pin is not None and pin.booked)
        if not stands:
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
    last = max((day for day, _ in path.values()), default=0)
    return Score(
        unplaced,
        moved=sum(visits[one].moves(*at) for one, at in path.items()),
        ends=last if request.soonest else 0,
        off_half=sum(visits[one].off_half(start) for one, (_, start) in path.items()),
        off_clock=sum(one > 0 for one in off),
        minutes_off=sum(off),
        off_weekdays=sum(weekday_costs(request)[day] > 0 for day, _ in path.values()),
        past_half=sum(visits[one].past_half(minute) for one, (_, (minute, _, _)) in path.items()),
        last_day=last,
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
