"""Where a visit in the hand is parked by mouse: a button in the bar over the board while one is held.

It lies over buttons that nobody needs meanwhile, so that nothing on the board moves under the pointer.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from clinic_desktop.ui.board.bar import ViewBar
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.paint import elided, paint_box, text_width
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens

_ICON, _PAD, _GAP = 15, 12, 7


class ParkZone(QAbstractButton):
    """A drop while ``hot``, or a click, parks what is in the hand."""

    def __init__(self, bar: ViewBar) -> None:
        super().__init__(bar)
        self._bar, self._hot = bar, False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setText(tr("Park on the pinboard"))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(
            tr("Takes the visit that is in the hand; it keeps its time until it is placed.")
        )
        bar.installEventFilter(self)
        self.hide()

    def appear(self) -> None:
        self.set_hot(False)
        self._place()
        self.show()
        self.raise_()

    def set_hot(self, hot: bool) -> None:
        """Whether letting go parks it."""
        self._hot = hot
        self.setText(tr("Let go to park it") if hot else tr("Park on the pinboard"))
        self.update()

    def holds(self, at: QPoint) -> bool:
        """Whether a point of the screen lies in it."""
        return self.isVisible() and self.rect().contains(self.mapFromGlobal(at))

    def _place(self) -> None:
        """Over the buttons of the bar, where those leave enough room; else over its counts too, not over half
        of one."""
        bar = self._bar
        wanted, right = self.sizeHint(), bar.book.geometry().right()
        first = bar.openings if bar.openings.isVisible() else bar.book
        left = first.x() if right - first.x() >= wanted.width() else bar.chips.x()
        height = min(wanted.height(), bar.height() - 4)
        self.setGeometry(left, (bar.height() - height) // 2, right - left + 1, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        words = max(
            text_width(one, TextRole.BUTTON) for one in (tr("Park on the pinboard"), tr("Let go to park it"))
        )
        wide = round(words) + theme().px(_ICON) + _GAP + 2 * _PAD
        return QSize(wide, theme().px(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme().colours
        rect = QRectF(self.rect())
        painter.fillRect(rect, c.surface)
        paint_box(
            painter,
            rect,
            c.accent if self._hot else c.accent_soft,
            c.accent,
            tokens().radius["control"],
            1.6,
            dashed=not self._hot,
        )
        ink, size = c.on_accent if self._hot else c.accent, theme().px(_ICON)
        paint_icon(painter, "pin", QPointF(_PAD, (self.height() - size) / 2), size, ink)
        font = theme().font(TextRole.BUTTON)
        painter.setFont(font)
        painter.setPen(ink)
        words = rect.adjusted(_PAD + size + _GAP, 0, -_PAD, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, elided(self.text(), font, words.width()))
