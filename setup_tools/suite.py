"""The whole check of the project: lint, format, types, then the tests with the import rules among them."""

import os
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from setup_tools.environment import child_environment
from setup_tools.layout import Layout

CHECKS = (
    ("lint", ("-m", "ruff", "check", ".")),
    ("format", ("-m", "ruff", "format", "--check", ".")),
)
TYPES = ("types", ("-m", "mypy"))


@dataclass(frozen=True)
class Checked:
    """What came of a check: whether it passed, after how long, and what it said."""

    name: str
    passed: bool
    seconds: float
    words: str


def run_suite(layout: Layout, pytest_arguments: Sequence[str]) -> int:
    """Run every check even after one did not pass; 0 when all passed.

    Types take most of a minute of one core: they are looked at beside the tests, and told after them.
    """
    with ThreadPoolExecutor(1) as beside:
        types = beside.submit(_checked, layout, *TYPES)
        failed = [name for name, command in CHECKS if not _told(_checked(layout, name, command))]
        status, _ = _run(layout, ["-m", "pytest", *workers(pytest_arguments), *pytest_arguments], tell=True)
    if not _told(types.result()):
        failed.append(TYPES[0])
    if failed:
        print(
            f"The tests {'passed' if status == 0 else 'did not pass'}. Not passed: {', '.join(failed)}",
            flush=True,
        )
    return status or int(bool(failed))


def workers(pytest_arguments: Sequence[str]) -> list[str]:
    """Two processes for the whole suite; a chosen part starts quicker in one."""
    if pytest_arguments:
        return []
    # In the order of tests/conftest.py: by itself it would leave the files with few long tests to the end.
    return ["-n", str(min(2, os.cpu_count() or 1)), "--dist", "loadfile", "--no-loadscope-reorder"]


def _checked(layout: Layout, name: str, command: Sequence[str]) -> Checked:
    began = time.perf_counter()
    status, words = _run(layout, command, tell=False)
    return Checked(name, status == 0, time.perf_counter() - began, words)


def _told(one: Checked) -> bool:
    passed = "passed" if one.passed else "not passed"
    print(f"{one.words}{one.name}: {passed} in {one.seconds:.1f} s", flush=True)
    return one.passed


def _run(layout: Layout, command: Sequence[str], *, tell: bool) -> tuple[int, str]:
    """Exit status, and what was said where it was not told at once."""
    whole, where = [str(layout.python), *command], None if tell else subprocess.PIPE
    done = subprocess.run(
        whole, cwd=layout.root, env=child_environment(), check=False,
        stdout=where, stderr=where and subprocess.STDOUT, text=True,
    )  # fmt: skip
    return done.returncode, done.stdout or ""
