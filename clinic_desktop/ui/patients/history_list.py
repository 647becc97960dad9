"""The list of a patient's changes: each as tall as its words, the newest first."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clinic_desktop.ui.paint import paint_box
from clinic_desktop.ui.patients.history_words import HistoryLine
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.list_model import THING_ROLE, Index, ListModel

_SIDE, _ABOVE = 16, 8  # px beside and above the words of a line
_WRAP = int(Qt.TextFlag.TextWordWrap)


class HistoryModel(ListModel[HistoryLine]):
    """Lines as they are shown; each is spoken whole."""

    def spoken(self, thing: HistoryLine) -> str:
        return thing.spoken

    def tip(self, _thing: HistoryLine) -> None:
        """None: all of it can be read."""


def _parts(line: HistoryLine) -> list[tuple[str, TextRole, str]]:
    """Text, role and ink of each part, from above."""
    parts = [(line.head, TextRole.LABEL, "ink2")]
    parts += [(text, TextRole.BODY, "ink") for text in line.what]
    return [*parts, (line.why, TextRole.LABEL, "ink2")] if line.why else parts


def _height(text: str, role: TextRole, width: float) -> float:
    return QFontMetricsF(theme().font(role)).boundingRect(QRectF(0, 0, width, 100_000), _WRAP, text).height()


class HistoryDelegate(QStyledItemDelegate):
    """Paints a line with all its words, in as many rows of text as they need."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view, line = option.widget, index.data(THING_ROLE)
        whole = view.viewport().width() if isinstance(view, QAbstractItemView) else 0
        width = max(80, whole - 2 * _SIDE)
        height = sum(_height(text, role, width) for text, role, _ in _parts(line))
        return QSize(whole, round(height + 2 * _ABOVE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c, rect = theme().colours, QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            ring = bool(option.state & QStyle.StateFlag.State_HasFocus)
            edge, width = (c.accent, 2) if ring else (c.accent_line, 1)
            paint_box(painter, rect.adjusted(6, 1, -6, -1), c.accent_soft, edge, width=width)
        else:
            painter.fillRect(QRectF(_SIDE, rect.bottom() - 0.5, rect.width() - 2 * _SIDE, 1), c.line)
        words = rect.adjusted(_SIDE, _ABOVE, -_SIDE, 0)
        for text, role, ink in _parts(index.data(THING_ROLE)):
            painter.setFont(theme().font(role))
            painter.setPen(getattr(c, ink))
            painter.drawText(words, _WRAP, text)
            words.adjust(0, _height(text, role, words.width()), 0, 0)
        painter.restore()


class HistoryList(QListView):
    """``wanted_more`` with Down on the last line."""

    wanted_more = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = HistoryModel(self)
        self._delegate = HistoryDelegate(self)
        self.setModel(self._history)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme().changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def lines(self) -> tuple[HistoryLine, ...]:
        return self._history.things

    def set_lines(self, lines: Sequence[HistoryLine]) -> None:
        """Other lines; whoever stood on one stands on it still."""
        there = self.currentIndex().row()
        number = self.lines[there].number if there >= 0 else 0
        self._history.set_things(lines)
        place = next((n for n, one in enumerate(lines) if one.number == number), 0)
        if lines:
            self.setCurrentIndex(self._history.index(place, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height of every line."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines:
            self.setCurrentIndex(self._history.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.currentIndex().row() == len(self.lines) - 1:
            self.wanted_more.emit()
        elif event.text().isprintable() and event.text().strip():
            event.ignore()  # letters are no search here
        else:
            super().keyPressEvent(event)
