"""``python3 run.py soak [SEEDS [FIRST]]``: simulated months one after the other, on all cores, each judged.

``soak 1 437`` is the month of seed 437 once more; ``soak 400 600`` goes on after the first 600.
"""

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
        numbers = [int(one) for one in arguments]
        seeds, first = (*numbers, *(SEEDS, 0)[len(numbers) :])
    except ValueError:
        sys.stderr.write("How many months, and from which seed on? For example: python3 run.py soak 50 300\n")
        return 2
    spoilt, spent = 0, 0.0
    with ProcessPoolExecutor(os.cpu_count()) as cores:
        for seed, found, seconds in cores.map(month, range(first, first + seeds)):
            spent += seconds
            spoilt += bool(found)
            for one in found:
                sys.stdout.write(f"month {seed}: {one}\n")
            done = seed + 1 - first
            if done % 10 == 0:
                sys.stdout.write(f"{done} of {seeds} months, {spent / done:.1f} s each\n")
                sys.stdout.flush()
    sys.stdout.write(
        f"{seeds} months, {spoilt} with complaints, {spent / max(seeds, 1):.1f} s of a core each\n"
    )
    return int(spoilt > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
