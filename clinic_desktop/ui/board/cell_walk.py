"""The cell cursor: where arrows lead. A visit counts as one cell, however long it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinic_desktop.ui.board.free_time import free_until
from clinic_desktop.ui.board.ports import Slot
from clinic_desktop.ui.board.scene import Column, Placed, Scene


@dataclass(frozen=True, slots=True)
class Cell:
    """A minute on the grid in a column."""

    column: int
    minute: int


def visit_at(scene: Scene, cell: Cell) -> int:
    """The row of the visit that covers a cell; -1 when it is free. Turnover belongs to the visit; who never
    came covers nothing."""
    rows = (
        row
        for row, one in enumerate(scene.placed)
        if one.column == cell.column
        and not one.block.gone
        and one.block.start <= cell.minute < max(one.block.turned, one.block.start + 1)
    )
    return next(rows, -1)


def cell_of(placed: Placed, scene: Scene) -> Cell:
    """The cell in which a visit begins."""
    return inside(scene, Cell(placed.column, placed.block.start // scene.grid * scene.grid))


def inside(scene: Scene, cell: Cell) -> Cell:
    """The nearest cell that the scene has."""
    column = max(0, min(len(scene.columns) - 1, cell.column))
    return Cell(column, max(scene.first, min(cell.minute, scene.last - scene.grid)))


def moved_down(scene: Scene, cell: Cell, minutes: int) -> Cell:
    """Down (or up, below zero): from a visit to what follows it, else by ``minutes``."""
    row = visit_at(scene, cell)
    step = scene.grid
    if row < 0 or abs(minutes) > step:
        return _onto(scene, inside(scene, Cell(cell.column, cell.minute + minutes)))
    block = scene.placed[row].block
    minute = -(-block.turned // step) * step if minutes > 0 else (block.start - 1) // step * step
    return _onto(scene, inside(scene, Cell(cell.column, minute)))


def moved_aside(scene: Scene, cell: Cell, columns: int) -> Cell:
    """Left or right at the same time of day."""
    return inside(scene, Cell(cell.column + columns, cell.minute))


def _onto(scene: Scene, cell: Cell) -> Cell:
    """A visit is stepped onto at its beginning."""
    row = visit_at(scene, cell)
    return cell if row < 0 else cell_of(scene.placed[row], scene)


def next_visit(scene: Scene, cell: Cell | None, current: int, direction: int) -> int:
    """The row of the next (1) or previous (-1) visit in time order; from a free cell the nearest in time
    on that side. -1 when there is none."""
    rows = len(scene.placed)
    if current >= 0:
        return current + direction if 0 <= current + direction < rows else current
    if not rows:
        return -1
    at = (scene.columns[cell.column].day, cell.minute) if cell else (date.min, 0)
    if direction > 0:
        return next((row for row, one in enumerate(scene.placed) if _time(one) >= at), rows - 1)
    return next((row for row in reversed(range(rows)) if _time(scene.placed[row]) <= at), 0)


def _time(one: Placed) -> tuple[date, int]:
    return one.block.day, one.block.start


def slot_of(scene: Scene, cell: Cell, until: int | None = None) -> Slot:
    column = scene.columns[cell.column]
    return Slot(column.day, cell.minute, column.room_id, until)


def free_end(column: Column, minute: int) -> int | None:
    """Until when a cell is free; None when it is closed or taken."""
    return free_until(column.free, minute)


def column_of(columns: Sequence[Column], day: date, room_id: int | None) -> int | None:
    """The column of a room on a day."""
    found = (
        n
        for n, one in enumerate(columns)
        if one.day == day and one.room_id == room_id and one.staff_id is None
    )
    return next(found, None)
