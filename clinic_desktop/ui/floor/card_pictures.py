"""Pictures of the cards and tiles that have been painted: a repaint copies them, and a new minute paints anew
only what says something else.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap

from clinic_desktop.ui.floor.card_paint import paint_card
from clinic_desktop.ui.floor.tile import Row, Tile
from clinic_desktop.ui.floor.tile_paint import paint_tile
from clinic_desktop.ui.icons import pixel_ratio
from clinic_desktop.ui.theme import theme

_AROUND = 3  # px that the mark of the chosen one reaches beyond its rectangle


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that a picture depends on, the theme excepted."""

    row: Row
    width: int
    height: int
    ratio: float
    chosen: bool
    focus: bool


class CardPictures:
    """One picture for each row, for as long as the row looks the same."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], tuple[Look, QPixmap]] = {}
        theme().changed.connect(self.forget)

    def forget(self) -> None:
        """After a theme change every picture is stale."""
        self._kept.clear()

    def keep_only(self, rows: Iterable[Row]) -> None:
        there = {one.key for one in rows}
        for key in [one for one in self._kept if one not in there]:
            del self._kept[key]

    def paint(self, painter: QPainter, rect: QRect, row: Row, chosen: bool, focus: bool) -> None:
        look = Look(row, rect.width(), rect.height(), pixel_ratio(painter), chosen, focus)
        kept = self._kept.get(row.key)
        if kept is None or kept[0] != look:
            kept = self._kept[row.key] = look, _made(look)
        painter.drawPixmap(QPointF(rect.left() - _AROUND, rect.top() - _AROUND), kept[1])


def _made(look: Look) -> QPixmap:
    width, height = look.width + 2 * _AROUND, look.height + 2 * _AROUND
    picture = QPixmap(round(width * look.ratio), round(height * look.ratio))
    picture.setDevicePixelRatio(look.ratio)
    picture.fill(theme().colours.canvas)
    painter = QPainter(picture)
    rect = QRectF(_AROUND, _AROUND, look.width, look.height)
    if isinstance(look.row, Tile):
        paint_tile(painter, rect, look.row, look.chosen, look.focus)
    else:
        paint_card(painter, rect, look.row, look.chosen, look.focus)
    painter.end()
    return picture
