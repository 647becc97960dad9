"""Rows for item views: icon or state, name, detail, a note, something on the right, a key cap.

Where every word must be read, as in the lists of the set-up, name and detail take as many lines as they need.
"""

import math
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.glyphs import paint_status
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.paint import (
    Tone,
    badge_height,
    badge_width,
    key_height,
    key_width,
    paint_badge,
    paint_box,
    paint_key,
    text_width,
    tone_ink,
    write,
)
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.widgets.list_model import THING_ROLE

_PAD = 10
_MARK = 16
_GAP = 8
_WRAP = Qt.TextFlag.TextWordWrap.value


@dataclass(frozen=True, slots=True)
class Row:
    """What one row shows. Its model answers THING_ROLE with it, and AccessibleTextRole with ``spoken``."""

    text: str
    detail: str = ""
    right: str = ""
    icon: str = ""
    state: VisitState | None = None
    badge: str = ""
    tone: Tone = Tone.NEUTRAL
    key: str = ""
    key_room: int = 0  # px kept for the key, so that the words of several rows line up
    key_works: bool = True  # False: only its room is kept
    note: str = ""  # on a third line, as wide as the row

    @property
    def spoken(self) -> str:
        return ". ".join(part for part in (self.text, self.detail, self.note, self.badge, self.right) if part)


class RowDelegate(QStyledItemDelegate):
    """Paints a ``Row``; a model without THING_ROLE falls back to Qt's own painting.

    wrap: words that do not fit go on in the next line instead of being cut.
    """

    def __init__(self, parent: QWidget | None = None, *, wrap: bool = False) -> None:
        super().__init__(parent)
        self._wrap = wrap

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row = index.data(THING_ROLE)
        if not isinstance(row, Row):
            return super().sizeHint(option, index)
        view, width = self.parent(), math.inf
        if self._wrap and isinstance(view, QAbstractItemView):
            width = view.viewport().width() - 2 * _PAD
        lines = sum(_heights(row, width - _beside(row))) + _note_height(row, width - _mark_room(row))
        return QSize(theme().px(120), max(theme().px(tokens().row["list"]), lines + theme().px(10)))

    def row_at(self, index: QModelIndex | QPersistentModelIndex) -> Row | None:
        """The row as it is painted now."""
        row = index.data(THING_ROLE)
        return row if isinstance(row, Row) else None

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = self.row_at(index)
        if row is None:
            super().paint(painter, option, index)
            return
        painter.save()
        state = option.state
        rect = QRectF(option.rect)
        if state & QStyle.StateFlag.State_Selected:
            c = theme().colours
            # A framed list shows the focus on its frame.
            ring = bool(state & QStyle.StateFlag.State_HasFocus) and not option.widget.property("framed")
            edge, width = (c.accent, 2) if ring else (c.accent_line, 1)
            paint_box(painter, rect.adjusted(2, 1, -2, -1), c.accent_soft, edge, width=width)
        paint_row(painter, rect.adjusted(_PAD, 0, -_PAD, 0), row, wrap=self._wrap)
        painter.restore()


def row_width(row: Row) -> int:
    """The width in which no word of a row is cut."""
    words = max(
        text_width(row.text, TextRole.STRONG if row.detail else TextRole.BODY),
        text_width(row.detail, TextRole.LABEL),
        text_width(row.note, TextRole.LABEL),
    )
    return math.ceil(2 * _PAD + words + _beside(row)) + 2


def _beside(row: Row) -> float:
    """What stands left and right of the words, with the gaps."""
    right = text_width(row.right, TextRole.LABEL) + _GAP if row.right else 0
    badge = badge_width(row.badge) + _GAP if row.badge else 0
    return _mark_room(row) + badge + right


def _mark_room(row: Row) -> float:
    """What stands left of the words, with the gap."""
    if row.key:
        return max(key_width(row.key), theme().px(row.key_room)) + _GAP
    return theme().px(_MARK) + _GAP if row.icon or row.state is not None else 0


def _heights(row: Row, width: float) -> tuple[int, int]:
    """Of the name and of the detail, in a width; without an end each is one line."""
    text, name = tokens().text, TextRole.STRONG if row.detail else TextRole.BODY
    below = _lines(row.detail, TextRole.LABEL, width) * theme().px(text[TextRole.LABEL].line)
    return _lines(row.text, name, width) * theme().px(text[TextRole.BODY].line), below if row.detail else 0


def _note_height(row: Row, width: float) -> int:
    """Of the note, in a width; without an end it is one line."""
    line = theme().px(tokens().text[TextRole.LABEL].line)
    return _lines(row.note, TextRole.LABEL, width) * line if row.note else 0


def _lines(text: str, role: TextRole, width: float) -> int:
    if text_width(text, role) <= width + 1:  # what is just as wide stays in its line
        return 1
    metrics = QFontMetricsF(theme().font(role))
    box = metrics.boundingRect(QRectF(0, 0, max(1.0, width) + 1, 1e4), _WRAP, text)
    return max(1, round(box.height() / metrics.lineSpacing()))


def paint_row(painter: QPainter, rect: QRectF, row: Row, *, wrap: bool = False) -> None:
    """The content of a row inside ``rect``."""
    note = _note_height(row, rect.width() - _mark_room(row) if wrap else math.inf)
    upper = rect.adjusted(0, 0, 0, -note)
    left = _paint_mark(painter, upper, row)
    right = _paint_right(painter, upper, row)
    words = QRectF(left, rect.top(), max(0.0, right - left), upper.height())
    bottom = _paint_words(painter, words, row, wrap=wrap)
    if row.note:
        put, below = (_write_lines if wrap else write), QRectF(left, bottom, rect.right() - left, note)
        put(painter, below, row.note, TextRole.LABEL, theme().colours.ink)


def _paint_mark(painter: QPainter, rect: QRectF, row: Row) -> float:
    size = theme().px(_MARK)
    at = QPointF(rect.left(), rect.center().y() - size / 2)
    if row.key:
        if row.key_works:
            paint_key(painter, QPointF(rect.left(), rect.center().y() - key_height() / 2), row.key)
        return rect.left() + max(key_width(row.key), theme().px(row.key_room)) + _GAP
    if row.state is not None:
        paint_status(painter, row.state, at, size)
    elif row.icon:
        paint_icon(painter, row.icon, at, size, theme().colours.ink3)
    else:
        return rect.left()
    return rect.left() + size + _GAP


def _paint_right(painter: QPainter, rect: QRectF, row: Row) -> float:
    right = rect.right()
    if row.right:
        width = text_width(row.right, TextRole.LABEL)
        painter.setFont(theme().font(TextRole.LABEL))
        painter.setPen(theme().colours.ink2)
        words = QRectF(right - width - 1, rect.top(), width + 1, rect.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, row.right)
        right -= width + _GAP
    if row.badge:
        width = badge_width(row.badge)
        at = QPointF(right - width, rect.center().y() - badge_height() / 2)
        paint_badge(painter, at, row.badge, tone_ink(row.tone))
        right -= width + _GAP
    return right


def _paint_words(painter: QPainter, rect: QRectF, row: Row, *, wrap: bool) -> float:
    """Answers where they end below."""
    body, small = _heights(row, rect.width() if wrap else math.inf)
    top = rect.center().y() - (body + small) / 2
    put = _write_lines if wrap else write
    name = QRectF(rect.left(), top, rect.width(), body)
    put(painter, name, row.text, TextRole.STRONG if row.detail else TextRole.BODY, theme().colours.ink)
    if row.detail:
        below = QRectF(rect.left(), top + body, rect.width(), small)
        put(painter, below, row.detail, TextRole.LABEL, theme().colours.ink2)
    return top + body + small


def _write_lines(painter: QPainter, rect: QRectF, text: str, role: TextRole, ink: QColor) -> None:
    painter.setFont(theme().font(role))
    painter.setPen(ink)
    painter.drawText(rect.adjusted(0, 0, 1, 0), Qt.AlignmentFlag.AlignVCenter.value | _WRAP, text)
