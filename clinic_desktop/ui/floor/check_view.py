"""The list that stands between a patient and the next gate: done with a tick, missing with its key."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clinic_desktop.ui.floor.checklist import Item
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.paint import key_height, key_width, paint_box, paint_key, write
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.list_model import THING_ROLE, Index, ListModel

_MARK, _GAP, _ROW = 15, 8, 27
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Items(ListModel[Item]):
    def spoken(self, thing: Item) -> str:
        return thing.spoken

    def tip(self, thing: Item) -> str | None:
        return thing.sentence or None


class _Delegate(QStyledItemDelegate):
    """One line for each: mark, what it is, what is known, and the key at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme().px(120), theme().px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(THING_ROLE)
        if not isinstance(item, Item):
            return
        painter.save()
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_box(painter, rect, None, theme().colours.accent, tokens().radius["control"], 2)
        _paint(painter, rect.adjusted(theme().px(4), 0, -theme().px(4), 0), item)
        painter.restore()


def _paint(painter: QPainter, rect: QRectF, item: Item) -> None:
    c, px = theme().colours, theme().px
    size = px(_MARK)
    at = QPointF(rect.left(), rect.center().y() - size / 2)
    paint_icon(painter, "check" if item.done else "close", at, size, c.ok if item.done else c.danger)
    words = rect.adjusted(size + px(_GAP), 0, 0, 0)
    if item.key and not item.done:
        width = key_width(item.key)
        paint_key(painter, QPointF(words.right() - width, rect.center().y() - key_height() / 2), item.key)
        words.setRight(words.right() - width - px(_GAP))
    role = TextRole.BODY if item.done else TextRole.STRONG
    taken = write(painter, words, item.text, role, c.ink2 if item.done else c.ink) + px(_GAP)
    write(
        painter, words.adjusted(taken, 0, 0, 0), item.detail, TextRole.LABEL, c.ink3 if item.done else c.ink2
    )


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
        self.setVisible(bool(items))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        height = sum(self.sizeHintForRow(row) for row in range(len(self._items.things)))
        return QSize(160, height + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._items.things:
            self.setCurrentIndex(self._items.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self._take(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _take(self, index: QModelIndex) -> None:
        item = self._items.things[index.row()]
        if not item.done:
            self.chosen.emit(item)
