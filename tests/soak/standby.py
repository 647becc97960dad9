"""``soak standby [TIMES]``: the server dies under load and its standby takes over, so many times (5)."""

import sys
from collections.abc import Sequence

import pytest

TIMES = 5


def main(arguments: Sequence[str]) -> int:
    """The exit status of the first time that did not pass; 2 for a wrong call."""
    try:
        (times,) = [int(one) for one in arguments] or [TIMES]
    except ValueError:
        sys.stderr.write("How many times? For example: python3 run.py soak standby 3\n")
        return 2
    for _ in range(times):
        if status := pytest.main(["tests/storage/test_standby.py", "-q", "--durations=1"]):
            return int(status)
    return 0
