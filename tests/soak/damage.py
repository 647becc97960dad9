"""``soak damage``: 200 files that went bad by chance, and those of others."""

import os
import sys
from collections.abc import Sequence

import pytest


def main(_arguments: Sequence[str]) -> int:
    """The exit status of the tests."""
    os.environ["CLINIC_DESKTOP_EVERY_CASE"] = "1"
    sys.stdout.flush()
    return int(pytest.main(["tests/storage/test_damage.py", "-q"]))
