"""Painting a visit that never came: a pale broken outline with its word and a name struck through.

In a strip beside what is booked now the words run upwards.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.board.block import Block, initials_of, names_of
from clinic_desktop.ui.board.block_paint import COMPACT_BELOW, Picture, Size, name_font, picture_of
from clinic_desktop.ui.board.day_axis import short_clock
from clinic_desktop.ui.glyphs import paint_status, state_word
from clinic_desktop.ui.paint import elided, paint_lines
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens

_PAD = 6.0
_GLYPH = 14
_LEAST_STRIP = 12.0  # narrower ones, in the week, have the outline and the pattern only
_DASHES = {VisitState.MISSED: [1.5, 2.5]}
_DASH = [5.0, 3.0]


def painted_gone(block: Block, size: Size, ratio: float) -> Picture:
    """The visit as a picture."""
    return picture_of(block, size, ratio, lambda painter: _paint(painter, block, size))


def _paint(painter: QPainter, block: Block, size: Size) -> Sequence[QRectF]:
    rect = QRectF(0, 0, size.width, size.body)
    _paint_outline(painter, block, rect)
    painter.setPen(theme().colours.ink2)
    if size.width < _LEAST_STRIP:
        return ()
    if size.width < theme().px(COMPACT_BELOW):
        return _paint_upwards(painter, block, rect)
    return _paint_lines(painter, block, rect)


def _paint_outline(painter: QPainter, block: Block, rect: QRectF) -> None:
    c = theme().colours
    ground = QColor(c.surface)
    ground.setAlphaF(0.85)
    radius = min(float(tokens().radius["block"]), rect.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    paint_lines(painter, rect.adjusted(2, 2, -2, -2), c.line)
    pen = QPen(c.ink if theme().high_contrast else c.control, 2 if theme().high_contrast else 1.3)
    pen.setDashPattern(_DASHES.get(block.state, _DASH))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)


def _struck() -> QFont:
    font = QFont(theme().font(TextRole.LABEL))
    font.setStrikeOut(True)
    return font


def _paint_lines(painter: QPainter, block: Block, rect: QRectF) -> Sequence[QRectF]:
    """The word first, then who and when; on one line where there is only one."""
    step, size = theme().px(17), theme().px(_GLYPH)
    top = 3.0 if rect.height() > step + 4 else max(0.0, (rect.height() - step) / 2)
    glyph = QPointF(_PAD, top + (step - size) / 2)
    paint_status(painter, block.state, glyph, size, theme().colours.surface)
    painter.setPen(theme().colours.ink2)
    room = rect.width() - 2 * _PAD
    lines = [(state_word(block.state), name_font(), size + 4.0)]
    if top + 2 * step <= rect.height():
        lines.append((_fitting(list(names_of(block)), _struck(), room), _struck(), 0.0))
        lines.append((f"{short_clock(block.start)}\N{EN DASH}{short_clock(block.end)}", _plain(), 0.0))
    else:
        both = f"{state_word(block.state)}: {names_of(block)[-1]}"
        lines = [(both, _plain(), size + 4.0)]
    words = [QRectF(glyph.x(), glyph.y(), size, size)]
    for text, font, indent in lines:
        if top + step > rect.height() + 2:
            break
        at = QRectF(_PAD + indent, top, room - indent, step)
        painter.setFont(font)
        painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, elided(text, font, at.width()))
        width = min(at.width(), QFontMetricsF(font).horizontalAdvance(text))
        words.append(QRectF(at.left() - 2, at.top() + 1, width + 4, step - 2))
        top += step
    return words


def _paint_upwards(painter: QPainter, block: Block, rect: QRectF) -> Sequence[QRectF]:
    word, room = state_word(block.state), rect.height() - 2 * _PAD
    texts = [f"{word}: {name}" for name in names_of(block)] + [f"{word}: {initials_of(block)}", word]
    font = _plain()
    painter.save()
    painter.translate(rect.left(), rect.bottom())
    painter.rotate(-90)
    painter.setFont(font)
    at = QRectF(_PAD, 0, room, rect.width())
    painter.drawText(
        at, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, _fitting(texts, font, room)
    )
    painter.restore()
    return (rect.adjusted(2, _PAD, -2, -_PAD),)


def _plain() -> QFont:
    return theme().font(TextRole.LABEL)


def _fitting(texts: Sequence[str], font: QFont, room: float) -> str:
    """The first that fits; else the last, cut."""
    metrics = QFontMetricsF(font)
    fits = (text for text in texts if metrics.horizontalAdvance(text) <= room)
    return next(fits, elided(texts[-1], font, room))
