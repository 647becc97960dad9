"""A day while its repair is tried: who begins when, and what is left for the others.

Seats are counted by pools, which never say no wrongly; whether each visit gets a seat of its own is
looked at before an answer counts.
"""

from collections.abc import Sequence
from functools import reduce
from itertools import zip_longest
from operator import or_

from clinic_desktop.scheduling.masks import Span
from clinic_desktop.scheduling.repair_model import WAITING, DayProblem, Item, Kind, Task, more, shifted
from clinic_desktop.scheduling.repair_seats import fits

LONG_STEP = 8  # steps that a look at all seats takes

Blocked = tuple[int, int]  # a pool, and a cell in which it has nothing left
Starts = Sequence[int | None]  # None: the visit has no place, and keeps its people


class _Pool:
    """Seats that the same kind of thing can go on, counted together: what they can take, what is taken."""

    def __init__(self, room: list[int]) -> None:
        self._room = room
        self._taken: list[int] = []
        self._free: int | None = None

    def add(self, mask: int) -> None:
        more(self._taken, mask)
        self._free = None

    def give(self, mask: int) -> None:
        taken = self._taken
        for n in reversed(range(len(taken))):
            taken[n], mask = taken[n] & ~mask, mask & ~taken[n]
        while taken and not taken[-1]:
            taken.pop()
        self._free = None

    @property
    def free(self) -> int:
        """Where one more can be taken."""
        if self._free is None:
            self._free = 0
            for level, taken in zip_longest(self._room, self._taken, fillvalue=0):
                self._free |= level & ~taken
        return self._free


class Trial:
    """``starts`` as they are tried; all visits wait at first. ``steps`` counts every look."""

    def __init__(self, problem: DayProblem) -> None:
        self.problem, self.tasks = problem, problem.tasks
        self.steps = 0
        self.starts: list[int | None] = [WAITING] * len(self.tasks)
        self._pools, self._within = _pools(problem)
        self._partners = _same_patients(problem)
        self._masks: dict[tuple[int, int | None], list[int]] = {}
        self._known: dict[tuple[int | None, ...], bool] = {}

    def fitting(self, number: int) -> int:
        """The starts that are left to a visit that waits."""
        self.steps += 1
        task = self.tasks[number]
        found = task.starts & self._beside_partners(number)
        for item, pools in zip(task.items, self._within[number], strict=True):
            for pool in pools:
                for span in item.spans:
                    found &= shifted(self._pools[pool].free, span)
        return found

    def blocked(self, number: int, start: int | None) -> Blocked | None:
        """Where a visit that waits meets a pool with nothing left, or None when it does not."""
        self.steps += 1
        for mask, pools in zip(self._taken(number, start), self._within[number], strict=True):
            for pool in pools:
                if lacking := mask & ~self._pools[pool].free:
                    return pool, (lacking & -lacking).bit_length() - 1
        return None

    def there(self, where: Blocked) -> list[int]:
        """The visits with a place that take something of a pool in a cell."""
        pool, cell = where
        out = []
        for number, start in enumerate(self.starts):
            if start not in (None, WAITING):
                taken = zip(self._taken(number, start), self._within[number], strict=True)
                if any(mask >> cell & 1 and pool in pools for mask, pools in taken):
                    out.append(number)
        return out

    def seated(self) -> bool:
        """Whether each visit gets seats of its own at these starts."""
        key = tuple(self.starts)
        if key not in self._known:
            self.steps += LONG_STEP
            self._known[key] = fits(self.problem, self.starts)
        return self._known[key]

    def put(self, number: int, start: int | None) -> None:
        """A visit that waits begins then, or has no place."""
        self.starts[number] = start
        for mask, pools in zip(self._taken(number, start), self._within[number], strict=True):
            for pool in pools if mask else ():
                self._pools[pool].add(mask)

    def take(self, number: int) -> None:
        """A visit waits again."""
        start, self.starts[number] = self.starts[number], WAITING
        for mask, pools in zip(self._taken(number, start), self._within[number], strict=True):
            for pool in pools if mask else ():
                self._pools[pool].give(mask)

    def put_all(self, starts: Starts) -> None:
        """All visits as they were."""
        changed = [n for n, start in enumerate(starts) if self.starts[n] != start]
        for number in changed:
            self.take(number)
        for number in changed:
            self.put(number, starts[number])

    def _taken(self, number: int, start: int | None) -> list[int]:
        """The cells of each item of a visit."""
        key = number, start
        if key not in self._masks:
            task = self.tasks[number]
            self._masks[key] = [self._cells(task, item, start) for item in task.items]
        return self._masks[key]

    def _cells(self, task: Task, item: Item, start: int | None) -> int:
        if start is None:
            return self.problem.kept(task, item)
        return 0 if start == WAITING else item.mask(start)

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


def _pools(problem: DayProblem) -> tuple[list[_Pool], list[list[tuple[int, ...]]]]:
    """The pools, and for each item of each visit those that it must find something in."""
    pools: list[_Pool] = []
    members: list[tuple[Kind, frozenset[int]]] = []
    for kind in Kind:
        domains = {_domain(task, item) for task in problem.tasks for item in task.items if item.kind is kind}
        for domain in sorted(_unions(domains), key=sorted):
            members.append((kind, domain))
            pools.append(_Pool(_room_of(problem, kind, domain)))
    within = [
        [
            tuple(
                n
                for n, (kind, domain) in enumerate(members)
                if kind is item.kind and _domain(task, item) <= domain
            )
            for item in task.items
        ]
        for task in problem.tasks
    ]
    return pools, within


def _domain(task: Task, item: Item) -> frozenset[int]:
    """Who or what could serve it at one of the visit's starts."""
    return frozenset(one for one, mask in item.able if mask & task.starts)


def _unions(domains: set[frozenset[int]]) -> set[frozenset[int]]:
    """The domains and what any of them are together, as long as there are not too many."""
    out = set(domains)
    for one in sorted(domains, key=sorted):
        if len(out) <= 12:
            out |= {one | other for other in out}
    return out


def _room_of(problem: DayProblem, kind: Kind, domain: frozenset[int]) -> list[int]:
    """How many can be served in each cell, as far as any visit could be there at all."""
    room: list[int] = []
    for one in sorted(domain):
        reach = _reach(problem, kind, one)
        for level in problem.seats.get((kind, one), ()):
            more(room, level & reach)
    return room


def _reach(problem: DayProblem, kind: Kind, seat: int) -> int:
    """The cells that some visit could take of a seat."""
    found = 0
    for task in problem.tasks:
        for item in task.items:
            if item.kind is kind and item.booked == seat:
                found |= problem.kept(task, item)
            for able, starts in item.able if item.kind is kind else ():
                if able == seat:
                    found |= reduce(or_, (_spread(starts & task.starts, span) for span in item.spans), 0)
    return found


def _spread(starts: int, span: Span) -> int:
    """Every cell that is taken by some start."""
    found, have, wanted = starts, 1, span[1] - span[0]
    while have < wanted:
        step = min(have, wanted - have)
        found |= found << step
        have += step
    return found << span[0] if span[0] >= 0 else found >> -span[0]
