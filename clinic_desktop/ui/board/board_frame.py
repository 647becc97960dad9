"""Fits the board into its window: which fixed parts are shown, how wide, and what remains for the visits."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea

from clinic_desktop.ui.board.block_paint import COMPACT_BELOW
from clinic_desktop.ui.board.frame_parts import GUTTER, ColumnHeads, LoadStrip, TimeGutter
from clinic_desktop.ui.board.grid import Grid, Sizes, grid_of, hour_height
from clinic_desktop.ui.board.scene import Scene, ViewKind
from clinic_desktop.ui.theme import theme

LEAST_COLUMN = {ViewKind.ROOMS: 108, ViewKind.STAFF: 108, ViewKind.WEEK: 30}
AMPLE_COLUMN = 120  # the nurse load is shown where columns stay this wide beside it
LEAST_HOUR = 48
LEAST_ZOOMED_HOUR = 38  # the name of a visit of half an hour can still be read


class BoardFrame:
    """The fixed parts and their places. ``fitting`` while it changes the view's margins itself. zoom: of the
    height of an hour that fits the window."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        self._view = view
        self.heads = ColumnHeads(view)
        self.gutter = TimeGutter(view)
        self.loads = LoadStrip(view)
        self.fitting = False
        self.zoom = 1.0
        self.covered = 0  # px at the right that lie under a panel
        self.wanted = 0  # width in which everything would be seen at once

    def fit(self, scene: Scene) -> Grid:
        """The grid for a scene in the present size; nurse load goes first where it gets narrow."""
        self.fitting = True
        try:
            return self._fit(scene)
        finally:
            self.fitting = False

    def _fit(self, scene: Scene) -> Grid:
        frame, px = self._view.contentsRect(), theme().px
        least = px(LEAST_COLUMN[scene.kind])
        gutter, head = px(GUTTER), self.heads.wanted_height(scene)
        needed = sum(one.weight for one in scene.columns) * least
        load = self.loads.wanted_width(scene)
        ample = needed / least * px(AMPLE_COLUMN)
        if self.covered or ample + load > frame.width() - gutter:
            load = 0
        self.loads.setVisible(load > 0)
        self.set_margins(gutter, head, load + self.covered)
        width, height = frame.width() - gutter - load - self.covered, frame.height() - head
        across = self._view.horizontalScrollBar().sizeHint().height()
        down = self._view.verticalScrollBar().sizeHint().width()
        scrolls_across = needed > width
        self.wanted = gutter + round(needed) + (down if self._is_taller(scene, height) else 0)
        scrolls_down = self._is_taller(scene, height - (across if scrolls_across else 0))
        if scrolls_down and not scrolls_across and needed > width - down:
            scrolls_across = True
        self._show_bars(scrolls_across, scrolls_down)
        width -= down if scrolls_down else 0
        height -= across if scrolls_across else 0
        return grid_of(scene, self._sizes(max(1, width), max(1, height), least))

    def _sizes(self, width: float, height: float, least: float) -> Sizes:
        px = theme().px
        hour, lane, zoomed = px(LEAST_HOUR), px(COMPACT_BELOW), px(LEAST_ZOOMED_HOUR)
        return Sizes(width, height, least, hour, least_lane=lane, zoom=self.zoom, least_zoomed=zoomed)

    def _is_taller(self, scene: Scene, height: float) -> bool:
        """Whether the day has to be scrolled at that height."""
        hours = (scene.last - scene.first) / 60
        return hours * hour_height(scene, self._sizes(1, max(1, height), 1)) > max(1, height) + 0.5

    def set_margins(self, gutter: int, head: int, load: int) -> None:
        wanted = (gutter, head, load, 0)
        margins = self._view.viewportMargins()
        if (margins.left(), margins.top(), margins.right(), margins.bottom()) != wanted:
            self._view.setViewportMargins(*wanted)

    def _show_bars(self, across: bool, down: bool) -> None:
        """Decided here: bars that come and go by themselves would each make room for the other."""
        on, off = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._view.setHorizontalScrollBarPolicy(on if across else off)
        self._view.setVerticalScrollBarPolicy(on if down else off)

    def show_scene(self, scene: Scene, grid: Grid) -> None:
        """Put the parts round the viewport and give them what they show."""
        port = self._view.viewport().geometry()
        self.heads.setGeometry(port.left(), 0, port.width(), port.top())
        self.gutter.setGeometry(0, 0, port.left(), port.bottom() + 1)
        self.loads.setGeometry(port.right() + 1, 0, self._view.viewportMargins().right(), port.bottom() + 1)
        for part in (self.heads, self.gutter, self.loads):
            part.set_top(port.top())
            part.set_scene(scene, grid)
        self.shift(self._view.horizontalScrollBar().value(), self._view.verticalScrollBar().value())

    def shift(self, across: int, down: int) -> None:
        """Follow the scroll bars."""
        self.heads.set_shift(across)
        self.gutter.set_shift(down)
        self.loads.set_shift(down)
