"""What the tests of the window and the journeys share."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.collecting import Collector
from clinic_desktop.ui.theme import theme

# Each wait ends with what it waits for. This is for a computer that does many other things.
_AT_MOST_MS = 30_000
for _way in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed, QtBot.waitActive):
    assert _way.__kwdefaults__["timeout"] == 5_000, "pytest-qt waits otherwise than it did"
    _way.__kwdefaults__["timeout"] = _AT_MOST_MS

_LOOK_AGAIN_MS = 1
_wait = QtBot.wait


def _wait_a_little(self: QtBot, _ms: int) -> None:
    """``waitUntil`` alone waits so, 10 ms between two looks: longer than most of what is waited for takes."""
    _wait(self, _LOOK_AGAIN_MS)


QtBot.wait = _wait_a_little

_add = QtBot.addWidget


def _add_dressed(self: QtBot, widget: QWidget, **how: object) -> None:
    """A part of a window that a test shows by itself looks as it does there."""
    if widget.parent() is None and not widget.styleSheet():
        theme().dress(widget)
    _add(self, widget, **how)


QtBot.addWidget = _add_dressed

gc.disable()  # until every test is collected: they all stay


def pytest_collection_finish() -> None:
    """Half a million objects are the tests themselves: no collection need look through them."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture
def collector(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """In charge of garbage during the test, as in the program.

    Only that nothing of the window is set aside: at its end the tests themselves would come back with it.
    """
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(gc, "unfreeze", lambda: None)
    home = QObject()
    made = Collector(home)
    yield made
    made.look()
    made.stop()
