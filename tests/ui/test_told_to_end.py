"""Ctrl+C in the terminal, and the system's request to end, close the program as its window's button does."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.skipif(os.name == "nt", reason="on Windows a test cannot press another's Ctrl+C")


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "CLINIC_DESKTOP_HOME": str(tmp_path)}
    running = subprocess.Popen([sys.executable, "-m", "clinic_desktop"], env=environment)
    log = tmp_path / "clinic-desktop.log"
    qtbot.waitUntil(lambda: log.exists() and "started" in log.read_text())
    yield running
    running.kill()
    running.wait()


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_the_program_ends_by_itself(program: "subprocess.Popen[bytes]", told: int) -> None:
    program.send_signal(told)
    assert program.wait(timeout=30) == 0
