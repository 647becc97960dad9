"""How long nobody has touched this program. What is counted is the clock, so time that the computer slept
counts too; one that is set back gives nobody more time.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_LOOK_MS = 5_000  # at most: after the computer slept it is noticed that soon
_TOUCH = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate, QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.InputMethod,
})  # fmt: skip


class Idle:
    """The time since the last touch."""

    def __init__(self, now: datetime) -> None:
        self._touched = self._seen = now

    def touch(self, now: datetime) -> None:
        self._touched = self._seen = now

    def lasted(self, now: datetime) -> timedelta:
        """How long it has lasted at ``now``."""
        if now < self._seen:
            self._touched += now - self._seen
        self._seen = now
        return now - self._touched


class IdleWatch(QObject):
    """``expired`` once nobody has touched a window of the program for ``limit()``. Keys and mouse are heard
    at the windows of the system, not at each widget: there they are few."""

    expired = Signal()

    def __init__(self, parent: QObject, now: Callable[[], datetime], limit: Callable[[], timedelta]) -> None:
        super().__init__(parent)
        self._now, self._limit = now, limit
        self._idle = Idle(now())
        self.touches = 0  # how often somebody touched it
        self._told = False  # that it expired, and nobody has touched anything since
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Watch from now on."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._follow)
            for window in app.allWindows():
                self._follow(window)
        self.touch()
        self.look()

    def stop(self) -> None:
        self._timer.stop()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._follow)

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # twice is once

    def touch(self) -> None:
        """Somebody is there."""
        self._idle.touch(self._now())
        self._told = False

    def look(self) -> None:
        """Expired or not yet; the next look is when it will be."""
        left = self._limit() - self._idle.lasted(self._now())
        if left <= timedelta():
            self._told = True
            self.expired.emit()
        soon = max(50, int(left.total_seconds() * 1000) + 1)
        self._timer.start(_LOOK_MS if self._told else min(_LOOK_MS, soon))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A touch that comes too late, as when the computer wakes up, locks and does nothing else. Where it
        is locked already it is the first letter of a password, and counts."""
        if event.type() not in _TOUCH:
            return super().eventFilter(watched, event)
        self.touches += 1
        late = not self._told and self._idle.lasted(self._now()) >= self._limit()
        self.touch()
        if late:
            self.expired.emit()
        return late
