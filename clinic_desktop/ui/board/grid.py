"""Where minutes and columns lie on the board: plain arithmetic in logical pixels, before scrolling."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from clinic_desktop.ui.board.scene import Placed, Scene

MOST_PER_HOUR = 110.0
ZOOMED_PER_HOUR = 420.0
_LANE_GAP = 1.0
_STAGGER = 16.0
_STRIP, _MOST_IN_STRIPS = 20.0, 0.3  # of a gone visit beside what is booked now, and of the column altogether


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the grid is fitted to, in logical pixels that grow with the text. zoom: of the fitted height of an
    hour, which stays tall enough to be read (``least_zoomed``)."""

    width: float
    height: float
    least_column: float
    least_hour: float
    margin: float = 2.0
    least_lane: float = 0.0
    zoom: float = 1.0
    least_zoomed: float = 0.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle as plain numbers."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Grid:
    """``edges``: left edge of each column and the right edge of the last one. least_lane: narrower
    blocks lie over each other rather than side by side."""

    first: int
    last: int
    per_minute: float
    edges: tuple[float, ...]
    margin: float
    least_lane: float = 0.0

    @property
    def width(self) -> float:
        return self.edges[-1]

    @property
    def height(self) -> float:
        return (self.last - self.first) * self.per_minute

    @property
    def columns(self) -> int:
        return len(self.edges) - 1

    def y(self, minute: float) -> float:
        return (minute - self.first) * self.per_minute

    def minute_at(self, y: float) -> float:
        return self.first + y / self.per_minute

    def cell_at(self, y: float, step: int) -> int:
        """The grid minute whose cell holds ``y``, inside the day."""
        cell = int(self.minute_at(y)) // step * step
        return max(self.first, min(cell, self.last - step))

    def column_at(self, x: float) -> int:
        """The column at ``x``; the nearest one outside."""
        return max(0, min(self.columns - 1, bisect_right(self.edges, x) - 1))

    def column_box(self, column: int) -> Box:
        left = self.edges[column]
        return Box(left, 0.0, self.edges[column + 1] - left, self.height)

    def span_box(self, column: int, start: float, end: float) -> Box:
        """A stretch of a column, inside its lines."""
        left, right = self.edges[column], self.edges[column + 1]
        return Box(
            left + self.margin, self.y(start), right - left - 2 * self.margin, (end - start) * self.per_minute
        )

    def placed_box(self, placed: Placed) -> Box:
        """Where a visit lies, its turnover included."""
        whole = self.span_box(placed.column, placed.block.start, placed.block.turned)
        if placed.strips:
            strip = self._strip(whole.width, placed.strips)
            left = whole.width - strip * placed.strips
            if placed.block.gone:
                return Box(whole.x + left + strip * placed.lane + 1, whole.y, strip - 1, whole.height)
            whole = Box(whole.x, whole.y, left, whole.height)
        lane = whole.width / placed.lanes
        if placed.staggered and lane < self.least_lane:
            shift = placed.lane * min(_STAGGER, whole.width * 0.3)
            return Box(whole.x + shift, whole.y, whole.width - shift, whole.height)
        gap = _LANE_GAP if placed.lanes > 1 else 0.0
        return Box(whole.x + placed.lane * lane, whole.y, placed.span * lane - gap, whole.height)

    def _strip(self, width: float, count: int) -> float:
        return min(max(_STRIP, self.least_lane / 3), width * _MOST_IN_STRIPS / count)


def grid_of(scene: Scene, sizes: Sizes) -> Grid:
    """Fit a scene: as tall as the window where an hour is neither too low nor too tall, and as wide where
    every column is wide enough; otherwise larger than the window, and scrolled."""
    per_hour = hour_height(scene, sizes)
    edges = column_edges([one.weight for one in scene.columns], sizes.width, sizes.least_column)
    return Grid(scene.first, scene.last, per_hour / 60, edges, sizes.margin, sizes.least_lane)


def hour_height(scene: Scene, sizes: Sizes) -> float:
    """How tall an hour is: fitted, then zoomed as far as an hour may get low or tall."""
    hours = (scene.last - scene.first) / 60
    fitted = max(sizes.least_hour, min(MOST_PER_HOUR, sizes.height / hours))
    least, most = min(fitted, sizes.least_zoomed), max(fitted, ZOOMED_PER_HOUR)
    return max(least, min(most, fitted * sizes.zoom)) if sizes.least_zoomed else fitted


def column_edges(weights: Sequence[float], width: float, least: float) -> tuple[float, ...]:
    """Whole pixels; together exactly ``width``, or more where a full column would get under ``least``."""
    if not weights:
        return (0.0,)
    unit = max(least, width / sum(weights))
    out, at = [0.0], 0.0
    for weight in weights:
        at += weight * unit
        out.append(float(round(at)))
    return tuple(out)
