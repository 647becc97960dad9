"""The slots beside a sealed clinic: its data key, wrapped once for each way to open it."""

from pathlib import Path


def slots_file(clinic: Path) -> Path:
    """Where the slots of a clinic's file lie: beside it, and beside each of its copies."""
    return clinic.with_name(f"{clinic.name}.keys")
