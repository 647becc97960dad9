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
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from clinic_desktop.storage.engine import Where
from tests.accounts import let_everybody_in

ROOT = Path(__file__).parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
PROGRAMS = ("xvfb-run", "xauth", "openbox", "dbus-run-session", SYSTEM_PYTHON)
MOST_SECONDS = 240  # on a machine that does other things; each wait of a driver ends long before
LEAVING = 15  # seconds for a program to close
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
    let_everybody_in(file)
    with _family(driver, file, home, *words, print_server=print_server) as family:
        try:
            said, troubles = family.communicate(timeout=MOST_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(family.pid, signal.SIGTERM)
            raise
    assert family.returncode == 0, troubles[-3000:]
    seen = json.loads(next(line for line in said.splitlines() if line.startswith("{")))
    assert isinstance(seen, dict)
    return seen


def _family(
    driver: str, where: Where, home: Path, *words: str, print_server: str = ""
) -> subprocess.Popen[str]:
    """The program on a clinic's file or address, and its driver, in an X server of their own."""
    home.mkdir(parents=True, exist_ok=True)
    command = [
        "xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--",
        "bash", "-c", _INSIDE, "inside", sys.executable, str(where),
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
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True,
        start_new_session=True,
    )  # fmt: skip


class Seat:
    """One of several computers of a clinic: a program with a home folder, screen and bus of its own, and
    somebody at it who does one thing after another.

    A thing that is asked for is done while the others do theirs; :meth:`answer` waits for it.
    """

    def __init__(self, where: Where, home: Path) -> None:
        self._family = _family("atspi_desk", where, home)
        self._troubles: list[str] = []
        self._heard = Thread(target=self._hear, daemon=True)
        self._heard.start()

    def _hear(self) -> None:
        """What the program says besides is told where the driver ends before its time."""
        assert self._family.stderr is not None
        self._troubles.extend(self._family.stderr)

    def ask(self, deed: str, *words: str) -> None:
        assert self._family.stdin is not None
        self._family.stdin.write(json.dumps([deed, *words]) + "\n")
        self._family.stdin.flush()

    def answer(self) -> Any:
        assert self._family.stdout is not None
        for line in self._family.stdout:
            if line.startswith("{"):
                return json.loads(line)["answer"]
        self._family.wait(10)
        self._heard.join(10)
        raise AssertionError("".join(self._troubles)[-3000:])

    def do(self, deed: str, *words: str) -> Any:
        self.ask(deed, *words)
        return self.answer()

    def leave(self) -> None:
        """Close it, and end what does not end by itself."""
        family = self._family
        assert family.stdin is not None
        assert family.stdout is not None
        assert family.stderr is not None
        with suppress(BrokenPipeError):
            family.stdin.close()
        try:
            family.wait(LEAVING)
        except subprocess.TimeoutExpired:
            os.killpg(family.pid, signal.SIGTERM)
            family.wait(LEAVING)
        self._heard.join(LEAVING)
        family.stdout.close()
        family.stderr.close()


@contextmanager
def seats(where: Where, homes: Path) -> Iterator[tuple[Seat, Seat]]:
    """Two of them on one clinic."""
    if lacking():
        pytest.skip(f"not installed: {lacking()}")
    let_everybody_in(where)
    there = [Seat(where, homes / name) for name in ("front", "floor")]
    try:
        yield there[0], there[1]
    finally:
        for one in there:
            one.leave()
