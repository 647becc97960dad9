"""The core needs neither Qt nor a database nor a PDF library: proved by taking them away."""

import subprocess
import sys

import pytest

from tests.architecture.core_alone import BLOCKED, CORE
from tests.architecture.sources import PACKAGE, PROJECT, python_files


def run_without_libraries(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)


def test_every_module_of_the_core_imports_without_them():
    result = run_without_libraries("-m", "tests.architecture.core_alone")
    assert result.returncode == 0, result.stderr
    files = [p for room in CORE for p in python_files(f"clinic_desktop/{room}") if p.name != "__init__.py"]
    expected = {".".join(p.relative_to(PACKAGE.parent).with_suffix("").parts) for p in files}
    assert expected <= set(result.stdout.splitlines())


def test_the_core_plans_a_morning_without_them():
    planned = run_without_libraries("-m", "tests.architecture.core_alone").stdout.splitlines()
    assert "first 2026-11-23 480" in planned
    assert "second waits for the room True" in planned


@pytest.mark.parametrize("library", sorted(BLOCKED))
def test_the_block_holds(library):
    code = (
        "import sys; from tests.architecture.core_alone import NotInstalled;"
        f"sys.meta_path.insert(0, NotInstalled()); import {library}"
    )
    result = run_without_libraries("-c", code)
    assert f"No module named '{library}'" in result.stderr
