"""The list of people: what one line says, and how it is painted."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from clinic_desktop.ui.paint import (
    Ink,
    Tone,
    badge_height,
    badge_width,
    elided,
    paint_badge,
    text_width,
    tone_ink,
)
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.widgets.list_model import THING_ROLE, Index, ListModel

_PAD, _GAP, _BETWEEN = 14, 6, 4
_STRIPE = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """A word beside a person; colour and icon only repeat it."""

    text: str
    tone: Tone = Tone.NEUTRAL
    icon: str = ""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in the list."""

    id: int
    name: str
    right: str = ""
    detail: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def spoken(self) -> str:
        parts = (self.name, self.right, self.detail, *(mark.text for mark in self.marks))
        return ". ".join(part for part in parts if part)


class PersonModel(ListModel[PersonLine]):
    """People in order; a person is never told by place, only by id."""

    def id_at(self, index: Index) -> int | None:
        return self.things[index.row()].id if index.isValid() else None

    def place_of(self, person_id: int) -> int | None:
        return next((at for at, line in enumerate(self.things) if line.id == person_id), None)

    def shown(self, thing: PersonLine) -> str:
        return thing.name

    def spoken(self, thing: PersonLine) -> str:
        return thing.spoken


class PersonDelegate(QStyledItemDelegate):
    """Two lines, and a third with badges where there are any."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(THING_ROLE)
        height = 2 * _PAD - 8 + _name_height() + _detail_height()
        if line.marks:
            height += badge_height() + _BETWEEN
        return QSize(theme().px(160), round(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        state = option.state
        rect = QRectF(option.rect)
        colours = theme().colours
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colours.accent_soft)
            painter.fillRect(QRectF(rect.left(), rect.top(), _STRIPE, rect.height()), colours.accent)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), colours.line)
        _paint_line(painter, rect.adjusted(_PAD, _PAD - 4, -_PAD, 0), index.data(THING_ROLE))
        painter.restore()


def _paint_line(painter: QPainter, rect: QRectF, line: PersonLine) -> None:
    taken = _text(painter, rect, line.right, TextRole.LABEL, "ink2", Qt.AlignmentFlag.AlignRight)
    name = QRectF(rect.left(), rect.top(), rect.width() - taken - _GAP, _name_height())
    _text(painter, name, line.name, TextRole.STRONG, "ink")
    below = QRectF(rect.left(), name.bottom(), rect.width(), _detail_height())
    _text(painter, below, line.detail, TextRole.LABEL, "ink2")
    left, top = rect.left(), below.bottom() + _BETWEEN
    for mark in line.marks:
        if left + badge_width(mark.text, mark.icon) > rect.right():
            break
        ink = _quiet() if mark.tone is Tone.NEUTRAL else tone_ink(mark.tone)
        left = paint_badge(painter, QPointF(left, top), mark.text, ink, mark.icon).right() + _GAP


def _quiet() -> Ink:
    """A mark that is no more than a word in a frame, on any ground."""
    return Ink(theme().colours.ink2, None, theme().colours.control)


def _text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    role: TextRole,
    ink: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """Draw one line of text at the top of a rectangle; answers its width."""
    if not text:
        return 0.0
    font = theme().font(role)
    painter.setFont(font)
    painter.setPen(getattr(theme().colours, ink))
    place = QRectF(rect.left(), rect.top(), rect.width(), _name_height())
    painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, elided(text, font, rect.width()))
    return text_width(text, role)


def _name_height() -> float:
    return theme().px(tokens().text[TextRole.STRONG].line)


def _detail_height() -> float:
    return theme().px(tokens().text[TextRole.LABEL].line)
