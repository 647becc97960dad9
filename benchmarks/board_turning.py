"""The board's pages: how long from the key to the painted day or week, with ten years of visits behind.

    python -m benchmarks.board_turning

The real window on a clinic's own file with 25 visits a day. "Next" is Alt+Right, pressed when all is quiet:
the program has read its neighbours ahead. "Asked for" is Enter in the date field, for days that were never
read. The same days of the same clinic with one year of visits stand beside it, by turns, in the same run.
"""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks import storage_fill
from benchmarks.board_paint import application
from benchmarks.common_week import A_DAY, BASE, START
from benchmarks.paints import Paints
from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import FixedClock, instant_at
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.ui import operations
from clinic_desktop.ui.board.place import BoardPlace, board_spec
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.shell import Shell

YEAR = 261 * A_DAY  # visits
YEARS = (10, 1)
GROWTH = 1.5
_WARM, _ROUNDS = 5, 25
_WINDOW = (1366, 730)
_NINE = 9 * 60

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """A view of the board: its command, the days to the next page, its visits, and what it may take (ms)."""

    command: str
    step: int
    visits: int
    most: float


VIEWS = {"day": View("board.rooms", 1, A_DAY, 50), "week": View("board.week", 7, 5 * A_DAY, 100)}


def measure() -> dict[str, Any]:
    """Rows of name, value, unit, floor, ratio, goal and met."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_files:
        windows = [
            open_files.enter_context(window(Path(folder) / f"{years}.sqlite", years)) for years in YEARS
        ]
        rows = [row for name in VIEWS for row in _rows(name, *windows)]
    return {"rows": rows, "met": all(row["met"] for row in rows)}


@contextmanager
def window(path: Path, years: int) -> "Iterator[Window]":
    """The window with the board on a file with so many years of visits."""
    clock = FixedClock(instant_at(START + _NINE))
    with closing(open_store(path, clock, make=True)) as store:
        storage_fill.fill(store, years * YEAR)
        shown = Window(store, clock)
        try:
            yield shown
        finally:
            shown.close()


class Window:
    """The real window, and how long a key takes in it."""

    def __init__(self, store: SqlStore, clock: FixedClock) -> None:
        self.app: QApplication = application()
        with store.read() as records:
            setup = records.setup()
        actor = Actor(7, frozenset({Role.RECEPTIONIST}), "bench")
        self.shell = Shell([board_spec(Desk(store, actor, clock, setup))])
        self.shell.resize(*_WINDOW)
        self.shell.show()
        place = self.shell.go("board")
        assert isinstance(place, BoardPlace)
        self.place: BoardPlace = place
        self.painted = Painted(place)
        self.quiet()

    def close(self) -> None:
        self.quiet()
        self.shell.close()
        self.shell.deleteLater()
        self.app.processEvents()

    def quiet(self) -> None:
        """Wait for every answer and what follows from it."""

        self.app.processEvents()
        while operations.running_count():
            self.app.processEvents()
        self.app.processEvents()

    def next(self, view: View, wanted: date) -> float:
        """Milliseconds from Alt+Right to the painted page."""

        self._look(view, wanted - timedelta(days=view.step))
        return self._press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier, wanted, view)

    def ask_for(self, view: View, wanted: date) -> float:
        """Milliseconds from Enter in the date field to the painted page."""

        self._look(view, self.place.shown_day)
        self.place.board.turner.navigator.ask()
        QTest.keyClicks(self._focused(), f"{wanted:%m/%d/%Y}")
        self.quiet()
        return self._press(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, wanted, view)

    def _look(self, view: View, day: date) -> None:
        """In front, with a page of the view, and the keys go to the board."""
        self.shell.activateWindow()
        while not self.shell.isActiveWindow():
            self.app.processEvents()
        self.shell.commands.run(view.command)
        self.place.show_day(day)
        self.place.focus_work()
        self.quiet()

    def _focused(self) -> "QWidget":
        widget = self.app.focusWidget()
        assert widget is not None
        return widget

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier, wanted: date, view: View) -> float:
        self.painted.wait_for(wanted)
        target = self._focused()
        began = time.perf_counter()
        QTest.keyClick(target, key, modifier)
        while not self.painted.seen:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        took = (time.perf_counter() - began) * 1000
        assert len(self.place.board.page.board.placed) >= 0.9 * view.visits, wanted
        self.quiet()
        return took


class Painted:
    """Whether the board has painted the visits of a day, or of its week."""

    seen = False
    _wanted = BASE

    def __init__(self, place: BoardPlace) -> None:
        self._board = place.board.page.board
        Paints(self._board.viewport(), self._look)

    def wait_for(self, wanted: date) -> None:
        self.seen, self._wanted = False, wanted

    def _look(self) -> None:
        scene = self._board.scene
        if scene is not None and scene.read:
            self.seen = self.seen or self._wanted in scene.days


def _rows(name: str, long: Window, short: Window) -> Iterator[Row]:
    """Both ways to another page, and how they grow."""
    view = VIEWS[name]
    for how, weekday, turn in (("next", 3, Window.next), ("asked for", 0, Window.ask_for)):
        taken: tuple[list[float], list[float]] = ([], [])
        for number in range(-_WARM, _ROUNDS):
            for one, times in zip((long, short), taken, strict=True):
                took = turn(one, view, _page(number, weekday))
                times.extend([took] if number >= 0 else [])
        yield from _judged(f"board, {how} {name}", view, *taken)


def _page(number: int, weekday: int) -> date:
    """A day of half a year, far from the last few: the program has not read it, or not kept it."""
    return BASE + timedelta(days=7 * (7 * number % 25) + weekday)


def _judged(name: str, view: View, taken: list[float], little: list[float]) -> Iterator[Row]:
    value, less = statistics.median(taken), statistics.median(little)
    yield {
        "name": f"{name}, {YEARS[0]} years, median",
        "value": value,
        "p95": sorted(taken)[int(len(taken) * 0.95)],
        "unit": "ms",
        "goal": f"<= {view.most:g} ms",
        "met": value <= view.most,
    }
    yield {
        "name": f"{name}, {YEARS[0]} years against {YEARS[1]}",
        "value": value,
        "floor": less,
        "ratio": value / less,
        "unit": "ms",
        "goal": f"<= {GROWTH} x",
        "met": value <= GROWTH * less,
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
