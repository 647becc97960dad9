"""What is left for visits to take, counted by pools: the seats that something can go on, counted together.

Counting never says no wrongly; whether each visit gets a seat of its own is looked at before an answer
counts. All pools lie side by side in one number, each with ``width`` cells, so that a visit takes what it
needs of all of them at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from clinic_desktop.scheduling.masks import Span, bits
from clinic_desktop.scheduling.repair_model import DayProblem, Item, Kind, Task, shifted

MOST_POOLS = 24  # of one kind; more would say no a little more often and cost more than that is worth
MOST_KNOWN = 20_000  # answers that are remembered for one length


@dataclass(frozen=True, slots=True)
class Pool:
    """The seats of a kind that are counted together."""

    kind: Kind
    seats: frozenset[int]

    def elsewhere(self, item: Item) -> int:
        """The starts at which something could have a seat outside, so that it needs nothing in here."""
        return reduce(or_, (starts for seat, starts in item.able if seat not in self.seats), 0)


@dataclass(frozen=True, slots=True)
class Need:
    """What a visit must find in a pool during ``spans``, but for the starts ``elsewhere``."""

    first: int  # the bit at which the pool begins
    spans: tuple[Span, ...]
    elsewhere: int
    known: dict[int, int]  # by what is free, where it can begin


class Pools:
    """What is left in each cell. planes: bit i of plane n stands for 2^n of them in cell i."""

    def __init__(self, problem: DayProblem) -> None:
        self.problem = problem
        self.pools = _pools(problem)
        reach = {seat: _reach(problem, seat) for seat in problem.seats}
        self.width = 1 + max((cells.bit_length() for cells in reach.values()), default=0)
        self._cells = (1 << self.width) - 1
        self._planes: list[int] = []
        for number, pool in enumerate(self.pools):
            for seat in sorted(pool.seats):
                for level in problem.seats.get((pool.kind, seat), ()):
                    self._give((level & reach[pool.kind, seat]) << number * self.width)
        self.free = self._free()
        self._known: dict[tuple[Span, ...], dict[int, int]] = {}
        self._needs = [tuple(self._needs_of(task)) for task in problem.tasks]

    def take(self, masks: Sequence[int]) -> None:
        """One less in the cells of each mask; they were free."""
        planes = self._planes
        for mask in masks:
            for n, plane in enumerate(planes):
                planes[n] = plane ^ mask
                mask &= ~plane  # noqa: PLW2901 - what is borrowed of the next plane
                if not mask:
                    break
        self.free = self._free()

    def give(self, masks: Sequence[int]) -> None:
        """The inverse of :meth:`take`."""
        for mask in masks:
            self._give(mask)
        self.free = self._free()

    def starts(self, number: int) -> int:
        """Where a visit could begin, as far as this says."""
        free, cells, found = self.free, self._cells, self.problem.tasks[number].starts
        for need in self._needs[number]:
            here = free >> need.first & cells
            starts = need.known.get(here)
            if starts is None:
                starts = _begins(here, need)
            found &= starts | need.elsewhere
        return found

    def masks(self, number: int, start: int | None) -> tuple[int, ...]:
        """What a visit takes of the pools at a start, or without a place."""
        task, out = self.problem.tasks[number], [0]
        for item in task.items:
            mask = self.problem.kept(task, item) if start is None else item.mask(start)
            for n, pool in enumerate(self.pools):
                if self._takes(pool, item, start):
                    _lay(out, mask << n * self.width)
        return tuple(one for one in out if one)

    def _takes(self, pool: Pool, item: Item, start: int | None) -> bool:
        if pool.kind is not item.kind:
            return False
        return item.booked in pool.seats if start is None else not pool.elsewhere(item) >> start & 1

    def _give(self, mask: int) -> None:
        planes = self._planes
        for n, plane in enumerate(planes):
            planes[n] = plane ^ mask
            mask &= plane
            if not mask:
                return
        if mask:
            planes.append(mask)

    def _free(self) -> int:
        return reduce(or_, self._planes, 0)

    def _needs_of(self, task: Task) -> list[Need]:
        """What several items need of the same pool is looked for together."""
        spans: dict[tuple[int, int], tuple[Span, ...]] = {}
        for item in task.items:
            for number, pool in enumerate(self.pools):
                elsewhere = pool.elsewhere(item)
                if pool.kind is item.kind and task.starts & ~elsewhere:
                    key = number, elsewhere
                    spans[key] = (*spans.get(key, ()), *item.spans)
        return [
            Need(number * self.width, both, elsewhere, self._known.setdefault(both, {}))
            for (number, elsewhere), both in spans.items()
        ]


def _begins(free: int, need: Need) -> int:
    if len(need.known) >= MOST_KNOWN:
        need.known.clear()
    found = need.known[free] = reduce(and_, (shifted(free, span) for span in need.spans))
    return found


def _lay(masks: list[int], mask: int) -> None:
    """Add a mask, apart from those it touches."""
    for n, one in enumerate(masks):
        masks[n], mask = one | mask, one & mask
        if not mask:
            return
    masks.append(mask)


def _pools(problem: DayProblem) -> list[Pool]:
    return [
        Pool(kind, seats) for kind in Kind for seats in sorted(_unions(_domains(problem, kind)), key=sorted)
    ]


def _domains(problem: DayProblem, kind: Kind) -> set[frozenset[int]]:
    """The seats that something could have, at each of its starts; of people whoever could at any."""
    out = set()
    for task in problem.tasks:
        for item in task.items:
            if item.kind is kind:
                looks = bits(task.starts) if kind is Kind.ROOM else ()
                masks = [1 << start for start in looks] or [task.starts]
                out |= {frozenset(seat for seat, able in item.able if able & mask) for mask in masks}
    return out - {frozenset()}


def _unions(domains: set[frozenset[int]]) -> set[frozenset[int]]:
    """The domains and what those that share a seat are together, as long as there are not too many."""
    out = set(domains)
    for one in sorted(domains, key=sorted):
        if len(out) < MOST_POOLS:
            out |= {one | other for other in out if one & other}
    return out


def _reach(problem: DayProblem, seat: tuple[Kind, int]) -> int:
    """The cells that some visit could take of a seat."""
    kind, number = seat
    found = 0
    for task in problem.tasks:
        for item in task.items:
            if item.kind is kind and item.booked == number:
                found |= problem.kept(task, item)
            for able, starts in item.able if item.kind is kind else ():
                if able == number:
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
