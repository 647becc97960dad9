"""From Enter at the lock to the window as it was left, painted: by a password, and by a PIN after it.

    python -m benchmarks.sign_in

In the window of the program, with the trail written, on a file and on a server that wait for the disk. The
floor is what a secret has to cost whoever guesses: one look at it by argon2id, at the program's cost.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.as_in_the_program import garbage_collected
from benchmarks.board_paint import application
from clinic_desktop.security import hashing
from clinic_desktop.start.opening import opened_store
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.ui import operations
from clinic_desktop.ui.window import Window
from tests.small_clinic import filled
from tests.storage import postgres
from tests.ui.a_program import a_program
from tests.ui.sign_in.conftest import PASSWORD, PIN, give_accounts, staff

MOST_MS = 400
_WHO, _INITIALS = "Rosa Diaz", "rd"
_ROUNDS, _WARM = 20, 2
Row = dict[str, Any]


def measure() -> dict[str, Any]:
    """Rows of name, value, unit, floor, ratio, goal and met, two for each database."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rows: list[Row] = []
    with _home() as home:
        rows += _rows("sqlite", open_store(home / "clinic.db", make=True))
    with postgres.running(durable=True) as server, _home():
        rows += _rows("postgresql", open_store(server.address(server.database(), postgres.OWNER), make=True))
    return {"rows": rows, "met": all(row["met"] for row in rows)}


@contextmanager
def _home() -> Iterator[Path]:
    """A folder for settings and data, gone afterwards: the next benchmark has its own."""
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, CLINIC_DESKTOP_HOME=folder):
        yield Path(folder)


def _rows(name: str, store: SqlStore) -> Iterator[Row]:
    app = application()
    clinic = filled(store)
    give_accounts(clinic, staff(clinic))
    kept = hashing.hashed(PASSWORD[_WHO])
    with a_program() as program, garbage_collected(app):
        program._opened(str(store.where), opened_store(store))
        window = program.window
        if window is None:
            raise RuntimeError("no window was opened")
        window.activateWindow()
        _until(lambda: window.isActiveWindow() and not operations.running_count())
        _type(_INITIALS)
        _enter(window, PASSWORD[_WHO])  # the password once: then the PIN is enough
        look = _median(partial(hashing.matches, PASSWORD[_WHO], kept))
        for how, secret in (("password", PASSWORD[_WHO]), ("PIN", PIN[_WHO])):
            times = [_enter(window, secret) for _ in range(_WARM + _ROUNDS)][_WARM:]
            value = statistics.median(times)
            yield {
                "name": f"{name}: from Enter to the open window, by a {how}",
                "value": value,
                "unit": "ms",
                "floor": look,
                "ratio": value / look,
                "most": max(times),
                "goal": f"<= {MOST_MS}",
                "met": value <= MOST_MS,
            }


def _enter(window: Window, secret: str) -> float:
    """Milliseconds; locked before, if it was open, and what is read behind an opened window waited for."""
    if not window.gate.shut:
        window.gate.lock()
        _until(lambda: not operations.running_count())
    _type(secret, end=False)
    began = time.perf_counter()
    QTest.keyClick(_focused(), Qt.Key.Key_Return)
    _until(lambda: not window.gate.shut)
    window.repaint()
    took = time.perf_counter() - began
    _until(lambda: not operations.running_count())
    return 1000 * took


def _type(text: str, *, end: bool = True) -> None:
    QTest.keyClicks(_focused(), text)
    if end:
        QTest.keyClick(_focused(), Qt.Key.Key_Return)


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    if focused is None:
        raise RuntimeError("nothing has the focus")
    return focused


def _until(there: Callable[[], bool]) -> None:
    """As the program waits: asleep until the next event."""
    until, tick = time.monotonic() + 30, QTimer()
    tick.start(50)
    while not there():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > until:
            raise TimeoutError("nothing came of it in half a minute")


def _median(what: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        what()
        times.append(time.perf_counter() - began)
    return 1000 * statistics.median(times)
