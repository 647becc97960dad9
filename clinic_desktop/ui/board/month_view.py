"""A month as a small table of days: the chosen one, today, how many visits, what is closed."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from clinic_desktop.foundation.words import short_date
from clinic_desktop.ui.board.month_read import DAYS, MonthDay, first_shown, unread_month
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import elided, paint_box
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole

WEEK = 7
CELL = (48, 37)
_LINE = 17  # of the day's number, and of what stands below it
DAY_ROLE = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class MonthModel(QAbstractTableModel):
    """Six weeks, each beginning on Sunday."""

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self.first = first_shown(today)
        self._days: Mapping[date, MonthDay] = unread_month(self.first)

    def turn(self, first: date) -> None:
        """Other weeks, of which nothing is known yet."""
        self.beginResetModel()
        self.first, self._days = first, unread_month(first)
        self.endResetModel()

    def fill(self, days: Mapping[date, MonthDay]) -> None:
        """What was read; dropped when other weeks are shown by now."""
        if self.first in days:
            self._days = days
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, WEEK - 1))

    def day_at(self, index: Index) -> date:
        return self.first + timedelta(days=index.row() * WEEK + index.column())

    def index_of(self, day: date) -> QModelIndex:
        number = (day - self.first).days
        return self.index(number // WEEK, number % WEEK) if 0 <= number < DAYS else QModelIndex()

    def known(self, day: date) -> MonthDay:
        return self._days.get(day, MonthDay(day))

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else DAYS // WEEK

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else WEEK

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self.known(self.day_at(index))
        if role == DAY_ROLE:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return str(one.day.day)
        told = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        return one.spoken(self.today) if role in told else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """ "Sun" to "Sat", as the short dates write them."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return short_date(self.first + timedelta(days=section)).partition(",")[0]
        return None


class _DayDelegate(QStyledItemDelegate):
    """The number, and below it how many visits or that it is closed; today has a ring, holidays a dot."""

    def __init__(self, view: "MonthView") -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one = index.data(DAY_ROLE)
        if not isinstance(one, MonthDay):
            return
        c, rect = theme().colours, QRectF(option.rect).adjusted(1, 1, -1, -1)
        chosen = one.day == self._view.chosen
        painter.save()
        ground = c.accent_soft if chosen else c.closed if one.closed is not None else None
        edge = c.accent if chosen else c.now if one.day == self._view.days.today else None
        if ground is not None or edge is not None:
            paint_box(painter, rect, ground, edge, 5, 2 if chosen else 1.4)
        painter.setPen(c.ink if one.day.month == self._view.month.month else c.ink3)
        line = theme().px(_LINE)
        low = rect.height() < 2 * line
        font = _bold() if one.day == self._view.days.today else theme().font(TextRole.LABEL)
        self._line(
            painter, rect if low else QRectF(rect.left(), rect.top(), rect.width(), line), font, index.data()
        )
        if not low:
            painter.setPen(c.ink2)
            below = QRectF(rect.left(), rect.bottom() - line, rect.width(), line)
            self._line(painter, below, theme().font(TextRole.LABEL), _below(one))
        if one.holiday:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(c.info)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawEllipse(QRectF(rect.right() - 8, rect.top() + 4, 5, 5))
        painter.restore()

    @staticmethod
    def _line(painter: QPainter, rect: QRectF, font: QFont, text: str) -> None:
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, elided(text, font, rect.width()))


def _below(one: MonthDay) -> str:
    if one.closed is not None and not one.visits:
        return tr("closed")
    return str(one.visits) if one.visits else ""


def _bold() -> QFont:
    font = QFont(theme().font(TextRole.LABEL))
    font.setWeight(QFont.Weight.Bold)
    return font


class MonthView(QTableView):
    """Takes no focus: whoever types the date moves about in it. ``taken`` when a day is clicked."""

    taken = Signal(object)  # date

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = MonthModel(today, self)
        self.chosen = self.month = today
        self.setModel(self.days)
        self._delegate = _DayDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)  # the ring shows which day is chosen
        self.setShowGrid(False)
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(10)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setAccessibleName(tr("Days of the month"))
        self.clicked.connect(self._clicked)

    def choose(self, day: date) -> bool:
        """Mark a day; True when another page had to be turned up for it."""
        self.chosen = day
        turned = (day.year, day.month) != (self.month.year, self.month.month)
        self.month = day
        if turned or not self.days.index_of(day).isValid():
            self.days.turn(first_shown(day))
        self.setCurrentIndex(self.days.index_of(day))
        self.viewport().update()
        return turned

    def _clicked(self, index: QModelIndex) -> None:
        self.taken.emit(self.days.day_at(index))

    def sizeHint(self) -> QSize:
        px, rows = theme().px, self.days.rowCount()
        return QSize(px(CELL[0]) * WEEK, px(CELL[1]) * rows + self.horizontalHeader().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        px, rows = theme().px, self.days.rowCount()
        return QSize(px(32) * WEEK, px(_LINE) * rows + self.horizontalHeader().sizeHint().height())
