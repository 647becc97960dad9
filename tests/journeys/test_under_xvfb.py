"""The journeys once more in a real window of an X server, with a window manager, as people see it.

The ordinary run walks them on the offscreen platform; this one proves that nothing hangs on that.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.every_case import EVERY_CASE

ROOT = Path(__file__).parents[2]
NEEDED = ("xvfb-run", "xauth", "openbox", "dbus-run-session")
# Of the undoing two are enough: the others ask what else is undone, and no other window. Repair and a busy
# desk show panels that the others show, too.
UNDOING = "test_journey_undo.py"
OF_UNDOING = (
    "::test_a_cancelled_visit_is_undone_by_one_key_from_another_place",
    "::test_in_a_text_field_the_keys_are_the_texts_own",
)
ALIKE = ("test_journey_repair.py", "test_journey_busy.py")
INSIDE = "CLINIC_DESKTOP_INSIDE_XVFB"

pytestmark = [
    pytest.mark.skipif(bool(os.environ.get(INSIDE)), reason="this is the run inside the X server"),
    pytest.mark.skipif(
        any(shutil.which(one) is None for one in NEEDED),
        reason=f"needs {', '.join(NEEDED)} to open a real window",
    ),
    pytest.mark.timeout(240),
]


def test_every_journey_in_a_real_window(tmp_path: Path) -> None:
    journeys = Path(__file__).parent.glob("test_journey_*.py")
    # Those from outside start a real window of their own.
    tests = sorted(str(one) for one in journeys if not one.stem.endswith("_by_names"))
    assert tests
    if not EVERY_CASE:
        (undoing,) = (one for one in tests if one.endswith(UNDOING))
        tests = [one for one in tests if not one.endswith((UNDOING, *ALIKE))]
        tests += [undoing + one for one in OF_UNDOING]
    run = [sys.executable, "-m", "pytest", *tests, "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
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
