"""The whole check of the project: lint, format, types, then the tests with the import rules among them."""

import os
import subprocess
import time
from collections.abc import Sequence

from setup_tools.environment import child_environment
from setup_tools.layout import Layout

CHECKS = (
    ("lint", ("-m", "ruff", "check", ".")),
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("types", ("-m", "mypy")),
)


def run_suite(layout: Layout, pytest_arguments: Sequence[str]) -> int:
    """Run every check even after one did not pass; 0 when all passed."""
    failed = [name for name, command in CHECKS if not _passes(layout, name, command)]
    status = _run(layout, ["-m", "pytest", *workers(pytest_arguments), *pytest_arguments])
    if failed:
        print(f"Not passed before the tests: {', '.join(failed)}", flush=True)
    return status or int(bool(failed))


def workers(pytest_arguments: Sequence[str]) -> list[str]:
    """Two processes for the whole suite; a chosen part starts quicker in one."""
    if pytest_arguments:
        return []
    # In the order of tests/conftest.py: by itself it would leave the files with few long tests to the end.
    return ["-n", str(min(2, os.cpu_count() or 1)), "--dist", "loadfile", "--no-loadscope-reorder"]


def _passes(layout: Layout, name: str, command: Sequence[str]) -> bool:
    began = time.perf_counter()
    passed = _run(layout, command) == 0
    print(
        f"{name}: {'passed' if passed else 'not passed'} in {time.perf_counter() - began:.1f} s", flush=True
    )
    return passed


def _run(layout: Layout, command: Sequence[str]) -> int:
    whole = [str(layout.python), *command]
    return subprocess.run(whole, cwd=layout.root, env=child_environment(), check=False).returncode
