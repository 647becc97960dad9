"""Our own icons: SVG files in one line colour, tinted by the theme, crisp at any pixel ratio."""

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget

from clinic_desktop.foundation.resources import resource
from clinic_desktop.ui.theme import theme

_MENU_SIZE = 16
_RATIOS = (1.0, 2.0)


@cache
def _source(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def _pixmap(name: str, size: float, ratio: float, rgba: str) -> QPixmap:
    edge = max(1, round(size * ratio))
    pixmap = QPixmap(edge, edge)
    pixmap.fill(Qt.GlobalColor.transparent)
    drawing = _source(name).replace(b"currentColor", rgba.encode())
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    pixmap.setDevicePixelRatio(edge / size)
    return pixmap


def icon_pixmap(name: str, colour: QColor, size: float, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of ``size`` logical px. FileNotFoundError when there is no such icon."""
    return _pixmap(name, size, ratio, colour.name())


def pixel_ratio(painter: QPainter) -> float:
    """Device pixels for one logical pixel where the painter draws, also while a widget is pictured."""
    return painter.deviceTransform().m11()


def paint_icon(painter: QPainter, name: str, at: QPointF, size: float, colour: QColor) -> None:
    """Draw the icon with its top left corner at ``at``, moved to whole device pixels."""
    ratio = pixel_ratio(painter)
    snapped = QPointF(round(at.x() * ratio) / ratio, round(at.y() * ratio) / ratio)
    painter.drawPixmap(snapped, icon_pixmap(name, colour, size, ratio))


def icon(name: str) -> QIcon:
    """The icon for menus and Qt's own buttons, in today's colours: ask again after a theme change."""
    made = QIcon()
    colours = theme().colours
    for mode, colour in ((QIcon.Mode.Normal, colours.ink2), (QIcon.Mode.Disabled, colours.control)):
        for ratio in _RATIOS:
            made.addPixmap(icon_pixmap(name, colour, _MENU_SIZE, ratio), mode)
    return made


class IconLabel(QLabel):
    """An icon beside words that say the same; hidden from screen readers by having no name."""

    def __init__(self, name: str, ink: str = "ink2", size: float = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._ink, self._size = name, ink, size
        theme().changed.connect(self._draw)
        self._draw()

    def set_icon(self, name: str, ink: str) -> None:
        """Another icon; ``ink`` is the name of a theme colour."""
        self._name, self._ink = name, ink
        self._draw()

    def _draw(self) -> None:
        size = theme().px(self._size)
        colour = getattr(theme().colours, self._ink)
        self.setPixmap(icon_pixmap(self._name, colour, size, self.devicePixelRatioF()))
        self.setFixedSize(size, size)
