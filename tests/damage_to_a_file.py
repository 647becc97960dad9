"""One way to damage a file so that it is never the same by chance."""

from pathlib import Path


def with_its_end_damaged(file: Path) -> bytes:
    """The file with one bit of its last byte turned: what it holds from now on."""
    data = file.read_bytes()
    damaged = data[:-1] + bytes([data[-1] ^ 1])
    file.write_bytes(damaged)
    return damaged
