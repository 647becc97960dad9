"""Cancelled and missed visits on the board: where they were, or in a strip beside what is booked now.

They take no place: whatever is booked lies as it would without them, and their time is as free as it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from clinic_desktop.scheduling.board_layout import Item, laid_out
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.cell_walk import Cell, free_end
from clinic_desktop.ui.board.day_axis import spoken_clock
from clinic_desktop.ui.board.scene import Placed, Scene, by_time, placed_in
from clinic_desktop.ui.board.sentences import free_sentence
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.settings_store import Setting

SHOWN = Setting("board/ended", False)

Items = Sequence[tuple[int, Block]]  # each with its column


def all_placed(items: Items) -> tuple[Placed, ...]:
    """Blocks in their columns, by time: the booked ones as if they were alone, the gone ones round them."""
    booked, gone = apart(items)
    return tuple(sorted(with_gone(placed_in(booked), gone), key=by_time))


def apart(items: Items) -> tuple[Items, Items]:
    """What is booked, and what never came. That makes nothing ready behind it, and nobody arrives for it."""
    gone = [(n, replace(one, turned=one.end, arrive=one.start)) for n, one in items if one.gone]
    return [(n, one) for n, one in items if not one.gone], gone


def with_gone(booked: Iterable[Placed], gone: Items) -> list[Placed]:
    """Where nothing is booked a gone visit lies over the width of its column; else it stands in a strip at
    the right, which those that are booked at its time leave to it."""
    live = list(booked)
    strips = [one for one in _laid(gone) if any(_meet(one, other) for other in live)]
    # Those that lie side by side go together: either all of them are strips, or none.
    aside = [one for one in _laid(gone) if any(_touch(one, strip) for strip in strips)]
    wide = [one for one in _laid(gone) if one not in aside]
    narrowed = [
        replace(one, strips=max((other.lanes for other in aside if _meet(other, one)), default=0))
        for one in live
    ]
    return [*narrowed, *wide, *(replace(one, strips=one.lanes) for one in aside)]


def _laid(gone: Items) -> list[Placed]:
    boxes = laid_out(
        Item(n, column, one.start, max(one.end, one.start + 1)) for n, (column, one) in enumerate(gone)
    )
    return [Placed(gone[box.id][1], box.column, box.lane, box.span, box.lanes) for box in boxes]


def _meet(gone: Placed, booked: Placed) -> bool:
    ends = max(booked.block.turned, booked.block.start + 1)
    return gone.column == booked.column and gone.block.start < ends and booked.block.start < gone.block.end


def _touch(one: Placed, other: Placed) -> bool:
    if one is other or one.block.id == other.block.id:
        return True
    same = one.column == other.column and one.lanes == other.lanes > 1
    return same and one.block.start < other.block.end and other.block.start < one.block.end


def gone_at(scene: Scene, cell: Cell) -> list[Block]:
    """Who was to be in a cell, by time."""
    found = (one.block for one in scene.placed if one.column == cell.column and one.block.gone)
    return [one for one in found if one.start <= cell.minute < one.end]


def cell_sentence(scene: Scene, cell: Cell) -> str:
    """What a screen reader says for a cell, and who was to be there: "Cancelled here: Okafor, Amara"."""
    column = scene.columns[cell.column]
    words = free_sentence(column.place, cell.minute, free_end(column, cell.minute))
    here = tr("{state} here: {name}")
    told = [here.format(state=state_word(one.state), name=one.name) for one in gone_at(scene, cell)]
    late = column.last_safe is not None and cell.minute > column.last_safe and free_end(column, cell.minute)
    if late:
        pattern = tr("After the last treatment start, {time}")
        told.append(pattern.format(time=spoken_clock(column.last_safe or 0)))
    return ". ".join([words, *told])


def lanes_for(gone: Sequence[Block], lanes: Sequence[Sequence[Block]]) -> list[int]:
    """For each the first of a person's lanes in which nobody is booked at its time; else the first."""
    out = []
    for one in gone:
        free = (n for n, taken in enumerate(lanes) if not any(_at_once(one, other) for other in taken))
        out.append(next(free, 0))
    return out


def _at_once(one: Block, other: Block) -> bool:
    return one.start < other.end and other.start < one.end
