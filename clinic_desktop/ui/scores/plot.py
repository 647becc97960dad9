"""The plot of one instrument over a course: points with their numbers, bands by name, treatments as ticks.

It is a list to the keys and to a screen reader: Left and Right go from point to point, each is spoken with
all that is painted of it, Enter corrects it.
"""

from itertools import pairwise

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QSizePolicy, QWidget

from clinic_desktop.foundation.words import short_date
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import RIGHT, text_width, write
from clinic_desktop.ui.scores.points import Course, Point
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.list_model import Index, ListModel

_HEIGHT, _TOP, _BELOW, _LEFT, _PAD = 172, 22, 38, 26, 8
_NUMBER, _LEAST = 16, 260
_DOT, _RING, _TICK = 4.0, 8.0, 7
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ANY = QListView.ScrollHint.EnsureVisible
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class _Points(ListModel[Point]):
    def spoken(self, thing: Point) -> str:
        return thing.words


class ScorePlot(QListView):
    """``chosen`` carries a :class:`Score`: Enter on its point, or a double click."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.course: Course | None = None
        self._points = _Points(self)
        self.setModel(self._points)
        follow_selection(self)
        self.setFrameShape(QListView.Shape.NoFrame)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.doubleClicked.connect(self._take)
        theme().changed.connect(self.updateGeometry)

    def show_course(self, course: Course) -> None:
        """Another course, or the same with another point: the last one is where the keys begin."""
        if course == self.course:
            return
        self.course = course
        self._points.set_things(course.points)
        self.setAccessibleName(course.spoken)
        if self.hasFocus():
            self._stand_at(len(course.points) - 1)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(_LEAST, theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, theme().px(_HEIGHT))

    # Where everything stands.

    def _frame(self) -> QRectF:
        """What lies between the axes, left of the names of the bands."""
        px, inside = theme().px, QRectF(self.viewport().rect())
        if self.course is None:
            return inside
        names = max(text_width(tr(one.words), TextRole.LABEL) for one in self.course.instrument.bands)
        return inside.adjusted(px(_LEFT), px(_TOP), -names - 2 * px(_PAD), -px(_BELOW))

    def _spot(self, point: Point) -> QPointF:
        frame, course = self._frame(), self.course
        if course is None:
            return frame.topLeft()
        inset = theme().px(_PAD)
        x = frame.left() + inset + course.across(point.score.on) * (frame.width() - 2 * inset)
        return QPointF(x, frame.bottom() - course.up(point.score.sum) * frame.height())

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        at, size = self._spot(self._points.things[index.row()]), 2 * theme().px(_RING)
        return QRectF(at.x() - size / 2, at.y() - size / 2, size, size).toRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        rows = range(len(self._points.things) - 1, -1, -1)
        found = (self._points.index(row, 0) for row in rows)
        return next((one for one in found if self.visualRect(one).contains(point)), QModelIndex())

    def scrollTo(self, _index: Index, _hint: QListView.ScrollHint = _ANY) -> None:
        """All of it is always in sight."""

    # The keys.

    def focusInEvent(self, event: QFocusEvent) -> None:
        row = self.currentIndex().row()  # Qt would begin with the first
        super().focusInEvent(event)
        self._stand_at(row if row >= 0 else len(self._points.things) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last, key = len(self._points.things) - 1, event.key()
        row = self.currentIndex().row()
        if key in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._take(self.currentIndex())
        elif key in _STEPS:
            self._stand_at(min(max(row + _STEPS[Qt.Key(key)], 0), last))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._stand_at(0 if key == Qt.Key.Key_Home else last)
        else:
            event.ignore()

    def _stand_at(self, row: int) -> None:
        if row >= 0:
            self.setCurrentIndex(self._points.index(row, 0))
            self.viewport().update()

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._points.things[index.row()].score)

    # Painting.

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.course is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), theme().colours.surface)
        _paint_bands(painter, self._frame(), self.course)
        _paint_days(painter, self._frame(), self.course)
        self._paint_points(painter)

    def _paint_points(self, painter: QPainter) -> None:
        c, spots = theme().colours, [self._spot(one) for one in self._points.things]
        painter.setPen(QPen(c.accent, 1.5))
        for one, other in pairwise(spots):
            painter.drawLine(one, other)
        current = self.currentIndex().row() if self.hasFocus() else -1
        written = [self._write_number(painter, row, None) for row in {len(spots) - 1, current} if row >= 0]
        for row, at in enumerate(spots):
            painter.setPen(QPen(c.surface, 1.5))
            painter.setBrush(c.accent)
            painter.drawEllipse(at, _DOT, _DOT)
            if row == current:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(c.accent, 2))
                painter.drawEllipse(at, _RING, _RING)
            if (box := self._number_box(row)) is not None and not any(box.intersects(o) for o in written):
                written.append(self._write_number(painter, row, box))

    def _number_box(self, row: int) -> QRectF:
        """Above its point, inside the plot."""
        point, px = self._points.things[row], theme().px
        at, width = self._spot(point), text_width(str(point.score.sum), TextRole.STRONG) + 2
        left = min(max(at.x() - width / 2, 0.0), self.viewport().width() - width)
        return QRectF(left, at.y() - _RING - px(_NUMBER), width, px(_NUMBER))

    def _write_number(self, painter: QPainter, row: int, box: QRectF | None) -> QRectF:
        place = box or self._number_box(row)
        write(painter, place, str(self._points.things[row].score.sum), TextRole.STRONG)
        return place


def _paint_bands(painter: QPainter, frame: QRectF, course: Course) -> None:
    """A line where each band begins, its name at the right between its lines."""
    c, px = theme().colours, theme().px
    bands = course.instrument.bands
    for number, band in enumerate(bands):
        below = _height(frame, course, band.least)
        above = _height(frame, course, bands[number + 1].least) if number + 1 < len(bands) else frame.top()
        _line(painter, QPointF(frame.left(), below), QPointF(frame.right(), below), c.line2)
        name = QRectF(frame.right() + px(_PAD), above, 400, below - above)
        if below - above >= px(11):
            write(painter, name, tr(band.words), TextRole.LABEL, c.ink2)
        number_at = QRectF(0, below - px(8), frame.left() - 5, px(16))
        if band.least == 0 or below - frame.top() > px(14):
            write(painter, number_at, str(band.least), TextRole.CAPTION, c.ink3, RIGHT)
    _line(painter, frame.topLeft(), frame.topRight(), c.line)
    top = QRectF(0, frame.top() - px(8), frame.left() - 5, px(16))
    write(painter, top, str(course.instrument.most_total), TextRole.CAPTION, c.ink3, RIGHT)


def _paint_days(painter: QPainter, frame: QRectF, course: Course) -> None:
    """A tick for each treatment under the axis, and the first and the last day."""
    c, px = theme().colours, theme().px
    inset = px(_PAD)
    for day in course.doses:
        x = frame.left() + inset + course.across(day) * (frame.width() - 2 * inset)
        painter.fillRect(QRectF(x - 1, frame.bottom() + 3, 2, px(_TICK)), c.ink2)
    row = QRectF(frame.left(), frame.bottom() + px(_TICK) + 6, frame.width(), px(18))
    first, last = short_date(course.first), short_date(course.last)
    write(painter, row, first, TextRole.LABEL, c.ink3)
    if course.last > course.first and row.width() > 2.5 * text_width(last, TextRole.LABEL):
        write(painter, row, last, TextRole.LABEL, c.ink3, RIGHT)


def _height(frame: QRectF, course: Course, total: int) -> float:
    return frame.bottom() - course.up(total) * frame.height()


def _line(painter: QPainter, one: QPointF, other: QPointF, ink: QColor) -> None:
    painter.setPen(QPen(ink, 1))
    painter.drawLine(one, other)
