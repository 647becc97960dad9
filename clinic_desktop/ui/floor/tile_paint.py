"""Painting the tile of a room without a patient."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from clinic_desktop.treatment.rooms import RoomState
from clinic_desktop.ui.floor.commands import PICK
from clinic_desktop.ui.floor.tile import Tile
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.paint import key_height, key_width, paint_box, paint_key, write, write_right
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens

_PAD, _GAP, _HEAD, _LINE = 12, 8, 22, 20
_ICONS = {
    RoomState.OCCUPIED: "person",
    RoomState.CLOSED: "lock",
    RoomState.TURNOVER: "clock",
    RoomState.FREE: "check",
}


def paint_tile(painter: QPainter, rect: QRectF, tile: Tile, chosen: bool, focus: bool) -> None:
    """The key and the room, what the room is doing, and who comes next; quieter than a card."""
    c, px = theme().colours, theme().px
    radius = tokens().radius["card"]
    paint_box(painter, rect, c.sunken, c.line2, radius)
    if chosen:
        edge = c.accent if focus else c.accent_line
        paint_box(painter, rect.adjusted(-2, -2, 2, 2), None, edge, radius + 2, 2)
    inner = rect.adjusted(px(_PAD), px(5), -px(_PAD), -px(5))
    head = QRectF(inner.left(), inner.top(), inner.width(), px(_HEAD))
    if tile.number:
        cap = key_text(PICK[tile.number - 1].key)
        paint_key(painter, QPointF(head.left(), head.center().y() - key_height() / 2), cap)
        head = head.adjusted(key_width(cap) + px(_GAP), 0, 0, 0)
    ink = c.warn if tile.state is RoomState.TURNOVER else c.ink2
    left = write_right(painter, head, tile.words, TextRole.STRONG, ink)
    size = px(15)
    at = QPointF(left.right() - size + px(2), head.center().y() - size / 2)
    paint_icon(painter, _ICONS[tile.state], at, size, ink)
    write(painter, left.adjusted(0, 0, -size - px(6), 0), tile.room, TextRole.STRONG)
    below = QRectF(inner.left(), head.bottom() + px(2), inner.width(), px(_LINE))
    write(painter, below, tile.then, TextRole.LABEL, c.ink2)
