"""J3: processes that want the same place at the same moment, on both databases, the disk waited for.

    python -m benchmarks.race

Every kind of claim, courses, moves, swaps and coverage, with 1, 2, 8 and 32 processes and both protocols:
nothing double, lost or lied about, and every loser told what is taken and by which visit. At 32 processes
the slowest of a hundred waits at most 100 ms. PostgreSQL is a server of the benchmark's own.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import race_clinic
from benchmarks.race_kinds import KINDS
from benchmarks.racing import PROTOCOLS, Plan, Result, races
from clinic_desktop.storage import check
from tests.storage import postgres

CLIENTS = (1, 2, 8, 32)
ROUNDS = 40
P99_MS = 100
_TIMED = {"room", "patient", "hands", "watch"}  # one visit against one: what the goal speaks of
Row = dict[str, Any]


def measure() -> dict[str, Any]:
    """A row for each race, and one for what the check finds afterwards."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        rows += _all("sqlite", Path(folder) / "clinic.db")
    with _server() as address:
        rows += _all("postgresql", address) if address else []
    return {"rows": rows, "met": all(row["met"] for row in rows)}


@contextmanager
def _server() -> Iterator[str]:
    try:
        postgres.programs()
    except postgres.NotInstalled:
        yield ""
        return
    with postgres.running(durable=True) as server:
        yield server.address(server.database(), postgres.OWNER)


def _all(name: str, where: Path | str) -> Iterator[Row]:
    race_clinic.make(where)
    spot = 0
    for clients in CLIENTS:
        plans: list[Plan] = []
        for kind in KINDS:
            for protocol in PROTOCOLS:
                plans.append((kind, protocol, range(spot, spot + ROUNDS)))
                spot += ROUNDS
        for result in races(where, clients, plans):
            yield _row(name, result)
    found = check.findings(where)
    yield {
        "name": f"{name}: the check finds nothing afterwards",
        "value": len(found),
        "goal": 0,
        "met": not found,
    }


def _row(name: str, result: Result) -> Row:
    quick = result.clients < max(CLIENTS) or result.kind not in _TIMED or result.p99_ms <= P99_MS
    return {
        "name": f"{name}: {result.kind}, {result.protocol}, {result.clients} processes",
        "value": result.p99_ms,
        "unit": "ms p99",
        "goal": f"none double, lost, lied; p99 <= {P99_MS} ms at {max(CLIENTS)}",
        "met": result.passed and quick,
        **asdict(result),
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
