"""The focus stays in the work: what had it and is hidden or locked hands it on to whatever comes next in the
window, and that may be a banner, where keys would do nothing that anybody sees.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from clinic_desktop.ui.pane_walk import usable


class KeptFocus(QObject):
    """``outer``: where nobody comes but by themselves; ``back`` brings the focus to the work."""

    def __init__(self, window: QWidget, outer: Sequence[QWidget], back: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._outer, self._back = window, outer, back
        self._at: QWidget | None = None
        self._later = QTimer(self)  # whoever hid it may give the focus on by itself
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._bring_back)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, was: QWidget | None, now: QWidget | None) -> None:
        if was is None or now is None or not isValid(was) or was.window() is not self._window:
            return
        if not usable(was) and any(one is now or one.isAncestorOf(now) for one in self._outer):
            self._at = now
            self._later.start()

    def _bring_back(self) -> None:
        at, self._at = self._at, None
        if at is not None and at is QApplication.focusWidget():
            self._back()


@contextmanager
def kept_among(widgets: Sequence[QWidget]) -> Iterator[None]:
    """Where one of these has the focus of its window, also behind a dialog, and is hidden meanwhile, the
    first that is left has it afterwards."""
    had = next((one for one in widgets if one.window().focusWidget() is one), None)
    yield
    if had is None or not had.isHidden():
        return
    left = next((one for one in widgets if not one.isHidden()), None)
    if left is not None:
        left.setFocus(Qt.FocusReason.OtherFocusReason)
