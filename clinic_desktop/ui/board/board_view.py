"""The board: what the hands do on its surface, and the order in which everything is painted."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.board.backdrop import paint_backdrop
from clinic_desktop.ui.board.board_surface import BoardSurface
from clinic_desktop.ui.board.carrying import Carried
from clinic_desktop.ui.board.delegate import paint_selected
from clinic_desktop.ui.board.in_hand import keys_of
from clinic_desktop.ui.board.key_hand import KeyHand
from clinic_desktop.ui.board.layers import Layers
from clinic_desktop.ui.board.mouse_hand import MouseHand
from clinic_desktop.ui.board.overlay import paint_check_ins
from clinic_desktop.ui.board.still import StillBoard
from clinic_desktop.ui.icons import pixel_ratio
from clinic_desktop.ui.theme import theme

_STEM = 60  # how far above a visit its check-in may reach, for repainting
_MARGIN = 4  # and its selection on all sides


class BoardView(BoardSurface):
    """A surface with hands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers = Layers(self)
        self._still = StillBoard()
        self._told: tuple[int, date] | None = None  # whose visit was named, on which day
        self._keys = KeyHand(self)
        self._mouse = MouseHand(self)
        self.viewport().setMouseTracking(True)
        self.carry_to, self.let_go_at = self._mouse.carry_to, self._mouse.let_go_at
        for signal in (self.carrying.moved, self.carrying.ended):
            signal.connect(self._carried_moved)

    def _carried_moved(self) -> None:
        carried = self.carrying.carried
        self.delegate.faded = carried.block.id if carried else None
        if carried is None:
            self._still.forget()
        self.point_gutter()
        self.viewport().update()
        announce(self, self._carried_words(carried))

    def _carried_words(self, carried: Carried | None) -> str:
        """What is said of the place; and on another day, or as it is picked up, whose it is and the keys."""
        if carried is None:
            self._told = None
        if carried is None or carried.verdict is None or not carried.by_key:
            return ""
        before, self._told = self._told, (carried.block.id, carried.target.day)
        said = carried.verdict.spoken
        return said if self._told == before else f"{carried.block.name}. {said} {keys_of(carried)}."

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.frame_parts.shift(self.horizontalOffset(), self.verticalOffset())
        super().scrollContentsBy(dx, dy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.frame_parts.fitting:
            self.refit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        # The item view's own would make the first visit current; the cursor knows better where it was.
        QWidget.focusInEvent(self, event)
        self.point_gutter()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point_gutter()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.scene is not None and self._keys.pressed(event):
            event.accept()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse.pressed(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.moved(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.released(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double_clicked(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.wheel_turned.emit(event.angleDelta().y(), event.position().y())
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if self.scene is None:
            painter.fillRect(event.rect(), theme().colours.surface)
            return
        if self.carrying.carried is None:
            self._paint_still(painter, event.rect())
        else:
            painter.drawPixmap(0, 0, self._still_picture(pixel_ratio(painter)))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-self.shift)
        self._layers.paint_hand(painter, QRectF(self.viewport().rect().translated(self.shift)))

    def _still_picture(self, ratio: float) -> QPixmap:
        """What a frame of a drag does not change: hundreds of visits are not painted for each of them."""
        port = self.viewport().rect()
        of = (self.scene, self.grid, self.ghosts, self.shift, self.delegate.faded)
        return self._still.picture(port.size(), ratio, of, lambda painter: self._paint_still(painter, port))

    def _paint_still(self, painter: QPainter, area: QRect) -> None:
        """All but the hand, in an area of the viewport."""
        if self.scene is None:
            return
        painter.translate(-self.shift)
        exposed = area.translated(self.shift)
        paint_backdrop(painter, self.scene, self.grid, QRectF(exposed))
        rows = self.rows_in(exposed.adjusted(-_MARGIN, -_MARGIN, _MARGIN, theme().px(_STEM)))
        self._paint_visits(painter, rows)
        self._layers.paint(painter, rows)

    def _paint_visits(self, painter: QPainter, rows: Sequence[int]) -> None:
        """All of them, then the outline of the selected one over its neighbours."""
        placed, delegate, ratio = self.placed, self.delegate, pixel_ratio(painter)
        for row in rows:
            delegate.paint_visit(painter, placed[row], self.rect_of(row), ratio)
        if self.scene is not None and not self.scene.compact:
            shown = ((QRectF(self.rect_of(row)), placed[row].block) for row in rows)
            paint_check_ins(painter, shown, self.grid.per_minute)
        current = self.currentIndex().row()
        if current in rows and self.carrying.carried is None:
            rect = self.rect_of(current)
            picture = delegate.picture(placed[current], rect, ratio)
            paint_selected(painter, rect, picture.size, focused=self.hasFocus())
