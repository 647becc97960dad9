"""Rows that are each about one visit: calls to make, sheets to hand over, forms to send.

The cursor stays with its visit when other rows come, and whoever follows it is told once of each change.
"""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clinic_desktop.scheduling.model import Visit
from clinic_desktop.ui.paint import paint_box
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.list_model import Index, ListModel

_HEIGHT, _PAD = 46, 12


class AboutVisit(Protocol):
    """What a row shows: its visit, and whatever the kind of list adds to it."""

    @property
    def visit(self) -> Visit: ...


T = TypeVar("T", bound=AboutVisit)


class VisitDelegate(QStyledItemDelegate, Generic[T]):
    """Paints what is alike in all of them: which row is chosen, which is late, the line below. A kind of it
    paints what stands in a row."""

    def __init__(self, model: ListModel[T]) -> None:
        super().__init__(model)
        self._model = model

    def late(self, _thing: T) -> bool:
        """Whether a row is marked as overdue."""
        return False

    def paint_row(self, painter: QPainter, rect: QRectF, thing: T) -> None:
        raise NotImplementedError

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme().px(200), theme().px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        thing = self._model.things[index.row()]
        painter.save()
        c, rect, late = theme().colours, QRectF(option.rect), self.late(thing)
        if option.state & QStyle.StateFlag.State_Selected:
            ring = bool(option.state & QStyle.StateFlag.State_HasFocus)
            edge, width = (c.accent, 2) if ring else (c.accent_line, 1)
            paint_box(painter, rect.adjusted(3, 1, -3, -1), c.accent_soft, edge, width=width)
        else:
            if late:
                painter.fillRect(rect.adjusted(0, 0, 0, -1), c.danger_soft)
            painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), c.line)
        if late:
            painter.fillRect(QRectF(rect.left(), rect.top() + 4, 3, rect.height() - 8), c.danger)
        self.paint_row(painter, rect.adjusted(_PAD, 0, -_PAD, 0), thing)
        painter.restore()


class VisitRows(QListView, Generic[T]):
    """``picked`` carries the row under the cursor, whenever it is another one or reads otherwise."""

    picked = Signal(object)  # a row or None

    def __init__(
        self, model: ListModel[T], delegate: VisitDelegate[T], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows, self._delegate = model, delegate
        self._told: T | None = None
        model.setParent(self)
        self.setModel(model)
        follow_selection(self)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.selectionModel().currentChanged.connect(self._tell)

    @property
    def current(self) -> T | None:
        place = self.currentIndex().row()
        return self.rows.things[place] if 0 <= place < len(self.rows.things) else None

    def show_rows(self, things: Sequence[T]) -> None:
        """Other rows; the cursor stays on the same visit, or stands where the work begins."""
        kept = self.current.visit.id if self.current else 0
        self.rows.set_things(things)
        if not self.go_to(kept) and things:
            self.stand_on(self.begin_at())
        self._tell()

    def begin_at(self) -> int:
        """The row that the cursor stands on first."""
        return 0

    def go_to(self, visit_id: int) -> bool:
        """Put the cursor on a visit; False when it is not in the list."""
        ids = [one.visit.id for one in self.rows.things]
        if visit_id not in ids:
            return False
        self.stand_on(ids.index(visit_id))
        return True

    def stand_on(self, place: int) -> None:
        self.setCurrentIndex(self.rows.index(place, 0))

    def _tell(self) -> None:
        if self.current != self._told:
            self._told = self.current
            self.picked.emit(self.current)
