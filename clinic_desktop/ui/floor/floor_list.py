"""The floor as a list: cards for who is here, rows for everybody else."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from clinic_desktop.ui.board.timed_list import TimedList
from clinic_desktop.ui.floor.card import Card, Group
from clinic_desktop.ui.floor.card_paint import paint_card
from clinic_desktop.ui.floor.layout import GAP, HEADING, Layout, lay_out, neighbour
from clinic_desktop.ui.floor.model import FloorModel, Index
from clinic_desktop.ui.floor.row_paint import paint_row
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import write, write_right
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.follow_selection import follow_selection

_HEADINGS = {
    Group.HERE: QT_TR_NOOP("In the house"),
    Group.COMING: QT_TR_NOOP("Next arrivals"),
    Group.UNCLOSED: QT_TR_NOOP("Not closed"),
    Group.DONE: QT_TR_NOOP("Done"),
    Group.AWAY: QT_TR_NOOP("Missed or cancelled"),
}
_CHORDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_VISIBLE = QAbstractItemView.ScrollHint.EnsureVisible
Action = QAbstractItemView.CursorAction
_WAYS = {
    Action.MoveLeft: (-1, 0),
    Action.MoveRight: (1, 0),
    Action.MoveUp: (0, -1),
    Action.MoveDown: (0, 1),
}


class FloorList(TimedList):
    """``picked`` when another visit is current (0: none), ``opened`` by Enter, ``typed`` by a letter or
    digit: the line takes it from there."""

    picked = Signal(int)
    opened = Signal()
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = Layout()
        self._cards = FloorModel(self)
        self.setModel(self._cards)
        follow_selection(self)
        self.setAccessibleName(tr("Floor"))
        self.setAccessibleDescription(tr("A letter, a time or a pressure opens the line; Enter records it."))
        self.setProperty("ground", "canvas")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme().changed.connect(self._lay_out)

    @property
    def cards(self) -> Sequence[Card]:
        return self._cards.cards

    @property
    def current(self) -> int:
        """The visit that is current; 0 when none is."""
        row = self.currentIndex().row()
        return self.cards[row].visit_id if 0 <= row < len(self.cards) else 0

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Take over cards; whoever was current stays so."""
        kept = self.current
        self.blockSignals(True)
        self._cards.show(cards)
        self.blockSignals(False)
        self._lay_out()
        if not self.go_to(kept) and self.cards:
            self.setCurrentIndex(self._cards.index(0, 0))
        self.picked.emit(self.current)

    def go_to(self, visit_id: int) -> bool:
        """Make a visit current; False when it is not shown."""
        row = self._cards.row_of(visit_id)
        if row >= 0:
            self.setCurrentIndex(self._cards.index(row, 0))
        return row >= 0

    def _lay_out(self) -> None:
        width = self.viewport().width()
        self._layout = lay_out(self.cards, width, theme().px)
        self.place_rows(self._layout.rects, QSize(width, self._layout.height))

    def scrollTo(self, index: Index, _hint: QAbstractItemView.ScrollHint = _VISIBLE) -> None:
        """With the heading above and the gap below."""
        if 0 <= index.row() < len(self._layout.rects):
            rect = self._layout.rects[index.row()]
            self.show_rect(rect.adjusted(0, -theme().px(HEADING), 0, theme().px(GAP)))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self.signalsBlocked():
            self.picked.emit(self.current)

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        row = self.currentIndex().row()
        if action in _WAYS and 0 <= row < len(self._layout.rects):
            return self._cards.index(neighbour(self._layout.rects, row, *_WAYS[action]), 0)
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif letter.strip() and letter.isprintable() and not event.modifiers() & _CHORDS:
            self.typed.emit(letter)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().colours.canvas)
        for heading in self._layout.headings:
            rect = QRectF(heading.rect.translated(-self.shift))
            if rect.intersects(QRectF(event.rect())):
                count = tr("%n patient(s)", "", heading.count)
                rest = write_right(painter, rect, count, TextRole.LABEL, theme().colours.ink3)
                write(painter, rest, tr(_HEADINGS[heading.group]), TextRole.STRONG, theme().colours.ink2)
        self._paint_cards(painter, event.rect())

    def _paint_cards(self, painter: QPainter, seen: QRect) -> None:
        """Each card that is seen. A list would paint only what it has laid out itself."""
        current = self.currentIndex().row()
        for row, card in enumerate(self.cards):
            rect = self._layout.rects[row].translated(-self.shift)
            if rect.adjusted(-4, -4, 4, 4).intersects(seen):
                chosen = row == current
                paint = paint_card if card.group is Group.HERE else paint_row
                paint(painter, QRectF(rect), card, chosen, chosen and self.hasFocus())
