"""Painting the rows of those who come, and of those who have left or did not come."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from clinic_desktop.ui.floor.card import Card, Group
from clinic_desktop.ui.floor.driver_mark import driver_badge_width, mark_driver
from clinic_desktop.ui.floor.log import ONLY_HERE
from clinic_desktop.ui.glyphs import paint_status, state_word
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.paint import paint_box, write, write_right
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole

_TIME, _GLYPH, _GAP = 78, 16, 8
_TWO_LINES = (Group.COMING, Group.UNCLOSED)


def paint_row(painter: QPainter, rect: QRectF, card: Card, chosen: bool, focus: bool) -> None:
    """Time, state, name, what it is, and at the right the driver or how it ended."""
    c, px = theme().colours, theme().px
    if chosen:
        paint_box(
            painter, rect.adjusted(0, 1, 0, -1), c.accent_soft, c.accent if focus else c.accent_line,
            width=2 if focus else 1,
        )  # fmt: skip
    elif card.group in _TWO_LINES:
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), c.line)
    row = rect.adjusted(px(_GAP), 0, -px(_GAP), 0)
    write(painter, QRectF(row.left(), row.top(), px(_TIME), row.height()), card.time, TextRole.STRONG)
    left, size = row.left() + px(_TIME), px(_GLYPH)
    paint_status(painter, card.state, QPointF(left, row.center().y() - size / 2), size)
    rest = QRectF(left + size + px(_GAP), row.top(), row.right() - left - size - px(_GAP), row.height())
    _coming(painter, rest, card) if card.group in _TWO_LINES else _ended(painter, rest, card)


def _coming(painter: QPainter, rect: QRectF, card: Card) -> None:
    c, px = theme().colours, theme().px
    if card.driver is not None:
        width = driver_badge_width(card.driver)
        mark_driver(painter, QRectF(rect.right() - width, rect.top(), width, rect.height()), card.driver)
        rest = rect.adjusted(0, 0, -width - px(12), 0)
    else:
        rest = rect
    half = rest.height() / 2
    upper = QRectF(rest.left(), rest.top() + px(3), rest.width(), half - px(2))
    lower = QRectF(rest.left(), rest.top() + half, rest.width(), half - px(3))
    taken = write(painter, upper, card.name, TextRole.STRONG) + px(10)
    taken += _only_here(painter, upper.adjusted(taken, 0, 0, 0), card)
    write(painter, upper.adjusted(taken, 0, 0, 0), card.similar, TextRole.LABEL, c.warn)
    if card.trouble:
        write(painter, lower, card.trouble, TextRole.LABEL, c.danger)
    else:
        words = ", ".join(part for part in (card.what, card.room, card.nurse) if part)
        write(painter, lower, words, TextRole.LABEL, c.ink2)


def _ended(painter: QPainter, rect: QRectF, card: Card) -> None:
    c = theme().colours
    ink = theme().status_colour(card.state)
    rest = write_right(painter, rect, state_word(card.state), TextRole.LABEL, ink)
    taken = write(painter, rest, card.name, TextRole.BODY, c.ink2) + theme().px(10)
    taken += _only_here(painter, rest.adjusted(taken, 0, 0, 0), card)
    if card.trouble:
        write(painter, rest.adjusted(taken, 0, 0, 0), card.trouble, TextRole.LABEL, c.danger)
        return
    taken += write(painter, rest.adjusted(taken, 0, 0, 0), card.what, TextRole.LABEL, c.ink3) + theme().px(10)
    write(painter, rest.adjusted(taken, 0, 0, 0), card.similar, TextRole.LABEL, c.warn)


def _only_here(painter: QPainter, row: QRectF, card: Card) -> float:
    """That this computer keeps some of it; answers the width it takes."""
    if not card.only_here:
        return 0
    size, warn = theme().px(_GLYPH), theme().colours.warn
    paint_icon(painter, ONLY_HERE, QPointF(row.left(), row.center().y() - size / 2), size, warn)
    left = size + theme().px(_GAP) / 2
    words = card.only_here_with(len(card.only_here))
    return left + write(painter, row.adjusted(left, 0, 0, 0), words, TextRole.LABEL, warn) + theme().px(10)
