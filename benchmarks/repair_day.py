"""The repair of 100 invented days beside the proven least of the same model, and how long a full day takes.

    python -m benchmarks.repair_day

"Gap" is in minutes moved, where the first two terms (visits without a place, visits re-timed) are equal.
"""

import json
import statistics
import sys
import time
from typing import Any

from benchmarks.repair_days import busy_day
from benchmarks.repair_exact import Proven, exact
from clinic_desktop.scheduling.repair_day import day_problem
from clinic_desktop.scheduling.repair_model import RepairCost
from clinic_desktop.scheduling.repair_search import repaired

DAYS, MOST_SECONDS, MOST_GAP = 100, 1.0, 0.05
Row = dict[str, Any]


def measure() -> dict[str, Any]:
    """All rows."""
    compared = [compare(seed) for seed in range(DAYS)]
    apart = sum(not same_terms(found, proven) for found, proven, _ in compared)
    gaps = [gap(found, proven) for found, proven, _ in compared if same_terms(found, proven)]
    seconds = sorted(taken for _, _, taken in compared)
    p95 = seconds[int(len(seconds) * 0.95)]
    unproven = sum(not proven.optimal for _, proven, _ in compared)
    return {
        "rows": [
            _row("days not proven by the exact solver", unproven, 0, unproven == 0),
            _row("days with other first two terms", apart, 0, apart == 0),
            _row("median gap in minutes moved", statistics.median(gaps), 0, statistics.median(gaps) == 0),
            _row("worst gap in minutes moved", max(gaps), f"<= {MOST_GAP}", max(gaps) <= MOST_GAP),
            _row("25 visits, p95", p95, f"<= {MOST_SECONDS} s", p95 <= MOST_SECONDS, "s"),
        ]
    }


def compare(seed: int) -> tuple[RepairCost, Proven, float]:
    """What was found for a day, what is proven, and how long the finding took, from the visits on."""
    day = busy_day(seed)
    began = time.perf_counter()
    problem = day_problem(day.view)
    found = repaired(problem)
    taken = time.perf_counter() - began
    return found.cost(problem), exact(problem), taken


def same_terms(found: RepairCost, proven: Proven) -> bool:
    """Whether as many visits are without a place, and as many re-timed, as the proof asks for."""
    return (found.unplaced, found.retimed) == (proven.unplaced, proven.retimed)


def gap(found: RepairCost, proven: Proven) -> float:
    """How many more minutes are moved, as a share."""
    return (found.minutes - proven.minutes) / max(proven.minutes, 1)


def _row(name: str, value: float, goal: object, met: bool, unit: str = "") -> Row:
    return {"name": name, "value": value, "goal": goal, "met": met, "unit": unit}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
    sys.exit(0)
