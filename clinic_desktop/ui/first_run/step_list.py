"""The steps of the assistant at the left: done, here, and still to come."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.paint import elided, paint_box
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole

_ROW, _DISC, _PAD = 52, 24, 12


class StepList(QWidget):
    """Names with their summaries; for the eye, the page itself is announced."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self._summaries = [""] * len(names)
        self._here = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, here: int, summaries: Sequence[str]) -> None:
        self._here, self._summaries = here, list(summaries)
        words = tr("Step {n} of {all}: {name}")
        self.setAccessibleName(words.format(n=here + 1, all=len(self._names), name=self._names[here]))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(260), theme().px(_ROW) * len(self._names))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, row = QPainter(self), theme().px(_ROW)
        for number, name in enumerate(self._names):
            rect = QRectF(0, number * row, self.width(), row).adjusted(0, 2, 0, -2)
            self._paint_step(painter, rect, number, name)

    def _paint_step(self, painter: QPainter, rect: QRectF, number: int, name: str) -> None:
        c, size = theme().colours, theme().px(_DISC)
        here, done = number == self._here, number < self._here
        if here:
            paint_box(painter, rect, c.surface, c.line2, 9)
        disc = QRectF(rect.left() + _PAD, rect.center().y() - size / 2, size, size)
        edge = c.accent if here or done else c.control
        paint_box(painter, disc, c.accent if done else c.surface, edge, size / 2, 2 if here else 1)
        if done:
            inner = size - 8
            paint_icon(painter, "check", QPointF(disc.left() + 4, disc.top() + 4), inner, c.on_accent)
        else:
            painter.setFont(theme().font(TextRole.LABEL))
            painter.setPen(c.accent if here else c.ink2)
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        left = disc.right() + 12
        words = QRectF(left, rect.top(), rect.right() - left - _PAD, rect.height())
        summary = self._summaries[number] if done or here else ""
        self._paint_words(painter, words, name, summary, c.ink if here or done else c.ink2)

    @staticmethod
    def _paint_words(painter: QPainter, rect: QRectF, name: str, summary: str, ink: QColor) -> None:
        strong, small = theme().font(TextRole.STRONG), theme().font(TextRole.LABEL)
        upper = QRectF(rect.left(), rect.top() + 4, rect.width(), rect.height() / 2 - 4)
        painter.setFont(strong)
        painter.setPen(ink)
        flag = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(upper if summary else rect, flag, elided(name, strong, rect.width()))
        if summary:
            painter.setFont(small)
            painter.setPen(theme().colours.ink2)
            lower = QRectF(rect.left(), rect.center().y(), rect.width(), rect.height() / 2 - 4)
            painter.drawText(lower, flag, elided(summary, small, rect.width()))
