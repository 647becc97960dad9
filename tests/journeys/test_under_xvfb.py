"""The journeys in a real window of an X server, as people see it: nothing hangs on the offscreen platform."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.real_window import INSIDE, NEEDED, journeys, there

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.skipif(not there(), reason=f"needs {', '.join(NEEDED)} to open a real window, once"),
    pytest.mark.timeout(240),
]


def test_every_journey_in_a_real_window(tmp_path: Path) -> None:
    assert journeys()
    run = [sys.executable, "-m", "pytest", *journeys(), "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    run += ["--basetemp", str(tmp_path / "inside")]
    script = 'openbox & WM=$!; "$@"; STATUS=$?; kill $WM; exit $STATUS'
    whole = [
        "xvfb-run", "-a", "-s", "-screen 0 1366x768x24",
        "dbus-run-session", "--", "bash", "-c", script, "inside", *run,
    ]  # fmt: skip
    environment = {**os.environ, INSIDE: "1", "QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(whole, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
