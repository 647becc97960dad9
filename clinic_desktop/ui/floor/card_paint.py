"""Painting the cards of those who are here."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from clinic_desktop.treatment.alarms import AlarmLevel
from clinic_desktop.ui.floor.card import Bar, Card, Ring, Vitals
from clinic_desktop.ui.floor.commands import PICK
from clinic_desktop.ui.floor.driver_mark import mark_driver
from clinic_desktop.ui.floor.layout import ALARM_HEIGHT
from clinic_desktop.ui.floor.log import ONLY_HERE
from clinic_desktop.ui.floor.trend_paint import WIDTH as TREND_WIDTH
from clinic_desktop.ui.floor.trend_paint import paint_trend
from clinic_desktop.ui.glyphs import paint_status, state_word
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.paint import (
    CENTRE,
    Tone,
    key_height,
    key_width,
    paint_box,
    paint_key,
    strong_ink,
    text_width,
    write,
    write_right,
)
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens

_PAD, _GAP = 12, 8
_RING, _RING_WIDTH = 64, 5.0
_HEAD, _LINE, _BAR, _TREND = 22, 20, 28, 26
_MARK = 21  # a sign with its gap


def paint_card(painter: QPainter, rect: QRectF, card: Card, chosen: bool, focus: bool) -> None:
    """Head, ring with name and doses, earliest release, the next due bar, what is to be settled with the last
    pressures, and the way home."""
    c, px = theme().colours, theme().px
    radius = tokens().radius["card"]
    late, very = card.level >= AlarmLevel.LATE, card.level >= AlarmLevel.VERY_LATE
    edge, width = (c.danger, 3 if very else 2) if late else (c.line2, 1)
    paint_box(painter, rect, c.surface, edge, radius, width)
    if chosen:
        paint_box(
            painter, rect.adjusted(-2, -2, 2, 2), None, c.accent if focus else c.accent_line, radius + 2, 2
        )
    inner = rect.adjusted(px(_PAD), px(9), -px(_PAD), -px(10))
    rows = _Rows(inner)
    _head(painter, rows.take(_HEAD, 6), card)
    _, at, ask = card.alarm
    if card.limits:
        call = Bar(card.limits, f"{at}, {ask}", Tone.DANGER)
        _bar(painter, rows.take(_BAR, ALARM_HEIGHT - _BAR), call, first=True)
    _middle(painter, rows.take(_RING, 7), card)
    _release(painter, rows.take(_LINE, 6), card)
    _bar(painter, rows.take(_BAR, 6), card.bar)
    _to_settle(painter, rows.take(_TREND, 6), card)
    if card.alike:
        _mark(painter, rows.take(_LINE, 4), card.similar, c.warn)
    if card.trouble:
        _mark(painter, rows.take(_LINE, 4), card.trouble, c.danger)
    if card.only_here:
        row = rows.take(_LINE, 4)
        words = only_here_words(card, row.width() - px(_MARK))
        _mark(painter, row, words, c.warn, ONLY_HERE)
    _way_home(painter, QRectF(inner.left(), inner.bottom() - px(_HEAD), inner.width(), px(_HEAD)), card)


class _Rows:
    """The inside of a card, handed out row by row from the top."""

    def __init__(self, inner: QRectF) -> None:
        self._inner, self._top = inner, inner.top()

    def take(self, height: int, below: int) -> QRectF:
        row = QRectF(self._inner.left(), self._top, self._inner.width(), theme().px(height))
        self._top = row.bottom() + theme().px(below)
        return row


def _head(painter: QPainter, row: QRectF, card: Card) -> None:
    """The key that goes to the card and the room at the left; state and nurse at the right."""
    px = theme().px
    if card.number:
        cap = key_text(PICK[card.number - 1].key)
        paint_key(painter, QPointF(row.left(), row.center().y() - key_height() / 2), cap)
        row = row.adjusted(key_width(cap) + px(_GAP), 0, 0, 0)
    left = write_right(painter, row, card.nurse, TextRole.LABEL, theme().colours.ink2)
    colour, size = theme().status_colour(card.state), px(16)
    if card.ring is not None:
        left = write_right(painter, left, card.ring.left, TextRole.LABEL, theme().colours.ink2)
    left = write_right(painter, left, state_word(card.state), TextRole.STRONG, colour)
    at = QPointF(left.right() - size + px(_GAP) - px(6), row.center().y() - size / 2)
    paint_status(painter, card.state, at, size)
    write(painter, left.adjusted(0, 0, -size - px(6), 0), card.room, TextRole.STRONG)


def _middle(painter: QPainter, area: QRectF, card: Card) -> None:
    c, px = theme().colours, theme().px
    left = area.left()
    if card.ring is not None:
        _ring(painter, QRectF(left, area.top(), px(_RING), px(_RING)), card.ring, card)
        left += px(_RING + 12)
    first, second, third = (
        QRectF(left, area.top() + px(top), area.right() - left, px(height))
        for top, height in ((0, 20), (20, 18), (42, 22))
    )
    vitals = card.vitals or Vitals()
    ink = {Tone.WARN: c.warn, Tone.DANGER: c.danger}.get(vitals.tone)
    rest = write_right(painter, first, vitals.pressure, TextRole.NAME, ink)
    write(painter, write_right(painter, rest, vitals.time, TextRole.LABEL, c.ink2), card.name, TextRole.NAME)
    beside = (TextRole.STRONG, c.danger) if vitals.low else (TextRole.LABEL, c.ink2)
    rest = write_right(painter, second, vitals.beside, *beside)
    write(painter, rest, card.what, TextRole.BODY, c.ink2)
    _doses(painter, third, card)


def _ring(painter: QPainter, rect: QRectF, ring: Ring, card: Card) -> None:
    """How far the phase has come; a plain ring where no length is known."""
    c, px = theme().colours, theme().px
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = px(_RING_WIDTH)
    circle = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(c.closed, width))
    painter.drawEllipse(circle)
    if ring.share:
        pen = QPen(c.danger if card.late else theme().status_colour(card.state), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap if ring.share < 1 else Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(circle, 90 * 16, -round(ring.share * 360 * 16))
    if not ring.below:
        write(painter, rect, ring.text, TextRole.NAME, align=CENTRE)
        return
    upper = QRectF(rect.left(), rect.top() + px(13), rect.width(), px(20))
    lower = QRectF(rect.left(), rect.top() + px(31), rect.width(), px(16))
    write(painter, upper, ring.text, TextRole.NAME, align=CENTRE)
    write(painter, lower, ring.below, TextRole.CAPTION, c.ink2, CENTRE)


def _doses(painter: QPainter, row: QRectF, card: Card) -> None:
    """The newest where not all fit."""
    family = theme().family(card.family)
    left, pad, gap = row.left(), theme().px(7), theme().px(6)

    def width(dose: str) -> float:
        return text_width(dose, TextRole.LABEL) + 2 * pad + 1

    for dose in newest_that_fit(card.doses, lambda one: width(one) + gap, row.width() + gap):
        chip = QRectF(left, row.top(), width(dose), row.height())
        paint_box(painter, chip, family.prep, family.edge, tokens().radius["badge"])
        write(painter, chip.adjusted(pad, 0, 0, 0), dose, TextRole.LABEL, family.ink)
        left += width(dose) + gap


def newest_that_fit(doses: Sequence[str], width: Callable[[str], float], room: float) -> Sequence[str]:
    """The last of what was given, as many as there is room for, led by how many came before them."""
    for left_out in range(len(doses)):
        shown = [*([tr("+{n}").format(n=left_out)] if left_out else []), *doses[left_out:]]
        if sum(map(width, shown)) <= room:
            return shown
    return doses[-1:]


def _release(painter: QPainter, row: QRectF, card: Card) -> None:
    """The time first, the rule it follows from beside it."""
    words, value = card.release
    rest = write_right(painter, row, value, TextRole.STRONG)
    write(painter, rest, words, TextRole.LABEL, theme().colours.ink2)


def _bar(painter: QPainter, rect: QRectF, bar: Bar | None, *, first: bool = False) -> None:
    """first: where both have no room, what is at the left stays whole."""
    if bar is None:
        return
    ink, size, px = strong_ink(bar.tone), theme().px(15), theme().px
    paint_box(painter, rect, ink.fill, None, tokens().radius["badge"])
    icon = "warning" if bar.tone is Tone.DANGER else bar.icon
    at = QPointF(rect.left() + px(9), rect.center().y() - size / 2)
    paint_icon(painter, icon, at, size, ink.text)
    inside = rect.adjusted(px(16) + size, 0, -px(9), 0)
    beside = inside
    if first:
        beside = inside.adjusted(
            min(text_width(bar.text, TextRole.STRONG) + px(_GAP) + 2, inside.width()), 0, 0, 0
        )
    rest = write_right(painter, beside, bar.right, TextRole.BODY, ink.text)
    rest.setLeft(inside.left())
    write(painter, rest, bar.text, TextRole.STRONG, ink.text)


def _to_settle(painter: QPainter, row: QRectF, card: Card) -> None:
    """What stands before the next gate, and the last pressures at the right."""
    if card.trend is not None:
        width = theme().px(TREND_WIDTH)
        paint_trend(painter, QRectF(row.right() - width, row.top(), width, row.height()), card.trend)
        row = row.adjusted(0, 0, -width - theme().px(_GAP), 0)
    write(painter, row, settle_words(card, row.width()), TextRole.LABEL, theme().colours.ink2)


def settle_words(card: Card, room: float) -> str:
    """Whole words only: what is not named for want of room is counted."""
    for shown in range(len(card.blockers), 1, -1):
        words = card.to_settle_with(shown)
        if text_width(words, TextRole.LABEL) <= room:
            return words
    return card.to_settle_with(1) if card.blockers else ""


def only_here_words(card: Card, room: float) -> str:
    """Whole words only: what is not named for want of room is counted."""
    for shown in range(len(card.only_here), 1, -1):
        words = card.only_here_with(shown)
        if text_width(words, TextRole.STRONG) <= room:
            return words
    return card.only_here_with(1)


def _mark(painter: QPainter, row: QRectF, text: str, ink: QColor, icon: str = "warning") -> None:
    size = theme().px(15)
    paint_icon(painter, icon, QPointF(row.left(), row.center().y() - size / 2), size, ink)
    write(painter, row.adjusted(theme().px(_MARK), 0, 0, 0), text, TextRole.STRONG, ink)


def _way_home(painter: QPainter, row: QRectF, card: Card) -> None:
    """The driver's state, who it is, and the phone."""
    if card.driver is None:
        return
    taken = mark_driver(painter, row, card.driver) + theme().px(_GAP)
    write(painter, row.adjusted(taken, 0, 0, 0), card.driver_name, TextRole.LABEL, theme().colours.ink2)
