"""Painted visits, kept: each is painted once for its place, size, theme and pixel ratio."""

from collections import OrderedDict

from PySide6.QtCore import QRect

from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.block_paint import Picture, Size, painted
from clinic_desktop.ui.board.gone_paint import painted_gone
from clinic_desktop.ui.theme import theme

_MOST_KEPT = 1500


class BlockPictures:
    """Paints blocks and keeps the pictures. Ask ``picture`` with a stable key per place on the board."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int], Picture] = OrderedDict()
        theme().changed.connect(self.forget)

    @property
    def count(self) -> int:
        """How many pictures are kept."""
        return len(self._kept)

    def forget(self) -> None:
        """After a theme change every picture is stale."""
        self._kept.clear()

    def picture(self, key: tuple[int, int], block: Block, rect: QRect, ratio: float) -> Picture:
        """The block as it looks in a rectangle of that size; its turnover is the lower part."""
        kept = self._kept.get(key)
        width, height = rect.width(), rect.height()
        if kept is not None and kept.fits(block, width, height, ratio):
            return kept
        part = (block.end - block.start) / max(1, block.turned - block.start)
        size = Size(width, max(4.0, round(height * part)), height)
        made = painted_gone(block, size, ratio) if block.gone else painted(block, size, ratio)
        self._kept[key] = made
        self._kept.move_to_end(key)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return made
