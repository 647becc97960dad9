"""A day while its repair is tried: who begins when, and what is left for the others.

Seats are counted by pools, which never say no wrongly; whether each visit gets a seat of its own is
looked at before an answer counts.
"""

from collections.abc import Sequence
from functools import reduce
from itertools import zip_longest
from operator import and_, or_

from clinic_desktop.scheduling.masks import Span, bits
from clinic_desktop.scheduling.repair_model import WAITING, DayProblem, Item, Kind, Task, less, more, shifted
from clinic_desktop.scheduling.repair_seats import fits

WIDE_STEP, LONG_STEP = 4, 32  # steps that a look at all starts takes, and one at all seats

Blocked = tuple[int, int]  # a pool, and a cell in which it has nothing left
Starts = Sequence[int | None]  # None: the visit has no place, and keeps its people


class _Pool:
    """Seats that the same kind of thing can go on, counted together: what they can take, what is taken."""

    def __init__(self, room: list[int]) -> None:
        self._room = room
        self._taken: list[int] = []
        self._free: int | None = None
        self._known: dict[tuple[int, tuple[Span, ...]], int] = {}

    def add(self, mask: int) -> None:
        more(self._taken, mask)
        self._free = None

    def give(self, mask: int) -> None:
        less(self._taken, mask)
        self._free = None

    @property
    def free(self) -> int:
        """Where one more can be taken."""
        if self._free is None:
            self._free = 0
            for level, taken in zip_longest(self._room, self._taken, fillvalue=0):
                self._free |= level & ~taken
        return self._free

    def starts(self, spans: tuple[Span, ...]) -> int:
        """Where something can begin that takes one during all of ``spans``."""
        key = self.free, spans
        if key not in self._known:
            self._known[key] = reduce(and_, (shifted(self.free, span) for span in spans))
        return self._known[key]


class Trial:
    """``starts`` as they are tried; all visits wait at first. ``steps`` counts every look."""

    def __init__(self, problem: DayProblem) -> None:
        self.problem, self.tasks = problem, problem.tasks
        self.steps = 0
        self.starts: list[int | None] = [WAITING] * len(self.tasks)
        self._pools, self._within = _pools(problem)
        self._partners = _same_patients(problem)
        self._masks: dict[tuple[int, int | None], list[tuple[int, tuple[int, ...]]]] = {}
        self._known: dict[tuple[int | None, ...], bool] = {}

    def fitting(self, number: int) -> int:
        """The starts that are left to a visit that waits."""
        self.steps += WIDE_STEP
        task = self.tasks[number]
        found = task.starts & self._beside_partners(number)
        for item, pools in zip(task.items, self._within[number], strict=True):
            for pool, elsewhere in pools.items():
                found &= self._pools[pool].starts(item.spans) | elsewhere
        return found

    def can_begin(self, number: int, start: int) -> bool:
        """Whether a visit that waits could begin then."""
        self.steps += 1
        if not (self.tasks[number].starts & self._beside_partners(number)) >> start & 1:
            return False
        pools = self._pools
        return not any(mask & ~pools[pool].free for mask, some in self._taken(number, start) for pool in some)

    def blocked(self, number: int, start: int | None) -> Blocked | None:
        """Where a visit that waits meets a pool with nothing left, or None when it does not."""
        self.steps += 1
        for mask, pools in self._taken(number, start):
            for pool in pools:
                if lacking := mask & ~self._pools[pool].free:
                    return pool, (lacking & -lacking).bit_length() - 1
        return None

    def there(self, where: Blocked) -> list[int]:
        """The visits with a place that take something of a pool in a cell."""
        pool, cell = where
        out = []
        for number, start in enumerate(self.starts):
            taken = self._taken(number, start) if start not in (None, WAITING) else ()
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
        for mask, pools in self._taken(number, start):
            for pool in pools:
                self._pools[pool].add(mask)

    def take(self, number: int) -> None:
        """A visit waits again."""
        start, self.starts[number] = self.starts[number], WAITING
        for mask, pools in self._taken(number, start):
            for pool in pools:
                self._pools[pool].give(mask)

    def put_all(self, starts: Starts) -> None:
        """All visits as they were."""
        changed = [n for n, start in enumerate(starts) if self.starts[n] != start]
        for number in changed:
            self.take(number)
        for number in changed:
            self.put(number, starts[number])

    def _taken(self, number: int, start: int | None) -> list[tuple[int, tuple[int, ...]]]:
        """The cells of each item of a visit, and the pools that it takes them of."""
        key = number, start
        if key not in self._masks:
            task = self.tasks[number]
            both = zip(task.items, self._within[number], strict=True)
            cells = [(self._cells(task, item, start), item, pools) for item, pools in both]
            at = task.own if start is None else start
            self._masks[key] = [
                (mask, tuple(pool for pool, elsewhere in pools.items() if not elsewhere >> at & 1))
                for mask, _, pools in cells
                if mask
            ]
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


Within = dict[int, int]  # pools an item may need something of, and the starts at which it does not


def _pools(problem: DayProblem) -> tuple[list[_Pool], list[list[Within]]]:
    """The pools, and those that each item of each visit must find something in."""
    members: list[tuple[Kind, frozenset[int]]] = []
    for kind in Kind:
        items = [(task, item) for task in problem.tasks for item in task.items if item.kind is kind]
        domains = {domain for task, item in items for domain in _domains(task, item)}
        members += [(kind, domain) for domain in sorted(_unions(domains), key=sorted)]
    pools = [_Pool(_room_of(problem, kind, domain)) for kind, domain in members]
    within = [[_within(task, item, members) for item in task.items] for task in problem.tasks]
    return pools, within


def _within(task: Task, item: Item, members: Sequence[tuple[Kind, frozenset[int]]]) -> Within:
    out: Within = {}
    for number, (kind, domain) in enumerate(members):
        if kind is item.kind:
            # Where somebody outside the pool could serve, nothing is needed of it.
            elsewhere = reduce(or_, (mask for one, mask in item.able if one not in domain), 0)
            if task.starts & ~elsewhere:
                out[number] = elsewhere
    return out


def _domains(task: Task, item: Item) -> set[frozenset[int]]:
    """Who or what could serve it, at each of the visit's starts; of people whoever could at any."""
    if item.kind is not Kind.ROOM:
        return {frozenset(one for one, mask in item.able if mask & task.starts)}
    starts = bits(task.starts)
    return {frozenset(one for one, mask in item.able if mask >> start & 1) for start in starts}


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
