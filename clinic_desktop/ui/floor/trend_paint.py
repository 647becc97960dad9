"""Painting the last pressures: a bar from diastolic to systolic for each, and the limit as a dashed line."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from clinic_desktop.ui.floor.trend import MOST, Reading, Trend
from clinic_desktop.ui.theme import theme

WIDTH = 84
_AROUND = 5  # mmHg that are seen below and above everything
_BAR = 5.0


def paint_trend(painter: QPainter, rect: QRectF, trend: Trend) -> None:
    """The newest at the right. What reaches the limit is thicker, not only red."""
    c = theme().colours
    low = min(one.diastolic for one in trend.readings) - _AROUND
    high = max(trend.limit[0], *(one.systolic for one in trend.readings)) + _AROUND

    def at(pressure: int) -> float:
        return rect.bottom() - rect.height() * (pressure - low) / (high - low)

    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(c.danger, 1, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(rect.left(), at(trend.limit[0])), QPointF(rect.right(), at(trend.limit[0])))
    step = rect.width() / MOST
    left = rect.right() - step * len(trend.readings)
    for number, one in enumerate(trend.readings):
        _bar(painter, left + (number + 0.5) * step, at(one.systolic), at(one.diastolic), one)


def _bar(painter: QPainter, across: float, top: float, bottom: float, one: Reading) -> None:
    c, width = theme().colours, theme().px(_BAR)
    pen = QPen(c.danger if one.reaches else c.ink2, width * 1.6 if one.reaches else width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(across, top), QPointF(across, bottom))
