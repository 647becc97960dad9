"""A list view that lays its rows out where it is told: rectangles on a surface that is scrolled in pixels.

Because it is a list to Qt, a screen reader reaches every row with its text and its rectangle.
"""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from clinic_desktop.ui.board.model import Index

Hint = QAbstractItemView.ScrollHint
Action = QAbstractItemView.CursorAction

_FORWARD = frozenset({Action.MoveNext, Action.MoveDown, Action.MoveRight, Action.MovePageDown})
_WHEEL = 24  # px of one step of a scroll bar
_SELECTED_REACH = 4  # px a selected row paints outside its rectangle


class TimedList(QListView):
    """Rows in order of time; ``place_rows`` says where each of them lies."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rects: list[QRect] = []
        self._edges: list[tuple[int, int, int, int]] = []
        self._whole = QSize()
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)

    def place_rows(self, rects: Sequence[QRect], whole: QSize) -> None:
        """Where each row lies on a surface of the size ``whole``."""
        self._rects, self._whole = list(rects), whole
        self._edges = [(one.left(), one.top(), one.right(), one.bottom()) for one in rects]
        self.updateGeometries()
        self.viewport().update()

    def rect_of(self, row: int) -> QRect:
        """Where a row lies on the whole surface."""
        return self._rects[row]

    def rows_in(self, area: QRect) -> list[int]:
        """The rows whose rectangles meet an area of the surface."""
        left, top, right, bottom = area.left(), area.top(), area.right(), area.bottom()
        return [
            row
            for row, (x1, y1, x2, y2) in enumerate(self._edges)
            if x1 <= right and left <= x2 and y1 <= bottom and top <= y2
        ]

    @property
    def shift(self) -> QPoint:
        """How far it is scrolled."""
        return QPoint(self.horizontalOffset(), self.verticalOffset())

    def show_rect(self, rect: QRect) -> None:
        """Scroll just as far as needed to see a rectangle of the surface."""
        size = self.viewport().size()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(_reached(across.value(), size.width(), rect.left(), rect.right()))
        down.setValue(_reached(down.value(), size.height(), rect.top(), rect.bottom()))

    # What the item view asks.

    def visualRect(self, index: Index) -> QRect:
        row = index.row()
        return self._rects[row].translated(-self.shift) if 0 <= row < len(self._rects) else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        at = point + self.shift
        hit = (row for row in reversed(range(len(self._rects))) if self._rects[row].contains(at))
        row = next(hit, -1)
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        if not 0 <= index.row() < len(self._rects):
            return
        rect = self._rects[index.row()]
        self.show_rect(rect)
        if hint is Hint.PositionAtTop:
            self.verticalScrollBar().setValue(rect.top())

    def horizontalOffset(self) -> int:
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:
        return False

    def moveCursor(self, action: Action, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Through the rows in order of time, for whoever does not use the cells."""
        last = len(self._rects) - 1
        if last < 0:
            return QModelIndex()
        row = self.currentIndex().row() + (1 if action in _FORWARD else -1)
        if action is Action.MoveHome:
            row = 0
        elif action is Action.MoveEnd:
            row = last
        return self.model().index(max(0, min(last, row)), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        if index.isValid():
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region, reach = QRegion(), _SELECTED_REACH
        for index in selection.indexes():
            region += self.visualRect(index).adjusted(-reach, -reach, reach, reach)
        return region

    def doItemsLayout(self) -> None:
        # A list would measure and flow every row; ours are placed already.
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        size = self.viewport().size()
        for bar, whole, shown in (
            (self.horizontalScrollBar(), self._whole.width(), size.width()),
            (self.verticalScrollBar(), self._whole.height(), size.height()),
        ):
            bar.setRange(0, max(0, whole - shown))
            bar.setPageStep(shown)
            bar.setSingleStep(_WHEEL)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        # A list would push its old picture along and paint the gap by its own idea of where rows lie.
        self.viewport().update()

    def keyboardSearch(self, _search: str) -> None:
        """Letters open the search line instead."""


def _reached(value: int, size: int, low: int, high: int) -> int:
    """The scroll value nearest to ``value`` that shows from low to high; the beginning when both do not
    fit."""
    if low < value or high - low > size:
        return low
    return max(value, high - size + 1)
