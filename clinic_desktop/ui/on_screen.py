"""No window is larger than the screen it stands on: what opens, and what is restored, is brought within it.

At 200 % a screen of 1366 x 768 has 683 x 384 logical pixels, and a taskbar takes some of them.
"""

from PySide6.QtCore import QMargins, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_TITLE_BAR = 32  # logical pixels, for a window that nobody has framed yet


def within(wanted: QRect, room: QRect) -> QRect:
    """A rectangle no larger than the room, moved no further than it must be to lie in it."""
    size = wanted.size().boundedTo(room.size())
    left = min(max(wanted.left(), room.left()), room.left() + room.width() - size.width())
    top = min(max(wanted.top(), room.top()), room.top() + room.height() - size.height())
    return QRect(left, top, size.width(), size.height())


def room_for(window: QWidget) -> QRect:
    """Where the inside of a window may lie on its screen: without the taskbar and the window's own frame."""
    screen = QGuiApplication.screenAt(window.geometry().center()) or window.screen()
    return screen.availableGeometry().marginsRemoved(_frame(window))


def _frame(window: QWidget) -> QMargins:
    outer, inner = window.frameGeometry(), window.geometry()
    if outer == inner:
        return QMargins(0, _TITLE_BAR, 0, 0)
    return QMargins(
        inner.left() - outer.left(),
        inner.top() - outer.top(),
        outer.right() - inner.right(),
        outer.bottom() - inner.bottom(),
    )


def keep_on_screen(window: QWidget) -> None:
    """Bring a window within its screen, and let it be as small as the screen makes it.

    One that nobody has placed yet keeps its size only: where it goes is for the desktop to say.
    """
    room = room_for(window)
    window.setMinimumSize(window.minimumSize().boundedTo(room.size()))
    fits = within(window.geometry(), room)
    if window.pos().isNull():
        window.resize(fits.size())
    elif fits != window.geometry():
        window.setGeometry(fits)
