"""Another program that has a clinic's file open."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CODE = """
import sqlite3, sys
line = sqlite3.connect(sys.argv[1])
for one in sys.argv[2:]:
    line.execute(one).fetchall()
line.rollback()
print("open", flush=True)
input()
"""


@contextmanager
def open_elsewhere(file: Path, *statements: str) -> Iterator[None]:
    """It has said ``statements``, ended its transaction, and waits; in the block."""
    with subprocess.Popen(
        [sys.executable, "-c", _CODE, str(file), *statements],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        try:
            yield
        finally:
            other.communicate("\n")
