"""``python3 run.py soak [SEEDS]``: simulated months one after the other, on all cores, each judged."""

import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.simulation.judge import complaints
from tests.simulation.world import Month

SEEDS = 1000


def month(seed: int) -> tuple[int, list[str], float]:
    """The complaints about a month (one that stops is one), and the seconds of a core that it took."""
    begun = time.process_time()
    with TemporaryDirectory(prefix="month-") as folder:
        try:
            found = complaints(Month(seed, Path(folder)).run())
        except Exception as stopped:  # the others go on; which seed it was is what matters
            found = [f"stopped: {stopped!r}"]
    return seed, found, time.process_time() - begun


def main(arguments: Sequence[str]) -> int:
    """The exit status: 0 without complaints, 1 with some, 2 for a wrong call."""
    try:
        seeds = int(arguments[0]) if arguments else SEEDS
    except ValueError:
        sys.stderr.write("How many months? For example: python3 run.py soak 50\n")
        return 2
    spoilt, spent = 0, 0.0
    with ProcessPoolExecutor(os.cpu_count()) as cores:
        for seed, found, seconds in cores.map(month, range(seeds)):
            spent += seconds
            spoilt += bool(found)
            for one in found:
                sys.stdout.write(f"month {seed}: {one}\n")
            if seed % 10 == 9:
                sys.stdout.write(f"{seed + 1} of {seeds} months, {spent / (seed + 1):.1f} s each\n")
                sys.stdout.flush()
    sys.stdout.write(
        f"{seeds} months, {spoilt} with complaints, {spent / max(seeds, 1):.1f} s of a core each\n"
    )
    return int(spoilt > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
