"""A picture of somebody's week: one line a day, bars where they work, gaps where they pause."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desktop.foundation.intervals import Interval, minus
from clinic_desktop.people.model import Shift
from clinic_desktop.scheduling.model import OpenHours
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import paint_box
from clinic_desktop.ui.set_up.hours_text import show_short
from clinic_desktop.ui.set_up.words import SHORT_DAYS, WEEKDAYS
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole

_LINE = 20
_LABEL = 44
_HOURS = 22
_EARLY, _LATE = 7 * 60, 19 * 60


class WeekStrip(QWidget):
    """Set with ``show_week``. The ground is lighter where the clinic is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shifts: tuple[Shift, ...] = ()
        self._hours: tuple[OpenHours, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_week(self, shifts: Sequence[Shift], hours: Sequence[OpenHours]) -> None:
        self._shifts, self._hours = tuple(shifts), tuple(hours)
        self.setAccessibleName(self._spoken())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), theme().px(7 * _LINE + _HOURS))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), self.sizeHint().height())

    def _pieces(self, weekday: int) -> list[tuple[Interval, bool]]:
        """What is worked on a weekday, and whether only in some weeks."""
        out = []
        for one in self._shifts:
            if weekday in one.weekdays and one.start < one.end:
                breaks = [Interval(b.start, b.end) for b in one.breaks if b.start < b.end]
                left = minus([Interval(one.start, one.end)], breaks)
                out += [(piece, one.every_weeks > 1) for piece in left]
        return out

    def _spoken(self) -> str:
        days = []
        for weekday in range(7):
            pieces = sorted((p.start, p.end) for p, _ in self._pieces(weekday))
            if pieces:
                days.append(f"{tr(WEEKDAYS[weekday])} {show_short(pieces)}")
        return ". ".join(days) or tr("No shifts")

    def _span(self) -> tuple[int, int]:
        ends = [(one.start, one.end) for one in self._shifts]
        ends += [(one.start, one.end) for one in self._hours]
        first = min([_EARLY, *(a for a, _ in ends)])
        last = max([_LATE, *(b for _, b in ends)])
        return first // 60 * 60, -(-last // 60) * 60

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme().colours
        first, last = self._span()
        left, line = theme().px(_LABEL), theme().px(_LINE)
        width = self.width() - left - 1
        scale = width / (last - first)
        painter.setFont(theme().font(TextRole.LABEL))
        for weekday in range(7):
            top = weekday * line
            painter.setPen(c.ink2)
            painter.drawText(
                QRectF(0, top, left - 6, line), Qt.AlignmentFlag.AlignVCenter, tr(SHORT_DAYS[weekday])
            )
            painter.fillRect(QRectF(left, top + 1, width, line - 2), c.closed)
            for one in self._hours:
                if one.weekday == weekday:
                    at = left + (one.start - first) * scale
                    painter.fillRect(QRectF(at, top + 1, (one.end - one.start) * scale, line - 2), c.sunken)
            for piece, some_weeks in self._pieces(weekday):
                box = QRectF(left + (piece.start - first) * scale, top + 3, piece.length * scale, line - 6)
                paint_box(painter, box, c.accent_soft, c.accent_line, 4, dashed=some_weeks)
        self._paint_hours(painter, first, last, left, scale)

    def _paint_hours(self, painter: QPainter, first: int, last: int, left: int, scale: float) -> None:
        c, bottom = theme().colours, theme().px(7 * _LINE)
        step = 60 if scale * 60 >= theme().px(38) else 120 if scale * 120 >= theme().px(38) else 240
        for minute in range(first, last + 1, step):
            x = left + (minute - first) * scale
            painter.fillRect(QRectF(x, 0, 1, bottom), c.grid)
            if minute < last:
                painter.setPen(c.ink3)
                words = QRectF(x, bottom + 2, theme().px(40), theme().px(_HOURS - 4))
                painter.drawText(words, Qt.AlignmentFlag.AlignLeft, str((minute // 60 + 11) % 12 + 1))
