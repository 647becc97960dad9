"""The program, asked by stale numbers for parts of its scroll areas; it ends at once if it minds.

Started by a test in a process of its own. Prints one line for each class: its name, how many parts it says
it has, and how many more it found when asked for those that it has not.
"""

import importlib
import pkgutil
import sys
from collections.abc import Iterator

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QGraphicsView,
    QHeaderView,
    QLabel,
    QListView,
    QPlainTextEdit,
    QScrollArea,
    QTableView,
    QTextBrowser,
    QTextEdit,
    QTreeView,
    QWidget,
)

import clinic_desktop
from clinic_desktop import app, arguments

_OF_QT = (
    QAbstractScrollArea, QScrollArea, QGraphicsView, QPlainTextEdit, QTextEdit, QTextBrowser, QListView,
    QTableView, QTreeView,
)  # fmt: skip
_BEYOND = (0, 1, 2, 50, 100_000)  # after the last one


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def ours() -> set[type]:
    """Every class of scroll area that a module of the program makes."""
    for module in pkgutil.walk_packages(clinic_desktop.__path__, "clinic_desktop."):
        if module.name.startswith("clinic_desktop.ui."):
            importlib.import_module(module.name)
    found = (one for one in _below(QAbstractScrollArea) if one.__module__.startswith("clinic_desktop."))
    return {one for one in found if not issubclass(one, QHeaderView)}  # parts of tables


def bare(kind: type) -> QAbstractScrollArea:
    """One of that class as far as Qt knows it, without what the program puts into it."""
    of_qt = next(one for one in kind.__mro__ if one.__module__.startswith("PySide6"))
    made = type(kind.__name__, (kind,), {"__init__": of_qt.__init__})()
    assert isinstance(made, QAbstractScrollArea)
    return made


def ask(area: QAbstractScrollArea) -> None:
    heard = QAccessible.queryAccessibleInterface(area)
    parts = heard.childCount()
    there = [heard.child(number) for number in range(parts)]
    if not isinstance(area, QAbstractItemView):  # of a list the rows are the parts
        assert area.viewport() in [one.object() for one in there], area
        assert [heard.indexOfChild(one) for one in there] == list(range(parts)), area
    beyond = [heard.child(parts + more) for more in _BEYOND]
    found = sum(one is not None for one in beyond)
    sys.stdout.write(f"{type(area).__name__} {parts} {found}\n")
    sys.stdout.flush()


def lost_a_bar() -> None:
    """As it happens: somebody counts while a bar is shown, it goes, and then they ask."""
    area, inside = QScrollArea(), QLabel("x\n" * 100)
    area.setWidget(inside)
    area.resize(200, 200)
    area.show()
    QApplication.processEvents()
    heard = QAccessible.queryAccessibleInterface(area)
    counted = heard.childCount()
    inside.resize(10, 10)
    QApplication.processEvents()
    assert not area.verticalScrollBar().isVisible()
    for number in range(counted + 1):
        heard.child(number)
    sys.stdout.write("a bar went\n")


class Asked(app.Program):
    """Started as ever; then asked, and closed."""

    def start(self, where: str, *, demo: bool) -> None:
        super().start(where, demo=demo)
        QTimer.singleShot(0, self, self._ask)

    def _ask(self) -> None:
        try:
            self._ask_all()
        finally:
            QApplication.quit()

    def _ask_all(self) -> None:
        for kind in (*_OF_QT, *sorted(ours(), key=lambda one: one.__qualname__)):
            ask(kind() if kind in _OF_QT else bare(kind))
        shown: list[QWidget] = QApplication.topLevelWidgets()
        for area in [area for one in shown for area in one.findChildren(QAbstractScrollArea)]:
            ask(area)
        lost_a_bar()


if __name__ == "__main__":
    app.Program = Asked  # type: ignore[misc] - the start-up stays the program's own
    sys.exit(app.run(arguments.parse([])))
