"""The floor as a list: cards for who is here, tiles for rooms without anybody, rows for everybody else."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from clinic_desktop.ui.board.timed_list import TimedList
from clinic_desktop.ui.floor.card import Card, Group
from clinic_desktop.ui.floor.card_pictures import CardPictures
from clinic_desktop.ui.floor.layout import GAP, HEADING, Layout, lay_out, neighbour
from clinic_desktop.ui.floor.model import FloorModel, Index
from clinic_desktop.ui.floor.row_paint import paint_row
from clinic_desktop.ui.floor.tile import Row, Tile
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
        self._pictures = CardPictures()
        self._model = FloorModel(self)
        self.setModel(self._model)
        follow_selection(self)
        self.setAccessibleName(tr("Floor"))
        self.setAccessibleDescription(tr("A letter, a time or a pressure opens the line; Enter records it."))
        self.setProperty("ground", "canvas")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme().changed.connect(self._lay_out)

    @property
    def rows(self) -> Sequence[Row]:
        return self._model.rows

    @property
    def current(self) -> int:
        """The visit that is current, of a room without anybody the next in it; 0 when none is."""
        row = self._current_row
        return row.visit_id if row is not None else 0

    @property
    def _current_row(self) -> Row | None:
        row = self.currentIndex().row()
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Take over rows; whoever was current stays so, also where they have another tile now."""
        kept = self._current_row
        self.blockSignals(True)
        self._model.show(rows)
        self._pictures.keep_only(rows)
        self.blockSignals(False)
        self._lay_out()
        if rows:
            self.setCurrentIndex(self._model.index(self._row_after(kept), 0))
        self.picked.emit(self.current)

    def _row_after(self, kept: Row | None) -> int:
        """The row of who was current: the same tile for the same patient, else the patient, else the tile."""
        if kept is None:
            return self._model.first_patient
        same, theirs = self._model.row_at(kept.key), self._model.row_of(kept.visit_id)
        if same >= 0 and (theirs < 0 or self.rows[same].visit_id == kept.visit_id):
            return same
        return theirs if theirs >= 0 else self._model.first_patient

    def go_to_room(self, room_id: int) -> None:
        """Make the tile of a room current."""
        row = self._model.row_at(("room", room_id))
        if row >= 0:
            self.setCurrentIndex(self._model.index(row, 0))

    def go_to(self, visit_id: int) -> bool:
        """Make a visit current; False when it is not shown."""
        row = self._model.row_of(visit_id)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row, 0))
        return row >= 0

    def kept_clear(self) -> Sequence[QRect]:
        """The cards of who is here, as far as they can be seen."""
        rects = (one.translated(-self.shift) for one in self._layout.rects)
        here = (
            rect
            for row, rect in zip(self.rows, rects, strict=False)
            if isinstance(row, Card) and row.group is Group.HERE
        )
        return [one.intersected(self.viewport().rect()) for one in here]

    def _lay_out(self) -> None:
        width = self.viewport().width()
        self._layout = lay_out(self.rows, width, theme().px)
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
            return self._model.index(neighbour(self._layout.rects, row, *_WAYS[action]), 0)
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
        for row, shown in enumerate(self.rows):
            rect = self._layout.rects[row].translated(-self.shift)
            if rect.adjusted(-4, -4, 4, 4).intersects(seen):
                chosen = row == current
                focus = chosen and self.hasFocus()
                if isinstance(shown, Tile) or shown.group is Group.HERE:
                    self._pictures.paint(painter, rect, shown, chosen, focus)
                else:
                    paint_row(painter, QRectF(rect), shown, chosen, focus)
