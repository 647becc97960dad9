"""A way to make a repair smaller: a visit pushes another aside, which moves or pushes the next, as long as
less is changed in the end.
"""

from collections.abc import Iterable

from clinic_desktop.scheduling.repair_attempt import Attempt

WIDEST, ALL = 4, 10**6  # at how many starts a visit that was pushed aside pushes others
LEAST_SHARE = 160  # steps for each start that is tried

Waiting = tuple[tuple[int, int | None, int], ...]  # visit, the start it gave up, the least it costs now


def pushed(attempt: Attempt, number: int, depth: int) -> bool:
    """Whether a visit could be served better, others moving for it, at most ``depth`` in a row."""
    cost = attempt.costs[number][attempt.trial.starts[number]]
    attempt.trial.take(number)
    return _Chain(attempt).settle(((number, None, 0),), -cost, frozenset({number}), depth)


class _Chain:
    def __init__(self, attempt: Attempt) -> None:
        self.attempt, self.trial = attempt, attempt.trial

    def settle(self, waiting: Waiting, spent: int, moved: frozenset[int], depth: int) -> bool:
        """Give each of ``waiting`` a start, with less spent in all than nothing; True when that was found,
        and it stands then."""
        if not waiting:
            return spent < 0 and self.trial.seated()
        (number, barred, least), rest = waiting[0], waiting[1:]
        spent -= least  # it was counted in as soon as the visit had to wait
        free = self.trial.fitting(number)
        stop, pushes = self.attempt.until, ALL if barred is None else WIDEST
        share = (stop - self.trial.steps) // (1 + len(self.attempt.order[number])) if barred is None else stop
        for start in self.attempt.tries(number):
            then = spent + self.attempt.costs[number][start]
            if then >= 0 or self.trial.steps >= stop:
                return False
            if start == barred:
                continue
            self.attempt.until = min(stop, self.trial.steps + max(share, LEAST_SHARE))
            if start is None or free >> start & 1:
                self.trial.put(number, start)
                if self.settle(rest, then, moved, depth):
                    return True
                self.trial.take(number)
            elif depth > 0 and pushes:
                steps = self.trial.steps
                if self._push(number, start, rest, then, moved, depth):
                    return True
                pushes -= self.trial.steps > steps + 1
            self.attempt.until = stop
        return False

    def _push(
        self, number: int, start: int, rest: Waiting, spent: int, moved: frozenset[int], depth: int
    ) -> bool:
        """Serve a visit at a start that others stand in the way of: one of them moves."""
        where = self.trial.blocked(number, start)
        if where is None:
            return False  # a visit of the same patient is in the way
        for other in self._by_loss(self.trial.there(where)):
            at = self.trial.starts[other]
            least = self._least(other, at)
            then = spent - self.attempt.costs[other][at] + least
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
        if self.trial.can_begin(number, start):
            self.trial.put(number, start)
            if self.settle(rest, spent, moved, depth):
                return True
            self.trial.take(number)
            return False
        return depth > 0 and self._push(number, start, rest, spent, moved, depth)

    def _by_loss(self, some: Iterable[int]) -> list[int]:
        """Those who lose least by moving first."""
        return sorted(
            some,
            key=lambda one: (-self.attempt.costs[one][self.trial.starts[one]], -self.attempt.tasks[one].rank),
        )

    def _least(self, number: int, barred: int | None) -> int:
        """The least that a visit costs anywhere but where it is."""
        tries = (*self.attempt.order[number][:2], None)
        return min(self.attempt.costs[number][start] for start in tries if start != barred)
