"""The program started in an X server and on a bus of its own, and driven by another Python.

A driver is a script beside this one. It runs under the system's Python, which has pyatspi, hears and presses
by role, name and action, and prints one JSON object. It imports nothing of the program.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.accounts import let_everybody_in

ROOT = Path(__file__).parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
PROGRAMS = ("xvfb-run", "xauth", "openbox", "dbus-run-session", SYSTEM_PYTHON)
MOST_SECONDS = 240  # on a machine that does other things; each wait of a driver ends long before
timely = pytest.mark.timeout(MOST_SECONDS + 30)
_INSIDE = """
openbox & MANAGER=$!
"$1" -m clinic_desktop --data "$2" >&2 & PROGRAM=$!
shift 2
"$@"; STATUS=$?
kill $PROGRAM $MANAGER
wait $PROGRAM
exit $STATUS
"""


@cache
def lacking() -> str:
    """What is not installed here, of all that is needed to listen from outside."""
    missing = [one for one in PROGRAMS if shutil.which(one) is None]
    if missing:
        return ", ".join(missing)
    asked = subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False)
    return "" if asked.returncode == 0 else "pyatspi for the system's Python"


def drive(driver: str, file: Path, home: Path, *words: str, print_server: str = "") -> dict[str, Any]:
    """What the driver saw; the whole family of processes is ended when it takes too long.

    print_server: the address of one of the test's own; nothing is printed on a real printer.
    """
    if lacking():
        pytest.skip(f"not installed: {lacking()}")
    home.mkdir(exist_ok=True)
    let_everybody_in(file)
    command = [
        "xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--",
        "bash", "-c", _INSIDE, "inside", sys.executable, str(file),
        SYSTEM_PYTHON, str(Path(__file__).with_name(f"{driver}.py")), *words,
    ]  # fmt: skip
    environment = {
        **os.environ,
        "CLINIC_DESKTOP_HOME": str(home),
        "HOME": str(home),  # pages are saved there
        "CUPS_SERVER": print_server or str(home / "no-print-server"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_ACCESSIBILITY": "1",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "QT_QPA_PLATFORM": "xcb",
    }
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as family:
        try:
            said, troubles = family.communicate(timeout=MOST_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(family.pid, signal.SIGTERM)
            raise
    assert family.returncode == 0, troubles[-3000:]
    seen = json.loads(next(line for line in said.splitlines() if line.startswith("{")))
    assert isinstance(seen, dict)
    return seen
