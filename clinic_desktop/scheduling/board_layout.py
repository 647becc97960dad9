"""Where the blocks of a day go: pure arithmetic, used by the screen and by paper.

Each column (a room, a person) is cut into blocks of items that overlap each other, directly or in a
chain. Inside a block an item takes the first lane that is free, and then widens over the lanes to its
right that stay empty for as long as it lasts. Lengths are in minutes on whatever scale is given.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """``column`` is any key: a room, a person."""

    id: int
    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Box:
    """An item lies in lanes ``[lane, lane + span)`` of the ``lanes`` that its block is divided into."""

    id: int
    column: int
    lane: int
    span: int
    lanes: int
    start: int
    end: int


def laid_out(items: Iterable[Item]) -> list[Box]:
    """The boxes of a day, by column, start and id; the same whatever the order of the items."""
    ordered = sorted(items, key=lambda one: (one.column, one.start, -one.end, one.id))
    return [box for block in _blocks(ordered) for box in _packed(block)]


def _blocks(ordered: Iterable[Item]) -> Iterator[list[Item]]:
    """Runs of items that overlap in a chain; touching is not overlapping."""
    block: list[Item] = []
    end = 0
    for item in ordered:
        if block and (item.column != block[0].column or item.start >= end):
            yield block
            block = []
        end = max(end, item.end) if block else item.end
        block.append(item)
    if block:
        yield block


def _packed(block: list[Item]) -> Iterator[Box]:
    if len(block) == 1:
        yield _box(block[0], 0, 1, 1)
        return
    lanes: list[list[Item]] = []
    lane_of = [_first_free(lanes, item) for item in block]
    for item, lane in zip(block, lane_of, strict=True):
        yield _box(item, lane, _room_to_the_right(lanes, item, lane), len(lanes))


def _first_free(lanes: list[list[Item]], item: Item) -> int:
    """Put the item into the first lane whose last item has ended, or into a new one; its number."""
    for number, lane in enumerate(lanes):
        if lane[-1].end <= item.start:
            lane.append(item)
            return number
    lanes.append([item])
    return len(lanes) - 1


def _room_to_the_right(lanes: list[list[Item]], item: Item, lane: int) -> int:
    span = 1
    for other in lanes[lane + 1 :]:
        if any(one.start < item.end and item.start < one.end for one in other):
            break
        span += 1
    return span


def _box(item: Item, lane: int, span: int, lanes: int) -> Box:
    return Box(item.id, item.column, lane, span, lanes, item.start, item.end)
