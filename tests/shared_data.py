"""Third-party test material that may lie beside the project; the project never needs it."""

from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
_SHARED = PROJECT.parent / "shared"


def shared(name: str) -> Path:
    """The file or folder of that name ("data/bad_input"); skips the test, saying why, when absent."""
    path = _SHARED / name
    if not path.exists():
        pytest.skip(f"test material not here: ../shared/{name}")
    return path
