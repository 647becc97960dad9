"""Says how long an emergency access lasts, and when it is over."""

from PySide6.QtCore import QObject, QTimer, Signal

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.ui.banner import Banner
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.shell import Shell

EMERGENCY_BANNER = "emergency-access"


class EmergencyBanner(QObject):
    """``over``: its time has come."""

    over = Signal()

    def __init__(self, window: Shell, desk: Desk) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._ends = QTimer(self, singleShot=True)
        self._ends.timeout.connect(self.end)

    def show(self) -> None:
        """As long as whoever was let in has one; else it goes."""
        until = self._desk.actor.until
        self._ends.stop()
        if until is None:
            self._window.clear_banner(EMERGENCY_BANNER)
            return
        time = clock_time(local_time(until, self._desk.zone).minute)
        title = tr("Emergency access until {time}").format(time=time)
        text = tr(
            "You see the schedule and patients' records, and record what is done today. "
            "Whose record you open is on record. The managers were told."
        )
        self._window.show_banner(Banner(EMERGENCY_BANNER, title, text, Tone.DANGER, icon="warning"))
        left = (until - self._desk.now()).total_seconds()
        self._ends.start(max(0, round(left * 1000)))

    def end(self) -> None:
        """Its time has come."""
        self._window.clear_banner(EMERGENCY_BANNER)
        self.over.emit()
