"""A visit that has been picked up, by mouse or by key, until it is let go or put back; or one whose end was,
to let it stay longer or shorter."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from clinic_desktop.ui.board.block import Block, shifted
from clinic_desktop.ui.board.cell_walk import Cell
from clinic_desktop.ui.board.forecast import Fit, Target, Verdict
from clinic_desktop.ui.board.scene import Column, Scene

Judge = Callable[[int, Target], Verdict | None]


class Lengths(Protocol):
    """How long the visits of the page may stay."""

    def now(self, visit_id: int) -> int:
        """Minutes that a visit stays beyond what its type asks."""
        ...

    def most(self, visit_id: int) -> int:
        """The most that it may."""
        ...

    def shaped(self, block: Block, longer: int) -> Block:
        """The block as it would stand there that much longer."""
        ...


@dataclass(frozen=True, slots=True)
class Carried:
    """The visit and the cell it is held over. ``saving``: it was let go, the answer is not there yet.
    ``shape``: as long as it would be, where it is its end that moves. ``led``: the pointer leads it, with
    no button held."""

    block: Block
    cell: Cell
    target: Target
    verdict: Verdict | None = None
    saving: bool = False
    by_key: bool = False
    shape: Block | None = None
    led: bool = False

    @property
    def stretching(self) -> bool:
        """Whether its end is in the hand, and not all of it."""
        return self.target.longer is not None

    @property
    def block_there(self) -> Block:
        """The block as it would stand there, with its times."""
        return self.shape or shifted(self.block, self.cell.minute - self.block.start)

    @property
    def turned(self) -> int:
        """Minute at which the room would be ready again."""
        return self.block_there.turned


class Carrying(QObject):
    """``moved`` whenever it is held elsewhere or the verdict is another; ``dropped`` when it is let go."""

    began = Signal(int)
    moved = Signal()
    dropped = Signal(object)  # Carried
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.judge: Judge | None = None
        self.lengths: Lengths | None = None
        self._carried: Carried | None = None

    @property
    def carried(self) -> Carried | None:
        return self._carried

    @property
    def holding(self) -> bool:
        """Something is in the hand, not yet let go."""
        return self._carried is not None and not self._carried.saving

    @property
    def may_drop(self) -> bool:
        """Whether it can be let go where it is."""
        carried = self._carried
        return carried is not None and carried.verdict is not None and carried.verdict.fit is not Fit.NOT

    @property
    def nearest(self) -> int | None:
        """The start that the verdict offers instead."""
        verdict = self._carried.verdict if self._carried is not None else None
        return verdict.nearest if verdict is not None else None

    def pick_up(self, block: Block, cell: Cell, scene: Scene, *, by_key: bool) -> None:
        """Take a visit in hand where it lies."""
        target = target_of(scene, cell)
        self._carried = Carried(block, cell, target, by_key=by_key)
        self.began.emit(block.id)
        self._judge()

    def lead(self) -> None:
        """From now on the pointer leads it, as well as the arrows do."""
        if self._carried is not None:
            self._carried = replace(self._carried, led=True)

    def pick_end_up(self, block: Block, cell: Cell, *, by_key: bool) -> None:
        """Take the end of a visit in hand."""
        if self.lengths is not None:
            target = Target(block.day, block.start, block.room_id, longer=self.lengths.now(block.id))
            self._carried = Carried(block, cell, target, by_key=by_key, shape=block)
            self.began.emit(block.id)
            self._judge()

    def end_at(self, minute: int, step: int) -> None:
        """Let it end at the step nearest to a minute, as far as its type lets it."""
        carried, lengths = self._carried, self.lengths
        if carried is None or lengths is None or carried.saving or carried.target.longer is None:
            return
        visit_id, block = carried.block.id, carried.block
        as_asked = block.end - lengths.now(visit_id)
        wanted = step * round((minute - as_asked) / step)
        longer = max(0, min(wanted, lengths.most(visit_id)))
        if longer != carried.target.longer:
            target, shape = replace(carried.target, longer=longer), lengths.shaped(block, longer)
            self._carried = replace(carried, target=target, shape=shape, verdict=None)
            self._judge()

    def hold_over(self, scene: Scene, cell: Cell) -> None:
        """Hold it over another cell; days may have been turned in between."""
        carried = self._carried
        if carried is None or carried.saving or carried.stretching:
            return
        target = target_of(scene, cell)
        if (cell, target) != (carried.cell, carried.target):
            self._carried = replace(carried, cell=cell, target=target, verdict=None)
            self._judge()

    def look_again(self) -> None:
        """The day has changed, or more is known of the patient."""
        if self.holding:
            self._judge()

    def take_nearest(self, scene: Scene) -> bool:
        """Go to the start, or the end, that the verdict offers; False when it offers none."""
        carried = self._carried
        if carried is None or carried.verdict is None or carried.verdict.nearest is None:
            return False
        if carried.stretching:
            self.end_at(carried.verdict.nearest, 1)
            return True
        self.hold_over(scene, Cell(carried.cell.column, carried.verdict.nearest))
        return True

    def drop(self) -> bool:
        """Let it go where it is; False, and it stays in hand, when it does not fit there."""
        carried = self._carried
        if carried is None or carried.saving or carried.verdict is None or carried.verdict.fit is Fit.NOT:
            return False
        self._carried = replace(carried, saving=True)
        self.moved.emit()
        self.dropped.emit(self._carried)
        return True

    def hold_on(self) -> None:
        """It was let go, and somebody thought better of it: by keys it is in hand again where it was held;
        the mouse has let it go, and it is put back."""
        carried = self._carried
        if carried is None or not carried.by_key:
            self.end()
            return
        self._carried = replace(carried, saving=False)
        self._judge()

    def end(self) -> None:
        """Put it back, or forget it once it is saved."""
        if self._carried is not None:
            self._carried = None
            self.ended.emit()

    def _judge(self) -> None:
        if self._carried is not None and self.judge is not None:
            verdict = self.judge(self._carried.block.id, self._carried.target)
            self._carried = replace(self._carried, verdict=verdict)
        self.moved.emit()


def target_of(scene: Scene, cell: Cell) -> Target:
    """Where a cell is, in the words of a move."""
    column: Column = scene.columns[cell.column]
    return Target(column.day, cell.minute, column.room_id, column.staff_id)
