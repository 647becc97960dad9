"""Printing: a batch of 25 sheets to a real print queue while the window goes on, and one key to the page.

    python -m benchmarks.printing

The batch is the program's own: each sheet read, set, put on record and handed over by itself. Its printer
takes everything at once; what is measured ends when the queue has the last job.
"""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.as_in_the_program import garbage_collected
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import book
from clinic_desktop.storage.store import open_store
from clinic_desktop.ui import operations
from clinic_desktop.ui.batch import Batch
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.paper import PaperDialog
from clinic_desktop.ui.printer_choice import PrinterChoice, choose
from clinic_desktop.ui.sheets.place import SheetsPlace, sheets_spec
from clinic_desktop.ui.sheets.prepare_work import lines_of, papers_of
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.theme import install_theme
from tests.small_clinic import MONDAY, build
from tests.ui.sheets import private_cups

BATCH, BATCH_GOAL = 25, 2.0  # sheets, seconds
BLOCK_GOAL, KEY_GOAL = 100, 150  # ms
_BEAT, _ROUNDS, _PATIENCE = 5, 9, 20.0
_DAY = MONDAY + timedelta(days=3)


class _Beat(QObject):
    """The longest time for which the window answered nobody."""

    def __init__(self) -> None:
        super().__init__()
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now

    def stop(self) -> None:
        self._timer.stop()


def measure() -> dict[str, Any]:
    """Rows of name, value, unit, goal and met."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    install_theme(app)
    with tempfile.TemporaryDirectory() as folder, garbage_collected(app):
        clinic = build(Path(folder), open_store)
        book(clinic.store, clinic.desk, clinic.wish(day=_DAY, minute=600))
        with clinic.store.read() as records:
            desk = Desk(clinic.store, clinic.nurse, clinic.clock, records.setup(), render_pdf)
        try:
            rows = [*_batch(app, desk), _key(app, desk)]
        finally:
            operations.wait_for_all()
            clinic.store.close()
    return {"rows": rows, "met": all(row["met"] for row in rows)}


def _batch(app: QApplication, desk: Desk) -> list[dict[str, Any]]:
    if private_cups.lacking():
        name = f"batch of {BATCH} sheets handed to CUPS: not measured, needs {private_cups.lacking()}"
        return [_row(name, float("nan"), "s", BATCH_GOAL)]
    paper = private_cups.Paper()
    try:
        with private_cups.running() as address:
            os.environ["CUPS_SERVER"] = address
            private_cups.add_queue(address, "front", paper.port)
            choose(PrinterChoice("front"))
            _one_batch(app, desk, 1)  # what is loaded once
            took, blocked = zip(*(_one_batch(app, desk, BATCH) for _ in range(3)), strict=True)
    finally:
        choose(PrinterChoice())
        paper.close()
    return [
        _row(f"batch of {BATCH} sheets handed to CUPS", statistics.median(took), "s", BATCH_GOAL),
        _row("longest time the window did not answer meanwhile", max(blocked) * 1000, "ms", BLOCK_GOAL),
    ]


def _one_batch(app: QApplication, desk: Desk, count: int) -> tuple[float, float]:
    """Seconds until the queue has the last one, and the longest beat that the window missed."""
    parent = QWidget()
    batch = Batch(parent, desk, "Preparation", papers_of(desk, render_pdf, lines_of(desk, [_DAY]) * count))
    beat, began = _Beat(), time.perf_counter()
    assert batch.start()
    _until(app, lambda: batch.progress.handed == count)
    took = time.perf_counter() - began
    beat.stop()
    _until(app, lambda: not batch.running)
    parent.deleteLater()
    return took, beat.longest


def _key(app: QApplication, desk: Desk) -> dict[str, Any]:
    """Ctrl+P on a visit to come, until the first page of its sheet is painted."""
    shell = Shell([sheets_spec(desk, render_pdf)])
    shell.resize(1366, 768)
    shell.show()
    place = shell.go("sheets")
    assert isinstance(place, SheetsPlace)
    place.show_day(_DAY)
    _until(app, lambda: not operations.running_count() and place.view.list.current is not None)
    took = [_one_key(app, shell, place) for _ in range(_ROUNDS + 1)][1:]
    shell.close()
    return _row("one key to preview painted", statistics.median(took) * 1000, "ms", KEY_GOAL)


def _one_key(app: QApplication, shell: Shell, place: SheetsPlace) -> float:
    shell.activateWindow()
    _until(app, shell.isActiveWindow)
    place.focus_work()
    began = time.perf_counter()
    QTest.keyClick(place.view.list, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    _until(app, lambda: _painted(shell))
    took = time.perf_counter() - began
    _dialog(shell).reject()
    _until(app, lambda: not operations.running_count() and shell.findChild(PaperDialog) is None)
    return took


def _dialog(shell: Shell) -> PaperDialog:
    found = shell.findChild(PaperDialog)
    assert isinstance(found, PaperDialog)
    return found


def _painted(shell: Shell) -> bool:
    """The page is there, as sharp as it is shown, and on the screen."""
    found = shell.findChild(PaperDialog)
    if not isinstance(found, PaperDialog) or found.preview.page != 1 or found.preview.busy:
        return False
    found.preview.viewport().repaint()
    return True


def _until(app: QApplication, settled: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not settled():
        app.processEvents()
        app.sendPostedEvents(None, 52)  # deferred deletes
        if time.monotonic() > end:
            raise RuntimeError("it does not come to an end")
        time.sleep(0.0005)


def _row(name: str, value: float, unit: str, goal: float) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "goal": f"<= {goal:g} {unit}", "met": value <= goal}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
