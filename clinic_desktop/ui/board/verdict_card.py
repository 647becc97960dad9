"""The card beside a carried visit: whose it is, what speaks for the place it is held over, and what against
it, and what the keys do."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QTextLayout, QTextOption

from clinic_desktop.ui.board.block_paint import name_font
from clinic_desktop.ui.board.carrying import Carried
from clinic_desktop.ui.board.forecast import Fit, Mark, Said, Verdict
from clinic_desktop.ui.board.in_hand import keys_of
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.paint import elided, paint_box, text_width
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens

_WIDTH = 300
_PAD = 12
_ICON = 15
_GAP = 12
_EDGE = 2  # from the edge of the view
_STEP = 17  # from line to line
_ICONS = {Mark.OK: "check", Mark.WARN: "warning", Mark.NO: "close", Mark.CALL: "calls"}
_MARK_INKS = {Mark.OK: "ok", Mark.WARN: "warn", Mark.NO: "danger", Mark.CALL: "warn"}
_FIT_INKS = {Fit.FITS: "ok", Fit.SWAPS: "ok", Fit.ASKS: "warn", Fit.NOT: "danger"}
_WRAP = QTextOption.WrapMode.WordWrap


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on it."""

    name: str
    verdict: Verdict
    keys: str


def card_of(carried: Carried, height: float) -> Card | None:
    """None while nothing can be said of the place. Where the view is too low for all of it, what simply fits
    gives way."""
    if carried.verdict is None or carried.saving:
        return None
    card = Card(carried.block.name, carried.verdict, keys_of(carried))
    while card_size(card).height() > height - 2 * _EDGE and (fewer := _without_last(card.verdict)):
        card = replace(card, verdict=fewer)
    return card


def _without_last(verdict: Verdict) -> Verdict | None:
    """Without the last line of what simply fits; None when nothing can be left out."""
    simple = [n for n, one in enumerate(verdict.lines) if one.mark is Mark.OK]
    if not simple or verdict.fit is Fit.NOT:
        return None
    lines = verdict.lines
    return replace(verdict, lines=(*lines[: simple[-1]], *lines[simple[-1] + 1 :]))


def card_size(card: Card) -> QSizeF:
    """How large the card is, with its lines wrapped."""
    said = sum(_height(one) for one in card.verdict.lines)
    keys = _keys(card).lineCount() * theme().px(_STEP) + 6 if card.keys else 0
    return QSizeF(_width(), 2 * _PAD + 2 * _line() + said + keys - 4)


def card_place(size: QSizeF, beside: QRectF, inside: QRectF) -> QRectF:
    """At the right of the carried visit, at its left where that does not fit, always inside the view."""
    left = beside.right() + _GAP
    if left + size.width() > inside.right() - _EDGE:
        left = beside.left() - _GAP - size.width()
    left = max(inside.left() + _EDGE, min(left, inside.right() - size.width() - _EDGE))
    top = max(inside.top() + _EDGE, min(beside.top(), inside.bottom() - size.height() - _EDGE))
    return QRectF(QPointF(left, top), size)


def paint_card(painter: QPainter, rect: QRectF, card: Card) -> None:
    c, verdict = theme().colours, card.verdict
    paint_box(painter, rect, c.surface, getattr(c, _FIT_INKS[verdict.fit]), tokens().radius["card"], 1.5)
    at = QPointF(rect.left() + _PAD, rect.top() + _PAD - 2)
    strong = theme().font(TextRole.STRONG)
    painter.setFont(strong)
    painter.setPen(c.ink)
    head = QRectF(at.x(), at.y(), rect.width() - 2 * _PAD, _line())
    painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, elided(card.name, strong, head.width()))
    head.translate(0, _line())
    painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, verdict.title)
    painter.setPen(getattr(c, _FIT_INKS[verdict.fit]))
    used = text_width(verdict.title, TextRole.STRONG) + 8
    painter.drawText(head.adjusted(used, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, verdict.word)
    top = at.y() + 2 * _line()
    for one in verdict.lines:
        _paint_said(painter, QPointF(at.x(), top), one)
        top += _height(one)
    painter.setPen(c.ink2)
    _keys(card).draw(painter, QPointF(at.x(), top + 5))


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
    return _wrapped(said.text, font, _width() - 2 * _PAD - theme().px(_ICON) - 7)


def _keys(card: Card) -> QTextLayout:
    return _wrapped(card.keys, theme().font(TextRole.LABEL), _width() - 2 * _PAD)


def _wrapped(text: str, font: QFont, width: float) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(_WRAP)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += theme().px(_STEP)
    layout.endLayout()
    return layout


def _height(said: Said) -> float:
    return _laid_out(said).lineCount() * theme().px(_STEP) + 3


def _line() -> float:
    return theme().px(22)


def _width() -> float:
    return theme().px(_WIDTH)
