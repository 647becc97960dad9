"""Makes the demo clinic behind the window: this week first, then day by day, until it is stopped."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from clinic_desktop.demo.clinic import DemoClinic
from clinic_desktop.demo.hand import ZONE
from clinic_desktop.demo.place import demo_file
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.clock import FixedClock, SystemClock, local_day
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.ui.operations import run


class DemoDesk(QObject):
    """``ready`` once this week is made; ``progress`` counts days. ``path`` is the clinic's file."""

    ready = Signal()
    failed = Signal(object)
    progress = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        now = SystemClock().now()
        self._clock, self._now = FixedClock(now), now
        self.path = demo_file(local_day(now, ZONE))
        self._maker: DemoClinic | None = None
        self._store: SqlStore | None = None
        self._days: list[date] = []
        self._made = 0
        self._stopped = False

    def begin(self) -> None:
        """Make what the window shows first; a demo clinic that was made today already is opened as it is."""
        if self.path.exists() and settings.demo_is_whole(self.path):
            self.ready.emit()
        else:
            run(self, self._make_this_week, self._week_made, self.failed.emit)

    def go_on(self) -> None:
        """Make the other days behind the window."""
        if self._maker is not None:
            run(self, self._make_the_rest, self._all_made, self.failed.emit)

    def stop(self) -> None:
        """Leave off after the day that is being made."""
        self._stopped = True

    def _make_this_week(self) -> None:
        for old in self.path.parent.glob(self.path.name + "*"):
            old.unlink()  # one that was left half made
        self._store = open_store(self.path, self._clock, make=True)
        self._store.hurry()  # until it is whole it is made anew at each start
        self._maker = DemoClinic(self._store, self._clock, self._now)
        self._maker.found()
        self._days = self._maker.week_first()
        for day in self._days[: self._maker.days_this_week]:
            self._maker.make_day(day)
            self._made += 1

    def _week_made(self, _nothing: None) -> None:
        self.ready.emit()

    def _make_the_rest(self) -> bool:
        """Whether every day is made. The window hears of them through the change feed."""
        maker, store = self._maker, self._store
        if maker is None or store is None:
            return False
        for day in self._days[self._made :]:
            if self._stopped:
                return False
            maker.make_day(day)
            self._made += 1
            self.progress.emit(self._made, len(self._days))
        store.close()
        return True

    def _all_made(self, whole: bool) -> None:
        if whole:
            settings.remember_whole_demo(self.path)
