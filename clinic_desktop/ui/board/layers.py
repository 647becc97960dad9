"""The order in which things lie over the visits, and where they are."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from clinic_desktop.ui.board.board_surface import BoardSurface
from clinic_desktop.ui.board.carrying import Carried
from clinic_desktop.ui.board.cell_walk import column_of, free_end, visit_at
from clinic_desktop.ui.board.forecast import Fit
from clinic_desktop.ui.board.overlay import (
    CellWords,
    cell_words,
    paint_carried,
    paint_cell,
    paint_gap,
    paint_ghost,
    paint_now_line,
    range_words,
)
from clinic_desktop.ui.board.scene import Placed, Scene
from clinic_desktop.ui.board.verdict_card import card_of, card_place, card_size, paint_card
from clinic_desktop.ui.icons import pixel_ratio

_CURSOR_MINUTES = 30


class Layers:
    """Paints over a board view: now-line, cursor or range, ghosts, what is carried with its verdict."""

    def __init__(self, view: BoardSurface) -> None:
        self._view = view

    def paint(self, painter: QPainter, rows: Sequence[int]) -> None:
        """What stays where it is; ``rows``: the visits that were painted."""
        scene = self._view.scene
        if scene is None or not scene.columns:
            return
        self._paint_gaps(painter, scene, rows)
        self._paint_now(painter, scene, rows)
        self._paint_ghosts(painter, scene)

    def paint_hand(self, painter: QPainter, shown: QRectF) -> None:
        """What is carried, or else the cursor; ``shown``: the visible part of the board."""
        scene = self._view.scene
        if scene is None or not scene.columns:
            return
        carried = self._view.carrying.carried
        if carried is not None:
            self._paint_carried(painter, carried, shown)
        else:
            self._paint_cursor(painter, scene)

    def _paint_now(self, painter: QPainter, scene: Scene, rows: Sequence[int]) -> None:
        todays = [n for n, one in enumerate(scene.columns) if one.day == scene.today]
        if not todays or not scene.first <= scene.now <= scene.last:
            return
        edges = self._view.grid.edges
        y = self._view.grid.y(scene.now)
        words = self._words_at(painter, rows, y)
        paint_now_line(painter, edges[todays[0]], edges[todays[-1] + 1], y, words)

    def _paint_gaps(self, painter: QPainter, scene: Scene, rows: Sequence[int]) -> None:
        """Where a patient would be left without cover, on the visit itself."""
        for gap in scene.cover.gaps:
            for row in rows:
                block = self._view.placed[row].block
                if block.id in gap.visits:
                    rect = QRectF(self._view.rect_of(row))
                    top = self._view.grid.y(max(gap.start, block.start))
                    bottom = self._view.grid.y(min(gap.end, block.end))
                    words = self._words_of(painter, row)
                    gap_rect = QRectF(rect.left(), top, rect.width(), max(4.0, bottom - top))
                    paint_gap(painter, gap_rect, rect, words)

    def _words_at(self, painter: QPainter, rows: Sequence[int], y: float) -> Iterator[QRectF]:
        """Words of visits at that height; the line leaves them out."""
        for row in rows:
            rect = self._view.rect_of(row)
            if rect.top() <= y <= rect.bottom():
                yield from self._words_of(painter, row)

    def _words_of(self, painter: QPainter, row: int) -> list[QRectF]:
        """Where words stand on a visit."""
        rect = self._view.rect_of(row)
        picture = self._view.delegate.picture(self._view.placed[row], rect, pixel_ratio(painter))
        return [one.translated(rect.topLeft()) for one in picture.words]

    def _paint_ghosts(self, painter: QPainter, scene: Scene) -> None:
        for ghost in self._view.ghosts:
            column = column_of(scene.columns, ghost.day, ghost.room_id)
            if column is not None:
                grid = self._view.grid
                turnover = max(0, ghost.turned - ghost.end) * grid.per_minute
                paint_ghost(painter, grid.span_box(column, ghost.start, ghost.end), ghost, turnover)

    def _paint_cursor(self, painter: QPainter, scene: Scene) -> None:
        cell, span = self._view.cursor_cell, self._view.chosen_range()
        focused = self._view.hasFocus()
        if cell is None or self._view.selected_visit is not None or not (focused or span):
            return
        if not span and visit_at(scene, cell) >= 0:
            return
        if span:
            start, end, words = *span, range_words(*span)
        else:
            until = free_end(scene.columns[cell.column], cell.minute)
            end = min(cell.minute + _CURSOR_MINUTES, until or cell.minute + scene.grid)
            start, words = cell.minute, cell_words(cell.minute, until)
        if scene.compact or not scene.read:
            words = CellWords(())
        paint_cell(painter, self._view.grid.span_box(cell.column, start, end), words, focused=focused)

    def _paint_carried(self, painter: QPainter, carried: Carried, shown: QRectF) -> None:
        grid = self._view.grid
        box = grid.span_box(carried.cell.column, carried.cell.minute, carried.turned)
        rect = QRect(round(box.x), round(box.y), round(box.width), max(6, round(box.height)))
        placed = Placed(carried.block_there, -1)  # a key of its own among the kept pictures
        picture = self._view.delegate.picture(placed, rect, pixel_ratio(painter))
        painter.drawPixmap(rect.topLeft(), picture.pixmap)
        fits = carried.verdict is None or carried.verdict.fit is not Fit.NOT
        paint_carried(painter, QRectF(rect), picture.size.body, fits=fits)
        card = card_of(carried, shown.height())
        if card is not None:
            paint_card(painter, card_place(card_size(card), QRectF(rect), shown), card)
