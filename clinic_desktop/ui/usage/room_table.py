"""Each room in a row: its chart and its figures. The chart's cell says in words what it shows."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from clinic_desktop.reports.usage import ALL_ROOMS
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import paint_box, text_width
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.usage.reading import UsageRead
from clinic_desktop.ui.usage.room_model import CHART, COLUMNS, ROOM, Index, RoomModel, heading_of
from clinic_desktop.ui.usage.room_paint import paint_day, paint_legend, paint_shares
from clinic_desktop.ui.usage.scale import Scale, scale_of
from clinic_desktop.ui.widgets.follow_selection import follow_selection

ROW, TOTAL_ROW, HEAD = 40, 34, 44
_LEAST_CHART = 300
_PAD = 10


class _Head(QHeaderView):
    """Headings; over the chart stand the hours, or the shares."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.scale = Scale(0, 100)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().px(HEAD))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        box = QRectF(rect)
        painter.save()
        c = theme().colours
        painter.fillRect(box, c.surface)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), c.line2)
        painter.setFont(theme().font(TextRole.LABEL))
        painter.setPen(c.ink3)
        if logicalIndex == CHART:
            self._paint_marks(painter, box)
        else:
            text = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal))
            side = Qt.AlignmentFlag.AlignLeft if logicalIndex == ROOM else Qt.AlignmentFlag.AlignRight
            painter.drawText(box.adjusted(_PAD, 0, -_PAD, -4), side | Qt.AlignmentFlag.AlignBottom, text)
        painter.restore()

    def _paint_marks(self, painter: QPainter, box: QRectF) -> None:
        """As many as do not touch."""
        inside, last = chart_rect(box), -1000.0
        for value, text in self.scale.marks():
            width = text_width(text, TextRole.LABEL)
            x = self.scale.x(inside, value)
            left = min(max(x - width / 2, box.left()), box.right() - width)
            if left > last + 6:
                place = QRectF(left, box.top(), width + 2, box.height() - 4)
                painter.drawText(place, Qt.AlignmentFlag.AlignBottom, text)
                last = left + width


def chart_rect(cell: QRectF) -> QRectF:
    return cell.adjusted(_PAD, 0, -_PAD, 0)


class _Delegate(QStyledItemDelegate):
    def __init__(self, model: RoomModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.scale = Scale(0, 100)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c, rect = theme().colours, QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, c.accent_soft)
        elif self._model.is_total(index.row()):
            painter.fillRect(rect, c.sunken)
        if index.column() == CHART:
            self._paint_chart(painter, rect, index.row())
        else:
            self._paint_text(painter, rect, index)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), c.line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_box(painter, rect.adjusted(1, 1, -1, -2), None, c.accent, 4, 2)
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """What the bar under the pointer is, in words."""
        if index.column() != CHART or event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        said = self._model.spoken_at(
            index.row(), self.scale, chart_rect(QRectF(option.rect)), event.pos().x()
        )
        QToolTip.showText(event.globalPos(), said, view.viewport())
        return True

    def _paint_text(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        font = index.data(Qt.ItemDataRole.FontRole) or theme().font(TextRole.BODY)
        painter.setFont(font)
        painter.setPen(theme().colours.ink)
        side = Qt.AlignmentFlag.AlignLeft if index.column() == ROOM else Qt.AlignmentFlag.AlignRight
        words = rect.adjusted(_PAD, 0, -_PAD, 0)
        painter.drawText(words, side | Qt.AlignmentFlag.AlignVCenter, str(index.data()))

    def _paint_chart(self, painter: QPainter, rect: QRectF, row: int) -> None:
        read, inside = self._model.read, chart_rect(rect)
        if read is None:
            return
        painter.setClipRect(rect)
        room = self._model.rooms[row]
        day = read.room_day(room.room_id)
        if self._model.is_total(row):
            paint_legend(painter, inside, one_day=read.period.one_day)
        elif day is not None:
            paint_day(painter, inside, day, self.scale, read.setup, read.now)
        elif not read.period.one_day:
            paint_shares(painter, inside, room, self.scale, to_come=read.to_come)
        painter.setClipping(False)


class RoomTable(QTableView):
    """``room_picked`` carries the chosen room's id, 0 for all of them."""

    room_picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rooms = RoomModel(self)
        self._delegate = _Delegate(self.rooms, self)
        self._head = _Head(self)
        self.setModel(self.rooms)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(self._head)
        self.setAccessibleName(tr("Rooms and their use"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(10)
        self.selectionModel().currentRowChanged.connect(self._moved)

    @property
    def room_id(self) -> int:
        """The chosen room; 0 for all of them."""
        row = self.currentIndex().row()
        return self.rooms.rooms[row].room_id if 0 <= row < len(self.rooms.rooms) else 0

    def set_read(self, read: UsageRead) -> None:
        """Show other figures; the same room stays chosen."""
        kept, scale = self.room_id, scale_of(read)
        self._delegate.scale = self._head.scale = scale
        self.rooms.set_read(read)
        names = [one.room_id for one in self.rooms.rooms]
        row = names.index(kept) if kept in names else len(names) - 1
        self.setCurrentIndex(self.rooms.index(row, max(0, self.currentIndex().column())))
        self._lay_out()

    def _moved(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.room_picked.emit(self.room_id)

    def _lay_out(self) -> None:
        """As high as its rows; the chart takes the width that is left."""
        px = theme().px
        last = len(self.rooms.rooms) - 1
        for row in range(last + 1):
            self.setRowHeight(row, px(TOTAL_ROW if row == last else ROW))
        widths = {ROOM: self._room_width()} | {n + 2: self._width(n + 2) for n in range(len(COLUMNS))}
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        left = self.viewport().width() - sum(widths.values())
        self.setColumnWidth(CHART, max(left, px(_LEAST_CHART)))
        bar = self.horizontalScrollBar().sizeHint().height() if left < px(_LEAST_CHART) else 0
        self.setFixedHeight(px(HEAD) + px(ROW) * max(0, last) + px(TOTAL_ROW) + bar)

    def _room_width(self) -> int:
        names = [one.room for one in self.rooms.rooms] or [ALL_ROOMS]
        return round(max(text_width(name, TextRole.STRONG) for name in names)) + 2 * _PAD

    def _width(self, column: int) -> int:
        heads = [text_width(line, TextRole.LABEL) for line in heading_of(column).split("\n")]
        cells = [
            text_width(str(self.rooms.index(n, column).data()), TextRole.STRONG)
            for n in range(len(self.rooms.rooms))
        ]
        return round(max(*heads, *cells, 0)) + 2 * _PAD

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.rooms.rooms:
            self._lay_out()
