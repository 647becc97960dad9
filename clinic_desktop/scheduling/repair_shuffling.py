"""A way to make a repair smaller: a few visits are taken out and put back anew, again and again.

Which ones is drawn by lot, always the same for the same day. What comes out may be a little worse than it
was, so that the next draw has somewhere else to begin; the best is kept.
"""

from collections.abc import Sequence
from random import Random

from clinic_desktop.scheduling.repair_attempt import FINEST, Attempt

SEED = 6
FEWEST, MOST = 2, 9  # visits taken out at once
STEPS = 200  # for putting them back; one time in four, four times as many
WORSE = 60 * FINEST  # an answer that costs so much more is taken, one time in two
BACK = 10_000  # steps without anything better, after which it begins at the best again
CHOSEN, APART, OTHERS = (
    0.85,
    0.7,
    0.2,
)  # how often: a start is chosen, a second time is looked at, anybody moves
NEVER = 10**15  # more than all visits of a day cost without a place
NEAR_START, BAD = 4, 0.4  # cells, and what a visit that changed counts for: who is nearest is taken out


def shuffled(attempt: Attempt, until: int) -> None:
    """Make the answer that stands smaller, until that step."""
    _Shuffling(attempt).run(until)


class _Shuffling:
    def __init__(self, attempt: Attempt) -> None:
        self.attempt, self.trial, self.tasks = attempt, attempt.trial, attempt.tasks
        self.chance = Random(SEED)  # noqa: S311 - nothing secret is drawn

    def run(self, until: int) -> None:
        trial = self.trial
        best, kept, since = self._cost(), list(trial.starts), trial.steps
        while trial.steps < until and (changed := self._changed()):
            self._draw(changed)
            cost = self._cost()
            if cost < best:
                best, kept, since = cost, list(trial.starts), trial.steps
            elif cost > best and trial.steps - since > BACK:
                trial.put_all(kept)
                since = trial.steps
        trial.put_all(kept)

    def _cost(self) -> int:
        return sum(map(self.attempt.cost_now, range(len(self.tasks))))

    def _changed(self) -> list[int]:
        """The visits that were moved or left out and could be elsewhere."""
        return [n for n, order in enumerate(self.attempt.order) if order and self.attempt.cost_now(n)]

    def _draw(self, changed: Sequence[int]) -> None:
        """Take one of these visits and a few around it out, and put them back for less where that goes."""
        chance, trial, before = self.chance, self.trial, list(self.trial.starts)
        number = chance.choice(changed)
        start = self._some_start(number)
        others = self._some_around(number, start)
        spent = -sum(map(self.attempt.cost_now, (number, *others))) - chance.choice((0, WORSE))
        for one in (number, *others):
            trial.take(one)
        self.attempt.until = trial.steps + STEPS * chance.choice((1, 1, 1, 4))
        if chance.random() >= CHOSEN or start == before[number]:
            found = self._put_back([number, *others], spent)
        else:
            found = self._put_at(number, start) and self._put_back(
                others, spent + self.attempt.cost(number, start)
            )
        if not found:
            trial.put_all(before)

    def _put_at(self, number: int, start: int) -> bool:
        there = self.trial.can_begin(number, start)
        if there:
            self.trial.put(number, start)
        return there

    def _some_start(self, number: int) -> int:
        """Its own, the one it has, or any, the near ones more often."""
        own, at, order = self.tasks[number].own, self.trial.starts[number], self.attempt.order[number]
        near = order[: max(1, int(len(order) * self.chance.random() ** 2))]
        return self.chance.choice((own, own if at is None else at, self.chance.choice(near)))

    def _some_around(self, number: int, start: int) -> list[int]:
        """Some of those near to a start of a visit, and to another: who moves for it needs a place."""
        chance, order = self.chance, self.attempt.order[number]
        middles = [start, *([chance.choice(order)] if chance.random() < APART else [])]
        extents = [self.attempt.extent(number, one) for one in middles]

        def order_of(other: int) -> float:
            at = self.trial.starts[other]
            a, b = self.attempt.extent(other, self.tasks[other].own if at is None else at)
            away = min(max(a - last, first - b, 0) for first, last in extents)
            counts = BAD if self.attempt.cost_now(other) else 1
            return counts * (away + NEAR_START) * chance.random()

        able = [one for one in range(len(self.tasks)) if one != number and self._matters(number, one)]
        return sorted(able, key=order_of)[: chance.randint(FEWEST, MOST) - 1]

    def _matters(self, number: int, other: int) -> bool:
        shares = self.attempt.share_rooms(number, other) or bool(self.attempt.cost_now(other))
        return shares or self.chance.random() < OTHERS

    def _put_back(self, waiting: Sequence[int], spent: int) -> bool:
        """Give them starts with less spent in all than nothing, who costs most first."""
        if not waiting:
            return spent < 0 and self.trial.seated()
        free = {one: self.trial.fitting(one) for one in waiting}
        least = {one: self._nearest(one, free[one]) for one in waiting}
        costs = {one: cost for one, (cost, _) in least.items()}
        total = spent + sum(costs.values())
        number = max(waiting, key=lambda one: (costs[one], -free[one].bit_count()))
        rest = [one for one in waiting if one != number]
        cost, start = least[number]
        while total - costs[number] + cost < 0 and self.trial.steps < self.attempt.until:
            self.trial.put(number, start)
            if self._put_back(rest, spent + cost):
                return True
            self.trial.take(number)
            if start is None:
                return False
            free[number] &= ~(1 << start)
            cost, start = self._nearest(number, free[number])
        return False

    def _nearest(self, number: int, free: int) -> tuple[int, int | None]:
        """The nearest of these starts and what it costs; too much for anything where there is none."""
        own, task = self.tasks[number].own, self.tasks[number]
        later, before = free >> own, free & ((1 << own) - 1)
        found = [own + (later & -later).bit_length() - 1] if later else []
        found += [before.bit_length() - 1] if before else []
        if not found and not task.lost:
            return NEVER, None
        start = min(found, key=lambda one: abs(one - own), default=None)
        return self.attempt.cost(number, start), start
