"""An entry that is being saved when the server goes away: it is kept on this computer, once.

Nobody knows how long a line hangs before it fails, and whoever waits records on. So what was asked of the
server is given up as soon as the server is called away: from then on it is not made durable there, and its
answer, which may come much later, changes nothing here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import Clock
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore, ScheduleUnit


class OnItsWay:
    """``keep`` keeps it on this computer, as it was when Enter was pressed."""

    def __init__(self, keep: Callable[[], None]) -> None:
        self.keep = keep
        self._given_up = Event()

    @property
    def given_up(self) -> bool:
        return self._given_up.is_set()

    def give_up(self) -> None:
        self._given_up.set()

    def through(self, store: ScheduleStore) -> ScheduleStore:
        """The store by which it is saved."""
        return _WhileWanted(store, self._is_wanted)

    def _is_wanted(self) -> bool:
        return not self.given_up


class _WhileWanted:
    """A store that makes nothing durable once that is wanted no more."""

    def __init__(self, store: ScheduleStore, wanted: Callable[[], bool]) -> None:
        self._store, self._wanted = store, wanted

    @property
    def clock(self) -> Clock:
        return self._store.clock

    @contextmanager
    def write(self, actor: Actor) -> Iterator[ScheduleUnit]:
        with self._store.write(actor) as unit:
            unit.only_while(self._wanted)
            yield unit

    @contextmanager
    def read(self) -> Iterator[ScheduleRecords]:
        with self._store.read() as records:
            yield records
