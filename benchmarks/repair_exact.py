"""The same model of a day in an exact solver: what the smallest repair costs, proven."""

from dataclasses import dataclass
from itertools import count

from ortools.sat.python import cp_model

from clinic_desktop.scheduling.masks import CELL
from clinic_desktop.scheduling.repair_model import DayProblem, Item, Kind, Task

SECONDS = 30
_UNPLACED, _RETIMED = 10**7, 10**4  # cells of all visits together stay below


@dataclass(frozen=True, slots=True)
class Proven:
    """The first three terms of the cost, and whether they are proven to be the least."""

    unplaced: int
    retimed: int
    minutes: int
    optimal: bool


def exact(problem: DayProblem, workers: int = 1) -> Proven:
    """The least that a repair of the day changes."""
    model = _Model(problem)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = SECONDS
    status = solver.solve(model.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise ValueError(f"no repair: {solver.status_name(status)}")
    cells = sum(solver.value(one) for one in model.moved)
    return Proven(
        sum(1 - solver.value(one) for one in model.present),
        sum(solver.value(one) for one in model.retimed),
        cells * CELL,
        status == cp_model.OPTIMAL,
    )


class _Model:
    def __init__(self, problem: DayProblem) -> None:
        self.problem, self.cp = problem, cp_model.CpModel()
        self.present: list[cp_model.IntVar] = []
        self.retimed: list[cp_model.IntVar] = []
        self.moved: list[cp_model.IntVar] = []
        self._start: list[cp_model.IntVar] = []
        self._served: dict[tuple[Kind, int], list[cp_model.IntervalVar]] = {}
        for task in problem.tasks:
            self._visit(task)
        self._fixed()
        self._patients()
        self.cp.minimize(
            _UNPLACED * sum(1 - one for one in self.present) + _RETIMED * sum(self.retimed) + sum(self.moved)
        )

    def _visit(self, task: Task) -> None:
        cp, starts = self.cp, [bit for bit in range(task.starts.bit_length()) if task.starts >> bit & 1]
        present = cp.new_bool_var("")
        if not task.lost:
            cp.add(present == 1)
        start = cp.new_int_var_from_domain(cp_model.Domain.from_values([*starts, task.own]), "")
        if not task.starts >> task.own & 1:
            cp.add(start != task.own).only_enforce_if(present)
        cp.add(start == task.own).only_enforce_if(~present)
        retimed, moved = cp.new_bool_var(""), cp.new_int_var(0, 600, "")
        cp.add(start == task.own).only_enforce_if(~retimed)
        cp.add(start != task.own).only_enforce_if(retimed)
        cp.add_abs_equality(moved, start - task.own)
        for item in task.items:
            chosen = []
            for seat, mask in item.able:
                takes = cp.new_bool_var("")
                able = [bit for bit in starts if mask >> bit & 1]
                if not able:
                    continue
                then = cp_model.Domain.from_values(able)
                cp.add_linear_expression_in_domain(start, then).only_enforce_if(takes)
                for a, b in item.spans:
                    whole = cp.new_optional_fixed_size_interval_var(start + a, b - a, takes, "")
                    self._served.setdefault((item.kind, seat), []).append(whole)
                chosen.append(takes)
            cp.add(sum(chosen) == present)
            self._kept(task, item, present)
        self.present.append(present)
        self.retimed.append(retimed)
        self.moved.append(moved)
        self._start.append(start)

    def _kept(self, task: Task, item: Item, present: cp_model.IntVar) -> None:
        """A visit without a place keeps its person."""
        if item.booked is None:
            return
        for first, last in _runs(self.problem.kept(task, item)):
            kept = self.cp.new_optional_fixed_size_interval_var(first, last - first, ~present, "")
            self._served.setdefault((item.kind, item.booked), []).append(kept)

    def _fixed(self) -> None:
        """Each seat serves no more than it has places; what is fixed takes places in between."""
        for seat, served in self._served.items():
            levels = self.problem.seats.get(seat, ())
            intervals = list(served)
            demands = [1] * len(intervals)
            whole = max((level.bit_length() for level in levels), default=0) + 200
            for level in levels:
                for first, last in _runs(~level & ((1 << whole) - 1)):
                    intervals.append(self.cp.new_fixed_size_interval_var(first, last - first, ""))
                    demands.append(1)
            if len(levels) == 1:
                self.cp.add_no_overlap(intervals)
            else:
                self.cp.add_cumulative(intervals, demands, len(levels))

    def _patients(self) -> None:
        tasks = self.problem.tasks
        for one, task in zip(count(), tasks, strict=False):
            for other, their in zip(count(), tasks, strict=False):
                if task.patient_id == their.patient_id and task.own < their.own:
                    self.cp.add(self._start[one] + task.patient[1] <= self._start[other] + their.patient[0])


def _runs(mask: int) -> list[tuple[int, int]]:
    out = []
    while mask:
        first = (mask & -mask).bit_length() - 1
        rest = mask >> first
        length = (~rest & (rest + 1)).bit_length() - 1
        out.append((first, first + length))
        mask = rest >> length << (first + length)
    return out
