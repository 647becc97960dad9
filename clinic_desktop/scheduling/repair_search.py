"""The search for the smallest repair of a day: whoever can keeps the time, others move as little as can be.

First every visit with a place keeps it, and those without get the nearest start that is left. Then each
visit that was moved or left out is taken in hand again, one way after the other, until none of them finds
anything that changes less. At last a few visits are drawn by lot and put back anew, again and again, and
where somebody is left out those who share rooms are packed. It is counted in steps and not by the clock,
and the lot is always the same: the same day always gets the same answer.
"""

from collections.abc import Callable
from functools import partial

from clinic_desktop.scheduling.repair_attempt import Attempt
from clinic_desktop.scheduling.repair_chain import pushed
from clinic_desktop.scheduling.repair_choosing import Choosing
from clinic_desktop.scheduling.repair_model import DayProblem, Repair
from clinic_desktop.scheduling.repair_packing import Packing
from clinic_desktop.scheduling.repair_rebuild import rebuilt
from clinic_desktop.scheduling.repair_seats import seated
from clinic_desktop.scheduling.repair_shuffling import Shuffling

MOST_STEPS = 300_000  # looks at whether a visit fits somewhere
FIRST = 60_000  # of them at most before anything is drawn by lot
MOST_SHARE = 12_000  # of one way, for all visits together
BACK = 30_000  # steps without anything better, after which it begins at the best again
PACKED = 0.4  # how often those who share rooms with a visit without a place are packed

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
        self.first = min(FIRST, steps)
        choosing = Choosing(self.attempt)
        # Each way, and whether it looks at the whole day: the same for all visits, so it needs no share.
        self._ways: tuple[tuple[Way, bool], ...] = (
            (partial(pushed, self.attempt, depth=1), False),
            (choosing.of_the_day, True),
            (partial(rebuilt, self.attempt), False),
        )
        self._shuffling, self._packing = Shuffling(self.attempt), Packing(self.attempt)

    def run(self) -> list[int | None]:
        self._begin()
        while any(self._better(way, whole) for way, whole in self._ways):
            pass
        trial, everybody = self.trial, range(len(self.tasks))
        best = cost = self.attempt.cost(everybody)
        kept, since = list(trial.starts), trial.steps
        while trial.steps < self.most and (changed := self.attempt.changed()):
            self._draw(changed, cost - best)
            cost = self.attempt.cost(everybody)
            if cost < best:
                best, kept, since = cost, list(trial.starts), trial.steps
            elif trial.steps - since > BACK:
                trial.put_all(kept)
                since, cost = trial.steps, best
        return kept

    def _better(self, way: Way, whole: bool) -> bool:
        """Whether one way serves one of the visits that were moved or left out better."""
        trial, before, costs = self.trial, list(self.trial.starts), self.attempt.costs
        bad = sorted(self.attempt.changed(), key=lambda one: costs[one][before[one]], reverse=not whole)
        for place, number in enumerate(bad):
            left = self.first - trial.steps
            share = left if whole else min(left, MOST_SHARE) // (len(bad) - place)
            self.attempt.until = trial.steps + share
            if way(number):
                return True
            trial.put_all(before)
        return False

    def _draw(self, changed: list[int], above: int) -> None:
        self.trial.steps += 1  # so that it ends, whatever is drawn
        without = [one for one in changed if self.trial.starts[one] is None]
        if without and self.attempt.chance.random() < PACKED:
            self._packing.draw(self.attempt.chance.choice(without))
        else:
            self._shuffling.draw(changed, above)

    def _begin(self) -> None:
        """Who gets no place keeps their people from the beginning: that always fits."""
        self.trial.put_all([None if task.lost else task.own for task in self.tasks])
        for number in sorted(range(len(self.tasks)), key=lambda one: self.tasks[one].rank):
            if self.tasks[number].lost:
                self.trial.take(number)
                self.trial.put(number, self._nearest(number))

    def _nearest(self, number: int) -> int | None:
        free = self.trial.fitting(number)
        for start in self.attempt.order[number]:
            if free >> start & 1:
                self.trial.put(number, start)
                fits = self.trial.seated()
                self.trial.take(number)
                if fits:
                    return start
        return None
