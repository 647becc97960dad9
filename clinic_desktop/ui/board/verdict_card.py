"""The card beside a carried visit: what speaks for the place it is held over, and what against it."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QTextLayout, QTextOption

from clinic_desktop.ui.board.block_paint import name_font
from clinic_desktop.ui.board.forecast import Fit, Mark, Said, Verdict
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.paint import paint_box, text_width
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens

_WIDTH = 300
_PAD = 12
_ICON = 15
_GAP = 12
_ICONS = {Mark.OK: "check", Mark.WARN: "warning", Mark.NO: "close", Mark.CALL: "calls"}
_MARK_INKS = {Mark.OK: "ok", Mark.WARN: "warn", Mark.NO: "danger", Mark.CALL: "warn"}
_FIT_INKS = {Fit.FITS: "ok", Fit.SWAPS: "ok", Fit.ASKS: "warn", Fit.NOT: "danger"}
_WRAP = QTextOption.WrapMode.WordWrap


def card_size(verdict: Verdict) -> QSizeF:
    """How large the card is, with its lines wrapped."""
    return QSizeF(_width(), 2 * _PAD + _line() + sum(_height(one) for one in verdict.lines) - 4)


def card_place(size: QSizeF, beside: QRectF, inside: QRectF) -> QRectF:
    """At the right of the carried visit, at its left where that does not fit, always inside the view."""
    left = beside.right() + _GAP
    if left + size.width() > inside.right() - 2:
        left = beside.left() - _GAP - size.width()
    left = max(inside.left() + 2, min(left, inside.right() - size.width() - 2))
    top = max(inside.top() + 2, min(beside.top(), inside.bottom() - size.height() - 2))
    return QRectF(QPointF(left, top), size)


def paint_card(painter: QPainter, rect: QRectF, verdict: Verdict) -> None:
    c = theme().colours
    paint_box(painter, rect, c.surface, getattr(c, _FIT_INKS[verdict.fit]), tokens().radius["card"], 1.5)
    at = QPointF(rect.left() + _PAD, rect.top() + _PAD - 2)
    strong = theme().font(TextRole.STRONG)
    painter.setFont(strong)
    painter.setPen(c.ink)
    head = QRectF(at.x(), at.y(), rect.width() - 2 * _PAD, _line())
    painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, verdict.title)
    painter.setPen(getattr(c, _FIT_INKS[verdict.fit]))
    used = text_width(verdict.title, TextRole.STRONG) + 8
    painter.drawText(head.adjusted(used, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, verdict.word)
    top = at.y() + _line()
    for one in verdict.lines:
        _paint_said(painter, QPointF(at.x(), top), one)
        top += _height(one)


def _paint_said(painter: QPainter, at: QPointF, said: Said) -> None:
    c, size = theme().colours, theme().px(_ICON)
    ink = getattr(c, _MARK_INKS[said.mark])
    layout = _laid_out(said)
    middle = at.y() + 1 + layout.lineAt(0).height() / 2
    paint_icon(painter, _ICONS[said.mark], QPointF(at.x(), middle - size / 2), size, ink)
    painter.setPen(c.ink if said.mark is Mark.OK else ink)
    layout.draw(painter, QPointF(at.x() + size + 7, at.y() + 1))


def _laid_out(said: Said) -> QTextLayout:
    font = theme().font(TextRole.LABEL) if said.mark is Mark.OK else name_font()
    layout = QTextLayout(said.text, font)
    option = QTextOption()
    option.setWrapMode(_WRAP)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(_width() - 2 * _PAD - theme().px(_ICON) - 7)
        line.setPosition(QPointF(0, top))
        top += theme().px(17)
    layout.endLayout()
    return layout


def _height(said: Said) -> float:
    return _laid_out(said).lineCount() * theme().px(17) + 3


def _line() -> float:
    return theme().px(22)


def _width() -> float:
    return theme().px(_WIDTH)
