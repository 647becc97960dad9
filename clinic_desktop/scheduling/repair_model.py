"""What is solved when a day is repaired: its visits, what each takes, and what a repair costs.

Times are cells of five minutes, counted from the local midnight of the day. A mask of starts has a bit
for each cell in which a visit may begin.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from operator import or_

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.masks import CELL, Span, runs

WAITING = -1  # the start of a visit that is in nobody's way yet, while a repair is tried

Levels = tuple[int, ...]  # masks: bit i of level n says that more than n are there in cell i


class Kind(StrEnum):
    """What a visit takes besides its patient's time."""

    ROOM = "room"
    HANDS = "hands"
    WATCH = "watch"


Seat = tuple[Kind, int]  # a room, somebody's hands, somebody's watching places


@dataclass(frozen=True, slots=True)
class Item:
    """A visit takes one seat of a kind during ``spans`` (cells from its start).

    able: who or what could serve, each with the starts at which nothing fixed stands against it.
    booked: who or what serves now. phases: the numbers of the phases it is for, none for a room.
    """

    kind: Kind
    spans: tuple[Span, ...]
    able: tuple[tuple[int, int], ...]
    booked: int | None = None
    phases: tuple[int, ...] = ()
    role: Role | None = None

    def mask(self, start: int) -> int:
        """The cells taken by a visit that begins in cell ``start``."""
        return sum(_run(start + a, start + b) for a, b in self.spans)

    def starts(self) -> int:
        """The starts at which somebody or something could serve."""
        return reduce(or_, (mask for _, mask in self.able), 0)


@dataclass(frozen=True, slots=True)
class Task:
    """One visit of the day. own: the cell in which it is booked.

    stays: whether its own start is left to it. starts: every start that hours, cover, patient and
    driver allow, the own one included where it stays. lost: it has no place as it is booked, so it may
    end up without one; whoever has a place never loses it. rank: the worst-off first. patient: the
    cells that its patient is taken for.
    """

    visit_id: int
    patient_id: int
    own: int
    stays: bool
    starts: int
    items: tuple[Item, ...]
    patient: Span = (0, 0)
    lost: bool = False
    rank: int = 0


@dataclass(frozen=True, slots=True)
class DayProblem:
    """The visits of a day and the seats there are: how many patients each can serve in each cell."""

    tasks: tuple[Task, ...]
    seats: dict[Seat, Levels] = field(default_factory=dict)

    def kept(self, task: Task, item: Item) -> int:
        """The cells in which a visit without a place keeps its person until somebody has seen to it, as
        far as they are there. It keeps no room."""
        if item.kind is Kind.ROOM or item.booked is None:
            return 0
        there = self.seats.get((item.kind, item.booked), ())
        return item.mask(task.own) & there[0] if there else 0


@dataclass(frozen=True, slots=True, order=True)
class RepairCost:
    """What a repair changes, compared in this order."""

    unplaced: int = 0
    retimed: int = 0
    minutes: int = 0
    rooms: int = 0
    staff: int = 0


@dataclass(frozen=True, slots=True)
class Repair:
    """The answer. starts: the cell of each visit, None where there is none for it. seats: for each item
    of each visit the id of its room or person, None where the visit has no place."""

    starts: tuple[int | None, ...]
    seats: tuple[tuple[int | None, ...], ...]

    def cost(self, problem: DayProblem) -> RepairCost:
        unplaced = retimed = minutes = rooms = staff = 0
        for task, start, seats in zip(problem.tasks, self.starts, self.seats, strict=True):
            if start is None:
                unplaced += 1
                continue
            retimed += start != task.own
            minutes += abs(start - task.own) * CELL
            for item, seat in zip(task.items, seats, strict=True):
                rooms += item.kind is Kind.ROOM and seat != item.booked
                staff += item.kind is not Kind.ROOM and seat != item.booked
        return RepairCost(unplaced, retimed, minutes, rooms, staff)


def shifted(free: int, span: Span) -> int:
    """The starts at which all cells of ``span``, counted from the start, are free."""
    found = runs(free, span[1] - span[0])
    return found >> span[0] if span[0] >= 0 else found << -span[0]


def more(levels: list[int], mask: int) -> None:
    """One more of something in the cells of ``mask``."""
    for n, level in enumerate(levels):
        levels[n], mask = level | mask, level & mask
        if not mask:
            return
    if mask:
        levels.append(mask)


def less(levels: list[int], mask: int) -> None:
    """One less; the inverse of :func:`more`."""
    for n in reversed(range(len(levels))):
        levels[n], mask = levels[n] & ~mask, mask & ~levels[n]
    while levels and not levels[-1]:
        levels.pop()


def _run(first: int, end: int) -> int:
    first = max(first, 0)
    return (1 << end) - (1 << first) if end > first else 0
