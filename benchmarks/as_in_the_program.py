"""Garbage as the program has it, for what is measured on the window while workers make objects."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication

from clinic_desktop.ui.collecting import Collector, set_aside


@contextmanager
def garbage_collected(app: QApplication) -> Iterator[None]:
    """By the program's collector, with everything there is set aside. Otherwise Python stops all threads for
    as long as it takes to look through every module and test that a benchmark has imported."""
    collector = Collector(app)
    with set_aside():
        pass
    try:
        yield
    finally:
        collector.stop()
