"""An encrypted clinic against the same one in clear, by turns: a start of the whole program until its window
is painted, and a booking that waits for the disk.

    python -m benchmarks.encryption

The key comes from a key file, and from a keyring that keeps it in memory: what a system's own keyring takes
to answer is not ours.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from clinic_desktop.scheduling.booking import book
from clinic_desktop.security import key_slots, unlocking
from clinic_desktop.security.key_slots import Kind
from clinic_desktop.storage.engine import Sealed, Where
from clinic_desktop.storage.sealing import seal
from clinic_desktop.storage.store import open_store
from tests.small_clinic import MONDAY, SmallClinic, build

_STARTS, _BOOKINGS = 5, 60
Row = dict[str, Any]

_START = """
import sys
if sys.argv[2]:
    import keyring
    from keyring.backend import KeyringBackend
    class Ring(KeyringBackend):
        priority = 5
        def get_password(self, service, username): return sys.argv[2]
        def set_password(self, service, username, password): pass
        def delete_password(self, service, username): pass
    keyring.set_keyring(Ring())
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from clinic_desktop import app
from clinic_desktop.ui.window import Window
shown = Window.show
def show(window):
    shown(window)
    QTimer.singleShot(0, lambda: (window.grab(), print("painted", flush=True), QApplication.quit()))
Window.show = show
from clinic_desktop.arguments import parse
options = ["--data", sys.argv[1]] + (["--key-file", sys.argv[3]] if sys.argv[3] else [])
sys.exit(app.run(parse(options)))
"""


def measure() -> dict[str, Any]:
    """Rows of name, value, unit, floor, ratio, goal and met."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clinic = build(folder / "plain")
        clinic.store.close()
        plain = folder / "plain" / "clinic.sqlite"
        sealed = folder / "clinic.sqlite"
        shutil.copy(plain, sealed)
        key_file = folder / "clinic.key"
        keys = unlocking.new_keys(key_file=key_file)
        where = seal(sealed, keys.data_key, keys.slots)
        rows = [_booking(clinic, plain, where)]
        in_clear, by_file = _by_turns(
            lambda: _start(folder, plain, "", ""), lambda: _start(folder, sealed, "", str(key_file))
        )
        rows.append(_row("a start, by a key file", by_file, in_clear, 1.2))
        wrapping = key_slots.new_key()
        slots = key_slots.with_wrapping_key(keys.slots, keys.data_key, Kind.KEYRING, wrapping)
        key_slots.write(sealed, slots)
        in_clear, by_ring = _by_turns(
            lambda: _start(folder, plain, "", ""), lambda: _start(folder, sealed, wrapping.hex(), "")
        )
        rows.append(_row("a start, by a keyring", by_ring, in_clear, 1.2))
    return {"rows": rows, "met": all(row["met"] for row in rows)}


def _start(folder: Path, where: Path, wrapping: str, key_file: str) -> None:
    own = {"CLINIC_DESKTOP_HOME": str(folder / "home"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _START, str(where), wrapping, key_file],
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout == "painted\n", done.stderr


def _booking(clinic: SmallClinic, plain: Path, sealed: Sealed) -> Row:
    def booker(where: Where) -> tuple[Callable[[], None], Any]:
        store = open_store(where, clinic.clock)
        turn = [0]

        def once() -> None:
            turn[0] += 1
            day = MONDAY + timedelta(days=7 * turn[0])
            book(store, clinic.desk, clinic.wish("CON", 9 * 60, day=day))

        return once, store

    one, other = booker(plain), booker(sealed)
    with closing(one[1]), closing(other[1]):
        in_clear, encrypted = _by_turns(one[0], other[0], _BOOKINGS)
    return _row("a booking", encrypted, in_clear, 1.5)


def _by_turns(
    one: Callable[[], None], other: Callable[[], None], times: int = _STARTS
) -> tuple[float, float]:
    """The median seconds of each; what the computer does besides falls on both. The first turns warm up."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(times + 1):
        for work, seconds in zip((one, other), taken, strict=True):
            began = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - began)
    return statistics.median(taken[0][1:]), statistics.median(taken[1][1:])


def _row(name: str, value: float, floor: float, goal: float) -> Row:
    return {
        "name": f"Encrypted: {name}, against in clear",
        "value": value * 1000,
        "unit": "ms",
        "floor": floor * 1000,
        "ratio": value / floor,
        "goal": f"<= {goal} x floor",
        "met": value <= goal * floor,
    }


if __name__ == "__main__":
    for row in measure()["rows"]:
        print(row)
