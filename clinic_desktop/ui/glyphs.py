"""The shapes of the visit states, painted: shape, word and colour always go together.

An outlined glyph is a patient who has had no dose, a filled one a patient who has; ended states have
no ring. Drawn on a 16 x 16 field and scaled.
"""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.icons import pixel_ratio
from clinic_desktop.ui.theme import theme

_FIELD = 16.0
_CENTRE = QPointF(8, 8)
_FILLED_RADIUS = 6.8
_RING_RADIUS = 5.7

_WORDS = {
    VisitState.HELD: QT_TR_NOOP("Held"),
    VisitState.BOOKED: QT_TR_NOOP("Booked"),
    VisitState.CONFIRMED: QT_TR_NOOP("Confirmed"),
    VisitState.ARRIVED: QT_TR_NOOP("Arrived"),
    VisitState.IN_ROOM: QT_TR_NOOP("In room"),
    VisitState.DOSING: QT_TR_NOOP("In treatment"),
    VisitState.MONITORING: QT_TR_NOOP("Monitoring"),
    VisitState.READY: QT_TR_NOOP("Ready to leave"),
    VisitState.LEFT: QT_TR_NOOP("Left"),
    VisitState.CANCELLED: QT_TR_NOOP("Cancelled"),
    VisitState.MISSED: QT_TR_NOOP("No-show"),
    VisitState.NOT_TREATED: QT_TR_NOOP("Not treated"),
    VisitState.LEFT_EARLY: QT_TR_NOOP("Left before release"),
    VisitState.TRANSFERRED: QT_TR_NOOP("Transferred"),
}


def state_word(state: VisitState) -> str:
    """The state in the person's language."""
    return tr(_WORDS[state])


def paint_status(
    painter: QPainter, state: VisitState, at: QPointF, size: float, ground: QColor | None = None
) -> None:
    """Draw a state's glyph with its top left corner at ``at``; marks inside a disc show ``ground``."""
    ratio = pixel_ratio(painter)
    colours = theme()
    inner = ground or colours.colours.surface
    painter.drawPixmap(at, _glyph(state, size, ratio, colours.status_colour(state).name(), inner.name()))


def status_pixmap(state: VisitState, size: float, ratio: float = 1.0) -> QPixmap:
    """A state's glyph as a picture, for item views and labels."""
    colours = theme()
    return _glyph(state, size, ratio, colours.status_colour(state).name(), colours.colours.surface.name())


@lru_cache(maxsize=512)
def _glyph(state: VisitState, size: float, ratio: float, colour: str, inner: str) -> QPixmap:
    edge = max(1, round(size * ratio))
    pixmap = QPixmap(edge, edge)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(edge / _FIELD, edge / _FIELD)
    _SHAPES[state](painter, QColor(colour), QColor(inner))
    painter.end()
    pixmap.setDevicePixelRatio(edge / size)
    return pixmap


def _pen(colour: QColor, width: float = 1.8) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _ring(p: QPainter, c: QColor, dashed: bool = False) -> None:
    pen = QPen(c, 1.8)
    if dashed:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1.42, 1.065])  # eight equal dashes round the ring
    p.setPen(pen)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawEllipse(_CENTRE, _RING_RADIUS, _RING_RADIUS)


def _disc(p: QPainter, c: QColor) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(c)
    p.drawEllipse(_CENTRE, _FILLED_RADIUS, _FILLED_RADIUS)


def _line(p: QPainter, c: QColor, *points: tuple[float, float], width: float = 1.8) -> None:
    p.setPen(_pen(c, width))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _play(p: QPainter, c: QColor) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(c)
    p.drawPolygon(QPolygonF([QPointF(6.3, 4.8), QPointF(11.4, 8), QPointF(6.3, 11.2)]))


def _held(p: QPainter, c: QColor, _: QColor) -> None:
    _ring(p, c, dashed=True)
    _line(p, c, (6.6, 6), (6.6, 10))
    _line(p, c, (9.4, 6), (9.4, 10))


def _booked(p: QPainter, c: QColor, _: QColor) -> None:
    _ring(p, c, dashed=True)


def _confirmed(p: QPainter, c: QColor, _: QColor) -> None:
    _ring(p, c)
    _line(p, c, (5.2, 8.2), (7.2, 10.2), (10.8, 6.2))


def _arrived(p: QPainter, c: QColor, _: QColor) -> None:
    _ring(p, c)
    half = QPainterPath(QPointF(8, 8 - _RING_RADIUS))
    half.arcTo(QRectF(8 - _RING_RADIUS, 8 - _RING_RADIUS, 2 * _RING_RADIUS, 2 * _RING_RADIUS), 90, -180)
    half.closeSubpath()
    p.fillPath(half, QBrush(c))


def _in_room(p: QPainter, c: QColor, _: QColor) -> None:
    _ring(p, c)
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(c)
    p.drawEllipse(_CENTRE, 2.5, 2.5)


def _dosing(p: QPainter, c: QColor, inner: QColor) -> None:
    _disc(p, c)
    _play(p, inner)


def _monitoring(p: QPainter, c: QColor, inner: QColor) -> None:
    _disc(p, c)
    _line(p, inner, (8, 4.2), (8, 8), (10.6, 9.6), width=1.7)


def _ready(p: QPainter, c: QColor, inner: QColor) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(c)
    corners = ((8, 0.9), (14.2, 4.5), (14.2, 11.5), (8, 15.1), (1.8, 11.5), (1.8, 4.5))
    p.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    _line(p, inner, (4.9, 8.2), (7.1, 10.4), (11.1, 5.9))


def _left(p: QPainter, c: QColor, _: QColor) -> None:
    _line(p, c, (3, 8.5), (6.3, 11.8), (13, 4.6), width=2)


def _cancelled(p: QPainter, c: QColor, _: QColor) -> None:
    _ring(p, c)
    _line(p, c, (4.2, 11.8), (11.8, 4.2))


def _missed(p: QPainter, c: QColor, _: QColor) -> None:
    _line(p, c, (3.5, 3.5), (12.5, 12.5), width=2.2)
    _line(p, c, (12.5, 3.5), (3.5, 12.5), width=2.2)


def _not_treated(p: QPainter, c: QColor, _: QColor) -> None:
    _ring(p, c)
    _line(p, c, (5.8, 5.8), (10.2, 10.2))
    _line(p, c, (10.2, 5.8), (5.8, 10.2))


def _left_early(p: QPainter, c: QColor, _: QColor) -> None:
    _line(p, c, (6.5, 2.8), (2.8, 2.8), (2.8, 13.2), (6.5, 13.2), width=2)
    _line(p, c, (6.5, 8), (13.2, 8), width=2)
    _line(p, c, (10.4, 5), (13.4, 8), (10.4, 11), width=2)


def _transferred(p: QPainter, c: QColor, inner: QColor) -> None:
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(c)
    p.drawRoundedRect(QRectF(1.4, 1.4, 13.2, 13.2), 3, 3)
    _line(p, inner, (8, 4.6), (8, 11.4), width=2.2)
    _line(p, inner, (4.6, 8), (11.4, 8), width=2.2)


_SHAPES: dict[VisitState, Callable[[QPainter, QColor, QColor], None]] = {
    VisitState.HELD: _held,
    VisitState.BOOKED: _booked,
    VisitState.CONFIRMED: _confirmed,
    VisitState.ARRIVED: _arrived,
    VisitState.IN_ROOM: _in_room,
    VisitState.DOSING: _dosing,
    VisitState.MONITORING: _monitoring,
    VisitState.READY: _ready,
    VisitState.LEFT: _left,
    VisitState.CANCELLED: _cancelled,
    VisitState.MISSED: _missed,
    VisitState.NOT_TREATED: _not_treated,
    VisitState.LEFT_EARLY: _left_early,
    VisitState.TRANSFERRED: _transferred,
}
