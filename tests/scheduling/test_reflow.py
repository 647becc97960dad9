"""Only what must move moves: the fewest visits, as found by trying every way to place the others."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise, product

import pytest

from clinic_desktop.foundation.clock import WallTime, to_utc_minute
from clinic_desktop.scheduling.availability import Options
from clinic_desktop.scheduling.claims import timed
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.planner_model import Cadence, CourseRequest
from clinic_desktop.scheduling.reflow import Reflow, Scope, Task, reflow
from clinic_desktop.scheduling.states import VisitState
from tests.scheduling.engine_truth import IV, MONDAY, a_clinic, free_in

ZONE, TEN = "America/Chicago", 600
CLINIC = replace(
    a_clinic(),
    types=(IV,),
    clinic=replace(a_clinic().clinic, hours=tuple(one for one in a_clinic().clinic.hours if one.weekday < 5)),
)
CADENCE = Cadence(1, 7, 21)
DAYS = (0, 3, 7, 10, 14, 17)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def visits(days=DAYS):
    planned = enumerate(days, start=1)
    return tuple(
        timed(
            Visit(no, type_id=1, day=day(n), minute=TEN, zone=ZONE, state=VisitState.BOOKED, course_no=no), IV
        )
        for no, n in planned
    )


def flowed(moved: int, to: int, scope: Scope, days=DAYS) -> Reflow:
    stand = visits(days)
    task = Task(stand, stand[moved], WallTime(day(to), TEN), scope, to_utc_minute(WallTime(MONDAY, 0), ZONE))
    without = frozenset({stand[moved].id, *(one.id for one in task.movable)})
    asked = CourseRequest(CADENCE, (IV,), MONDAY, clock=TEN, options=Options(without=without))
    return reflow(free_in(CLINIC, MONDAY, 60), asked, task)


def fits(days, fixed):
    """Whether the days keep the spacing, but for that between two that cannot move."""
    for one, following in pairwise(days):
        asked_for = one in fixed and following in fixed
        if not (asked_for or 2 <= following - one <= 7):
            return False
    return days[-1] - days[0] <= 21 or {days[0], days[-1]} <= fixed


def fewest(moved: int, to: int, scope: Scope) -> int | None:
    """How many others must move at the least; None when it does not go within the limits at all."""
    others = [n for n in range(len(DAYS)) if n != moved]
    movable = [n for n in others if scope is Scope.WHOLE or n > moved]
    order = sorted(range(len(DAYS)), key=lambda n: to if n == moved else DAYS[n])
    fixed = {to, *(DAYS[n] for n in others if n not in movable)}
    open_days = [n for n in range(30) if day(n).weekday() < 5]
    for count in range(min(len(movable), 3) + 1):
        for some in combinations(movable, count):
            for chosen in product(open_days, repeat=count):
                place = dict(enumerate(DAYS)) | {moved: to} | dict(zip(some, chosen, strict=True))
                days = [place[n] for n in order]
                if len(set(days)) == len(days) and days == sorted(days) and fits(days, fixed):
                    return count
    return None


CASES = [
    (moved, to, scope)
    for moved in range(6)
    for to in range(26)
    for scope in (Scope.LATER, Scope.WHOLE)
    if day(to).weekday() < 5 and (to == DAYS[moved] or to not in DAYS)
]


@pytest.mark.parametrize(("moved", "to", "scope"), random.Random(7).sample(CASES, 40))  # noqa: S311 - a sample
def test_no_way_moves_fewer(moved: int, to: int, scope: Scope) -> None:
    least, found = fewest(moved, to, scope), flowed(moved, to, scope)
    if least is None:
        assert found.relaxed or len(found.shifts) > 3 or not found.whole
    else:
        assert (found.whole, found.relaxed) == (True, False)
        assert len(found.shifts) == least
        assert all(one.why for one in found.shifts)


def test_a_gap_that_was_too_short_before_is_no_reason_to_move() -> None:
    assert flowed(5, 18, Scope.WHOLE, (0, 1, 7, 10, 14, 17)).shifts == ()


def test_a_gap_that_the_change_makes_too_long_is() -> None:
    """The second visit leaves ten days behind it."""
    found = flowed(1, 18, Scope.WHOLE, (0, 6, 11, 14, 16, 21))
    assert 11 in [(one.visit.day - MONDAY).days for one in found.shifts] or found.relaxed
