"""A way to make a repair smaller: among visits that could be in the same rooms it is chosen anew who keeps
the time; the others get the nearest starts that are left. Few that move are tried before many.
"""

from collections.abc import Iterable

from clinic_desktop.scheduling.repair_attempt import FINEST, RETIMED, Attempt

WHOLE, MANY = 15, 3  # visits that are chosen among, and how many of these move at most
WHOLE_STEPS = 24_000
MOST_FAILS = 10  # answers that are counted right and yet leave somebody without a seat


class Choosing:
    """Remembers what was chosen among, for which nothing was found."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt, self.trial, self.tasks = attempt, attempt.trial, attempt.tasks
        self._seen: set[tuple[int | None, ...]] = set()
        self._fails = 0

    def of_the_day(self, number: int) -> bool:
        """Whether less changes when others of the day move, at most ``MANY``."""
        middle = self.tasks[number].own
        near = {one for one, at in enumerate(self.trial.starts) if at is not None}
        return self._choose(self._some(number, middle, near, WHOLE), tuple(range(MANY + 1)), WHOLE_STEPS)

    def _choose(self, some: tuple[int, ...], moving: tuple[int, ...], steps: int) -> bool:
        attempt, before = self.attempt, list(self.trial.starts)
        key = (*before, *some, *moving)
        if key in self._seen or attempt.over:
            return False
        self._seen.add(key)
        spent = -attempt.cost(some)
        for one in some:
            self.trial.take(one)
        stop, attempt.until = attempt.until, min(attempt.until, self.trial.steps + steps)
        if any(self._homes(some, (), spent, most) for most in moving):
            return True
        attempt.until = stop
        self.trial.put_all(before)
        return False

    def _some(self, number: int, middle: int, near: Iterable[int], most: int) -> tuple[int, ...]:
        """A visit, those that were moved, the nearest that was left out, and the nearest of ``near``, where
        they share rooms."""
        starts, costs = self.trial.starts, self.attempt.costs
        moved = {one for one, at in enumerate(starts) if at is not None and costs[one][at]}
        left = [one for one, at in enumerate(starts) if at is None and one != number]
        moved.update(sorted(left, key=lambda one: abs(self.tasks[one].own - middle))[:1])
        others = [one for one in moved.union(near) - {number} if one in self.attempt.shares[number]]
        first, last = self.attempt.extent(number, middle)

        def order(one: int) -> tuple[object, ...]:
            at = starts[one]
            a, b = self.attempt.extent(one, self.tasks[one].own if at is None else at)
            return one not in moved, max(a - last, first - b, 0), a - b, one

        return tuple(sorted((number, *sorted(others, key=order)[:most])))

    def _homes(self, some: tuple[int, ...], away: tuple[int, ...], spent: int, most: int) -> bool:
        """Let all of these but ``most`` stay at home, whichever, and the others have the nearest starts."""
        if len(away) + len(some) < most or self.attempt.over or spent + len(away) * RETIMED * FINEST >= 0:
            return False
        if not some:
            self._fails = 0
            return self.trial.seated() and self._nearest_starts(away, spent)
        number, rest = some[0], some[1:]
        own = self.tasks[number].own
        if self.trial.can_begin(number, own):
            self.trial.put(number, own)
            if self._homes(rest, away, spent, most):
                return True
            self.trial.take(number)
        return len(away) < most and self._homes(rest, (*away, number), spent, most)

    def _nearest_starts(self, away: tuple[int, ...], spent: int) -> bool:
        """Every way to give these visits other starts than their own, as long as less is spent in all than
        nothing."""
        if not away:
            found = spent < 0 and self.trial.seated()
            self._fails += not found
            return found
        looks = {one: self._left(one) for one in away}
        least = {one: self.attempt.costs[one][starts[0]] for one, starts in looks.items() if starts}
        total = spent + sum(least.values())
        if len(least) < len(away) or total >= 0:
            return False
        number = max(away, key=lambda one: (least[one], -len(looks[one])))
        rest = tuple(one for one in away if one != number)
        for start in looks[number]:
            cost = self.attempt.costs[number][start]
            over = self.attempt.over or self._fails > MOST_FAILS
            if total - least[number] + cost >= 0 or over:
                return False
            self.trial.put(number, start)
            if self._nearest_starts(rest, spent + cost):
                return True
            self.trial.take(number)
        return False

    def _left(self, number: int) -> list[int | None]:
        free, own = self.trial.fitting(number), self.tasks[number].own
        return [one for one in self.attempt.tries(number) if one is None or (one != own and free >> one & 1)]
