"""The daily check of the trail, behind the window, and the red banner when something does not hold."""

from functools import partial
from threading import Event

from PySide6.QtCore import QObject, QTimer

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.security.trail_checking import Checked, CheckedStore, verify
from clinic_desktop.ui.banner import Banner
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import CHECKING, Operation
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.wording import day_words
from clinic_desktop.ui.places import Frame

FIRST_MS, EVERY_MS = 90_000, 3_600_000  # after the start, when much else is read; then each hour it is asked
ID = "trail"


class TrailWatch(QObject):
    """Asks now and then whether the last check is a day old, and does it then."""

    def __init__(self, frame: Frame, desk: Desk, store: CheckedStore, parent: QObject) -> None:
        super().__init__(parent)
        self._frame, self._desk, self._store = frame, desk, store
        self._stop = Event()
        self._checking: Operation[Checked | None] | None = None
        self._timer = QTimer(self, interval=FIRST_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        """The program ends: what is under way is done another time."""
        self._timer.stop()
        self._stop.set()

    def look(self) -> None:
        """Check unless one is under way."""
        self._timer.setInterval(EVERY_MS)
        if self._checking is None or not self._checking.busy:
            work = partial(verify, self._store, self._stop.wait)
            self._checking = Operation(self, work, self._done, self._could_not, pool=CHECKING)
            self._checking.start()

    def _done(self, checked: Checked | None) -> None:
        if checked is None or not checked.count:
            self._frame.clear_banner(ID)
        else:
            self._frame.show_banner(self._banner(checked))

    def _could_not(self, _problem: ClinicProblem) -> None:
        """The clinic does not answer, which the window says already; it is asked again in an hour."""

    def _banner(self, checked: Checked) -> Banner:
        at = local_time(checked.at, self._desk.zone)
        title = tr("The data was changed behind the program's back: %n finding(s)", "", checked.count)
        text = tr(
            "Checked {day}, {time}. First: {finding} Work can go on. Keep a copy of the data as it is, tell "
            "your manager and whoever looks after your computers, and compare it with the last good backup. "
            "The command check names everything. Once it was looked into, a manager accepts it in the audit "
            "trail."
        )
        said = text.format(day=day_words(at.day), time=clock_time(at.minute), finding=checked.messages[0])
        return Banner(ID, title, said, Tone.DANGER)
