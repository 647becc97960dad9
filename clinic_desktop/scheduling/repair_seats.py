"""Who serves whom and in which room, once it is settled when each visit begins.

Each thing that is taken is put onto a seat in order of time. A way that was tried and led nowhere is
remembered by what it left free, so the search is complete; one that grows too long counts as failed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.repair_model import WAITING, DayProblem, Item, Kind, less, more

MOST_STEPS = 1200  # of one search; a day that fits takes one step for each thing that is taken
MOST_LIMITS = 8  # how often a few more changes are allowed before any number is

Put = tuple[int, int]  # the number of a visit, and of one of its items
Liked = dict[int, tuple[int, ...]]  # people who serve a visit in its other phases
Starts = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Taking:
    """One item of a visit at its start: its cells, and its seats in the order they are liked. changes:
    the seat that it would be no change to give it."""

    key: Put
    mask: int
    seats: tuple[int, ...]
    booked: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """Items of one kind that have no seat in common with any others of the day."""

    kind: Kind
    puts: tuple[Put, ...]


class Seating:
    """Whether everybody can be served. Remembers what it was asked; ``steps`` counts what it took."""

    def __init__(self, problem: DayProblem) -> None:
        self.steps = 0
        self._problem = problem
        self._groups = [(one, sorted({number for number, _ in one.puts})) for one in groups(problem)]
        self._known: dict[tuple[int | None, ...], bool] = {}

    def fits(self, starts: Starts) -> bool:
        """Whether they can at these starts. Who has no place keeps their people."""
        for place, (group, visits) in enumerate(self._groups):
            key = (place, *[starts[one] for one in visits])
            if key not in self._known:
                self._known[key] = self._looked(group, starts)
            if not self._known[key]:
                return False
        return True

    def _looked(self, group: Group, starts: Starts) -> bool:
        fitting = _Fitting(self._problem, _takings(self._problem, starts, group), group.kind)
        found = fitting.run() is not None
        self.steps += fitting.steps
        return found


def groups(problem: DayProblem) -> list[Group]:
    """The items of the day, apart where they have no seat in common."""
    out: list[tuple[Kind, set[int], list[Put]]] = []
    for number, task in enumerate(problem.tasks):
        for place, item in enumerate(task.items):
            seats = {seat for seat, mask in item.able if mask}
            seats |= {item.booked} if item.booked is not None else set()
            same = [one for one in out if one[0] is item.kind and one[1] & seats]
            out = [one for one in out if one not in same]
            puts = [put for one in same for put in one[2]]
            out.append((item.kind, seats.union(*(one[1] for one in same)), [*puts, (number, place)]))
    return [Group(kind, tuple(sorted(puts))) for kind, _, puts in out]


def seated(problem: DayProblem, starts: Starts) -> dict[Put, int]:
    """A seat for each item of the visits, with as few changes as can be; the starts are known to fit."""
    apart = groups(problem)
    out: dict[Put, int] = {}
    liked: Liked = {}
    for group in apart:
        if group.kind is not Kind.HANDS:
            out |= _fewest(problem, _takings(problem, starts, group), group.kind)
    for (visit, place), seat in sorted(out.items()):
        if problem.tasks[visit].items[place].kind is Kind.WATCH:
            liked[visit] = (*liked.get(visit, ()), seat)
    for group in apart:
        if group.kind is Kind.HANDS:
            out |= _fewest(problem, _takings(problem, starts, group, liked), group.kind)
    return _steady(problem, starts, out)


def _fewest(problem: DayProblem, wanted: Sequence[Taking], kind: Kind) -> dict[Put, int]:
    least = sum(one.booked not in one.seats for one in wanted)
    for limit in (*range(least, least + MOST_LIMITS), len(wanted)):
        found = _Fitting(problem, wanted, kind, limit).run()
        if found is not None:
            return found
    raise ValueError("the visits do not fit together")


def _steady(problem: DayProblem, starts: Starts, found: dict[Put, int]) -> dict[Put, int]:
    """The same with one nurse for all that changes hands in a visit, wherever somebody can take it all."""
    for number, task in enumerate(problem.tasks):
        changed = {
            (number, place): item
            for place, item in enumerate(task.items)
            if item.role is Role.NURSE and found.get((number, place), item.booked) != item.booked
        }
        if len({found[key] for key in changed}) > 1:
            for person in sorted({one for item in changed.values() for one, _ in item.able}):
                tried = found | dict.fromkeys(changed, person)
                if _can_serve(problem, starts, tried, person):
                    found = tried
                    break
    return found


def _can_serve(problem: DayProblem, starts: Starts, found: dict[Put, int], person: int) -> bool:
    """Whether somebody can do all that is given to them."""
    for kind in (Kind.HANDS, Kind.WATCH):
        levels: list[int] = []
        for one in _takings(problem, starts, Group(kind, tuple(found))):
            if found[one.key] == person:
                more(levels, one.mask)
                if person not in one.seats:
                    return False
        room = problem.seats.get((kind, person), ())
        if any(level & ~there for level, there in zip_longest(levels, room, fillvalue=0)):
            return False
    return True


def _takings(problem: DayProblem, starts: Starts, group: Group, liked: Liked | None = None) -> list[Taking]:
    """Everything of a group that is taken, in order of time."""
    out = []
    for number, place in group.puts:
        task, start = problem.tasks[number], starts[number]
        item = task.items[place]
        if item.kind is not group.kind or start == WAITING:
            continue
        if start is not None:
            seats = _in_order(item, start, (liked or {}).get(number, ()))
            out.append(Taking((number, place), item.mask(start), seats, item.booked))
        elif (kept := problem.kept(task, item)) and item.booked is not None:
            out.append(Taking((number, place), kept, (item.booked,), item.booked))
    return sorted(out, key=lambda one: (one.mask & -one.mask, len(one.seats), one.key))


def _in_order(item: Item, start: int, liked: Sequence[int]) -> tuple[int, ...]:
    able = [one for one, mask in item.able if mask >> start & 1]
    return tuple(sorted(able, key=lambda one: (one != item.booked, one not in liked, one)))


class _Fitting:
    """One search. ``limit``: how many may get another seat than the one they are booked with."""

    def __init__(
        self, problem: DayProblem, wanted: Sequence[Taking], kind: Kind, limit: int | None = None
    ) -> None:
        self._wanted = wanted
        self._left = len(wanted) if limit is None else limit
        ids = sorted({one for taking in wanted for one in taking.seats})
        room = {one: problem.seats.get((kind, one), ()) for one in ids}
        # A room, and hands, serve one at a time: that they are there is in what can be done at a start.
        self._loads = _Many(room) if kind is Kind.WATCH else _Ones(ids)
        self._dead: dict[tuple[object, ...], int] = {}
        self.steps = 0
        self._found: dict[Put, int] = {}

    def run(self) -> dict[Put, int] | None:
        return dict(self._found) if self._from(0) else None

    def _from(self, place: int) -> bool:
        if place == len(self._wanted):
            return True
        self.steps += 1
        one = self._wanted[place]
        key = (place, *self._loads.from_cell((one.mask & -one.mask).bit_length() - 1))
        if self.steps > MOST_STEPS or self._dead.get(key, -1) >= self._left:
            return False
        for seat in one.seats:
            if self._on(seat, place, one):
                return True
        self._dead[key] = self._left
        return False

    def _on(self, seat: int, place: int, one: Taking) -> bool:
        """Whether all the rest fits once this one has that seat."""
        changed = seat != one.booked
        if self._left < changed or not self._loads.put(seat, one.mask):
            return False
        self._left -= changed
        self._found[one.key] = seat
        if self._from(place + 1):
            return True
        self._loads.take(seat, one.mask)
        self._left += changed
        return False


class _Ones:
    """What is taken of seats that serve one at a time."""

    def __init__(self, ids: Sequence[int]) -> None:
        self._taken = dict.fromkeys(ids, 0)

    def put(self, seat: int, mask: int) -> bool:
        if self._taken[seat] & mask:
            return False
        self._taken[seat] |= mask
        return True

    def take(self, seat: int, mask: int) -> None:
        self._taken[seat] ^= mask

    def from_cell(self, first: int) -> tuple[object, ...]:
        return tuple([taken >> first for taken in self._taken.values()])


class _Many:
    """What is taken of seats that serve several at once."""

    def __init__(self, room: dict[int, tuple[int, ...]]) -> None:
        self._room = room
        self._taken: dict[int, list[int]] = {one: [] for one in room}

    def put(self, seat: int, mask: int) -> bool:
        levels, room = list(self._taken[seat]), self._room[seat]
        more(levels, mask)
        if any(level & mask & ~one for level, one in zip_longest(levels, room, fillvalue=0)):
            return False
        self._taken[seat] = levels
        return True

    def take(self, seat: int, mask: int) -> None:
        less(self._taken[seat], mask)

    def from_cell(self, first: int) -> tuple[object, ...]:
        return tuple([tuple([n >> first for n in one if n >> first]) for one in self._taken.values()])
