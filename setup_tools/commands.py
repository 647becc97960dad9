"""The four things run.py does, each after what is missing has been set up."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from setup_tools import environment, packages
from setup_tools.failure import SetupFailed
from setup_tools.layout import Layout
from setup_tools.progress import Progress
from setup_tools.suite import run_suite

INTERRUPTED = 130
MODULES = {"app": "clinic_desktop", "bench": "benchmarks", "soak": "tests.soak"}
DEVELOPMENT = ("test", "bench", "soak")


def main(arguments: Sequence[str]) -> int:
    """Run what the arguments ask for; the exit status of that, 1 when set-up failed, 130 when interrupted."""
    progress = Progress(sys.stderr)
    command, rest = split(arguments)
    layout = Layout(Path(__file__).resolve().parents[1], development=command in DEVELOPMENT)
    try:
        set_up(layout, progress, packages.TEST if command == "test" else packages.APP)
        if command == "test":
            return run_suite(layout, rest)
        return launch([str(layout.python), "-m", module_of(command), *rest])
    except SetupFailed as failure:
        progress.line(f"\n{failure}")
        return 1
    except KeyboardInterrupt:
        progress.line("\nStopped.")
        return INTERRUPTED


def split(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The command ("test", "bench", "soak" or "app") and what is passed on to it unread."""
    if arguments and arguments[0] in DEVELOPMENT:
        return arguments[0], list(arguments[1:])
    return "app", list(arguments)


def module_of(command: str) -> str:
    """The module that python -m starts for a command."""
    return MODULES[command]


def set_up(layout: Layout, progress: Progress, system_packages: Sequence[str]) -> None:
    """System packages where apt is at home, then the Python environment."""
    if packages.uses_apt():
        packages.ensure(system_packages, root=os.geteuid() == 0, say=progress.line)
    environment.ensure(layout, progress)


def launch(command: list[str]) -> int:
    """Become the program; on Windows, which cannot, wait for it and hand back its exit status."""
    if os.name != "nt":
        os.execve(command[0], command, environment.child_environment())
    return subprocess.run(command, env=environment.child_environment(), check=False).returncode
