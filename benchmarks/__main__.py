"""Run benchmarks by name, or all of them: each row a ratio to its floor in the same run.

    python3 run.py bench [NAME...]

Exit status 1 when a goal is missed, 2 for an unknown name.
"""

import importlib
import json
import pkgutil
import re
import sys
from pathlib import Path
from typing import Any

import benchmarks
from tests.storage import postgres

Row = dict[str, Any]
_MEASURES = re.compile(r"^def measure\(", re.MULTILINE)


def names() -> list[str]:
    """Modules of this folder that measure something."""
    found = (one.name for one in pkgutil.iter_modules(benchmarks.__path__))
    folder = Path(next(iter(benchmarks.__path__)))
    return [one for one in found if _MEASURES.search((folder / f"{one}.py").read_text(encoding="utf-8"))]


def main(wanted: list[str]) -> int:
    known = names()
    unknown = [one for one in wanted if one not in known]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    missed = _without_server()
    for name in wanted or known:
        answer = importlib.import_module(f"benchmarks.{name}").measure()
        for row in answer["rows"]:
            missed += not row["met"]
            print(_line(name, row), flush=True)
    print(f"{missed} missed" if missed else "all goals met")
    return 1 if missed else 0


def _without_server() -> int:
    """A half that cannot be measured is a miss."""
    try:
        postgres.programs()
    except postgres.NotInstalled as missing:
        print(f"MISS  PostgreSQL: every row on it is missing. {missing}", flush=True)
        return 1
    return 0


def _line(name: str, row: Row) -> str:
    there = [key for key in ("value", "floor", "ratio") if row.get(key) is not None]
    figures = ", ".join(f"{key} {_number(row[key])}" for key in there)
    unit = f" {row['unit']}" if row.get("unit") else ""
    verdict, goal = "pass" if row["met"] else "MISS", json.dumps(row.get("goal"))
    return f"{verdict}  {name:16} {row['name']:48} {figures}{unit}  (goal {goal})"


def _number(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
