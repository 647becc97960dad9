"""What keys do on the board. Moving, opening and picking up only: nothing here changes data."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from clinic_desktop.ui.board.board_surface import BoardSurface
from clinic_desktop.ui.board.cell_walk import Cell, cell_of, inside, moved_aside, moved_down
from clinic_desktop.ui.board.scene import Scene

HOUR = 60
PAGE = 120
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CHORD = _CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


class KeyHand:
    """Turns keys into moves of the cursor or of the visit in hand."""

    def __init__(self, view: BoardSurface) -> None:
        self._view = view
        self._plain: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Home: self._to_now,
            Qt.Key.Key_End: self._to_end,
            Qt.Key.Key_PageUp: lambda: self._page(-1),
            Qt.Key.Key_PageDown: lambda: self._page(1),
            Qt.Key.Key_BracketLeft: lambda: self._walk(-1),
            Qt.Key.Key_BracketRight: lambda: self._walk(1),
            Qt.Key.Key_Space: self._space,
        }

    def pressed(self, event: QKeyEvent) -> bool:
        """Whether the key meant something here."""
        key, mods = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ARROWS:
            return self._arrow(*_ARROWS[key], mods)
        if key in _ENTER and not mods & _CHORD:
            return self._open_day() if mods & _SHIFT else self._enter()
        if key == Qt.Key.Key_Escape:
            return self._escape()
        if key in self._plain and not mods & _CHORD:
            self._plain[key]()
            return True
        return self._letter(event, mods)

    def _arrow(self, across: int, down: int, mods: Qt.KeyboardModifier) -> bool:
        if mods & Qt.KeyboardModifier.AltModifier:
            return False
        if self._view.carrying.holding:
            return self._carry(across, down * self._step(mods))
        scene, cell = self._view.scene, self._cell()
        if scene is None or cell is None:
            return False
        if across and mods & _CTRL:
            self._view.walk(across)
        elif across:
            self._view.set_cursor(moved_aside(scene, cell, across))
        else:
            self._down(scene, cell, down, mods)
        return True

    def _down(self, scene: Scene, cell: Cell, down: int, mods: Qt.KeyboardModifier) -> None:
        minutes = down * self._step(mods)
        if mods & _SHIFT:
            self._view.set_cursor(inside(scene, Cell(cell.column, cell.minute + minutes)), ranging=True)
        else:
            self._view.set_cursor(moved_down(scene, cell, minutes))

    def _step(self, mods: Qt.KeyboardModifier) -> int:
        """Minutes of one arrow."""
        return HOUR if mods & _CTRL or self._view.scene is None else self._view.scene.grid

    def _carry(self, across: int, minutes: int) -> bool:
        carried = self._view.carrying.carried
        if carried is None:
            return False
        return self._carry_to(Cell(carried.cell.column + across, carried.cell.minute + minutes))

    def _carry_to(self, wanted: Cell) -> bool:
        """The visit in hand goes where the cursor would go."""
        scene = self._view.scene
        if scene is None:
            return False
        cell = inside(scene, wanted)
        self._view.carrying.hold_over(scene, cell)
        self._view.show_cell(cell)
        return True

    def _walk(self, direction: int) -> None:
        if not self._view.carrying.holding:
            self._view.walk(direction)

    def _cell(self) -> Cell | None:
        """Where the cursor is; put at now, or at the first opening, when it is nowhere yet."""
        if self._view.cursor_cell is None:
            self._to_now()
        return self._view.cursor_cell

    def _to_now(self) -> None:
        scene = self._view.scene
        if scene is None or not scene.columns:
            return
        if (held := self._held()) is not None:
            self._carry_to(home_cell(scene, held))
        else:
            self._view.set_cursor(home_cell(scene, self._view.cursor_cell))

    def _to_end(self) -> None:
        scene, cell = self._view.scene, self._view.cursor_cell
        if scene is None or not scene.columns:
            return
        if (held := self._held()) is not None:
            self._carry_to(Cell(held.column, scene.last))
        else:
            self._view.set_cursor(inside(scene, Cell(cell.column if cell else 0, scene.last)))

    def _held(self) -> Cell | None:
        """Where the visit in hand is held; None when none is."""
        carrying = self._view.carrying
        return carrying.carried.cell if carrying.holding and carrying.carried is not None else None

    def _page(self, direction: int) -> None:
        if self._view.carrying.holding:
            self._carry(0, direction * PAGE)
            return
        scene, cell = self._view.scene, self._cell()
        if scene is None or cell is None:
            return
        bar = self._view.verticalScrollBar()
        if bar.maximum():
            bar.setValue(bar.value() + direction * bar.pageStep() * 3 // 4)
        self._view.set_cursor(moved_down(scene, cell, direction * PAGE))

    def _enter(self) -> bool:
        carrying = self._view.carrying
        if carrying.holding and self._view.scene is not None:
            if not carrying.drop():
                carrying.take_nearest(self._view.scene)
            return True
        self._view.activate_cursor()
        return True

    def _open_day(self) -> bool:
        """Shift Enter: the day of the column, by room."""
        scene, cell = self._view.scene, self._cell()
        if scene is None or cell is None:
            return False
        self._view.day_wanted.emit(scene.columns[cell.column].day)
        return True

    def _space(self) -> None:
        if self._view.carrying.holding:
            self._enter()
        else:
            self._view.pick_up(by_key=True)

    def _escape(self) -> bool:
        if not self._view.carrying.holding:
            return self._view.drop_range()
        self._view.carrying.end()
        return True

    def _letter(self, event: QKeyEvent, mods: Qt.KeyboardModifier) -> bool:
        """A letter begins the one line; while a key holds a visit in hand, too: "thu 10:15" is where to."""
        text, carried = event.text(), self._view.carrying.carried
        if mods & _CHORD or not text.isprintable() or not text.strip():
            return False
        if carried is not None and (carried.saving or not carried.by_key):
            return False
        self._view.typed.emit(text)
        return True


def home_cell(scene: Scene, cell: Cell | None) -> Cell:
    """Now, on today's column; else the beginning of the day's first visit or opening."""
    column = cell.column if cell else 0
    todays = [n for n, one in enumerate(scene.columns) if one.day == scene.today]
    if todays and scene.first <= scene.now < scene.last:
        return Cell(column if column in todays else todays[0], scene.now // scene.grid * scene.grid)
    if cell is None and scene.placed:
        return cell_of(scene.placed[0], scene)
    free = scene.columns[column].free
    return inside(scene, Cell(column, free[0].start if free else scene.first))
