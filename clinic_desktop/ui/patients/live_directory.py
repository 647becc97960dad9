"""The one directory of a desk, loaded behind the window and kept up with every change."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.people.directory import Directory, News, load, look_up
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.ui.collecting import set_aside
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.operations import run, show_problem

T = TypeVar("T")

MANY = 300  # from so many changed people on, everybody is read anew behind the window


class LiveDirectory(QObject):
    """``directory`` is empty until the first load is done. ``changed`` comes after every renewal."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.directory = Directory()
        self.ready = False
        self._desk = desk
        self._busy = self._left = False
        self._waiting = Changes()
        desk.hub.changed.connect(self._heard)
        self._start(partial(_load, desk.store), self._loaded)

    def let_go(self) -> None:
        """Its window is left: nobody is found any more, and whatever still knows this keeps no directory."""
        self.directory, self._left = Directory(), True

    def _heard(self, changes: Changes) -> None:
        if changes.patients or "clearance" in changes.kinds:
            self._waiting |= changes
            self._next()

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        changes, self._waiting = self._waiting, Changes()
        if len(changes.patients) >= MANY:
            self._start(partial(_load, self._desk.store), self._loaded)
        else:
            self._start(partial(_look_up, self._desk.store, changes), self._told)

    def _start(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._busy = True
        run(self, work, done, self._failed)

    def _loaded(self, directory: Directory) -> None:
        if not self._left:
            self.directory, self.ready = directory, True
        self._done()

    def _told(self, news: News) -> None:
        self.directory.take(news)
        self._done()

    def _done(self) -> None:
        self._busy = False
        self.changed.emit()
        self._next()

    def _failed(self, problem: ClinicProblem) -> None:
        """The store is away: the next change asks again, and the window has said so."""
        self._busy = False
        show_problem(problem)


def live_directory(desk: Desk) -> LiveDirectory:
    """The desk's directory; made and loaded when it is first asked for."""
    return desk.findChild(LiveDirectory) or LiveDirectory(desk)


def _load(store: ScheduleStore) -> Directory:
    # Looking through this many objects for garbage would hold up a key now and then.
    with set_aside(), store.read() as records:
        return load(records)


def _look_up(store: ScheduleStore, changes: Changes) -> News:
    with store.read() as records:
        return look_up(records, changes)
