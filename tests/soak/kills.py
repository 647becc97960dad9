"""``soak kills [TIMES]``: desks killed at random moments of each kind of work, 200 times in all."""

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.storage.killed_kinds import KINDS, killed

TIMES = 200


def main(arguments: Sequence[str]) -> int:
    """The exit status: 0 when all that was acknowledged was there each time, 2 for a wrong call."""
    try:
        (times,) = [int(one) for one in arguments] or [TIMES]
    except ValueError:
        sys.stderr.write("How many kills? For example: python3 run.py soak kills 50\n")
        return 2
    wrong = 0
    for kind in KINDS:
        began, each = time.monotonic(), -(-times // len(KINDS))
        with tempfile.TemporaryDirectory() as folder:
            try:
                turns, inside = killed(kind(Path(folder)), each, shown=0, most=each)
                said = f"{turns} kills, {inside} of them between two steps of a transaction or a check"
            except AssertionError as found:
                wrong, said = wrong + 1, f"not as it should be: {str(found)[:500]}"
        sys.stdout.write(f"{kind.name}: {said}, {time.monotonic() - began:.0f} s\n")
        sys.stdout.flush()
    return int(wrong > 0)
