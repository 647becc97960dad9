"""Repairs of invented days: no rule broken, and as small as an exact solver proves."""

from dataclasses import replace
from functools import cache

import pytest

from benchmarks.repair_day import gap, same_terms
from benchmarks.repair_days import BusyDay, busy_day
from benchmarks.repair_exact import exact
from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.scheduling.claims import claims_of, phases_of, staff_of, timed
from clinic_desktop.scheduling.disruption import AsItStands, lost_places
from clinic_desktop.scheduling.masks import bits
from clinic_desktop.scheduling.model import ClaimKind, PhaseStaff, Visit
from clinic_desktop.scheduling.repair_day import day_line, day_problem
from clinic_desktop.scheduling.repair_model import DayProblem, Kind, Repair
from clinic_desktop.scheduling.repair_search import repaired
from clinic_desktop.scheduling.repair_seats import Seating
from clinic_desktop.scheduling.repair_trial import Trial
from tests.every_case import EVERY_CASE

# Every hard way of losing a place is among them; the benchmark has a hundred.
DAYS = (0, 1, 2, 3, 5, 9, 10, 11, 12, 16, 20, 23, 25, 27, 28, 32, 36, 45, 80, 82, 131)


@cache
def answer(seed: int) -> Repair:
    """What the program finds for the day: sought once, however many tests look at it."""
    return repaired(day_problem(busy_day(seed).view))


@pytest.mark.parametrize("seed", DAYS)
def test_a_repair_is_as_small_as_the_proof(seed):
    """Equal in visits without a place and visits re-timed; in minutes moved never more than 5 % apart."""
    problem = day_problem(busy_day(seed).view)
    found, proven = answer(seed).cost(problem), exact(problem)
    assert proven.optimal
    assert same_terms(found, proven)
    assert gap(found, proven) <= 0.05


@pytest.mark.parametrize("seed", (*DAYS, *range(100, 130)) if EVERY_CASE else DAYS)
def test_a_repair_breaks_no_rule_and_takes_no_place_from_anybody(seed):
    day = busy_day(seed)
    view = day.view
    problem = day_problem(view)
    found = answer(seed)
    after = {one.id: one for one in day.visits} | _moved(day, problem, found)
    left = {t.visit_id for t, start in zip(problem.tasks, found.starts, strict=True) if start is None}
    solved = {t.visit_id for t in problem.tasks} - left
    still = lost_places([after[n] for n in sorted(solved)], view.setup, view.now, AsItStands())
    assert not {n for n, why in still.items() if n in solved and not _running(after[n], view.now)}
    _assert_apart([one for one in after.values() if one.id not in left], view.setup)
    assert left <= view.lost


@pytest.mark.parametrize("seed", [3, 12, 27])
def test_the_same_day_gets_the_same_answer_whatever_the_order(seed):
    day = busy_day(seed)
    turned = replace(day, visits=tuple(reversed(day.visits)))
    one, other = day_problem(day.view), day_problem(turned.view)
    assert one == other
    assert answer(seed) == repaired(other)


@pytest.mark.parametrize("seed", [3, 27, 35])
def test_who_is_put_in_and_taken_out_again_leaves_what_was_there(seed):
    problem = day_problem(busy_day(seed).view)
    trial = Trial(problem)
    trial.put_all([None if one.lost else one.own for one in problem.tasks])
    numbers = range(len(problem.tasks))
    for number in numbers:
        start = trial.starts[number]
        trial.take(number)
        free = trial.fitting(number)
        for other in bits(free):
            trial.put(number, other)
            trial.take(number)
        assert trial.fitting(number) == free
        trial.put(number, start)
    for number in numbers:
        trial.take(number)
    assert [trial.fitting(one) for one in numbers] == [Trial(problem).fitting(one) for one in numbers]


@pytest.mark.parametrize("seed", [3, 35, 132])
def test_what_is_counted_never_refuses_a_start_that_fits(seed):
    problem = day_problem(busy_day(seed).view)
    trial, seating = Trial(problem), Seating(problem)
    starts = [None if one.lost else one.own for one in problem.tasks]
    trial.put_all(starts)
    for number, task in enumerate(problem.tasks):
        trial.take(number)
        counted = trial.fitting(number)
        for start in bits(task.starts & ~counted):
            assert not seating.fits([*starts[:number], start, *starts[number + 1 :]])
        trial.put(number, starts[number])


def _running(visit: Visit, now: int) -> bool:
    return visit.entered is not None and visit.start < now


def _moved(day: BusyDay, problem: DayProblem, found: Repair) -> dict[int, Visit]:
    """The visits as the answer has them."""
    line, setup = day_line(day.view.day, day.setup.clinic.zone), day.setup
    visits = {one.id: one for one in day.visits}
    out = {}
    for task, start, seats in zip(problem.tasks, found.starts, found.seats, strict=True):
        if start is None:
            continue
        visit = visits[task.visit_id]
        if visit.entered is None:
            at = from_utc_minute(line.minute(start), line.zone)
            visit = timed(replace(visit, day=at.day, minute=at.minute), setup.type_by_id(visit.type_id))
        staff = {(one.phase_no, one.role): one for one in visit.phase_staff}
        for item, seat in zip(task.items, seats, strict=True):
            if item.kind is Kind.ROOM:
                visit = replace(visit, room_id=seat)
            elif item.role is not None and seat is not None:
                staff |= {(no, item.role): PhaseStaff(no, item.role, seat) for no in item.phases}
        out[visit.id] = replace(visit, phase_staff=tuple(staff.values()))
    return out


def _assert_apart(visits: list[Visit], setup) -> None:
    claims = [one for visit in visits for one in claims_of(visit, setup.type_by_id(visit.type_id))]
    for one in claims:
        beside = [
            other
            for other in claims
            if (other.kind, other.resource_id) == (one.kind, one.resource_id)
            and other.start <= one.start < other.end
        ]
        most = setup.watch_limit(one.resource_id) if one.kind is ClaimKind.WATCH else 1
        assert len(beside) <= most, (one, beside)
    for visit in visits:
        for number, phase, _ in phases_of(visit, setup.type_by_id(visit.type_id)):
            if Role.NURSE in phase.hands or phase.watch is Role.NURSE:
                assert staff_of(visit, number, Role.NURSE) is not None
