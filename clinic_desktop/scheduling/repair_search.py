"""The search for the smallest repair of a day: whoever can keeps the time, others move as little as can be.

First every visit with a place keeps it, and those without get the nearest start that is left. Then each
visit that was moved or left out is taken in hand again, one way after the other, until none of them finds
anything that changes less. At last a few visits are drawn by lot, again and again. It is counted in steps
and not by the clock, and the lot is always the same: the same day always gets the same answer.
"""

from collections.abc import Callable
from functools import partial

from clinic_desktop.scheduling.repair_attempt import Attempt
from clinic_desktop.scheduling.repair_chain import pushed
from clinic_desktop.scheduling.repair_choosing import Choosing
from clinic_desktop.scheduling.repair_model import WAITING, DayProblem, Repair
from clinic_desktop.scheduling.repair_rebuild import rebuilt
from clinic_desktop.scheduling.repair_seats import seated
from clinic_desktop.scheduling.repair_shuffling import shuffled

MOST_STEPS = 60_000  # looks at whether a visit fits somewhere
LEAST_SHUFFLING = 20_000  # of them by lot, at last
MOST_SHARE = 12_000  # of one way, for all visits together

Way = Callable[[int], bool]


def repaired(problem: DayProblem, steps: int = MOST_STEPS) -> Repair:
    """The smallest repair that was found for a day."""
    starts = _Search(problem, steps).run()
    seats = seated(problem, starts)
    return Repair(
        tuple(starts),
        tuple(
            tuple(
                seats.get((number, place)) if start is not None else None for place in range(len(task.items))
            )
            for number, (task, start) in enumerate(zip(problem.tasks, starts, strict=True))
        ),
    )


class _Search:
    def __init__(self, problem: DayProblem, steps: int) -> None:
        self.attempt = Attempt(problem)
        self.tasks, self.trial, self.most = problem.tasks, self.attempt.trial, steps
        choosing = Choosing(self.attempt)
        few, four = partial(choosing.of_the_day, moving=range(4)), partial(choosing.of_the_day, moving=(4,))
        # Each way, and whether it looks at the whole day: the same for all visits, so it needs no share.
        self.ways: tuple[tuple[Way, bool], ...] = (
            (partial(pushed, self.attempt, depth=1), False),
            (few, True),
            (partial(rebuilt, self.attempt), False),
            (four, True),
            (choosing.of_a_time, False),
            (partial(pushed, self.attempt, depth=2), False),
        )
        self.without = 0
        self.given_up: set[tuple[int, int]] = set()  # ways in which no place was found for a visit

    def run(self) -> list[int | None]:
        self._begin()
        while any(self._better(way) for way in range(len(self.ways))):
            pass
        shuffled(self.attempt, max(self.most, self.trial.steps + LEAST_SHUFFLING))
        return self.trial.starts

    def _begin(self) -> None:
        ranked = sorted(range(len(self.tasks)), key=lambda one: self.tasks[one].rank)
        lost = [one for one in ranked if self.tasks[one].lost]
        for number in ranked:
            if not self.tasks[number].lost:
                self.trial.put(number, self.tasks[number].own)
        for number in lost:
            self._put_nearest(number, only_home=True)
        for number in lost:
            if number in self._without_start():
                self._put_nearest(number)
        for number in self._without_start():
            self.trial.put(number, None)
        if not self.trial.seated():
            self._begin_carefully(lost)

    def _begin_carefully(self, lost: list[int]) -> None:
        """Who gets no place keeps their people from the beginning: that always fits."""
        self.trial.put_all([None if task.lost else task.own for task in self.tasks])
        for number in lost:
            self.trial.take(number)
            self._put_nearest(number)
            if self.trial.starts[number] == WAITING:
                self.trial.put(number, None)

    def _without_start(self) -> list[int]:
        return [number for number, start in enumerate(self.trial.starts) if start == WAITING]

    def _put_nearest(self, number: int, *, only_home: bool = False) -> None:
        free = self.trial.fitting(number)
        for start in self.attempt.order[number]:
            if only_home and start != self.tasks[number].own:
                return
            if free >> start & 1:
                self.trial.put(number, start)
                if self.trial.seated():
                    return
                self.trial.take(number)

    def _better(self, number_of_way: int) -> bool:
        """Whether one way serves one of the visits that were moved or left out better."""
        way, whole = self.ways[number_of_way]
        bad = self._bad(number_of_way, costly_first=not whole)
        before = list(self.trial.starts)
        for place, number in enumerate(bad):
            left = self.most - self.trial.steps
            share = left if whole else min(left, MOST_SHARE) // (len(bad) - place)
            self.attempt.until = self.trial.steps + share
            if way(number):
                return True
            self.trial.put_all(before)
            if before[number] is None:
                self.given_up.add((number_of_way, number))
        return False

    def _bad(self, way: int, *, costly_first: bool) -> list[int]:
        """The visits that were moved or left out. Who found no place in this way is not asked again until
        somebody else has found one."""
        without = self.trial.starts.count(None)
        if without != self.without:
            self.without = without
            self.given_up.clear()
        costs = [(self.attempt.cost_now(one), one) for one in range(len(self.tasks))]
        ranked = sorted(costs, reverse=costly_first)
        return [one for cost, one in ranked if cost and (way, one) not in self.given_up]
