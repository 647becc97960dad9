"""The search for the smallest repair of a day: whoever can keeps the time, others move as little as can be.

First every visit with a place keeps it, and those without get the nearest start that is left. Then each
visit that was moved or left out is taken in hand again, and may push others aside, who move in turn, as
long as less is changed in the end. It is counted in steps and not by the clock: the same day always
gets the same answer.
"""

from collections.abc import Iterator

from clinic_desktop.scheduling.masks import CELL
from clinic_desktop.scheduling.repair_model import WAITING, DayProblem, Repair, Task
from clinic_desktop.scheduling.repair_seats import seated
from clinic_desktop.scheduling.repair_trial import Blocked, Trial

MOST_STEPS = 12_000  # looks at whether a visit fits somewhere
DEEPEST = 3  # visits pushed aside one by the other
RETIMED, UNPLACED, FINEST = 10**5, 10**9, 64  # one visit re-timed weighs more than all minutes of a day

Waiting = tuple[tuple[int, int | None, int], ...]  # visit, the start it gave up, the least it costs now


def repaired(problem: DayProblem, steps: int = MOST_STEPS) -> Repair:
    """The smallest repair that was found for a day."""
    starts = _Search(problem, steps).run()
    seats = seated(problem, starts)
    return Repair(
        tuple(starts),
        tuple(
            tuple(
                seats.get((number, place)) if starts[number] is not None else None
                for place in range(len(task.items))
            )
            for number, task in enumerate(problem.tasks)
        ),
    )


class _Search:
    def __init__(self, problem: DayProblem, steps: int) -> None:
        self.tasks = problem.tasks
        self.trial = Trial(problem)
        self.most, self.until = steps, steps
        self.order = [_by_nearness(one) for one in self.tasks]

    def run(self) -> list[int | None]:
        self._begin()
        for depth in range(1, DEEPEST + 1):
            while self._better(depth):
                pass
        return self.trial.starts

    def cost(self, number: int, start: int | None) -> int:
        """What a start changes, in one number; among equals the worst-off are served first."""
        task = self.tasks[number]
        if start is None:
            return UNPLACED * FINEST + len(self.tasks) - task.rank
        if start == task.own:
            return 0
        return (RETIMED + abs(start - task.own) * CELL) * FINEST + len(self.tasks) - task.rank

    # The first answer.

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
        for start in self.order[number]:
            if only_home and start != self.tasks[number].own:
                return
            if free >> start & 1:
                self.trial.put(number, start)
                if self.trial.seated():
                    return
                self.trial.take(number)

    # Better answers.

    def _better(self, depth: int) -> bool:
        """Whether one of the visits that were moved or left out could be served better."""
        before = list(self.trial.starts)
        costs = sorted(
            ((self.cost(number, start), number) for number, start in enumerate(before)), reverse=True
        )
        bad = [(cost, number) for cost, number in costs if cost]
        for place, (cost, number) in enumerate(bad):
            left = self.most - self.trial.steps
            self.until = self.trial.steps + left // (len(bad) - place)
            self.trial.take(number)
            if self._settle(((number, None, 0),), -cost, frozenset({number}), depth):
                return True
            self.trial.put_all(before)
        return False

    def _settle(self, waiting: Waiting, spent: int, moved: frozenset[int], depth: int) -> bool:
        """Give each of ``waiting`` a start, with less spent in all than nothing; True when that was found,
        and it stands then."""
        if not waiting:
            return spent < 0 and self.trial.seated()
        (number, barred, least), rest = waiting[0], waiting[1:]
        spent -= least  # it was counted in as soon as the visit had to wait
        free = self.trial.fitting(number)
        for start in self._tries(number):
            then = spent + self.cost(number, start)
            if then >= 0 or self.trial.steps >= self.until:
                return False
            if start == barred:
                continue
            if start is None or free >> start & 1:
                self.trial.put(number, start)
                if self._settle(rest, then, moved, depth):
                    return True
                self.trial.take(number)
            elif depth > 0 and self._push(number, start, rest, then, moved, depth):
                return True
        return False

    def _tries(self, number: int) -> Iterator[int | None]:
        yield from self.order[number]
        if self.tasks[number].lost:
            yield None

    def _push(
        self, number: int, start: int, rest: Waiting, spent: int, moved: frozenset[int], depth: int
    ) -> bool:
        """Serve a visit at a start that others stand in the way of: one of them moves."""
        where = self.trial.blocked(number, start)
        if where is None:
            return False  # a visit of the same patient is in the way
        for other in self._in_turn(where):
            at = self.trial.starts[other]
            least = self._least(other, at)
            then = spent - self.cost(other, at) + least
            if other in moved or then >= 0:
                continue
            self.trial.take(other)
            waiting = (*rest, (other, at, least))
            if self._pushed(number, start, waiting, then, moved | {other}, depth - 1):
                return True
            self.trial.put(other, at)
        return False

    def _pushed(
        self, number: int, start: int, rest: Waiting, spent: int, moved: frozenset[int], depth: int
    ) -> bool:
        if self.trial.fitting(number) >> start & 1:
            self.trial.put(number, start)
            if self._settle(rest, spent, moved, depth):
                return True
            self.trial.take(number)
            return False
        return depth > 0 and self._push(number, start, rest, spent, moved, depth)

    def _in_turn(self, where: Blocked) -> list[int]:
        """Those in the way who lose least by moving first."""
        there = self.trial.there(where)
        return sorted(there, key=lambda one: (-self.cost(one, self.trial.starts[one]), -self.tasks[one].rank))

    def _least(self, number: int, barred: int | None) -> int:
        """The least that a visit costs anywhere but where it is."""
        tries = (*self.order[number][:2], None)
        return min(self.cost(number, start) for start in tries if start != barred)


def _by_nearness(task: Task) -> list[int]:
    """The starts of a visit: its own first, then by how far they are, the earlier of two alike."""
    starts = [bit for bit in range(task.starts.bit_length()) if task.starts >> bit & 1]
    return sorted(starts, key=lambda bit: (abs(bit - task.own), bit))
