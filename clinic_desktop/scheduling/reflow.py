"""One visit of a running course is moved, or falls away and is made up: which others must move, and where to.

Only what must move moves: the fewest visits, then the house's order of preference. What counts as reason
to move is said in docs/decisions/what-a-good-course-plan-is.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from clinic_desktop.foundation.clock import WallTime
from clinic_desktop.foundation.rulebook import Finding, Param
from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.availability import Availability
from clinic_desktop.scheduling.model import Setup, Visit, VisitType
from clinic_desktop.scheduling.planner import plan
from clinic_desktop.scheduling.planner_model import Cadence, CourseRequest, Pin, Placed, Plan, Score, Unplaced
from clinic_desktop.scheduling.planner_reasons import MAKES_ROOM, TOO_FAR, TOO_NEAR
from clinic_desktop.scheduling.planner_spacing import gap
from clinic_desktop.scheduling.states import PLANNED

FIRST_LATER = timedelta(days=28)  # how much later than it stands the first visit of a course may come to lie


class Scope(StrEnum):
    """How far a change reaches."""

    THIS = "this"
    LATER = "later"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Task:
    """visits: those of the course that stand, by time, the changed one among them. at: where it goes; None
    when it falls away and is made up. now: UTC minute; what has begun is not moved."""

    visits: tuple[Visit, ...]
    changed: Visit
    at: WallTime | None
    scope: Scope
    now: int

    @property
    def movable(self) -> list[Visit]:
        """The other visits that may move."""
        if self.scope is Scope.THIS:
            return []
        reach = [one for one in self.visits if one.state in PLANNED and one.start > self.now]
        return [
            one
            for one in reach
            if one.id != self.changed.id and (self.scope is Scope.WHOLE or one.start > self.changed.start)
        ]


@dataclass(frozen=True, slots=True)
class Shift:
    """A visit that moves with the change, where to, and why it cannot stay."""

    visit: Visit
    to: Placed
    why: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Reflow:
    """What the change brings with it. made_up: the new time of the visit that falls away. relaxed: the
    longest gap or the length of the course had to give way. left: what has no place; nothing is done then.
    """

    shifts: tuple[Shift, ...] = ()
    made_up: Placed | None = None
    relaxed: bool = False
    left: tuple[Unplaced, ...] = ()

    @property
    def whole(self) -> bool:
        return not self.left


@dataclass(frozen=True, slots=True)
class _Try:
    """One order of the visits by time; ``None`` stands for the one that is made up."""

    order: tuple[Visit | None, ...]
    request: CourseRequest
    plan: Plan
    relaxed: bool

    @property
    def left(self) -> tuple[Unplaced, ...]:
        return tuple(one for one in self.plan.unplaced if one.no not in self.request.skipped)

    @property
    def rank(self) -> tuple[int, bool, int, bool, Score]:
        """Of equal moves, one that is made up between the others comes before one made up behind them."""
        behind = self.order[-1] is None
        return len(self.left), self.relaxed, self.plan.score.moved, behind, self.plan.score


def reflow(free: Availability, asked: CourseRequest, task: Task) -> Reflow:
    """The least that must move. ``asked``: limits and wishes; its types, pins and stays are set here. Claims
    of the changed visit and of the movable ones must not count in ``asked.options``."""
    if task.scope is Scope.THIS:
        return Reflow()
    setup = free.roster.setup
    best = min(_tries(free, setup, asked, task), key=lambda one: one.rank)
    numbers = _numbers(task)
    by_no = dict(zip(numbers, best.order, strict=True))
    shifts, made_up = [], None
    for one in best.plan.placed:
        visit = by_no[one.no]
        if visit is None:
            made_up = one
        else:
            shifts.append(Shift(visit, one, _why(best, numbers, visit, one)))
    return Reflow(tuple(shifts), made_up, best.relaxed, best.left)


def _tries(free: Availability, setup: Setup, asked: CourseRequest, task: Task) -> Iterator[_Try]:
    """Every order in question, within the limits of the course where it goes so, else beyond them."""
    free_gaps = Cadence(asked.cadence.min_clear_days, None)
    orders = list(_orders(task))
    tries = [_try(free, _request(setup, asked, task, order), order) for order in orders]
    yield from tries
    if all(one.left for one in tries):
        for order in orders:
            request = replace(_request(setup, asked, task, order), cadence=free_gaps)
            yield replace(_try(free, request, order), relaxed=True)


def _try(free: Availability, request: CourseRequest, order: tuple[Visit | None, ...]) -> _Try:
    return _Try(order, request, plan(free, request), relaxed=False)


def _orders(task: Task) -> Iterator[tuple[Visit | None, ...]]:
    """By time with the changed visit where it goes; one that is made up comes in every place in reach."""
    others = [one for one in task.visits if one.id != task.changed.id]
    if task.at is not None:
        at = (task.at.day, task.at.minute)
        place = sum((one.day, one.minute) < at for one in others)
        yield (*others[:place], task.changed, *others[place:])
        return
    movable = {one.id for one in task.movable}
    first = sum(one.id not in movable for one in others)
    for place in range(first, len(others) + 1):
        yield (*others[:place], None, *others[place:])


def _numbers(task: Task) -> list[int]:
    """The numbers of the course that have a visit, counted from the first that stands."""
    numbers = sorted(one.course_no or 0 for one in task.visits)
    return [one - numbers[0] + 1 for one in numbers]


def _request(
    setup: Setup, asked: CourseRequest, task: Task, order: tuple[Visit | None, ...]
) -> CourseRequest:
    numbers, movable = _numbers(task), {one.id for one in task.movable}
    pins, stays = [], []
    types = [_type(setup, task.changed)] * numbers[-1]
    for no, visit in zip(numbers, order, strict=True):
        if visit is None:
            continue
        types[no - 1] = _type(setup, visit)
        if visit.id in movable:
            stays.append(_pin(no, visit))
        elif visit.id == task.changed.id and task.at is not None:
            # Its gap to visits that cannot move was asked for, as that between booked ones.
            pins.append(
                Pin(no, task.at.day, task.at.minute, task.at.fold, booked=True, nurse_id=visit.nurse_id)
            )
        else:
            pins.append(replace(_pin(no, visit), booked=True))
    first = [one.day for one in stays if one.no == 1]
    later = [max(timedelta(0), one - asked.earliest) + FIRST_LATER for one in first]
    number = {one.id if one else None: no for one, no in zip(order, numbers, strict=True)}
    return replace(
        asked,
        cadence=_cadence(asked.cadence, task),
        types=tuple(types),
        start_within=max([asked.start_within, *(one.days for one in later)]),
        pins=tuple(pins),
        stays=tuple(stays),
        skipped=frozenset(range(1, numbers[-1] + 1)) - set(numbers),
        as_it_was=_as_it_was(task, number),
    )


def _type(setup: Setup, visit: Visit) -> VisitType:
    """The type with the visit's own lengths."""
    known = setup.type_by_id(visit.type_id)
    if not visit.phase_minutes:
        return known
    phases = zip(known.phases, visit.phase_minutes, strict=True)
    return replace(known, phases=tuple(replace(phase, minutes=minutes) for phase, minutes in phases))


def _pin(no: int, visit: Visit) -> Pin:
    return Pin(no, visit.day, visit.minute, visit.fold, nurse_id=visit.nurse_id)


def _cadence(cadence: Cadence, task: Task) -> Cadence:
    """The weeks without the visits before the first that stands here."""
    gone = min(one.course_no or 1 for one in task.visits) - 1
    weeks = list(cadence.weeks)
    while gone > 0 and len(weeks) > 1:
        taken = min(gone, weeks[0])
        gone, weeks[0] = gone - taken, weeks[0] - taken
        if not weeks[0]:
            weeks.pop(0)
    return replace(cadence, weeks=tuple(weeks))


def _as_it_was(task: Task, number: dict[int | None, int]) -> dict[tuple[int, int], int]:
    """The days between visits that the change does not touch: too few or too many are no news."""
    was = [one for one in task.visits if one.id != task.changed.id]
    out = {}
    if was and was[0] is task.visits[0] and number[was[0].id] == 1:
        out = {(1, number[one.id]): (one.day - was[0].day).days for one in was[1:]}
        out.pop((1, 2), None)
    for one, following in pairwise(task.visits):
        if task.changed.id not in (one.id, following.id):
            out[number[one.id], number[following.id]] = (following.day - one.day).days
    return out


def _why(best: _Try, numbers: Sequence[int], visit: Visit, placed: Placed) -> tuple[Finding, ...]:
    """What the course says of the visit's old day, the others being where they come to be."""
    day_of = _days_after(best, numbers)
    place = numbers.index(placed.no)
    blocks = best.request.cadence.blocks(len(best.request.types))
    found = []
    for other in (place - 1, place + 1):
        if not 0 <= other < len(numbers):
            continue
        one, following = sorted((numbers[other] - 1, placed.no - 1))
        least, most = gap(best.request.cadence, blocks, {}, one, following)
        there = day_of[numbers[other]]
        apart = (there - visit.day).days * (1 if other > place else -1)
        said: dict[str, Param] = {"days": max(apart, 0), "day": short_date(there)}
        if apart < least:
            found.append(Finding(TOO_NEAR, {**said, "least": least}))
        elif apart > most:
            found.append(Finding(TOO_FAR, {**said, "most": most}))
    return tuple(found) or (Finding(MAKES_ROOM),)


def _days_after(best: _Try, numbers: Sequence[int]) -> dict[int, date]:
    """The day of each visit, by its number, once all is done."""
    out = {no: visit.day for no, visit in zip(numbers, best.order, strict=True) if visit is not None}
    out |= {one.no: one.day for one in best.request.pins}
    return out | {one.no: one.day for one in best.plan.placed}
