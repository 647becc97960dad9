"""A veil over a part that is being read; it comes late, so that quick reads do not flicker."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.paint import paint_box, text_width
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole

DELAY_MS = 250
_VEIL = 0.72


class BusyOverlay(QWidget):
    """Covers ``covered``; give ``set_busy`` to a reader's or operation's signal."""

    def __init__(self, covered: QWidget, text: str) -> None:
        super().__init__(covered)
        self._covered, self._text = covered, text
        self.setAccessibleName(text)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(DELAY_MS)
        self._late.timeout.connect(self._appear)
        covered.installEventFilter(self)
        self.hide()

    def set_busy(self, busy: bool) -> None:
        """Start the wait or end it."""
        if busy:
            self._late.start()
        else:
            self._late.stop()
            self.hide()

    def _appear(self) -> None:
        self.setGeometry(self._covered.rect())
        self.raise_()
        self.show()
        announce(self, self._text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme().colours
        veil = QColor(c.surface)
        veil.setAlphaF(_VEIL)
        painter.fillRect(self.rect(), veil)
        width, height = text_width(self._text, TextRole.BODY) + 40, theme().px(40)
        card = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        paint_box(painter, card, c.surface, c.line2, 9)
        painter.setFont(theme().font(TextRole.BODY))
        painter.setPen(c.ink2)
        painter.drawText(card, Qt.AlignmentFlag.AlignCenter, self._text)
