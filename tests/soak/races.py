"""``soak races``: 2,000 places, 8 desks on a file and 32 on a server that waits for the disk."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import race_clinic
from tests.soak.places import raced
from tests.storage import postgres

PLACES = 2000


def main(_arguments: Sequence[str]) -> int:
    """The exit status: 0 when nothing was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clinic.db"
        race_clinic.make(file)
        wrong = _told("8 desks on a file", file, 2, 4)
    try:
        with postgres.running(durable=True) as server:
            name = server.database()
            race_clinic.make(server.address(name, postgres.OWNER))
            wrong += _told("32 desks on a server", server.address(name, postgres.DESK), 4, 8)
    except postgres.NotInstalled as missing:
        sys.stdout.write(f"not run: {missing}\n")
    return int(wrong > 0)


def _told(name: str, where: Path | str, processes: int, threads: int) -> int:
    outcome = raced(where, PLACES, processes, threads)
    for one in outcome.wrong:
        sys.stdout.write(f"{name}: {one}\n")
    sys.stdout.write(f"{name}, {PLACES} places: {outcome}\n")
    sys.stdout.flush()
    return len(outcome.wrong)
