"""Keeping the floor on this computer while the server is there: for a start without it, and for a desk that
has not shown the floor before it goes away."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, ServerAway
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import BEHIND, run
from clinic_desktop.ui.wording import problem_worded

_SOON_MS = 15_000  # after a change: those of a busy minute go together
_DAY_MS = 600_000  # how often it is looked whether the day is another one


class FloorCopy(QObject):
    """``copy`` keeps the floor as it is now, in a worker; a failure leaves the copy before, and the paper.
    ``tell`` says it, once."""

    def __init__(
        self, desk: Desk, copy: Callable[[], object], tell: Callable[[str, str], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._copy, self._tell = desk, copy, tell
        self._told = False
        self._day: date | None = None
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._soon.timeout.connect(self.make)
        self._daily = QTimer(self, interval=_DAY_MS)
        self._daily.timeout.connect(self._look)
        desk.hub.changed.connect(self._heard)

    def start(self) -> None:
        self._daily.start()
        self.make()

    def make(self) -> None:
        """Now, unless the server is away: what there is then is what there was."""
        if self._desk.outage.away_since is None:
            day = self._desk.today()
            run(self, self._copy, partial(self._made, day), self._not_made, quiet=True, pool=BEHIND)

    def _made(self, day: date, _done: object) -> None:
        self._day, self._told = day, False

    def _not_made(self, problem: ClinicProblem) -> None:
        self._day = None  # with the next look
        if not isinstance(problem, ServerAway) and not self._told:
            self._told = True
            say_no_floor(self._tell, problem_worded(problem))

    def _heard(self, _changes: Changes) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _look(self) -> None:
        if self._day != self._desk.today():
            self.make()


def say_no_floor(tell: Callable[[str, str], object], why: str) -> None:
    """Before it is needed: who looks after the computer can mend it."""
    words = tr(
        "{why} Without the server this computer then shows the floor only where it was open before. Keep it "
        "open (Alt 2), or have paper ready; tell whoever looks after the computer."
    )
    tell(tr("This computer keeps no floor for a time without the server"), words.format(why=why))
