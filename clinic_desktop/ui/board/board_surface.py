"""The board as something to move about on: a scene laid out, a selected visit, a cell cursor, a range."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Signal
from PySide6.QtWidgets import QWidget

from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.board.board_frame import BoardFrame
from clinic_desktop.ui.board.carrying import Carrying
from clinic_desktop.ui.board.cell_walk import (
    Cell,
    cell_of,
    column_of,
    inside,
    next_visit,
    slot_of,
    visit_at,
)
from clinic_desktop.ui.board.delegate import BlockDelegate
from clinic_desktop.ui.board.gone import cell_sentence
from clinic_desktop.ui.board.grid import Grid
from clinic_desktop.ui.board.model import BoardModel, Index
from clinic_desktop.ui.board.ports import Ghost
from clinic_desktop.ui.board.scene import Placed, Scene
from clinic_desktop.ui.board.timed_list import TimedList
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.follow_selection import follow_selection

_LEAST_SEEN = 150  # px of the board beside a panel over it: the hours and a column


class BoardSurface(TimedList):
    """Shows one scene. Selecting, opening and choosing are told by signals; nothing is saved here."""

    visit_changed = Signal(object)  # id of the visit that is selected now, or None
    cell_changed = Signal()  # the cursor stands on another cell
    visit_opened = Signal(int)
    slot_chosen = Signal(object)  # Slot
    ghost_picked = Signal(int)
    drop_refused = Signal(object)  # Verdict
    let_go_aside = Signal(object)  # Block: it was let go where ``aside`` takes it
    not_lifted = Signal(int)  # a visit that never came is not moved
    day_wanted = Signal(object)  # date
    room_wanted = Signal()
    wheel_turned = Signal(int, float)  # with Ctrl: how far, and at which height
    typed = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene: Scene | None = None
        self.grid = Grid(0, 1440, 1.0, (0.0,), 0.0)
        self.cursor_cell: Cell | None = None
        self.range_from: int | None = None
        self.ghosts: tuple[Ghost, ...] = ()
        self.aside: Callable[[QPoint], bool] | None = (
            None  # what beside the board takes a visit, on the screen
        )
        self.click_picks = False  # a panel waits for a cell: one click is enough
        self.visits = BoardModel(self)
        self.delegate = BlockDelegate(self)
        self.carrying = Carrying(self)
        self.setModel(self.visits)
        follow_selection(self)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(tr("Schedule board"))
        self.setAccessibleDescription(
            tr("Arrows move through the day, Enter books or opens, Space picks a visit up.")
        )
        self.frame_parts = BoardFrame(self)
        theme().changed.connect(self.refit)

    # What is shown.

    def set_scene(self, scene: Scene, rooms: dict[int | None, str]) -> None:
        """Show a scene; what was selected stays selected while it is there, and nothing scrolls."""
        chosen, before = self.selected_visit, self.scene
        kept = self._cursor_in(scene)
        self.scene = scene
        self.visits.show(scene, rooms)
        self.cursor_cell = kept
        if before is None or before.days != scene.days or before.kind is not scene.kind:
            self.range_from = None
        self.refit()
        row = self.visits.row_of(chosen)
        if row < 0:
            self._select_nothing()  # Qt would have taken a neighbour of what is gone
        elif self.selected_visit != chosen:
            self.setCurrentIndex(self.visits.index(row, 0))
        self.point_gutter()

    def _cursor_in(self, scene: Scene) -> Cell | None:
        """The cursor's room and minute in another scene."""
        cell, old = self.cursor_cell, self.scene
        if cell is None or old is None or not old.columns:
            return None
        column = old.columns[min(cell.column, len(old.columns) - 1)]
        day = column.day if column.day in scene.days else scene.days[0]
        there = column_of(scene.columns, day, column.room_id)
        return inside(scene, Cell(cell.column if there is None else there, cell.minute))

    def refit(self) -> None:
        """Lay everything out for the size there is."""
        if self.scene is None:
            return
        self.grid = self.frame_parts.fit(self.scene)
        rects = [_whole(self.grid, one) for one in self.visits.placed]
        self.place_rows(rects, QSize(round(self.grid.width), round(self.grid.height)))
        self.frame_parts.show_scene(self.scene, self.grid)
        self.room_wanted.emit()

    @property
    def wanted(self) -> int:
        """Px in which everything would be seen at once."""
        return self.frame_parts.wanted

    def cover(self, width: int) -> None:
        """So much at the right lies under a panel: all is seen beside it, and at once what is selected; where
        next to nothing is left beside it the board stays as it is."""
        if self.width() - width < theme().px(_LEAST_SEEN):
            width = 0
        if width == self.frame_parts.covered:
            return
        self.frame_parts.covered = width
        self.refit()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def show_ghosts(self, ghosts: Sequence[Ghost]) -> None:
        self.ghosts = tuple(ghosts)
        self.viewport().update()

    @property
    def shows_ghost(self) -> bool:
        """Whether a ghost or a carried visit lies on this page."""
        columns = self.scene.columns if self.scene is not None else ()
        places = (column_of(columns, one.day, one.room_id) for one in self.ghosts)
        return self.carrying.carried is not None or any(one is not None for one in places)

    @property
    def looked_at(self) -> bool:
        """Whether somebody looks for a time here: by ghosts, with a panel that waits for one, or by hand."""
        return self.shows_ghost or self.click_picks or self.cursor_cell is not None

    @property
    def placed(self) -> Sequence[Placed]:
        return self.visits.placed

    def placed_of(self, visit_id: int | None) -> Placed | None:
        row = self.visits.row_of(visit_id)
        return self.visits.placed[row] if row >= 0 else None

    def scroll_to_minute(self, minute: int) -> None:
        """Put a minute of the day at the top."""
        self.verticalScrollBar().setValue(round(self.grid.y(minute)))

    def show_columns(self, first: int, last: int) -> None:
        """Bring columns into view, the first of them above all."""
        left, right = round(self.grid.edges[first]), round(self.grid.edges[last + 1])
        top = self.verticalOffset()
        self.show_rect(QRect(left, top, right - left, 1))

    # Selection and cursor.

    @property
    def selected_visit(self) -> int | None:
        index = self.currentIndex()
        return self.placed[index.row()].block.id if index.isValid() else None

    def select_visit(self, visit_id: int | None) -> bool:
        """Select a visit and bring it into view; None selects nothing. False when it is not shown."""
        row = self.visits.row_of(visit_id)
        if row < 0 or self.scene is None:
            self._select_nothing()
            return visit_id is None
        self.select_row(row, cell_of(self.placed[row], self.scene))
        self.scrollTo(self.visits.index(row, 0))
        return True

    def select_row(self, row: int, cell: Cell) -> None:
        """Select the visit of a row; the cursor goes to a cell of it."""
        self.range_from = None
        self.cursor_cell = cell
        self.setCurrentIndex(self.visits.index(row, 0))
        self._cursor_moved()

    def set_cursor(self, cell: Cell, *, ranging: bool = False) -> None:
        """Put the cell cursor; a visit there is selected, on a free cell nothing is."""
        if self.scene is None:
            return
        before = self.cursor_cell
        self.cursor_cell = cell = inside(self.scene, cell)
        row = -1 if ranging else visit_at(self.scene, cell)
        if not ranging:
            self.range_from = None
        elif self.range_from is None:
            self.range_from = before.minute if before else cell.minute
        if row >= 0:
            self.setCurrentIndex(self.visits.index(row, 0))
            self.scrollTo(self.visits.index(row, 0))
        else:
            self._select_nothing()
            self.show_cell(cell)
            self._say_cell(cell)
        self._cursor_moved()

    def walk(self, direction: int) -> None:
        """To the next (1) or previous (-1) visit in time."""
        if self.scene is not None:
            row = next_visit(self.scene, self.cursor_cell, self.currentIndex().row(), direction)
            if row >= 0:
                self.select_visit(self.placed[row].block.id)

    def chosen_range(self) -> tuple[int, int] | None:
        """The selected range of the cursor's column, minutes of the day."""
        if self.scene is None or self.cursor_cell is None or self.range_from is None:
            return None
        low, high = sorted((self.range_from, self.cursor_cell.minute))
        return low, high + self.scene.grid

    def drop_range(self) -> bool:
        """Forget the range; False when there is none."""
        if self.range_from is None:
            return False
        self.range_from = None
        self.viewport().update()
        return True

    def activate_cursor(self) -> None:
        """Enter: open the visit, take the ghost, or book at the cell."""
        if self.scene is None or self.cursor_cell is None:
            return
        if self.selected_visit is not None:
            self.visit_opened.emit(self.selected_visit)
            return
        if self.range_from is None and (row := visit_at(self.scene, self.cursor_cell)) >= 0:
            self.select_row(row, self.cursor_cell)
            self.visit_opened.emit(self.placed[row].block.id)
            return
        ghost = self.ghost_at(self.cursor_cell)
        if ghost is not None:
            self.ghost_picked.emit(ghost)
            return
        span = self.chosen_range()
        cell = Cell(self.cursor_cell.column, span[0]) if span else self.cursor_cell
        self.slot_chosen.emit(slot_of(self.scene, cell, span[1] if span else None))

    def ghost_at(self, cell: Cell) -> int | None:
        """The number of the ghost that lies over a cell."""
        columns = self.scene.columns if self.scene is not None else ()
        hits = (
            number
            for number, ghost in enumerate(self.ghosts)
            if ghost.start <= cell.minute < ghost.end
            and column_of(columns, ghost.day, ghost.room_id) == cell.column
        )
        return next(hits, None)

    def pick_up(self, *, by_key: bool) -> bool:
        """Take the selected visit in hand; False when none is selected, or one that never came."""
        placed = self.placed_of(self.selected_visit)
        if placed is None or self.scene is None or self.carrying.holding:
            return False
        if placed.block.gone:
            self.not_lifted.emit(placed.block.id)
            return False
        self.carrying.pick_up(placed.block, cell_of(placed, self.scene), self.scene, by_key=by_key)
        return True

    def pick_end_up(self, *, by_key: bool) -> bool:
        """Take the end of the selected visit in hand; False when none is selected."""
        placed = self.placed_of(self.selected_visit)
        if placed is None or self.scene is None or self.carrying.holding:
            return False
        self.carrying.pick_end_up(placed.block, Cell(placed.column, placed.block.start), by_key=by_key)
        return self.carrying.holding

    def refuse_drop(self) -> None:
        """The mouse let go where it does not fit: say why, and put it back."""
        carried = self.carrying.carried
        if carried is not None and carried.verdict is not None:
            self.drop_refused.emit(carried.verdict)
        self.carrying.end()

    def take_nearest(self) -> None:
        """Hold it where the verdict says that it fits."""
        if self.scene is not None:
            self.carrying.take_nearest(self.scene)

    def drop_or_refuse(self) -> None:
        """The mouse let go: it is saved, or put back with why."""
        if not self.carrying.drop():
            self.refuse_drop()

    def show_cell(self, cell: Cell) -> None:
        """Bring a cell into view."""
        if self.scene is not None:
            box = self.grid.span_box(cell.column, cell.minute, cell.minute + 2 * self.scene.grid)
            self.show_rect(QRectF(box.x, box.y, box.width, box.height).toAlignedRect())

    def point_gutter(self) -> None:
        """The time tag in the gutter: of what is carried, else of the cursor while it has the focus."""
        carried = self.carrying.carried
        cell = carried.cell if carried else self.cursor_cell if self.hasFocus() else None
        minute = cell.minute if cell else None
        if carried is not None and carried.stretching:
            minute = carried.block_there.end
        self.frame_parts.gutter.set_cursor(minute)

    def _cursor_moved(self) -> None:
        self.point_gutter()
        self.viewport().update()
        self.cell_changed.emit()

    def _select_nothing(self) -> None:
        self.selectionModel().clearSelection()
        self.selectionModel().clearCurrentIndex()

    def _say_cell(self, cell: Cell) -> None:
        if self.scene is not None and self.scene.read:
            announce(self, cell_sentence(self.scene, cell))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.visit_changed.emit(self.selected_visit)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(900), theme().px(560))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(260), theme().px(140))


def _whole(grid: Grid, placed: Placed) -> QRect:
    box = grid.placed_box(placed)
    left, top = round(box.x), round(box.y)
    return QRect(left, top, round(box.x + box.width) - left, max(6, round(box.y + box.height) - top))
