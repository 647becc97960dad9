"""What the ways of making a repair smaller share: the day as it is tried, and what each start costs."""

from collections.abc import Iterable, Iterator
from random import Random

from clinic_desktop.scheduling.masks import CELL, Span, bits
from clinic_desktop.scheduling.repair_model import DayProblem, Kind, Task
from clinic_desktop.scheduling.repair_trial import Trial

SEED = 1
RETIMED, UNPLACED, FINEST = 10**5, 10**9, 64  # one visit re-timed weighs more than all minutes of a day
NEVER = 10**15  # more than all visits of a day cost without a place


class Attempt:
    """``until``: the step at which the way that is tried gives up. ``chance``: the lot, always the same.

    costs: of each visit what a start changes, in one number; among equals the worst-off are served first.
    order: its starts, the nearest first. extents: the first and the last cell it takes something in, from
    its start. shares: the visits that could be in the same rooms, itself among them.
    """

    def __init__(self, problem: DayProblem) -> None:
        self.tasks = problem.tasks
        self.trial = Trial(problem)
        self.chance = Random(SEED)  # noqa: S311 - nothing secret is drawn
        self.until = 0
        self.costs = [_costs(task, len(self.tasks)) for task in self.tasks]
        self.order = [_by_nearness(task) for task in self.tasks]
        self.extents = [_extent(task) for task in self.tasks]
        self.shares = _shares(self.tasks)
        self.movable = [n for n, order in enumerate(self.order) if len(order) > 1 or self.tasks[n].lost]

    @property
    def over(self) -> bool:
        return self.trial.steps >= self.until

    def tries(self, number: int) -> Iterator[int | None]:
        """Every start of a visit, the nearest first; at last none, for one that may be left without."""
        yield from self.order[number]
        if self.tasks[number].lost:
            yield None

    def around(self, number: int, start: int, near: int) -> list[int]:
        """The other visits with a place at that time, or at most ``near`` cells from it."""
        first, last = self.extent(number, start)
        out = []
        for other, at in enumerate(self.trial.starts):
            if other != number and at is not None:
                a, b = self.extent(other, at)
                if a < last + near and first - near < b:
                    out.append(other)
        return out

    def extent(self, number: int, start: int) -> Span:
        """The first and the last cell that a visit takes something in."""
        first, last = self.extents[number]
        return start + first, start + last

    def cost(self, some: Iterable[int]) -> int:
        """What these visits cost now."""
        costs, starts = self.costs, self.trial.starts
        return sum([costs[one][starts[one]] for one in some])

    def changed(self) -> list[int]:
        """The visits that were moved or left out and could be elsewhere."""
        starts, tasks = self.trial.starts, self.tasks
        return [one for one in self.movable if starts[one] != tasks[one].own and self.order[one]]

    def nearest(self, number: int, free: int) -> tuple[int, int | None]:
        """What the nearest of some starts costs, and which it is; if there is none, to be without a place."""
        task = self.tasks[number]
        if free:
            own = task.own
            later, before = free >> own, (free & (1 << own) - 1).bit_length() - 1
            start = own + (later & -later).bit_length() - 1 if later else before
            if before >= 0 and own - before <= start - own:
                start = before
            return self.costs[number][start], start
        if task.lost and self.trial.can_begin(number, None):
            return self.costs[number][None], None
        return NEVER, None


def _costs(task: Task, visits: int) -> dict[int | None, int]:
    rank = visits - task.rank
    out: dict[int | None, int] = {
        start: (RETIMED + abs(start - task.own) * CELL) * FINEST + rank for start in bits(task.starts)
    }
    return out | {task.own: 0, None: UNPLACED * FINEST + rank}


def _by_nearness(task: Task) -> list[int]:
    """The starts of a visit: its own first, then by how far they are, the earlier of two alike."""
    return sorted(bits(task.starts), key=lambda start: (abs(start - task.own), start))


def _extent(task: Task) -> Span:
    spans = [span for item in task.items for span in item.spans] or [(0, 1)]
    return min(a for a, _ in spans), max(b for _, b in spans)


def _shares(tasks: Iterable[Task]) -> list[set[int]]:
    rooms = [
        {room for item in task.items if item.kind is Kind.ROOM for room, mask in item.able if mask}
        for task in tasks
    ]
    everybody = list(enumerate(rooms))
    return [{other for other, theirs in everybody if not (own and theirs) or own & theirs} for own in rooms]
