"""The best days for a course, exactly, by dynamic programming over the starts that fit.

For one common clock time each visit on each day costs what its nearest start is off. From the last
visit to the first, the least cost from each day on is the day's own and the least of the days that
the spacing allows next; a plan is read off forward. Spans and weeks count from the first visit, so
they are solved for each first day, the most promising first, and no further than a bound allows.
Among the plans of the least cost, a second pass counts how often the nurse would change.

Costs are whole numbers whose digits are the terms in their order of preference.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from clinic_desktop.scheduling.choices import Steps
from clinic_desktop.scheduling.masks import Span
from clinic_desktop.scheduling.planner_days import Days, Start
from clinic_desktop.scheduling.planner_model import CourseCost, CourseRequest
from clinic_desktop.scheduling.planner_spacing import Spacing

WITHOUT_NURSE, LAST_DAY, PAST_HALF = 1, 1 << 8, 1 << 20
OFF_WEEKDAY, MINUTES_OFF, OFF_CLOCK = 1 << 40, 1 << 48, 1 << 68
OFF_HALF, MOVED = 1 << 76, 1 << 84
NEVER = 1 << 100

Row = list[int]  # a cost for each day, NEVER where there is none
After = tuple[int, frozenset[int] | None]  # changes of nurse from here on; who begins (None: anybody)


@dataclass(slots=True)
class Costs:
    """What each visit costs on each day, and which of the day's starts cost that little."""

    visits: Sequence[Days]
    rows: list[Row]
    cheapest: Callable[[int, int], list[Start]]  # visit, day
    step: Callable[[int], int] | None = None  # from one visit to the next, by days between
    clock: int | None = None


@dataclass(slots=True)
class Found:
    """The best so far. path: day and start of each visit."""

    cost: int = NEVER
    changes: int = 0
    path: list[tuple[int, Start]] = field(default_factory=list)
    clock: int | None = None

    def beaten_by(self, cost: int, changes: int) -> bool:
        return (cost, changes) < (self.cost, self.changes)

    def out_of_reach(self, bound: int) -> bool:
        """Whether no plan that costs at least ``bound`` can be better."""
        return bound > self.cost or (bound == self.cost and not self.changes)


def look(costs: Costs, spacing: Spacing, request: CourseRequest, best: Found) -> Found:
    """The better of ``best`` and the best plan under these costs."""
    relaxed = least_from(costs, spacing, None)
    last_day = 0 if costs.clock is None else LAST_DAY
    bounds = {
        day: max(relaxed[0][day], last_day * spacing.earliest_last(day))
        for day in first_days(request)
        if relaxed[0][day] < NEVER
    }
    for first, bound in sorted(bounds.items(), key=lambda one: (one[1], one[0])):
        if best.out_of_reach(bound):
            break
        rows = relaxed
        if spacing.coupled:
            rows = least_from(costs, spacing, spacing.windows_from(first, request.base, request.days))
        cost = rows[0][first]
        if cost < NEVER and not best.out_of_reach(cost):
            changes, path = _Weave(costs, spacing, rows).best(first)
            if best.beaten_by(cost, changes):
                best = Found(cost, changes, path, costs.clock)
    return best


def first_days(request: CourseRequest) -> Sequence[int]:
    """The days, counted from the base, on which the first visit may lie."""
    if (pin := request.pin(1)) is not None:
        return [(pin.day - request.base).days]
    begin = (request.earliest - request.base).days
    days = range(begin, min(begin + request.start_within, request.days))
    if (stay := request.stay(1)) is not None:
        return sorted({*days, (stay.day - request.base).days})
    return days


def least_from(costs: Costs, spacing: Spacing, windows: Sequence[Span] | None) -> list[Row]:
    """For each visit and day the least cost of it and all visits after it; inside the windows, if given."""
    days = len(costs.rows[0])
    out = [_inside(costs.rows[-1], windows[-1] if windows else None)]
    for visit in range(len(costs.rows) - 2, -1, -1):
        following, own = out[0], costs.rows[visit]
        least, most = spacing.gaps[visit]
        row = [NEVER] * days
        first, last = windows[visit] if windows else (0, days - 1)
        for day in range(first, last + 1):
            if own[day] < NEVER:
                ahead = following[day + least : day + most + 1]
                cheapest = _cheapest(ahead, least, costs.step) if costs.step else min(ahead, default=NEVER)
                if cheapest < NEVER:
                    row[day] = own[day] + cheapest
        out.insert(0, row)
    return out


def _inside(row: Row, window: Span | None) -> Row:
    if window is None:
        return row
    first, last = window
    return [cost if first <= day <= last else NEVER for day, cost in enumerate(row)]


def _cheapest(ahead: Row, least: int, step: Callable[[int], int]) -> int:
    """The least of the costs ``ahead``, which begin ``least`` days on, with that of the step there."""
    steps = ((cost, gap) for gap, cost in enumerate(ahead, start=least) if cost < NEVER)
    return min((cost + step(gap) for cost, gap in steps), default=NEVER)


class _Weave:
    """Among all plans of least cost from one first day: one with the fewest changes of nurse."""

    def __init__(self, costs: Costs, spacing: Spacing, rows: list[Row]) -> None:
        self._costs, self._spacing, self._rows = costs, spacing, rows
        self._kept: dict[tuple[int, int], list[tuple[Start, After]]] = {}

    def best(self, first: int) -> tuple[int, list[tuple[int, Start]]]:
        """Changes of nurse, and the day and start of each visit: of equals, the earliest days."""
        options = [(first, start, after) for start, after in self._after(0, first)]
        fewest = min(after[0] for _, _, after in options)
        so_far: Steps = ()
        path: list[tuple[int, Start]] = []
        for visit in range(len(self._rows)):
            day, start = next(
                (day, start) for day, start, after in options if _before(so_far, after)[0] == fewest
            )
            path.append((day, start))
            so_far += self._costs.visits[visit].nurses.steps(start[2])
            options = [
                (following, start, after)
                for following in self._next(visit, day)
                for start, after in self._after(visit + 1, following)
            ]
        return fewest, path

    def _next(self, visit: int, day: int) -> Iterator[int]:
        """The days of the next visit on a plan of least cost."""
        if visit + 1 == len(self._rows):
            return
        least, most = self._spacing.gaps[visit]
        left = self._rows[visit][day] - self._costs.rows[visit][day]
        following, step = self._rows[visit + 1], self._costs.step
        for ahead in range(day + least, min(day + most + 1, len(following))):
            if following[ahead] + (step(ahead - day) if step else 0) == left:
                yield ahead

    def _after(self, visit: int, day: int) -> list[tuple[Start, After]]:
        """Each cheapest start of the day with the changes from it on."""
        if (visit, day) not in self._kept:
            ahead = [after for d in self._next(visit, day) for _, after in self._after(visit + 1, d)]
            joined = _joined(ahead) if ahead else (0, None)
            nurses = self._costs.visits[visit].nurses
            self._kept[visit, day] = [
                (start, _before(nurses.steps(start[2]), joined)) for start in self._costs.cheapest(visit, day)
            ]
        return self._kept[visit, day]


def _joined(ahead: Sequence[After]) -> After:
    """The best of several ways on: the fewest changes, and everybody who can begin them."""
    fewest = min(changes for changes, _ in ahead)
    who: frozenset[int] = frozenset()
    for changes, able in ahead:
        if changes == fewest:
            if able is None:
                return fewest, None
            who |= able
    return fewest, who


def _before(steps: Steps, after: After) -> After:
    """The same seen from before some steps: whoever can go on without a change, else one more."""
    changes, able = after
    for step in reversed(steps):
        both = step if able is None else step & able
        changes, able = (changes, both) if both else (changes + 1, step)
    return changes, able


def clock_costs(visits: Sequence[Days], weekdays: Row, clock: int) -> Costs:
    """The house's order of preference for one common clock time; the last day counts too.

    weekdays: as :func:`weekday_costs` gives them.
    """
    known: dict[int, Row] = {}
    rows = []
    for visit in visits:
        if id(visit) not in known:
            known[id(visit)] = [
                _start_cost(visit, day, nearest(visit, day, clock)[0], clock) + weekday if starts else NEVER
                for day, (starts, weekday) in enumerate(zip(visit.starts, weekdays, strict=True))
            ]
        rows.append(known[id(visit)])
    rows[-1] = [cost + LAST_DAY * day if cost < NEVER else NEVER for day, cost in enumerate(rows[-1])]
    return Costs(
        visits,
        rows,
        lambda number, day: nearest(visits[number], day, clock),
        clock=clock,
    )


def nearest(visit: Days, day: int, clock: int) -> list[Start]:
    """The starts of a day that are best for a clock time: where the visit stands, in the half of the day
    that is asked for, nearest to the time, with most of the stay in that half, then with the wished nurse."""
    if visit.stays is not None and visit.stays[0] == day:
        return [visit.stays[1]]
    starts = _in_half(visit, visit.starts[day])
    at = bisect_left(starts, (clock, 0, 0))
    near = starts[max(at - 2, 0) : at + 2]
    off = min(abs(start[0] - clock) for start in near)
    best = [start for start in near if abs(start[0] - clock) == off]
    past = min(visit.past_half(start[0]) for start in best)
    best = [start for start in best if visit.past_half(start[0]) == past]
    with_wish = [start for start in best if not visit.nurses.without_wish(start[2])]
    return with_wish or best


def _in_half(visit: Days, starts: Sequence[Start]) -> Sequence[Start]:
    """Those in the half of the day that is asked for; all where there is none."""
    first, last = visit.half
    if not starts or (first <= starts[0][0] and starts[-1][0] < last):
        return starts
    return starts[bisect_left(starts, (first, 0, 0)) : bisect_left(starts, (last, 0, 0))] or starts


def _start_cost(visit: Days, day: int, start: Start, clock: int) -> int:
    off = abs(start[0] - clock)
    cost = (OFF_CLOCK if off else 0) + MINUTES_OFF * off + WITHOUT_NURSE * visit.nurses.without_wish(start[2])
    cost += OFF_HALF * visit.off_half(start) + PAST_HALF * visit.past_half(start[0])
    return cost + MOVED * visit.moves(day, start)


def ending_first(visits: Sequence[Days], spacing: Spacing, request: CourseRequest) -> list[Days]:
    """The visits with the last only on the earliest day on which a course can end."""
    rows = [_moving_costs(one) for one in visits]
    rows[-1] = [cost + LAST_DAY * day if cost < NEVER else NEVER for day, cost in enumerate(rows[-1])]
    costs = Costs(visits, rows, lambda number, day: visits[number].starts[day][:1])
    found = look(costs, spacing, request, Found())
    if not found.path:
        return list(visits)
    end = found.path[-1][0]
    only = [starts if day == end else [] for day, starts in enumerate(visits[-1].starts)]
    return [*visits[:-1], replace(visits[-1], starts=only)]


def _moving_costs(visit: Days) -> Row:
    """What each day costs for not staying where the visit stands."""
    here = visit.stays[0] if visit.stays else None
    return [
        NEVER if not starts else MOVED * (here is not None and day != here)
        for day, starts in enumerate(visit.starts)
    ]


def weekday_costs(request: CourseRequest) -> Row:
    """What each day costs for its weekday."""
    first = request.base.weekday()
    asked = request.weekdays or frozenset(range(7))
    return [0 if (first + day) % 7 in asked else OFF_WEEKDAY for day in range(request.days)]


def own_costs(
    visits: Sequence[Days], numbers: Sequence[int], request: CourseRequest, cost: CourseCost
) -> Costs:
    """A cost of one's own; ``numbers`` are the visits' numbers in the course."""
    dates = [request.base + timedelta(days=day) for day in range(request.days)]
    rows, best = [], {}
    for place, (visit, no) in enumerate(zip(visits, numbers, strict=True)):
        row = []
        for day, starts in enumerate(visit.starts):
            each = [cost.visit(no, dates[day], start[0]) for start in starts]
            least = min(each, default=NEVER)
            best[place, day] = [start for start, one in zip(starts, each, strict=True) if one == least]
            row.append(least)
        rows.append(row)
    rows[0] = [one + cost.first(dates[day]) if one < NEVER else NEVER for day, one in enumerate(rows[0])]
    return Costs(visits, rows, lambda place, day: best[place, day], cost.step)
