"""J7: the two-page aftercare sheet, from the facts of a visit to the bytes of the PDF.

    python -m benchmarks.sheet

The floor is the same words on two pages, set and tagged in the same run by reportlab's own means
(benchmarks/tagged_floor.py): nothing is read or filled in, and nothing stands in a box, a list or a column.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.one_sheet import document, one_sheet, text_of_sheet
from benchmarks.tagged_floor import spoken, tagged
from clinic_desktop.aftercare.template import Template
from clinic_desktop.printing.pdf import render_many

WARM_GOAL = 50  # sheets per CPU second
FIRST_GOAL = 0.25  # seconds
TAGGED_GOAL, TOGETHER_GOAL = 1.5, 1.3  # times the floor
_SHEETS, _TOGETHER, _ROUNDS, _STARTS = 40, 100, 5, 5
_FIRST = """
import sys, time
from benchmarks.one_sheet import one_sheet, text_of_sheet
assert "reportlab" not in sys.modules
began = time.perf_counter()
one_sheet(0, text_of_sheet())
print(time.perf_counter() - began)
"""


def measure() -> dict[str, Any]:
    """Rows of name, value, unit, floor, ratio, goal and met."""
    template = text_of_sheet()
    words = tuple(spoken(document(0, template).blocks))
    singly, floor, together, least = [], [], [], []
    for _ in range(_ROUNDS):  # by turns, so that a busy moment hits both
        singly.append(_cpu(lambda: [one_sheet(n, template) for n in range(_SHEETS)]))
        floor.append(_cpu(lambda: [tagged((words,), f"Sheet {n}.") for n in range(_SHEETS)]))
        together.append(_cpu(lambda: _in_one_file(_TOGETHER, template)))
        least.append(_cpu(lambda: tagged((words,) * _TOGETHER, "Sheet.")))
    warm = _SHEETS / statistics.median(singly)
    first = statistics.median(_first_sheet() for _ in range(_STARTS))
    rows = [
        {
            "name": "two-page sheets, warm",
            "value": warm,
            "unit": "per CPU second",
            "goal": f">= {WARM_GOAL}",
            "met": warm >= WARM_GOAL,
        },
        _against_floor("warm two-page sheet, tagged", singly, floor, _SHEETS, TAGGED_GOAL),
        _against_floor("sheet of 100 in one PDF, tagged", together, least, _TOGETHER, TOGETHER_GOAL),
        {
            "name": "first sheet in a running program",
            "value": first,
            "unit": "s",
            "goal": f"<= {FIRST_GOAL} s",
            "met": first <= FIRST_GOAL,
        },
    ]
    return {"rows": rows, "met": all(row["met"] for row in rows)}


def _against_floor(
    name: str, ours: list[float], floor: list[float], sheets: int, goal: float
) -> dict[str, Any]:
    ratio = statistics.median(ours) / statistics.median(floor)
    return {
        "name": name,
        "value": statistics.median(ours) / sheets * 1000,
        "unit": "CPU ms",
        "floor": statistics.median(floor) / sheets * 1000,
        "ratio": ratio,
        "goal": f"<= {goal} x",
        "met": ratio <= goal,
    }


def _in_one_file(count: int, template: Template) -> None:
    pdf = render_many([document(number, template) for number in range(count)], "Sheets")
    assert pdf.page_count == 2 * count


def _cpu(work: Callable[[], object]) -> float:
    """CPU seconds."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _first_sheet() -> float:
    """Seconds in a fresh process that has its own modules, but neither reportlab nor the fonts yet."""
    done = subprocess.run([sys.executable, "-c", _FIRST], capture_output=True, text=True, check=True)
    return float(done.stdout)


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
