"""No window is larger than the screen it stands on: what opens, and what is restored, is brought within it.

At 200 % a screen of 1366 x 768 has 683 x 384 logical pixels, and a taskbar takes some of them.
"""

from PySide6.QtCore import QByteArray, QDataStream, QMargins, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_TITLE_BAR = 32  # logical pixels, for a window that nobody has framed yet


def within(wanted: QRect, room: QRect) -> QRect:
    """A rectangle no larger than the room, moved no further than it must be to lie in it."""
    size = wanted.size().boundedTo(room.size())
    left = min(max(wanted.left(), room.left()), room.left() + room.width() - size.width())
    top = min(max(wanted.top(), room.top()), room.top() + room.height() - size.height())
    return QRect(left, top, size.width(), size.height())


def room_for(window: QWidget, frame: QMargins | None = None) -> QRect:
    """Where the inside of a window may lie on its screen: without the taskbar and the window's own frame, or
    the one that it had."""
    screen = QGuiApplication.screenAt(window.geometry().center()) or window.screen()
    return screen.availableGeometry().marginsRemoved(frame or _frame(window))


def restore_place(window: QWidget, saved: QByteArray) -> None:
    """Open a window where it stood. Its frame is that of then: reckoned with another, as Qt does and as is
    done for one that nobody framed yet, it would come to stand a few pixels lower."""
    there = _saved_place(saved) if window.restoreGeometry(saved) else None
    if there is None:
        keep_on_screen(window)
        return
    outer, inner = there
    window.setGeometry(inner)
    keep_on_screen(window, _between(outer, inner))


def _saved_place(saved: QByteArray) -> tuple[QRect, QRect] | None:
    """A window with its frame and without it; None where nothing is said of a frame."""
    stream = QDataStream(saved)
    stream.readUInt32(), stream.readInt16(), stream.readInt16()  # a mark and two versions
    outer, inner = QRect(), QRect()
    stream >> outer
    stream >> inner
    framed = stream.status() is QDataStream.Status.Ok and outer != inner and outer.contains(inner)
    return (outer, inner) if framed else None


def _frame(window: QWidget) -> QMargins:
    outer, inner = window.frameGeometry(), window.geometry()
    return QMargins(0, _TITLE_BAR, 0, 0) if outer == inner else _between(outer, inner)


def _between(outer: QRect, inner: QRect) -> QMargins:
    return QMargins(
        inner.left() - outer.left(),
        inner.top() - outer.top(),
        outer.right() - inner.right(),
        outer.bottom() - inner.bottom(),
    )


def keep_on_screen(window: QWidget, frame: QMargins | None = None) -> None:
    """Bring a window within its screen, and let it be as small as the screen makes it.

    One that nobody has placed yet keeps its size only: where it goes is for the desktop to say. frame: the
    one it had before, where it is opened as it stood.
    """
    room = room_for(window, frame)
    window.setMinimumSize(window.minimumSize().boundedTo(room.size()))
    fits = within(window.geometry(), room)
    if window.pos().isNull():
        window.resize(fits.size())
    elif fits != window.geometry():
        window.setGeometry(fits)
