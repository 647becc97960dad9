"""Painting the wall view so that it is read from three metres: nothing is smaller than 32 px on a screen of
1366 x 768, and larger on a larger screen.
"""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from clinic_desktop.ui.paint import LEFT, RIGHT, Ink, Tone, elided, paint_box, strong_ink
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.wall.tiles import WallTile, fewest

SCREEN = (1366, 768)
SMALL, LARGE = 32, 46  # px on that screen
MOST = 12  # rooms that are read from three metres on it
_HEADER, _GAP = 60, 8
_TILE = (330, 200)  # what four lines of that size take
_LINES = ((8, 42), (50, 56), (104, 42), (150, 44))  # top and height of each


def scale_of(width: float, height: float) -> float:
    """How much larger than the least the screen is."""
    return min(width / SCREEN[0], height / SCREEN[1])


def columns_for(count: int, width: float, height: float) -> int:
    """The columns that let the tiles be largest."""
    wide, high = _TILE

    def size(columns: int) -> float:
        return min(width / columns / wide, height / math.ceil(count / columns) / high)

    return max(range(1, max(2, count + 1)), key=size)


def unit_of(width: float, height: float, scale: float) -> float:
    """Px of one logical px in a tile of that size: never less than the scale of the screen."""
    return max(scale, min(width / _TILE[0], height / _TILE[1], 2 * scale))


def alarm_ink(tone: Tone) -> Ink:
    """What is urgent is filled, the rest is text on the tile."""
    return Ink(theme().colours.ink2) if tone is Tone.NEUTRAL else strong_ink(tone)


def paint_wall(
    painter: QPainter,
    area: QRectF,
    tiles: Sequence[WallTile],
    clock: str,
    title: str,
    calls: str,
    empty: str = "",
) -> None:
    """The time above, and a call for help across it; below the rooms, or in words why there are none."""
    c, scale = theme().colours, scale_of(area.width(), area.height())
    painter.fillRect(area, c.canvas)
    gap = _GAP * scale
    inner = area.adjusted(gap * 1.5, gap, -gap * 1.5, -gap)
    header = QRectF(inner.left(), inner.top(), inner.width(), _HEADER * scale)
    if calls:
        ink = strong_ink(Tone.DANGER)
        paint_box(painter, header, ink.fill, None, 8)
        inside = header.adjusted(2 * gap, 0, -2 * gap, 0)
        taken = write(painter, inside, clock, LARGE * scale, ink.text, RIGHT) + 4 * gap
        write(painter, inside.adjusted(0, 0, -taken, 0), calls, LARGE * scale, ink.text)
    else:
        write(painter, header, title, SMALL * scale, c.ink2)
        write(painter, header, clock, LARGE * scale, c.ink, RIGHT)
    ground = inner.adjusted(0, header.height() + gap, 0, 0)
    shown = fewest(tiles, MOST)
    if shown:
        _grid(painter, ground, shown, gap, scale)
    else:
        write(painter, ground, empty, SMALL * scale, c.ink2, Qt.AlignmentFlag.AlignHCenter)


def _grid(painter: QPainter, ground: QRectF, tiles: Sequence[WallTile], gap: float, scale: float) -> None:
    columns = columns_for(len(tiles), ground.width(), ground.height())
    lines = math.ceil(len(tiles) / columns)
    width = (ground.width() - gap * (columns - 1)) / columns
    height = (ground.height() - gap * (lines - 1)) / lines
    unit = unit_of(width, height, scale)
    for number, tile in enumerate(tiles):
        line, column = divmod(number, columns)
        left, top = ground.left() + column * (width + gap), ground.top() + line * (height + gap)
        _tile(painter, QRectF(left, top, width, height), tile, unit)


def _tile(painter: QPainter, rect: QRectF, tile: WallTile, unit: float) -> None:
    c = theme().colours
    danger = tile.tone is Tone.DANGER
    fill = c.sunken if tile.free else c.surface
    paint_box(painter, rect, fill, c.danger if danger else c.line2, 8, 4 if danger else 1)
    inner = rect.adjusted(12 * unit, 0, -12 * unit, 0)
    room, who, minutes, alarm = (
        QRectF(inner.left(), rect.top() + top * unit, inner.width(), height * unit) for top, height in _LINES
    )
    small, ink = SMALL * unit, c.ink2 if tile.free else c.ink
    write(painter, room, tile.room, small, c.ink2)
    taken = write(painter, who, tile.who, LARGE * unit, ink) + 12 * unit if tile.who else 0
    write(painter, who.adjusted(taken, 0, 0, 0), tile.phase, small, ink, RIGHT if tile.who else LEFT)
    write(painter, minutes, tile.minutes, small, ink)
    if tile.alarm:
        words = alarm_ink(tile.tone)
        if words.fill is not None:
            paint_box(painter, alarm.adjusted(-4 * unit, 0, 4 * unit, 0), words.fill, None, 6)
        write(painter, alarm, tile.alarm, small, words.text)


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    size: float,
    ink: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """One line in the middle of a rectangle's height; answers how wide it is."""
    font = QFont(theme().font(TextRole.STRONG))
    font.setPixelSize(math.ceil(size))
    painter.setFont(font)
    painter.setPen(ink)
    shown = elided(text, font, rect.width() + 1)
    painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, shown)
    return QFontMetricsF(font).horizontalAdvance(shown)
