"""A day while its repair is tried: who begins when, and what is left for the others."""

from collections.abc import Sequence

from clinic_desktop.scheduling.repair_model import WAITING, DayProblem
from clinic_desktop.scheduling.repair_pools import Pools
from clinic_desktop.scheduling.repair_seats import Seating

WIDE_STEP = 4  # steps that a look at all starts takes

Starts = Sequence[int | None]  # None: the visit has no place, and keeps its people


class Trial:
    """``starts`` as they are tried; all visits wait at first. ``steps`` counts every look."""

    def __init__(self, problem: DayProblem) -> None:
        self.problem, self.tasks = problem, problem.tasks
        self.steps = 0
        self.starts: list[int | None] = [WAITING] * len(self.tasks)
        self._pools = Pools(problem)
        self._partners = _same_patients(problem)
        self._masks: list[dict[int | None, tuple[int, ...]]] = [{WAITING: ()} for _ in self.tasks]
        self._seating = Seating(problem)

    def fitting(self, number: int) -> int:
        """The starts that are left to a visit that waits."""
        self.steps += WIDE_STEP
        found = self._pools.starts(number)
        return found & self._beside_partners(number) if self._partners[number] else found

    def can_begin(self, number: int, start: int | None) -> bool:
        """Whether a visit that waits could begin then, or have no place."""
        self.steps += 1
        if start is not None:
            if not self.tasks[number].starts >> start & 1:
                return False
            if self._partners[number] and not self._beside_partners(number) >> start & 1:
                return False
        taken = ~self._pools.free
        return not any(mask & taken for mask in self._taken(number, start))

    def blocked(self, number: int, start: int | None) -> int | None:
        """Where a visit that waits meets a pool with nothing left, or None when it does not."""
        self.steps += 1
        taken = ~self._pools.free
        for mask in self._taken(number, start):
            if lacking := mask & taken:
                return lacking & -lacking
        return None

    def there(self, where: int) -> list[int]:
        """The visits with a place that take something there."""
        return [
            number
            for number, start in enumerate(self.starts)
            if start is not None and any(mask & where for mask in self._taken(number, start))
        ]

    def seated(self) -> bool:
        """Whether each visit gets seats of its own at these starts."""
        before = self._seating.steps
        found = self._seating.fits(self.starts)
        self.steps += WIDE_STEP + self._seating.steps - before
        return found

    def put(self, number: int, start: int | None) -> None:
        """A visit that waits begins then, or has no place."""
        self.starts[number] = start
        self._pools.take(self._taken(number, start))

    def take(self, number: int) -> None:
        """A visit waits again."""
        self._pools.give(self._taken(number, self.starts[number]))
        self.starts[number] = WAITING

    def put_all(self, starts: Starts) -> None:
        """All visits as they were."""
        changed = [n for n, start in enumerate(starts) if self.starts[n] != start]
        for number in changed:
            self.take(number)
        for number in changed:
            self.put(number, starts[number])

    def _taken(self, number: int, start: int | None) -> tuple[int, ...]:
        """What a visit takes of the pools."""
        known = self._masks[number]
        if start not in known:
            known[start] = self._pools.masks(number, start)
        return known[start]

    def _beside_partners(self, number: int) -> int:
        """The starts that keep the order of the visits that a patient has on the day."""
        found, task = -1, self.tasks[number]
        for other in self._partners[number]:
            their, at = self.tasks[other], self.starts[other]
            if at == WAITING:
                continue
            at = their.own if at is None else at
            if task.own < their.own:
                found &= (1 << max(0, at + their.patient[0] - task.patient[1] + 1)) - 1
            else:
                found &= -1 << max(0, at + their.patient[1] - task.patient[0])
        return found


def _same_patients(problem: DayProblem) -> list[list[int]]:
    return [
        [n for n, other in enumerate(problem.tasks) if n != number and other.patient_id == task.patient_id]
        for number, task in enumerate(problem.tasks)
    ]
