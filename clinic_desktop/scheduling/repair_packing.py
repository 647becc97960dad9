"""A way to leave fewer visits out: those who share rooms are put closely side by side."""

from clinic_desktop.scheduling.repair_attempt import Attempt


class Packing:
    def __init__(self, attempt: Attempt) -> None:
        self.attempt, self.trial, self.tasks = attempt, attempt.trial, attempt.tasks
        self.chance = attempt.chance
        self._home = 0.0  # how often who could stay at home does, in one draw

    def draw(self, number: int) -> None:
        """Put a visit that has no place, and those who share rooms with it, where fewer are left out then."""
        trial, before, draw = self.trial, list(self.trial.starts), self.chance.random
        shares, share = self.attempt.shares[number], 1 - draw() / 2
        self._home = draw()
        some = [one for one in self.attempt.movable if one in shares and (one == number or draw() < share)]
        lengths = {one: b - a for one, (a, b) in enumerate(self.attempt.extents)}
        some.sort(key=lambda one: (one != number, -lengths[one] * draw()))
        for one in some:
            trial.take(one)
        if not (self._put_back(some, [before[one] for one in some].count(None) - 1) and trial.seated()):
            trial.put_all(before)

    def _put_back(self, some: list[int], spare: int) -> bool:
        """Whether all but ``spare`` of them found a start."""
        for one in some:
            start = self._some_edge(one)
            if start is None:
                spare -= 1
                if spare < 0 or not self.tasks[one].lost or not self.trial.can_begin(one, None):
                    return False
            self.trial.put(one, start)
        return True

    def _some_edge(self, number: int) -> int | None:
        """Its own start where that is free, or one that leaves no gap on one side; more often a near one."""
        free, own = self.trial.fitting(number), self.tasks[number].own
        if free >> own & 1 and self.chance.random() < self._home:
            return own
        edges = free & ~(free << 1 & free >> 1)
        near = [one for one in self.attempt.order[number] if edges >> one & 1]
        return near[int(len(near) * self.chance.random() ** 2)] if near else None
