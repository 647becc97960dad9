"""The days that were read: kept, read anew when something changes on them, the neighbours ahead of time."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.ui.board.reading import DayRead, read_days
from clinic_desktop.ui.operations import LatestReader

_MOST_KEPT = 60

Read = dict[date, DayRead]
Reads = Callable[[ScheduleStore, date, date], Read]


class DayBook(QObject):
    """``arrived`` when the wanted days are here, or here anew; ``failed`` when they could not be read."""

    arrived = Signal()
    failed = Signal(object)  # ClinicProblem
    busy_changed = Signal(bool)

    def __init__(self, store: ScheduleStore, parent: QObject, read: Reads = read_days) -> None:
        super().__init__(parent)
        self._store, self._read = store, read
        self._kept: OrderedDict[date, DayRead] = OrderedDict()
        self._wanted: tuple[date, ...] = ()
        self._stale: set[date] = set()  # kept days that changed since they were read
        # Counts the news, so that an answer that was read before them is known as stale.
        self._news = 0
        self._changed_at: dict[date, int] = {}
        self._reader = LatestReader[tuple[int, Read]](self, self._wanted_came, self._failed)
        self._reader.busy_changed.connect(self.busy_changed)
        self._ahead = LatestReader[tuple[int, Read]](self, self._take, _quietly)

    def rows(self, days: Sequence[date]) -> tuple[DayRead, ...] | None:
        """The days as read; None while one of them is missing."""
        if any(day not in self._kept for day in days):
            return None
        for day in days:
            self._kept.move_to_end(day)
        return tuple(self._kept[day] for day in days)

    def want(self, days: Sequence[date]) -> None:
        """Show these days: ``arrived`` follows, at once when none of them is missing.

        Days that changed since they were read are shown as they are kept, then ``arrived`` comes again.
        """
        self._wanted = tuple(days)
        here = self.rows(days) is not None
        if here and self.fresh(days):
            self._reader.cancel()
        else:
            self._start(self._reader, days[0], days[-1])
        if here:
            self.arrived.emit()

    def fresh(self, days: Iterable[date]) -> bool:
        """Whether nothing changed on these days since they were read."""
        return self._stale.isdisjoint(days)

    def read_ahead(self, days: Sequence[date]) -> None:
        """Read days that will probably be asked for next."""
        missing = sorted(day for day in days if day not in self._kept)
        if missing:
            self._start(self._ahead, missing[0], missing[-1])

    def renew(self, days: Iterable[date] | None = None) -> None:
        """Something changed on these days, or anywhere. What is shown stays until its answer comes."""
        self._news += 1
        changed = {*self._kept, *self._wanted} if days is None else set(days)
        for day in changed:
            self._changed_at[day] = self._news
            if day in self._wanted:
                self._stale.add(day)
            else:
                self._kept.pop(day, None)
        if changed & set(self._wanted):
            self._start(self._reader, self._wanted[0], self._wanted[-1])

    def patients_shown(self) -> set[int]:
        """Whose visits the wanted days hold."""
        days = (self._kept[day] for day in self._wanted if day in self._kept)
        return {row.visit.patient_id for one in days for row in one.visits}

    def _start(self, reader: LatestReader[tuple[int, Read]], first: date, last: date) -> None:
        store, read, news = self._store, self._read, self._news

        def work() -> tuple[int, Read]:
            return news, read(store, first, last)

        reader.read(work)

    def _take(self, answer: tuple[int, Read]) -> None:
        news, read = answer
        for day, one in read.items():
            if self._changed_at.get(day, 0) <= news:
                self._kept[day] = one
                self._stale.discard(day)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)

    def _wanted_came(self, answer: tuple[int, Read]) -> None:
        self._take(answer)
        if self.rows(self._wanted) is None:
            self.want(self._wanted)  # changed while it was read
        else:
            self.arrived.emit()

    def _failed(self, problem: ClinicProblem) -> None:
        self.failed.emit(problem)


def _quietly(_problem: ClinicProblem) -> None:
    """What was read ahead is asked for again when it is needed; then it speaks."""
