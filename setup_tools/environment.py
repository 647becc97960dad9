"""Build the virtual environment in .venv from the hash-locked list of packages."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from setup_tools import stamp
from setup_tools.failure import SetupFailed, explain
from setup_tools.layout import Layout
from setup_tools.only_one import only_one
from setup_tools.progress import Progress

_MEGABYTES = {False: 110, True: 210}  # without and with what tests need
_PIP = (
    "-I",  # a PYTHONPATH or user site must not make pip believe that a package is already there
    "-u",
    "-m",
    "pip",
    "install",
    "--no-input",
    "--disable-pip-version-check",
    "--no-color",
    "--progress-bar=off",
    "--only-binary=:all:",  # a source build would fetch build tools that no hash covers
    "--require-hashes",
    "--requirement",
)


def ensure(layout: Layout, progress: Progress) -> None:
    """Make .venv ready; silent and quick when it is. Raises SetupFailed with what to do."""
    if stamp.is_ready(layout):
        return
    try:
        with only_one(layout.guard, progress.line):
            if not stamp.is_ready(layout):
                _build(layout, progress)
    except OSError as failure:
        raise SetupFailed(explain(str(failure))) from failure


def _build(layout: Layout, progress: Progress) -> None:
    """Always from nothing: what an interrupted or other set-up left is not worth guessing at."""
    progress.line("Setting up Clinic Desktop; this happens once and takes a minute or so.")
    _remove(layout.venv)
    progress.line("  1 of 3  a Python environment of its own, in .venv")
    _run([sys.executable, "-I", "-m", "venv", str(layout.venv)], layout.root)
    total = count_packages(layout.lock.read_text(encoding="utf-8"))
    progress.line(
        f"  2 of 3  {total} packages (about {_MEGABYTES[layout.development]} MB to download the first time)"
    )
    _install(layout, progress, total)
    progress.line("  3 of 3  compiling")
    layout.path_file.write_text(layout.path_file_text, encoding="ascii")
    _run([str(layout.python), "-m", "compileall", "-q", "clinic_desktop"], layout.root)
    stamp.write(layout)
    progress.line("Ready.")


def _remove(venv: Path) -> None:
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    elif venv.exists():
        shutil.rmtree(venv)


def _install(layout: Layout, progress: Progress, total: int) -> None:
    command = [str(layout.python), *_PIP, str(layout.lock)]
    heard: list[str] = []
    with subprocess.Popen(
        command,
        cwd=layout.root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        for step in pip_steps(_kept(pip.stdout or (), heard), total):
            progress.step(step)
    progress.end_steps()
    if pip.returncode != 0:
        raise SetupFailed(explain("".join(heard)))


def _kept(lines: Iterable[str], heard: list[str]) -> Iterable[str]:
    for line in lines:
        heard.append(line)
        yield line


def pip_steps(lines: Iterable[str], total: int) -> Iterable[str]:
    """What pip's output means for the person waiting: a count, a name, a size."""
    seen = 0
    for line in lines:
        if found := re.match(r"Collecting ([\w.-]+)", line):
            seen += 1
            yield f"{seen} of {total}  {found[1]}"
        elif found := re.match(r"\s+Downloading (\S+?)-\d\S* \((.+)\)", line):
            yield f"{seen} of {total}  {found[1].rpartition('/')[2]}, {found[2]}"
        elif line.startswith("Installing collected packages"):
            yield "unpacking"


def count_packages(lock: str) -> int:
    """How many packages a lock names (some may be for other systems)."""
    return len(re.findall(r"^[A-Za-z0-9][\w.-]*==", lock, re.MULTILINE))


def child_environment() -> dict[str, str]:
    """The environment for our own programs: they may keep their compiled files, so each start is quick."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def _run(command: list[str], folder: Path) -> None:
    result = subprocess.run(
        command,
        cwd=folder,
        env=child_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise SetupFailed(explain(result.stdout))
