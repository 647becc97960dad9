"""What the ways of making a repair smaller share: the day as it is tried, what a start costs, and how long
it may be looked for.
"""

from collections.abc import Iterator

from clinic_desktop.scheduling.masks import CELL, Span
from clinic_desktop.scheduling.repair_model import DayProblem, Kind, Task
from clinic_desktop.scheduling.repair_trial import Trial

RETIMED, UNPLACED, FINEST = 10**5, 10**9, 64  # one visit re-timed weighs more than all minutes of a day


class Attempt:
    """``until``: the step at which the way that is tried gives up."""

    def __init__(self, problem: DayProblem) -> None:
        self.tasks = problem.tasks
        self.trial = Trial(problem)
        self.until = 0
        self.order = [_by_nearness(one) for one in self.tasks]
        self._rooms = [_rooms_of(one) for one in self.tasks]

    @property
    def over(self) -> bool:
        return self.trial.steps >= self.until

    def cost(self, number: int, start: int | None) -> int:
        """What a start changes, in one number; among equals the worst-off are served first."""
        task = self.tasks[number]
        if start is None:
            return UNPLACED * FINEST + len(self.tasks) - task.rank
        if start == task.own:
            return 0
        return (RETIMED + abs(start - task.own) * CELL) * FINEST + len(self.tasks) - task.rank

    def cost_now(self, number: int) -> int:
        return self.cost(number, self.trial.starts[number])

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

    def share_rooms(self, one: int, other: int) -> bool:
        """Whether both could be in the same room."""
        rooms, others = self._rooms[one], self._rooms[other]
        return not rooms or not others or bool(rooms & others)

    def extent(self, number: int, start: int) -> Span:
        """The first and the last cell that a visit takes something in."""
        spans = [span for item in self.tasks[number].items for span in item.spans] or [(0, 1)]
        return start + min(a for a, _ in spans), start + max(b for _, b in spans)


def _rooms_of(task: Task) -> set[int]:
    items = (item for item in task.items if item.kind is Kind.ROOM)
    return {room for item in items for room, mask in item.able if mask}


def _by_nearness(task: Task) -> list[int]:
    """The starts of a visit: its own first, then by how far they are, the earlier of two alike."""
    starts = [bit for bit in range(task.starts.bit_length()) if task.starts >> bit & 1]
    return sorted(starts, key=lambda bit: (abs(bit - task.own), bit))
