"""The search for the smallest repair of a day: whoever can keeps the time, others move as little as can be.

First every visit with a place keeps it, and those without get the nearest start that is left. Then each
visit that was moved or left out is taken in hand again, and may push others aside, who move in turn, as
long as less is changed in the end. It is counted in steps and not by the clock: the same day always
gets the same answer.
"""

from collections.abc import Iterable, Iterator

from clinic_desktop.scheduling.masks import CELL
from clinic_desktop.scheduling.repair_model import WAITING, DayProblem, Kind, Repair, Task
from clinic_desktop.scheduling.repair_seats import seated
from clinic_desktop.scheduling.repair_trial import Trial

MOST_STEPS = 12_000  # looks at whether a visit fits somewhere
DEEPEST = 4  # visits pushed aside one by the other
WIDEST, ALL = 4, 10**6  # at how many starts a visit that was pushed aside pushes others
REBUILD, OPEN, NEAR = 0, -1, 20
WINDOW, MOST_AWAY, STRIDE, WINDOW_STEPS = 10, 5, 5, 1500
WAYS = [1, REBUILD, OPEN, 2, 3]
LEAST_SHARE = 40  # steps for each start that is tried
RETIMED, UNPLACED, FINEST = 10**5, 10**9, 64  # one visit re-timed weighs more than all minutes of a day

Waiting = tuple[tuple[int, int | None, int], ...]  # visit, the start it gave up, the least it costs now


def repaired(problem: DayProblem, steps: int = MOST_STEPS) -> Repair:
    """The smallest repair that was found for a day."""
    starts = _Search(problem, steps).run()
    seats = seated(problem, starts)
    return Repair(
        tuple(starts),
        tuple(
            tuple(
                seats.get((number, place)) if starts[number] is not None else None
                for place in range(len(task.items))
            )
            for number, task in enumerate(problem.tasks)
        ),
    )


class _Search:
    def __init__(self, problem: DayProblem, steps: int) -> None:
        self.tasks = problem.tasks
        self.trial = Trial(problem)
        self.most, self.until = steps, steps
        self.without = 0
        self.given_up: set[tuple[int, int]] = set()  # ways in which no place was found for a visit
        self.order = [_by_nearness(one) for one in self.tasks]

    def run(self) -> list[int | None]:
        self._begin()
        ways = WAYS
        while any(self._better(way) for way in ways):
            pass
        return self.trial.starts

    def cost(self, number: int, start: int | None) -> int:
        """What a start changes, in one number; among equals the worst-off are served first."""
        task = self.tasks[number]
        if start is None:
            return UNPLACED * FINEST + len(self.tasks) - task.rank
        if start == task.own:
            return 0
        return (RETIMED + abs(start - task.own) * CELL) * FINEST + len(self.tasks) - task.rank

    # The first answer.

    def _begin(self) -> None:
        ranked = sorted(range(len(self.tasks)), key=lambda one: self.tasks[one].rank)
        lost = [one for one in ranked if self.tasks[one].lost]
        for number in ranked:
            if not self.tasks[number].lost:
                self.trial.put(number, self.tasks[number].own)
        for number in lost:
            self._put_nearest(number, only_home=True)
        for number in lost:
            if number in self._without_start():
                self._put_nearest(number)
        for number in self._without_start():
            self.trial.put(number, None)
        if not self.trial.seated():
            self._begin_carefully(lost)

    def _begin_carefully(self, lost: list[int]) -> None:
        """Who gets no place keeps their people from the beginning: that always fits."""
        self.trial.put_all([None if task.lost else task.own for task in self.tasks])
        for number in lost:
            self.trial.take(number)
            self._put_nearest(number)
            if self.trial.starts[number] == WAITING:
                self.trial.put(number, None)

    def _without_start(self) -> list[int]:
        return [number for number, start in enumerate(self.trial.starts) if start == WAITING]

    def _put_nearest(self, number: int, *, only_home: bool = False) -> None:
        free = self.trial.fitting(number)
        for start in self.order[number]:
            if only_home and start != self.tasks[number].own:
                return
            if free >> start & 1:
                self.trial.put(number, start)
                if self.trial.seated():
                    return
                self.trial.take(number)

    # Better answers.

    def _better(self, depth: int) -> bool:
        """Whether one of the visits that were moved or left out could be served better."""
        costs = [(self.cost(number, start), number) for number, start in enumerate(self.trial.starts)]
        if (without := self.trial.starts.count(None)) != self.without:
            self.without = without
            self.given_up.clear()
        bad = [
            (cost, number)
            for cost, number in sorted(costs, reverse=True)
            if cost and (depth, number) not in self.given_up
        ]
        for place, (cost, number) in enumerate(bad):
            before = list(self.trial.starts)
            self.until = self.trial.steps + (self.most - self.trial.steps) // (len(bad) - place)
            if depth in (REBUILD, OPEN):
                if (self._rebuilt if depth == REBUILD else self._opened)(number):
                    return True
            else:
                self.trial.take(number)
                if self._settle(((number, None, 0),), -cost, frozenset({number}), depth):
                    return True
            self.trial.put_all(before)
            if before[number] is None:
                self.given_up.add((depth, number))
        return False

    def _rebuilt(self, number: int) -> bool:
        """Give a visit some start, and everybody around it their next best."""
        before = list(self.trial.starts)
        for start in self.order[number]:
            if (
                self.cost(number, start) >= self.cost(number, before[number])
                or self.trial.steps >= self.until
            ):
                return False
            around = self._around(number, start)
            for order in (self._long_first, self._left_first, self._right_first):
                if self._rebuild(number, start, sorted(around, key=order)):
                    return True
                self.trial.put_all(before)
        return False

    def _long_first(self, number: int) -> tuple[int, ...]:
        a, b = self._extent(number, 0)
        return a - b, self.tasks[number].rank

    def _left_first(self, number: int) -> tuple[int, ...]:
        return self.tasks[number].own, self.tasks[number].rank

    def _right_first(self, number: int) -> tuple[int, ...]:
        return -self.tasks[number].own, self.tasks[number].rank

    def _rebuild(self, number: int, start: int, around: list[int]) -> bool:
        spent = -sum(self.cost(one, self.trial.starts[one]) for one in (number, *around))
        for one in (number, *around):
            self.trial.take(one)
        if not self.trial.fitting(number) >> start & 1:
            return False
        self.trial.put(number, start)
        spent += self.cost(number, start)
        for one in around:
            free = self.trial.fitting(one)
            at = next((bit for bit in self.order[one] if free >> bit & 1), None)
            spent += self.cost(one, at)
            if spent >= 0 or (at is None and not self.tasks[one].lost):
                return False
            self.trial.put(one, at)
        return self.trial.seated()

    def _opened(self, number: int) -> bool:
        """Give a visit, and a few around it, the best starts that they can have together."""
        before = list(self.trial.starts)
        at = before[number]
        middles = [self.tasks[number].own, *([at] if at is not None else self.order[number][::STRIDE])]
        seen: set[tuple[int, ...]] = set()
        for middle in middles:
            some = self._window(number, middle)
            if some in seen or self.trial.steps >= self.until:
                continue
            seen.add(some)
            spent = -sum(self.cost(one, before[one]) for one in some)
            for one in some:
                self.trial.take(one)
            stop, self.until = self.until, min(self.until, self.trial.steps + WINDOW_STEPS)
            if any(self._homes(some, (), spent, most) for most in range(MOST_AWAY + 1)):
                return True
            self.until = stop
            self.trial.put_all(before)
        return False

    def _window(self, number: int, middle: int) -> tuple[int, ...]:
        """A visit, those that were moved, the nearest that was left out, and those around a time, where they
        share rooms."""
        starts = self.trial.starts
        moved = {one for one, at in enumerate(starts) if at is not None and self.cost(one, at)}
        left = [one for one, at in enumerate(starts) if at is None and one != number]
        moved.update(sorted(left, key=lambda one: abs(self.tasks[one].own - middle))[:1])
        near = moved.union(self._around(number, middle)) - {number}
        others = [one for one in near if self._shares(number, one)]
        first, last = self._extent(number, middle)

        def order(one: int) -> tuple[object, ...]:
            at = self.trial.starts[one]
            a, b = self._extent(one, self.tasks[one].own if at is None else at)
            return one not in moved, max(a - last, first - b, 0), a - b, one

        return tuple(sorted((number, *sorted(others, key=order)[:WINDOW])))

    def _homes(self, some: tuple[int, ...], away: tuple[int, ...], spent: int, most: int) -> bool:
        """Let all of these but ``most`` stay at home, whichever, and the others have the nearest starts."""
        if (
            len(away) + len(some) < most
            or self.trial.steps >= self.until
            or spent + len(away) * RETIMED * FINEST >= 0
        ):
            return False
        if not some:
            return self._nearest_starts(away, spent)
        number, rest = some[0], some[1:]
        own = self.tasks[number].own
        if self.tasks[number].starts >> own & 1 and self.trial.fitting(number) >> own & 1:
            self.trial.put(number, own)
            if self._homes(rest, away, spent, most):
                return True
            self.trial.take(number)
        return len(away) < most and self._homes(rest, (*away, number), spent, most)

    def _shares(self, one: int, other: int) -> bool:
        """Whether both could be in the same room."""
        rooms = [
            {
                room
                for item in self.tasks[n].items
                if item.kind is Kind.ROOM
                for room, mask in item.able
                if mask
            }
            for n in (one, other)
        ]
        return not all(rooms) or bool(rooms[0] & rooms[1])

    def _nearest_starts(self, away: tuple[int, ...], spent: int) -> bool:
        """Every way to give these visits other starts than their own, as long as less is spent in all than
        nothing."""
        if not away:
            return spent < 0 and self.trial.seated()
        looks = {one: self._left(one) for one in away}
        least = {one: self.cost(one, starts[0]) for one, starts in looks.items() if starts}
        total = spent + sum(least.values())
        if len(least) < len(away) or total >= 0:
            return False
        number = max(away, key=lambda one: (least[one], -len(looks[one])))
        rest = tuple(one for one in away if one != number)
        for start in looks[number]:
            cost = self.cost(number, start)
            if total - least[number] + cost >= 0 or self.trial.steps >= self.until:
                return False
            self.trial.put(number, start)
            if self._nearest_starts(rest, spent + cost):
                return True
            self.trial.take(number)
        return False

    def _left(self, number: int) -> list[int | None]:
        free, own = self.trial.fitting(number), self.tasks[number].own
        return [one for one in self._tries(number) if one is None or (one != own and free >> one & 1)]

    def _around(self, number: int, start: int) -> list[int]:
        """The other visits with a place at or near that time."""
        first, last = self._extent(number, start)
        out = []
        for other, at in enumerate(self.trial.starts):
            if other != number and at is not None:
                a, b = self._extent(other, at)
                if a < last + NEAR and first - NEAR < b:
                    out.append(other)
        return out

    def _extent(self, number: int, start: int) -> tuple[int, int]:
        spans = [span for item in self.tasks[number].items for span in item.spans] or [(0, 1)]
        return start + min(a for a, _ in spans), start + max(b for _, b in spans)

    def _settle(self, waiting: Waiting, spent: int, moved: frozenset[int], depth: int) -> bool:
        """Give each of ``waiting`` a start, with less spent in all than nothing; True when that was found,
        and it stands then."""
        if not waiting:
            return spent < 0 and self.trial.seated()
        (number, barred, least), rest = waiting[0], waiting[1:]
        spent -= least  # it was counted in as soon as the visit had to wait
        free = self.trial.fitting(number)
        stop, pushes = self.until, ALL if barred is None else WIDEST
        share = (stop - self.trial.steps) // (1 + len(self.order[number])) if barred is None else stop
        for start in self._tries(number):
            then = spent + self.cost(number, start)
            if then >= 0 or self.trial.steps >= stop:
                return False
            if start == barred:
                continue
            self.until = min(stop, self.trial.steps + max(share, LEAST_SHARE))
            if start is None or free >> start & 1:
                self.trial.put(number, start)
                if self._settle(rest, then, moved, depth):
                    return True
                self.trial.take(number)
            elif depth > 0 and pushes:
                steps = self.trial.steps
                if self._push(number, start, rest, then, moved, depth):
                    return True
                pushes -= self.trial.steps > steps + 1
            self.until = stop
        return False

    def _tries(self, number: int) -> Iterator[int | None]:
        yield from self.order[number]
        if self.tasks[number].lost:
            yield None

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
            then = spent - self.cost(other, at) + least
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
        if self.trial.fitting(number) >> start & 1:
            self.trial.put(number, start)
            if self._settle(rest, spent, moved, depth):
                return True
            self.trial.take(number)
            return False
        return depth > 0 and self._push(number, start, rest, spent, moved, depth)

    def _by_loss(self, some: Iterable[int]) -> list[int]:
        """Those who lose least by moving first."""
        return sorted(some, key=lambda one: (-self.cost(one, self.trial.starts[one]), -self.tasks[one].rank))

    def _least(self, number: int, barred: int | None) -> int:
        """The least that a visit costs anywhere but where it is."""
        tries = (*self.order[number][:2], None)
        return min(self.cost(number, start) for start in tries if start != barred)


def _by_nearness(task: Task) -> list[int]:
    """The starts of a visit: its own first, then by how far they are, the earlier of two alike."""
    starts = [bit for bit in range(task.starts.bit_length()) if task.starts >> bit & 1]
    return sorted(starts, key=lambda bit: (abs(bit - task.own), bit))
