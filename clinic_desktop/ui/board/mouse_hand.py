"""What the mouse does on the board: select, carry after a few pixels, sweep a range, double-click."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from clinic_desktop.ui.board.board_surface import BoardSurface
from clinic_desktop.ui.board.cell_walk import Cell, inside, visit_at
from clinic_desktop.ui.board.scene import Scene

THRESHOLD = 6  # px before a press becomes a drag
_GRIP = 5  # px above and below the end of a visit by which it is taken
_EDGE = 24
_EDGE_STEP = 16


class MouseHand:
    """One press at a time, from down to up."""

    def __init__(self, view: BoardSurface) -> None:
        self._view = view
        self._down: QPoint | None = None
        self._cell: Cell | None = None
        self._grab = 0
        self._on_visit = self._on_edge = False

    def pressed(self, event: QMouseEvent) -> None:
        view, scene = self._view, self._view.scene
        if scene is None or not scene.columns or event.button() not in _BUTTONS:
            return
        view.setFocus(Qt.FocusReason.MouseFocusReason)
        if view.carrying.holding:
            self._follow(event.position(), event.modifiers(), scene)
            if event.button() == Qt.MouseButton.LeftButton:
                view.carrying.drop()
            return
        self._down = event.position().toPoint()
        self._cell = self._cell_at(event.position(), scene)
        row = self._row_at(self._down, self._cell)
        self._on_visit = row >= 0 and not view.placed[row].block.gone
        self._on_edge = self._on_visit and self.at_an_end(event.position())
        if row >= 0:
            self._grab = self._cell.minute - view.placed[row].block.start
            view.select_row(row, self._cell)
        else:
            view.set_cursor(self._cell)

    def moved(self, event: QMouseEvent) -> None:
        view, scene = self._view, self._view.scene
        if scene is None:
            return
        if view.carrying.holding:
            led = event.buttons() or self._is_led()  # what a key holds stays where the arrows put it
            if led and not self._aside(event.globalPosition().toPoint()):
                self._follow(event.position(), event.modifiers(), scene)
            return
        if not event.buttons():
            self._show_grip(event.position())
        if self._down is None or self._cell is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        away = event.position().toPoint() - self._down
        if max(abs(away.x()), abs(away.y())) < THRESHOLD:
            return
        if self._on_visit:
            if (view.pick_end_up if self._on_edge else view.pick_up)(by_key=False):
                self._follow(event.position(), event.modifiers(), scene)
            self._down = None
        else:
            here = self._cell_at(event.position(), scene)
            view.range_from = self._cell.minute
            view.set_cursor(Cell(self._cell.column, here.minute), ranging=True)

    def released(self, event: QMouseEvent) -> None:
        view, scene = self._view, self._view.scene
        click = self._down is not None and view.range_from is None and not self._on_visit
        self._down = None
        carried = view.carrying.carried
        if view.carrying.holding and carried is not None and not carried.by_key:
            if self._aside(event.globalPosition().toPoint()):
                view.carrying.end()
                view.let_go_aside.emit(carried.block)
            else:
                view.drop_or_refuse()
            return
        if click and scene is not None and event.button() == Qt.MouseButton.LeftButton:
            self._clicked_free(event)

    def double_clicked(self, event: QMouseEvent) -> None:
        scene = self._view.scene
        if event.button() != Qt.MouseButton.LeftButton or scene is None or self._view.carrying.holding:
            return
        self._down = None
        cell = self._cell_at(event.position(), scene)
        if self._view.chosen_range() is None and self._row_at(event.position().toPoint(), cell) < 0:
            self._view.set_cursor(cell)
        self._view.activate_cursor()

    def _row_at(self, point: QPoint, cell: Cell) -> int:
        """The visit that is meant; -1 for none. Who never came is in nobody's way who looks for a time."""
        index = self._view.indexAt(point)
        if not index.isValid():
            return -1
        looked_for = self._view.click_picks or self._view.ghost_at(cell) is not None
        return -1 if looked_for and self._view.placed[index.row()].block.gone else index.row()

    def _clicked_free(self, event: QMouseEvent) -> None:
        """A ghost is taken with one click; a free cell only while a panel waits for one."""
        scene = self._view.scene
        if scene is None:
            return
        cell = self._cell_at(event.position(), scene)
        ghost = self._view.ghost_at(cell)
        if ghost is not None:
            self._view.ghost_picked.emit(ghost)
            return
        if self._view.click_picks and visit_at(scene, cell) < 0:
            self._view.activate_cursor()

    def carry_to(self, at: QPoint) -> None:
        """The pointer moves over a point of the screen, dragging something from beside the board."""
        view, scene = self._view, self._view.scene
        if scene is not None and view.carrying.holding and self._lies_here(at) and not self._aside(at):
            self._follow(QPointF(view.viewport().mapFromGlobal(at)), Qt.KeyboardModifier.NoModifier, scene)

    def let_go_at(self, at: QPoint) -> None:
        """And lets it go there. What is not in the hand yet, or not judged, comes into it all the same."""
        carrying = self._view.carrying
        if not carrying.holding:
            return
        self.carry_to(at)
        if not self._lies_here(at):
            carrying.end()
        elif carrying.carried is not None and carrying.carried.verdict is not None:
            self._view.drop_or_refuse()

    def _is_led(self) -> bool:
        carried = self._view.carrying.carried
        return carried is not None and carried.led

    def _lies_here(self, at: QPoint) -> bool:
        port = self._view.viewport()
        return port.rect().contains(port.mapFromGlobal(at))

    def _aside(self, at: QPoint) -> bool:
        return self._view.aside is not None and self._view.aside(at)

    def _follow(self, point: QPointF, modifiers: Qt.KeyboardModifier, scene: Scene) -> None:
        """Hold the visit where the pointer is. Alt keeps the column, Shift keeps the time."""
        carried = self._view.carrying.carried
        if carried is None:
            return
        self._scroll_at_edges(point.toPoint())
        if carried.stretching:
            y = point.y() + self._view.verticalOffset()
            self._view.carrying.end_at(round(self._view.grid.minute_at(y)), scene.grid)
            return
        grab = 0 if carried.by_key else self._grab
        here = self._cell_at(point, scene)
        minute = (here.minute - grab) // scene.grid * scene.grid
        column = here.column
        if modifiers & Qt.KeyboardModifier.AltModifier:
            column = carried.cell.column
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            minute = carried.cell.minute
        self._view.carrying.hold_over(scene, inside(scene, Cell(column, minute)))

    def at_an_end(self, point: QPointF) -> bool:
        """Whether the pointer is where a visit ends and its room is turned over: there its end is taken."""
        row = self._view.indexAt(point.toPoint())
        if not row.isValid():
            return False
        block = self._view.placed[row.row()].block
        grid = self._view.grid
        y = point.y() + self._view.verticalOffset()
        grip = min(_GRIP, (block.end - block.start) * grid.per_minute / 4)
        return not block.ended and abs(y - grid.y(block.end)) <= grip

    def _show_grip(self, point: QPointF) -> None:
        port = self._view.viewport()
        if self.at_an_end(point):
            port.setCursor(Qt.CursorShape.SizeVerCursor)
        else:
            port.unsetCursor()

    def _scroll_at_edges(self, point: QPoint) -> None:
        size = self._view.viewport().size()
        for bar, at, length in (
            (self._view.horizontalScrollBar(), point.x(), size.width()),
            (self._view.verticalScrollBar(), point.y(), size.height()),
        ):
            if at < _EDGE:
                bar.setValue(bar.value() - _EDGE_STEP)
            elif at > length - _EDGE:
                bar.setValue(bar.value() + _EDGE_STEP)

    def _cell_at(self, point: QPointF, scene: Scene) -> Cell:
        grid = self._view.grid
        x = point.x() + self._view.horizontalOffset()
        y = point.y() + self._view.verticalOffset()
        return Cell(grid.column_at(x), grid.cell_at(y, scene.grid))


_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
