"""Garbage is collected on the GUI thread alone, between two events.

Python's own collector runs on whichever thread happens to make one object too many. On a worker thread it
would take widgets and timers apart there, which Qt does not survive. So it is switched off while the window
is open, and a timer does its work by its own counts and thresholds.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer, Slot

EVERY = 200  # milliseconds; what piles up meanwhile is memory and nothing else
_being_made: list[None] = []  # one for each block of set_aside
_gone: list[None] = []  # one for each window that is no more since all was looked through


class Collector(QObject):
    """In charge of collecting from its making until ``stop()``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)
        gc.disable()
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation that is due, and with it the younger ones."""
        fullness = enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        due = [generation for generation, (count, limit) in fullness if 0 < limit < count]
        if due and not _being_made:
            gc.collect(due[-1])

    def stop(self) -> None:
        """Leave collecting to Python again: once no worker thread is at work any more."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


@contextmanager
def set_aside() -> Iterator[None]:
    """What is made in the block stays as long as the window, so no collection ever looks through it.

    That keeps each short. Any thread may do it, for what is large and made seldom: what is set aside and
    becomes garbage all the same, as with its window, is found by :func:`look_through_all` alone.
    """
    _being_made.append(None)
    try:
        yield
    finally:
        gc.freeze()
        _being_made.pop()


def window_gone() -> None:
    """What was set aside for a window is garbage from now on."""
    _gone.append(None)


def look_through_all() -> None:
    """Collect what windows that are gone have left, what was set aside, too; without one, nothing.

    On the GUI thread, and while nobody is at the keys: it takes long enough to be felt.
    """
    if _gone and not _being_made and not gc.isenabled():
        _gone.clear()
        gc.unfreeze()
        gc.collect()
        gc.freeze()
