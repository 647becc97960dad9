"""Takes everything of the program off the screen at once, and brings it back as it was.

What is beneath is hidden and not only covered: no screen reader comes to it and no key does. It is not told
of that: to a panel being hidden means that somebody left it, and it would put back what was carried.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

from clinic_desktop.ui import announce

_TOLD = (QEvent.Type.Hide, QEvent.Type.Show)


def may_stay(window: QWidget) -> bool:
    """Whether a window may be seen while the program is locked: it names no patient, as it says itself."""
    return bool(getattr(window, "over_a_lock", False))


class Covering(QObject):
    """``window``: whose ``beneath`` is hidden while something else is shown."""

    def __init__(self, window: QWidget, beneath: QWidget) -> None:
        super().__init__(window)
        self._window, self._beneath, self._over = window, beneath, beneath
        self._focus: QWidget | None = None
        self._below: QWidget | None = None  # what has it in the window, below a dialog
        self._held: list[QWidget] = []
        self._new: list[QWidget] = []
        self._changing = False
        self.on = False

    @property
    def held(self) -> list[QWidget]:
        """Dialogs and other windows that wait to come back."""
        return [one for one in self._held if isValid(one)]

    def cover(self, over: QWidget, *, by_itself: bool = False) -> None:
        """Now. ``over``: what is shown instead, and where keys go from now on. by_itself: nobody asked for
        it, and whoever types into another program types on there."""
        if self.on:
            return
        self.on, self._over = True, over
        elsewhere = by_itself and QApplication.activeWindow() is None
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        if (grabber := QWidget.mouseGrabber()) is not None:
            grabber.releaseMouse()
        self._focus, self._below = QApplication.focusWidget(), self._window.focusWidget()
        if isinstance(app := QApplication.instance(), QApplication):
            app.installEventFilter(self)
            app.focusChanged.connect(self._moved)
        self._over.setGeometry(self._window.rect())
        self._over.raise_()
        self._over.show()
        for one in QApplication.topLevelWidgets():
            if one is not self._window and one.isVisible() and not may_stay(one):
                self._hold(one)
        # As if another window had come: a line that is left so keeps what is typed in it.
        over.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self._set_beneath(visible=False)
        if not elsewhere:
            self._window.activateWindow()
        self._over.repaint()
        announce.only_in(self._over)

    def uncover(self) -> None:
        """All as it was, the focus too."""
        if not self.on:
            return
        self.on = False
        announce.only_in(None)
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.disconnect(self._moved)
        self._take_new()
        self._set_beneath(visible=True)
        focus, self._focus = self._focus, None
        held, self._held = self.held, []
        below, self._below = self._below, None
        if below is not None and isValid(below) and below.isVisible():
            below.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        if focus is not None and isValid(focus) and focus.isVisible():
            focus.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self._over.hide()
        if isinstance(app, QApplication):
            app.removeEventFilter(self)
        for one in held:
            one.show()
            one.activateWindow()
        # What was left meanwhile is hidden still: its keys would be pressed unseen.
        if focus is not None and isValid(focus) and focus.isVisible() and not focus.hasFocus():
            focus.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def end(self) -> None:
        """The window closes, covered or not: nothing else of the program is held back any more."""
        if not self.on:
            return
        self.on = False
        self.drop_held()
        announce.only_in(None)
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.disconnect(self._moved)
            app.removeEventFilter(self)

    def drop_held(self) -> None:
        """Close what waits, as Esc would."""
        for one in reversed(self.held):
            one.close()
        self._held = []
        self._focus = self._below = None

    def _moved(self, was: QWidget | None, now: QWidget | None) -> None:
        """Work that ends in the background may give the focus on beneath: it has it afterwards."""
        if now is None or self._changing or not self._beneath.isAncestorOf(now):
            return
        if now.isVisibleTo(self._beneath):  # else it is on a panel that was left, and nobody would see it
            self._focus = self._below = now
        back = was if was is not None and self._over.isAncestorOf(was) else self._over
        back.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def _hold(self, one: QWidget) -> None:
        self._held.append(one)
        self._changing = True
        one.hide()
        self._changing = False

    def _set_beneath(self, *, visible: bool) -> None:
        self._changing = True
        self._beneath.setVisible(visible)
        self._changing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _TOLD or not isinstance(watched, QWidget):
            return False
        if self._changing:
            return watched is not self._beneath and not watched.isWindow()
        new = event.type() == QEvent.Type.Show and watched.isWindow()
        if new and watched is not self._window and not self._allowed(watched):
            # What a background operation opens: it never comes to the screen, and is shown afterwards.
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            self._new.append(watched)
            QTimer.singleShot(0, self._take_new)
        return False

    def _allowed(self, one: QWidget) -> bool:
        return may_stay(one) or self._over.isAncestorOf(one)

    def _take_new(self) -> None:
        new, self._new = self._new, []
        for one in new:
            if isValid(one) and one.isVisible():
                self._hold(one)
                one.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
