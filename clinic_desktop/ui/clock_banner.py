"""Says in red when a clock cannot be trusted: this computer's beside the server's, or one that was set."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from clinic_desktop.foundation.clock import Clock, ClockWatch, ServerClock
from clinic_desktop.ui.banner import Banner, BannerAction
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame

EVERY = 20_000  # milliseconds
WRONG = timedelta(minutes=2)  # from here on a clock is said to be wrong
LONG = timedelta(days=400)  # no clinic rests for so long: rather is the clock ahead
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)  # this program is not older: the clock's battery may be empty
ID = "clock"
_HOUR, _DAY, _MANY = 60, 1440, 3


class ClockBanner(QObject):
    """Looks every few seconds. ``last_written``: when the clinic's last change was written, by the clock of
    then; a clock that is behind that has gone back."""

    def __init__(self, frame: Frame, clock: Clock, last_written: datetime | None, parent: QObject) -> None:
        super().__init__(parent)
        self._frame, self._clock = frame, clock
        self._watch = ClockWatch(clock)
        self._behind = self._rested = timedelta(0)
        if last_written is not None:
            self._behind = max(self._behind, last_written - clock.now())
            self._rested = clock.now() - last_written
        self._behind = max(self._behind, EARLIEST - clock.now())
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self.look()
        self._timer.start()

    def look(self) -> None:
        """Compare, and show the banner or take it away."""
        banner = self._beside_server() if isinstance(self._clock, ServerClock) else self._alone()
        if banner is None:
            self._frame.clear_banner(ID)
        else:
            self._frame.show_banner(banner)

    def _beside_server(self) -> Banner | None:
        ahead = self._clock.ahead() if isinstance(self._clock, ServerClock) else timedelta(0)
        if abs(ahead) < WRONG:
            return None
        title = (
            tr("This computer's clock is {length} fast")
            if ahead > timedelta(0)
            else tr("This computer's clock is {length} slow")
        )
        text = tr("Times are recorded by the server's clock, which is right. Set this computer's clock.")
        return Banner(ID, title.format(length=_length(ahead)), text, Tone.DANGER)

    def _alone(self) -> Banner | None:
        jumped = self._watch.jumped()
        if jumped <= -WRONG or self._behind >= WRONG:
            title = tr("This computer's clock went back by {length}")
            back = max(-jumped, self._behind)
        elif jumped >= WRONG:
            title, back = tr("This computer's clock jumped ahead by {length}"), jumped
        elif self._rested >= LONG:
            title, back = tr("The last change was {length} ago by this computer's clock"), self._rested
        else:
            return None
        text = tr(
            "Every time that is recorded, and the earliest release, follow this clock. Compare it with"
            " another one and set it right. Correct what was recorded meanwhile."
        )
        right = BannerAction(tr("The clock is right now"), self.trust)
        return Banner(ID, title.format(length=_length(back)), text, Tone.DANGER, (right,))

    def trust(self) -> None:
        """Somebody compared the clock: it is right as it is."""
        self._behind = self._rested = timedelta(0)
        self._watch.trust()
        self.look()


def _length(length: timedelta) -> str:
    """ "45 minutes", "3 hours", "731 days": rounded, in the unit that says it best."""
    minutes = round(abs(length) / timedelta(minutes=1))
    if minutes < _MANY * _HOUR:
        return tr("{count} minutes").format(count=minutes)
    if minutes < _MANY * _DAY:
        return tr("{count} hours").format(count=round(minutes / _HOUR))
    return tr("{count} days").format(count=round(minutes / _DAY))
