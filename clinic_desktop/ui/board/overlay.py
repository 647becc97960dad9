"""What lies over the visits: now-line, check-in stems, cursor and range, ghosts, a carried visit."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.block_paint import STRIPE, name_font, paint_brush
from clinic_desktop.ui.board.day_axis import short_clock
from clinic_desktop.ui.board.grid import Box
from clinic_desktop.ui.board.ports import Ghost
from clinic_desktop.ui.free_spot import free_spot
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import (
    Tone,
    badge_height,
    badge_width,
    elided,
    key_height,
    key_width,
    paint_badge,
    paint_box,
    paint_key,
    strong_ink,
)
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens

NOW_WIDTH = 2.0
_INSIDE = 4  # px between the edge of a visit and a badge on it


def qrect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def paint_check_ins(painter: QPainter, shown: Iterable[tuple[QRectF, Block]], per_minute: float) -> None:
    """A stem with a cap above each block: from when the patient is asked to be here."""
    lines: dict[VisitState, list[QLineF]] = {}
    for rect, block in shown:
        lead = (block.start - block.arrive) * per_minute
        if lead >= 3 and not block.ended:
            left, top = rect.left() + STRIPE / 2, rect.top() - lead + 1
            stem = QLineF(left, top, left, rect.top())
            lines.setdefault(block.whereabouts, []).extend((stem, QLineF(left, top, left + 7, top)))
    for state, drawn in lines.items():
        painter.setPen(QPen(theme().status_colour(state), 1.5))
        painter.drawLines(drawn)


def paint_now_line(painter: QPainter, left: float, right: float, y: float, words: Iterable[QRectF]) -> None:
    """From left to right at ``y``, leaving out the words it would cross; on whole pixels."""
    colour, top = theme().colours.now, round(y) - NOW_WIDTH / 2
    at = left
    crossed = [
        one for one in words if one.top() <= y <= one.bottom() and one.right() > left and one.left() < right
    ]
    for one in sorted(crossed, key=lambda rect: rect.left()):
        if one.left() > at:
            painter.fillRect(QRectF(at, top, one.left() - at, NOW_WIDTH), colour)
        at = max(at, one.right())
    if at < right:
        painter.fillRect(QRectF(at, top, right - at, NOW_WIDTH), colour)


@dataclass(frozen=True, slots=True)
class CellWords:
    """What is written into the cursor or a range: the first that fits."""

    texts: tuple[str, ...]


def paint_cell(painter: QPainter, box: Box, words: CellWords, *, focused: bool) -> None:
    """The cell cursor, or a selected range."""
    c = theme().colours
    rect = qrect(box)
    line = theme().px(18)
    if rect.height() < line:
        rect.setHeight(line)
    fill = QColor(c.accent_soft)
    fill.setAlphaF(0.9)
    paint_box(painter, rect, fill, c.accent if focused else c.accent_line, 4, 2)
    font = theme().font(TextRole.LABEL)
    painter.setFont(font)
    painter.setPen(c.accent)
    room = rect.width() - 12
    fitting = (one for one in words.texts if elided(one, font, room) == one)
    text = next(fitting, elided(words.texts[-1], font, room) if words.texts else "")
    painter.drawText(QRectF(rect.left() + 7, rect.top(), room, line), Qt.AlignmentFlag.AlignVCenter, text)


def paint_ghost(painter: QPainter, box: Box, ghost: Ghost, turnover: float) -> None:
    """A visit that might be; ``turnover``: how far below it the room is still being made ready."""
    c = theme().colours
    rect = qrect(box)
    if turnover >= 2:
        paint_brush(painter, QRectF(rect.left(), rect.bottom(), rect.width(), turnover), c.accent)
    radius, width = tokens().radius["block"], 2 if ghost.chosen else 1.4
    paint_box(painter, rect, c.accent_soft, c.accent, radius, width, dashed=not ghost.chosen)
    left, top = rect.left() + 8, rect.top() + 4
    if ghost.number:
        paint_key(painter, QPointF(left, top), str(ghost.number))
        left += key_width(str(ghost.number)) + 6
    times = f"{short_clock(ghost.start)}\N{EN DASH}{short_clock(ghost.end)}"
    lines = [(ghost.label, name_font()), (times, theme().font(TextRole.LABEL))]
    lines += [(ghost.note, theme().font(TextRole.LABEL))] if ghost.note else []
    step = max(theme().px(17), key_height() - 3)
    painter.setPen(c.accent)
    for number, (text, font) in enumerate(lines):
        if top + step > rect.bottom() + 2 and number:
            break
        at = left if number == 0 else rect.left() + 8
        painter.setFont(font)
        room = rect.right() - at - 5
        painter.drawText(QRectF(at, top, room, step), Qt.AlignmentFlag.AlignVCenter, elided(text, font, room))
        top += step + (2 if number == 0 else 0)


def paint_gap(painter: QPainter, rect: QRectF, visit: QRectF, words: Sequence[QRectF]) -> None:
    """A stretch of a visit in which nobody covers it: crimson edge, and what that means where it covers none
    of the words that stand on the visit; a mark alone where the words for it have no room."""
    c = theme().colours
    paint_box(painter, rect.adjusted(-1, 0, 1, 0), None, c.danger, 4, 2, dashed=True)
    for text, icon in ((tr("No cover"), ""), ("", "warning")):
        at = gap_badge_at(rect, visit, words, QSizeF(badge_width(text, icon), badge_height()))
        if at is not None:
            paint_badge(painter, at, text, strong_ink(Tone.DANGER), icon)
            return


def gap_badge_at(rect: QRectF, visit: QRectF, words: Sequence[QRectF], size: QSizeF) -> QPointF | None:
    """Where a badge covers no words: in the gap, else elsewhere on the visit; None for nowhere."""
    taken = [one.toAlignedRect() for one in words]
    whole = QSize(math.ceil(size.width()), math.ceil(size.height()))
    for area in (rect, visit):
        inside = area.adjusted(_INSIDE, 2, -_INSIDE, -2).toRect()
        if inside.width() < whole.width() or inside.height() < whole.height():
            continue
        if (spot := free_spot(inside, whole, taken, apart=1)) is not None:
            return QPointF(spot)
    return None


def paint_carried(painter: QPainter, rect: QRectF, body: float, *, fits: bool) -> None:
    """The edge of a carried visit: teal where it fits, crimson and dashed where it does not."""
    c = theme().colours
    outline = QRectF(rect.left(), rect.top(), rect.width(), body).adjusted(-2, -2, 2, 2)
    colour = c.accent if fits else c.danger
    paint_box(painter, outline, None, colour, tokens().radius["block"] + 1, 2.5, dashed=not fits)


def range_words(start: int, end: int) -> CellWords:
    """ "10:15-11:00, 45 min"."""
    times = f"{short_clock(start)}\N{EN DASH}{short_clock(end)}"
    return CellWords((tr("{times}, {minutes} min").format(times=times, minutes=end - start), times))


def cell_words(minute: int, until: int | None) -> CellWords:
    """ "10:15, free until 12:45"."""
    time = short_clock(minute)
    if until is None:
        return CellWords((time,))
    said = tr("{time} free until {until}").format(time=time, until=short_clock(until))
    short = tr("free to {until}").format(until=short_clock(until))
    return CellWords((said, short, time))
