"""The one line: from the typed words to every answer, read from the store.

    python -m benchmarks.one_line

On a file, and on a server of the benchmark's own where one is installed. Seconds are those of the thread, so
that a busy machine tells of the program all the same.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from clinic_desktop.people.directory import load
from clinic_desktop.scheduling.typed_answers import answers
from clinic_desktop.storage.store import open_store
from tests.small_clinic import SmallClinic, build, filled
from tests.storage import postgres

TEXTS = ("oka 10 sp", "okafor 6 iv tue fri am", "512 555-0142", "tomorrow", "zzqx")
GOAL = 50  # ms
_ROUNDS = 15

Row = dict[str, Any]


def measure() -> dict[str, Any]:
    """Rows of name, value, unit, goal and met."""
    with tempfile.TemporaryDirectory() as folder:
        rows = list(_rows("SQLite", build(Path(folder), open_store)))
    try:
        postgres.programs()
    except postgres.NotInstalled:
        return {"rows": rows, "met": all(row["met"] for row in rows)}
    with postgres.running() as server:
        where = server.address(server.database(), postgres.OWNER)
        rows += _rows("PostgreSQL", filled(open_store(where, make=True)))
    return {"rows": rows, "met": all(row["met"] for row in rows)}


def _rows(engine: str, clinic: SmallClinic) -> Iterator[Row]:
    with closing(clinic.store) as store:
        with store.read() as records:
            people = load(records)
        for text in TEXTS:
            times = []
            for _ in range(_ROUNDS):
                began = time.thread_time()
                answers(store, clinic.clock.now(), people, text)
                times.append((time.thread_time() - began) * 1000)
            value = statistics.median(times)
            name = f"{engine}: answers to \u201c{text}\u201d, median"
            yield {"name": name, "value": value, "unit": "ms", "goal": f"<= {GOAL} ms", "met": value <= GOAL}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
