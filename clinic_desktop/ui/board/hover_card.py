"""The card that tells of a visit while the pointer rests on it. It takes no focus and no click, and never
lies over the visit it tells of; by key the panel beside the board says the same.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from clinic_desktop.ui.board.board_surface import BoardSurface
from clinic_desktop.ui.board.hover_words import HoverWords, as_text
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Card, Line

REST = 500  # ms for which the pointer lies still
_WIDTH, _LEAST_WIDTH = 280, 180
_PAD, _GAP = 12, 10
_AWAY = frozenset({
    QEvent.Type.Leave, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.KeyPress,
    QEvent.Type.Hide, QEvent.Type.WindowDeactivate, QEvent.Type.ContextMenu,
})  # fmt: skip


class HoverCard(Card):
    """Who, what, when, with whom, how home, and the times of the phases."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(edge="control", parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_PAD, _PAD - 2, _PAD, _PAD - 2)
        self._column.setSpacing(2)
        self._inside: QWidget | None = None
        self.hide()

    def show_words(self, words: HoverWords) -> None:
        """Other words; the card is placed anew by whoever shows it."""
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = _inside_of(words)
        self._column.addWidget(self._inside)
        self._inside.show()
        self.setAccessibleName(". ".join(as_text(words)))

    def place(self, beside: QRect) -> bool:
        """Beside a visit, else under or above it, inside its parent; False where there is no room."""
        parent = self.parentWidget()
        room = QRect() if parent is None else parent.rect().adjusted(4, 4, -4, -4)
        for free in _free_round(room, beside):
            width = min(theme().px(_WIDTH), free.width())
            if width < min(theme().px(_LEAST_WIDTH), theme().px(_WIDTH)):
                continue
            height = self._column.heightForWidth(width)
            if height <= free.height():
                self.setGeometry(_beside(free, beside, QSize(width, height)))
                return True
        return False


def _inside_of(words: HoverWords) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(label(words.who, TextRole.NAME, wrap=True))
    lines = (*words.lines, words.ready) if words.ready else words.lines
    for some, ink in ((lines, ""), (words.troubles, "danger"), (words.more, "second")):
        for one in some:
            column.addWidget(label(one, TextRole.LABEL, ink, wrap=True))
    if words.phases:
        column.addSpacing(4)
        column.addWidget(Line())
        column.addSpacing(2)
        column.addLayout(_phases(words))
    return made


def _phases(words: HoverWords) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(1, 1)
    for row, one in enumerate(words.phases):
        told: tuple[QLabel, ...] = (
            label(one.lead, TextRole.LABEL),
            label(one.text, TextRole.LABEL, "second"),
            label(one.right, TextRole.LABEL, "second"),
        )
        for at, made in enumerate(told):
            grid.addWidget(made, row, at, Qt.AlignmentFlag.AlignRight if at != 1 else Qt.AlignmentFlag(0))
    return grid


def _free_round(room: QRect, visit: QRect) -> list[QRect]:
    """What is free at the right, at the left, under and above a visit."""
    right = QRect(QPoint(visit.right() + _GAP, room.top()), room.bottomRight())
    left = QRect(room.topLeft(), QPoint(visit.left() - _GAP, room.bottom()))
    under = QRect(QPoint(room.left(), visit.bottom() + _GAP), room.bottomRight())
    above = QRect(room.topLeft(), QPoint(room.right(), visit.top() - _GAP))
    return [right, left, under, above]


def _beside(free: QRect, visit: QRect, size: QSize) -> QRect:
    """As close to the visit as the free room lets it."""
    left = max(free.left(), min(visit.left(), free.right() - size.width()))
    top = max(free.top(), min(visit.top(), free.bottom() - size.height()))
    if free.right() < visit.left():
        left = free.right() - size.width()
    if free.bottom() < visit.top():
        top = free.bottom() - size.height()
    return QRect(QPoint(left, top), size)


class Hover(QObject):
    """Waits for the pointer to rest on a visit. ``words``: what is said of a visit, None for nothing."""

    def __init__(self, view: BoardSurface, room: QWidget, words: Callable[[int], HoverWords | None]) -> None:
        super().__init__(view)
        self._view, self._words = view, words
        self._row = -1
        self.card = HoverCard(room)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._rested)
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)
        for bar in (view.verticalScrollBar(), view.horizontalScrollBar()):
            bar.valueChanged.connect(self.leave)
        visits = view.visits
        for signal in (visits.dataChanged, visits.rowsInserted, visits.rowsRemoved, visits.modelReset):
            signal.connect(self.leave)
        view.carrying.began.connect(self.leave)

    def leave(self) -> None:
        """Something else goes on."""
        self._row = -1
        self._rest.stop()
        self.card.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self._moved(event)
        elif event.type() in _AWAY:
            self.leave()
        return super().eventFilter(watched, event)

    def _moved(self, event: QMouseEvent) -> None:
        at: QModelIndex = self._view.indexAt(event.position().toPoint())
        row = -1 if event.buttons() or self._view.carrying.holding else at.row()
        if row != self._row:
            self.leave()
            self._row = row
        if row >= 0 and not self.card.isVisible():
            self._rest.start()

    def _rested(self) -> None:
        view, parent = self._view, self.card.parentWidget()
        if not 0 <= self._row < len(view.placed) or parent is None:
            return
        words = self._words(view.placed[self._row].block.id)
        if words is None:
            return
        port = view.viewport()
        seen = view.visualRect(view.visits.index(self._row, 0)).intersected(port.rect())
        beside = QRect(port.mapTo(parent, seen.topLeft()), seen.size())
        without = replace(words, phases=())  # where there is little room
        for told in (words, without, replace(without, ready="")):
            self.card.show_words(told)
            if self.card.place(beside):
                self.card.show()
                self.card.raise_()
                return
