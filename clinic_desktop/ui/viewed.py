"""Puts into the trail whose record was looked at: behind the window, and nothing of it is lost.

Once for each person and patient in a while is enough. Where the clinic cannot be written to, the patient is
shown all the same, and the view is kept until it can: while the server is away on this computer's disk, where
the end of the program does not take it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer

from clinic_desktop.foundation.errors import ClinicProblem, ServerAway
from clinic_desktop.foundation.store import Store
from clinic_desktop.security.audit import View, record_views
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.operations import Operation

AGAIN = timedelta(minutes=15)  # within it the same person looks at the same patient still
_LATER_MS = 30_000  # after which it is tried once more


class Viewed(QObject):
    """One for each desk. ``saw`` is called wherever a patient's record comes up."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._seen: dict[tuple[int, int, datetime | None], datetime] = {}
        self._kept: list[View] = []
        self._under_way = 0  # how many of them are being written, from the first
        self._writing: Operation[None] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self.write)

    @property
    def kept(self) -> Sequence[View]:
        """What is not in the trail yet."""
        return tuple(self._kept)

    @property
    def settled(self) -> bool:
        """Whether nothing is being written, of which it is not known yet whether it is in the trail."""
        return self._writing is None or not self._writing.busy

    def saw(self, patient_id: int, where: str) -> None:
        """Whoever acts sees a patient's record now."""
        actor, now = self._desk.actor, self._desk.now()
        asked = actor.person_id, patient_id, actor.until  # an emergency's name may be somebody else's
        last = self._seen.get(asked)
        if last is not None and timedelta(0) <= now - last < AGAIN:  # else the clock had been ahead
            return
        self._seen[asked] = now
        self._kept.append(View(actor, patient_id, now, where))
        self.write()

    def bring(self, views: Sequence[View]) -> None:
        """Write those too that another window could not."""
        self._kept += views
        self.write()

    def write(self) -> None:
        """Write what is kept, unless that is under way."""
        if self._kept and not self._under_way:
            self._write(len(self._kept))

    def finish(self) -> None:
        """The window closes: write the rest too. Whoever ends the program waits for what runs."""
        if len(self._kept) > self._under_way:
            self._write(len(self._kept))

    def _write(self, count: int) -> None:
        views = tuple(self._kept[self._under_way : count])
        self._under_way = count
        work = partial(_recorded_or_kept, self._desk.store, views, self._desk.outage.keep_views)
        self._writing = Operation(self, work, self._written, self._not_written)
        self._writing.start()

    def _written(self, _none: None) -> None:
        del self._kept[: self._under_way]
        self._under_way = 0
        self.write()

    def _not_written(self, _problem: ClinicProblem) -> None:
        """The clinic does not answer, which the window says already."""
        self._under_way = 0
        self._later.start()


def _recorded_or_kept(
    store: Store, views: Sequence[View], keep: Callable[[Sequence[View]], None] | None
) -> None:
    try:
        record_views(store, views)
    except ServerAway:
        if keep is None:
            raise
        keep(views)


def viewed(desk: Desk) -> Viewed:
    """The desk's own."""
    there = desk.findChild(Viewed)
    return there if isinstance(there, Viewed) else Viewed(desk)
