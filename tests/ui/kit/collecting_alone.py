"""Garbage is collected on the GUI thread alone, and collected it is.

Run by test_collecting.py in a process of its own: beside the whole suite each collection would look through
all its tests.
"""

import gc
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.collecting import Collector, look_through_all, set_aside, window_gone
from clinic_desktop.ui.operations import run

MANY = 20_000  # objects: Python's own collector would have run some thirty times meanwhile
ROOT = Path(__file__).parents[3]


class Knot(QObject):
    """Holds itself, so only a collector can end it; its timer may be stopped only where it was started."""

    def __init__(self, ended: list[int]) -> None:
        super().__init__()
        self.itself = self
        self.timer = QTimer(self, interval=60_000)
        self.timer.start()
        weakref.finalize(self, lambda: ended.append(threading.get_ident()))


def litter() -> int:
    """Make garbage that only a collector can end; the thread that did."""
    for _ in range(MANY):
        some: list[object] = []
        some.append(some)
    return threading.get_ident()


@pytest.fixture
def collector(qapp: object) -> Iterator[Collector]:
    """As it is in the program, which sets things aside in earnest."""
    gc.unfreeze()
    home = QObject()
    made = Collector(home)
    yield made
    made.stop()
    gc.collect()
    gc.freeze()


@pytest.fixture
def gui(qapp: object) -> QObject:
    return QObject()


@pytest.fixture
def ages() -> Iterator[None]:
    """Every generation is due after a few objects."""
    before = gc.get_threshold()
    gc.set_threshold(10, 1, 1)
    yield
    gc.set_threshold(*before)


def test_what_became_garbage_ends_on_the_gui_thread_whoever_makes_objects(gui: QObject, qtbot: QtBot) -> None:
    ended: list[int] = []
    threads: list[int] = []
    Knot(ended)
    run(gui, litter, threads.append)
    qtbot.waitUntil(lambda: bool(ended and threads))
    assert ended == [threading.get_ident()]
    assert threads != ended


def test_what_was_made_and_dropped_on_a_worker_thread_ends_there_never(gui: QObject, qtbot: QtBot) -> None:
    ended: list[int] = []

    def work() -> None:
        Knot(ended).timer.stop()
        litter()

    run(gui, work, lambda _: None)
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [threading.get_ident()]


def test_garbage_of_any_age_goes(gui: QObject, qtbot: QtBot, ages: None) -> None:
    ended: list[int] = []
    knot = Knot(ended)
    gc.collect()  # an old one by now
    del knot
    qtbot.waitUntil(lambda: litter() > 0 and bool(ended))


def test_nothing_is_looked_through_before_it_is_due(collector: Collector) -> None:
    gc.collect()
    assert collected(collector.look) == []
    litter()
    assert collected(collector.look) == [0]


def test_what_is_set_aside_is_never_looked_through(collector: Collector) -> None:
    with set_aside():
        kept = [[number] for number in range(MANY)]
        assert collected(collector.look) == []
    assert gc.get_freeze_count() > len(kept)
    assert len(gc.get_objects()) < MANY


def test_what_was_set_aside_for_a_window_is_found_once_it_is_gone(collector: Collector) -> None:
    ended: list[int] = []
    with set_aside():
        Knot(ended)
    gc.collect()
    assert collected(look_through_all) == ended == []
    window_gone()
    with set_aside():
        look_through_all()
    assert ended == []  # long, and more is just being set aside: the next time
    look_through_all()
    assert ended == [threading.get_ident()]
    assert gc.get_freeze_count() > 0
    assert collected(look_through_all) == []


def test_at_the_end_python_collects_again(gui: QObject) -> None:
    own = Collector(gui)
    assert not gc.isenabled()
    own.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_a_screen_that_is_gone_does_not_end_with_the_work_it_asked_for(gui: QObject, qtbot: QtBot) -> None:
    """The last hold on it may be the work itself, which a worker thread has run."""
    ended: list[int] = []

    class Screen(QObject):
        def read(self) -> int:
            return threading.get_ident()

    for _ in range(50):
        screen, answers = Screen(), []
        weakref.finalize(screen, lambda: ended.append(threading.get_ident()))
        run(gui, screen.read, answers.append)
        del screen
        qtbot.waitUntil(lambda answers=answers: bool(answers))
    qtbot.waitUntil(lambda: len(ended) == 50)
    assert set(ended) == {threading.get_ident()}


def test_the_window_collects_by_itself_from_its_start_to_its_end() -> None:
    """The program from its start, its loop of events replaced by a look around."""
    script = """
import gc, sys
from PySide6.QtWidgets import QApplication
from clinic_desktop import app, arguments
seen = []
QApplication.exec = lambda *_: seen.append((gc.isenabled(), gc.get_freeze_count() > 0)) or 7
assert app.run(arguments.parse([])) == 7
assert seen == [(False, True)], seen
assert gc.isenabled()
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def collected(look: Callable[[], None]) -> list[int]:
    """The generations that a look collects."""
    seen: list[int] = []

    def note(phase: str, about: dict[str, int]) -> None:
        if phase == "start":
            seen.append(about["generation"])

    gc.callbacks.append(note)
    look()
    gc.callbacks.remove(note)
    return seen
