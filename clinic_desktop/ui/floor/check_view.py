"""The list that stands between a patient and the next gate: done with a tick, missing with its key."""

import math
from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clinic_desktop.ui.floor.checklist import Item
from clinic_desktop.ui.free_spot import keep_clear
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.paint import key_height, key_width, paint_box, paint_key, text_width, write
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.list_model import THING_ROLE, Index, ListModel
from clinic_desktop.ui.widgets.reveal import reveal_row

_MARK, _GAP, _ROW, _EDGE = 15, 8, 27, 4
_CLOSER = 4  # px that a second line stands nearer to the first
_ABOVE_NEXT = 2
_WRAP = Qt.TextFlag.TextWordWrap.value
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Items(ListModel[Item]):
    def spoken(self, thing: Item) -> str:
        return thing.spoken

    def tip(self, thing: Item) -> str | None:
        return thing.sentence or None


class _Delegate(QStyledItemDelegate):
    """One line for each: mark, what it is, what is known, and the key at the right. What is known goes below
    where it is too long: all of it is read before a dose."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        item, view = index.data(THING_ROLE), self.parent()
        high = theme().px(_ROW)
        if isinstance(item, Item) and isinstance(view, QListView):
            room = view.viewport().width() - 2 * theme().px(_EDGE)
            high += _below(item, room - _beside(item))
        return QSize(theme().px(120), high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(THING_ROLE)
        if not isinstance(item, Item):
            return
        painter.save()
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_box(painter, rect, None, theme().colours.accent, tokens().radius["control"], 2)
        _paint(painter, rect.adjusted(theme().px(_EDGE), 0, -theme().px(_EDGE), 0), item)
        painter.restore()


def _beside(item: Item) -> float:
    """What mark and key take of a line."""
    px = theme().px
    key = key_width(item.key) + px(_GAP) if item.key and not item.done else 0
    return px(_MARK) + px(_GAP) + key


def _below(item: Item, room: float) -> int:
    """How high the detail is below the line; 0 where it fits into it."""
    name = text_width(item.text, TextRole.BODY if item.done else TextRole.STRONG) + theme().px(_GAP)
    if not item.detail or name + text_width(item.detail, TextRole.LABEL) <= room:
        return 0
    metrics = QFontMetricsF(theme().font(TextRole.LABEL))
    box = metrics.boundingRect(QRectF(0, 0, max(1.0, room), 1e4), _WRAP, item.detail)
    return math.ceil(box.height()) + _ABOVE_NEXT


def _paint(painter: QPainter, whole: QRectF, item: Item) -> None:
    c, px = theme().colours, theme().px
    size, room = px(_MARK), whole.width() - _beside(item)
    below = _below(item, room)
    rect = whole.adjusted(0, 0, 0, -below)
    at = QPointF(rect.left(), rect.center().y() - size / 2)
    paint_icon(painter, "check" if item.done else "close", at, size, c.ok if item.done else c.danger)
    words = QRectF(rect.left() + size + px(_GAP), rect.top(), room, rect.height())
    if item.key and not item.done:
        corner = QPointF(rect.right() - key_width(item.key), rect.center().y() - key_height() / 2)
        paint_key(painter, corner, item.key)
    role = TextRole.BODY if item.done else TextRole.STRONG
    taken = write(painter, words, item.text, role, c.ink2 if item.done else c.ink) + px(_GAP)
    ink = c.ink3 if item.done else c.ink2
    if not below:
        write(painter, words.adjusted(taken, 0, 0, 0), item.detail, TextRole.LABEL, ink)
        return
    painter.setFont(theme().font(TextRole.LABEL))
    painter.setPen(ink)
    under = QRectF(words.left(), rect.bottom() - px(_CLOSER), room, below)
    painter.drawText(under, _WRAP, item.detail)


class CheckView(QListView):
    """As tall as its items. ``chosen`` carries an item: Enter or a click on one that is missing."""

    chosen = Signal(object)  # Item

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = _Items(self)
        self._delegate = _Delegate(self)
        self.setModel(self._items)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._take)

    @property
    def items(self) -> tuple[Item, ...]:
        return self._items.things

    def show_items(self, items: Sequence[Item]) -> None:
        """Other items; the place in the list stays."""
        if tuple(items) == self._items.things:
            return
        row = self.currentIndex().row()
        self._items.set_things(items)
        if row >= 0 and self.hasFocus():
            self.setCurrentIndex(self._items.index(min(row, len(items) - 1), 0))
        keep_clear(self, wanted=any(not one.done for one in items))  # no notice lies over what is missing
        self.setVisible(bool(items))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        height = sum(self.sizeHintForRow(row) for row in range(len(self._items.things)))
        return QSize(160, height + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._items.things:
            self.setCurrentIndex(self._items.index(0, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus():
            reveal_row(self, current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self._take(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _take(self, index: QModelIndex) -> None:
        item = self._items.things[index.row()]
        if not item.done:
            self.chosen.emit(item)
