"""Whoever asks a scroll area for a part that has gone hears of none, and the program lives on."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_part_of_a_scroll_area_that_is_gone_is_none(tmp_path: Path) -> None:
    """In a process of its own: where the program minds, the system ends it."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "CLINIC_DESKTOP_HOME": str(tmp_path),
        "PYTHONFAULTHANDLER": "1",
    }
    asked = subprocess.run(
        [sys.executable, "-m", "tests.ui.ask_scroll_areas"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert asked.returncode == 0, (asked.returncode, asked.stdout[-200:], asked.stderr[-2000:])
    *lines, last = asked.stdout.splitlines()
    assert last == "a bar went"
    found = {line.split()[0]: int(line.split()[2]) for line in lines}
    assert {"QScrollArea", "QPlainTextEdit", "Scrolled", "PdfPreview", "PatientPage"} <= found.keys()
    assert set(found.values()) == {0}
