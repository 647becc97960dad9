"""How a row of a planned course is painted, and the names of its columns above."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clinic_desktop.ui.booking.course_words import CourseRow
from clinic_desktop.ui.driver_badge import paint_driver
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.paint import elided, paint_box
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.widgets.list_model import THING_ROLE, Index

_LINE = 32
_PAD = 14
_WHY_LEFT = 44


class Column(NamedTuple):
    """Where a column begins, at text size 100 %, and its heading."""

    left: int
    width: int
    text: str


COLUMNS = {
    "day": Column(44, 96, QT_TR_NOOP("Day")),
    "time": Column(140, 108, QT_TR_NOOP("Time")),
    "room": Column(248, 86, QT_TR_NOOP("Room")),
    "nurse": Column(334, 46, QT_TR_NOOP("Nurse")),
    "gap": Column(380, 62, QT_TR_NOOP("Gap")),
    "driver": Column(442, 92, QT_TR_NOOP("Driver")),
}


class CourseHead(QWidget):
    """The names of the columns; the rows say them to a screen reader themselves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme().font(TextRole.CAPTION))
        painter.setPen(theme().colours.ink3)
        for column in COLUMNS.values():
            rect = _cell(QRectF(self.rect()), column)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, tr(column.text))


class CourseDelegate(QStyledItemDelegate):
    """Paints a :class:`CourseRow`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: CourseRow = index.data(THING_ROLE)
        height = float(theme().px(_LINE))
        if row.why:
            height += _why_height(row, _width(option)) + 8
        return QSize(theme().px(200), round(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CourseRow = index.data(THING_ROLE)
        c, rect = theme().colours, QRectF(option.rect)
        painter.save()
        if row.why:
            painter.fillRect(rect, c.warn_soft if row.placed else c.danger_soft)
        if option.state & QStyle.StateFlag.State_Selected:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            fill = None if row.why else c.accent_soft
            edge, width = (c.accent, 2) if focused else (c.accent_line, 1)
            paint_box(painter, rect.adjusted(2, 1, -2, -1), fill, edge, width=width)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 0.5, rect.width(), 1), c.line)
        line = QRectF(rect.left(), rect.top(), rect.width(), theme().px(_LINE))
        _paint_number(painter, line, row)
        _paint_cells(painter, line, row)
        if row.why:
            _paint_why(painter, rect.adjusted(0, theme().px(_LINE) - 3, 0, 0), row)
        painter.restore()


def _paint_number(painter: QPainter, line: QRectF, row: CourseRow) -> None:
    c, size = theme().colours, theme().px(20)
    disc = QRectF(line.left() + _PAD, line.center().y() - size / 2, size, size)
    fill = c.accent if row.movable and row.placed else c.danger if not row.placed else c.closed
    ink = c.on_accent if row.movable and row.placed else c.on_danger if not row.placed else c.ink2
    paint_box(painter, disc, fill, None, 5)
    painter.setFont(theme().font(TextRole.CAPTION))
    painter.setPen(ink)
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(row.no))


def _paint_cells(painter: QPainter, line: QRectF, row: CourseRow) -> None:
    c = theme().colours
    texts = {"day": row.day, "time": row.time, "room": row.room, "nurse": row.nurse, "gap": row.gap}
    for name, text in texts.items():
        cell = _cell(line, COLUMNS[name])
        font = theme().font(TextRole.STRONG if name == "day" else TextRole.BODY)
        painter.setFont(font)
        painter.setPen(c.ink if row.movable and name != "gap" else c.ink2)
        painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter, elided(text, font, cell.width()))
    _paint_end(painter, _cell(line, COLUMNS["driver"]), row)


def _paint_end(painter: QPainter, cell: QRectF, row: CourseRow) -> None:
    c = theme().colours
    if row.pinned:
        size = theme().px(15)
        paint_icon(painter, "pin", QPointF(cell.left(), cell.center().y() - size / 2), size, c.accent)
        cell = cell.adjusted(size + 5, 0, 0, 0)
    if not row.movable:
        painter.setFont(theme().font(TextRole.LABEL))
        painter.setPen(c.ink2)
        painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter, tr("booked"))
    elif row.driver:
        font = theme().font(TextRole.LABEL)
        painter.setFont(font)
        painter.setPen(c.ink2)
        painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter, elided(row.driver, font, cell.width()))
    elif row.mark is not None:
        paint_driver(painter, QPointF(cell.left(), cell.center().y() - 10), row.mark, cell.width())


def _paint_why(painter: QPainter, rect: QRectF, row: CourseRow) -> None:
    c = theme().colours
    painter.setFont(theme().font(TextRole.LABEL))
    painter.setPen(c.warn if row.placed else c.danger)
    words = QRectF(rect.left() + theme().px(_WHY_LEFT), rect.top(), _why_width(rect.width()), rect.height())
    painter.drawText(words, int(Qt.TextFlag.TextWordWrap), "\n".join(row.why))


def _why_height(row: CourseRow, width: float) -> float:
    metrics = QFontMetricsF(theme().font(TextRole.LABEL))
    room = QRectF(0, 0, _why_width(width), 10_000)
    return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), "\n".join(row.why)).height()


def _why_width(width: float) -> float:
    return max(60.0, width - theme().px(_WHY_LEFT) - _PAD)


def _width(option: QStyleOptionViewItem) -> float:
    widget = option.widget
    if isinstance(widget, QAbstractItemView):
        return float(widget.viewport().width())
    return float(tokens().row["list"]) * 10


def _cell(line: QRectF, column: Column) -> QRectF:
    left, width = theme().px(column.left), theme().px(column.width)
    return QRectF(line.left() + left, line.top(), min(width, line.width() - left - 4) - 4, line.height())
