"""A way to make a repair smaller: a few visits are taken out and put back anew, with less changed in all.

What comes out may be a little worse than it was, so that the next draw has somewhere else to begin.
"""

from collections.abc import Sequence

from clinic_desktop.scheduling.repair_attempt import FINEST, RETIMED, Attempt

FEWEST, MOST = 2, 7  # visits taken out at once
STEPS = 200  # for putting them back; one time in four, four times as many
# How much more than the best an answer may cost: minutes, one visit re-timed, or two.
WORSE = (*(0, 60 * FINEST) * 3, (60 + RETIMED) * FINEST, (60 + 2 * RETIMED) * FINEST)
# How often: a start is chosen, a second time is looked at, anybody moves.
CHOSEN, APART, OTHERS = 0.85, 0.7, 0.2
NEAR_START, BAD = 4, 0.4  # cells, and what a visit that changed counts for: who is nearest is taken out


class Shuffling:
    def __init__(self, attempt: Attempt) -> None:
        self.attempt, self.trial, self.tasks = attempt, attempt.trial, attempt.tasks
        self.chance = attempt.chance

    def draw(self, changed: Sequence[int], above: int) -> None:
        """Take one of these visits and a few around it out, and put them back for less where that goes.
        ``above``: what the answer that stands costs more than the best."""
        chance, trial, before = self.chance, self.trial, list(self.trial.starts)
        number = chance.choice(changed)
        start = self._some_start(number)
        others = self._some_around(number, start)
        worse = chance.choice(WORSE)
        spent = -self.attempt.cost((number, *others)) - max(0, worse - above)
        for one in (number, *others):
            trial.take(one)
        self.attempt.until = trial.steps + STEPS * chance.choice((1, 1, 1, 4))
        if chance.random() >= CHOSEN or start == before[number]:
            found = self._put_back([number, *others], spent)
        elif found := trial.can_begin(number, start):
            trial.put(number, start)
            found = self._put_back(others, spent + self.attempt.costs[number][start])
        if not found:
            trial.put_all(before)

    def _some_start(self, number: int) -> int:
        """Its own, the one it has, or any, the near ones more often."""
        own, at, order = self.tasks[number].own, self.trial.starts[number], self.attempt.order[number]
        any_start = order[int(len(order) * self.chance.random() ** 3)]
        return self.chance.choice((own, own if at is None else at, any_start))

    def _some_around(self, number: int, start: int) -> list[int]:
        """Some of those near to a start of a visit, and to another: who moves for it needs a place."""
        attempt, chance, starts = self.attempt, self.chance.random, self.trial.starts
        middles = [start, *([self.chance.choice(attempt.order[number])] if chance() < APART else [])]
        first, last = attempt.extents[number]
        shares, able = attempt.shares[number], []
        for other in attempt.movable:
            own, at = self.tasks[other].own, starts[other]
            if other == number or not (other in shares or at != own or chance() < OTHERS):
                continue
            a, b = attempt.extents[other]
            a, b = (own if at is None else at) + a - last, (own if at is None else at) + b - first
            away = NEAR_START + min([max(a - middle, middle - b, 0) for middle in middles])
            able.append(((away if at == own else away * BAD) * chance(), other))
        able.sort()
        return [other for _, other in able[: self.chance.randint(FEWEST, MOST) - 1]]

    def _put_back(self, waiting: Sequence[int], spent: int) -> bool:
        """Give them starts with less spent in all than nothing, who costs most first."""
        if not waiting:
            return spent < 0 and self.trial.seated()
        attempt, trial, total = self.attempt, self.trial, spent
        looks = []
        for one in waiting:
            free = trial.fitting(one)
            cost, start = attempt.nearest(one, free)
            total += cost
            if total >= 0:
                return False
            looks.append((cost, -free.bit_count(), one, start, free))
        looks.sort(reverse=True)
        least, _, number, start, free = looks[0]
        rest, cost = [one for _, _, one, _, _ in looks[1:]], least
        while total - least + cost < 0 and trial.steps < attempt.until:
            trial.put(number, start)
            if self._put_back(rest, spent + cost):
                return True
            trial.take(number)
            if start is None:
                return False
            free &= ~(1 << start)
            cost, start = attempt.nearest(number, free)
        return False
