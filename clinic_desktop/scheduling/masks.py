"""Time as one whole number per place: bit i is set when the place is free (or taken) in cell i.

A cell is five minutes of elapsed UTC time, whatever the clinic's grid, so that a phase of 40 minutes
needs no rounding on a grid of 15. What does not fall on cells is rounded to the safe side: taken
time outward, free time inward.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from clinic_desktop.foundation.clock import WallTime, day_span, from_utc_minute

CELL = 5
Span = tuple[int, int]  # [start, end) in minutes, of whatever scale is named


@dataclass(frozen=True, slots=True)
class Timeline:
    """Local days ``first..first + days - 1`` of a zone as cells; bit 0 begins at UTC minute ``start``."""

    first: date
    days: int
    zone: str
    start: int
    cells: int

    @property
    def end(self) -> int:
        return self.start + self.cells * CELL

    @property
    def full(self) -> int:
        return (1 << self.cells) - 1

    def day_bits(self, day: date) -> Span:
        """The cells ``[from, to)`` of a local day that lies in the timeline."""
        start, end = day_span(day, self.zone)
        return (start - self.start) // CELL, (end - self.start) // CELL

    def has_day(self, day: date) -> bool:
        return 0 <= (day - self.first).days < self.days

    def bit(self, minute: int) -> int:
        """The cell that a UTC minute lies in."""
        return (minute - self.start) // CELL

    def minute(self, bit: int) -> int:
        """The UTC minute at which a cell begins."""
        return self.start + bit * CELL

    def taken_cells(self, spans: Iterable[Span]) -> list[Span]:
        """UTC spans as spans of every cell they touch, in order, inside the timeline."""
        start, last = self.start, self.cells
        out = sorted(((a - start) // CELL, -((start - b) // CELL)) for a, b in spans)
        if out and (out[0][0] < 0 or max(b for _, b in out) > last):
            out = [(max(a, 0), min(b, last)) for a, b in out if b > 0 and a < last]
        return out

    def free_cells(self, spans: Iterable[Span]) -> list[Span]:
        """UTC spans as spans of the cells they fill altogether, inside the timeline."""
        start, last = self.start, self.cells
        inner = ((max(-((start - a) // CELL), 0), min((b - start) // CELL, last)) for a, b in spans)
        return sorted((a, b) for a, b in inner if a < b)


@lru_cache(maxsize=16)
def timeline(first: date, days: int, zone: str) -> Timeline:
    """The timeline of ``days`` local days from ``first``; it begins and ends at local midnights."""
    start = day_span(first, zone)[0]
    end = day_span(first + timedelta(days=days - 1), zone)[1]
    return Timeline(first, days, zone, start, (end - start) // CELL)


@lru_cache(maxsize=16)
def days_of(line: Timeline) -> tuple[tuple[date, int, int], ...]:
    """Each local day with its UTC minutes ``[start, end)``."""
    days = [line.first + timedelta(days=n) for n in range(line.days)]
    return tuple((day, *day_span(day, line.zone)) for day in days)


def filled(spans: Iterable[Span], cells: int) -> int:
    """The mask of spans of cells that do not overlap (they may touch).

    A run of ones from a to b is 2^b - 2^a: two marks for each span and one subtraction at the end,
    however long the timeline is.
    """
    begins, ends = bytearray(cells // 8 + 1), bytearray(cells // 8 + 1)
    for a, b in spans:
        begins[a >> 3] |= 1 << (a & 7)
        ends[b >> 3] |= 1 << (b & 7)
    return int.from_bytes(ends, "little") - int.from_bytes(begins, "little")


def levels(spans: Sequence[tuple[int, ...]], line: Timeline) -> list[int]:
    """Masks by depth: bit i of ``levels[n]`` says that more than n of the spans take cell i.

    Spans of UTC minutes begin their tuples: (start, end, ...), ordered by start.
    """
    alone = _one_level(spans, line)
    if alone is None:
        spans = [span for span in spans if span[0] < line.end and line.start < span[1]]
        alone = _one_level(spans, line)
    if alone is not None:
        return [alone]
    out: list[int] = []
    for lane in _lanes(line.taken_cells((span[0], span[1]) for span in spans)):
        add(out, filled(lane, line.cells))
    return out


def _one_level(spans: Sequence[tuple[int, ...]], line: Timeline) -> int | None:
    """The mask of spans that do not overlap, or None where they do or leave the timeline.

    The same as :func:`filled`, written out for a window of ten thousand claims.
    """
    if not spans or spans[0][0] < line.start:
        return None
    begins, ends = bytearray(line.cells // 8 + 1), bytearray(line.cells // 8 + 1)
    start, up, bit, last = line.start, line.start - CELL + 1, (1, 2, 4, 8, 16, 32, 64, 128), 0
    for span in spans:
        cell = (span[0] - start) // CELL
        if cell < last:
            return None
        last = (span[1] - up) // CELL
        if last > line.cells:
            return None
        begins[cell >> 3] |= bit[cell & 7]
        ends[last >> 3] |= bit[last & 7]
    return int.from_bytes(ends, "little") - int.from_bytes(begins, "little")


def _lanes(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans in order of their start, dealt into as few lanes as hold them without overlap."""
    lanes: list[list[Span]] = []
    ends: list[int] = []
    for span in spans:
        for number, end in enumerate(ends):
            if end <= span[0]:
                lanes[number].append(span)
                ends[number] = span[1]
                break
        else:
            lanes.append([span])
            ends.append(span[1])
    return lanes


def add(depth: list[int], mask: int) -> None:
    """One more thing takes the cells of ``mask``: carried from level to level."""
    for n, level in enumerate(depth):
        depth[n], mask = level | mask, level & mask
        if not mask:
            return
    if mask:
        depth.append(mask)


def take_away(depth: list[int], mask: int) -> None:
    """One thing less takes the cells of ``mask``; the inverse of :func:`add`."""
    for n in reversed(range(len(depth))):
        depth[n], mask = depth[n] & ~mask, mask & ~depth[n]
    while depth and not depth[-1]:
        depth.pop()


def runs(free: int, cells: int) -> int:
    """Where a run of that many set bits begins: the shifts double, so it takes log2 of the length."""
    have = 1
    while have < cells:
        step = min(have, cells - have)
        free &= free >> step
        have += step
    return free


def window(free: int, span: Span) -> int:
    """Starts at which all of ``span`` (minutes from the start, may lie before it) is free."""
    a, b = span[0] // CELL, -(-span[1] // CELL)
    found = runs(free, b - a)
    return found >> a if a >= 0 else found << -a


def fits(free: int, start: int, span: Span) -> bool:
    """Whether ``span`` (minutes from the start) is free for the start in cell ``start``."""
    a, b = start + span[0] // CELL, start - (-span[1] // CELL)
    if a < 0:
        return False
    need = (1 << (b - a)) - 1
    return (free >> a) & need == need


def touching(one: Sequence[int], other: Span) -> bool:
    """Whether two spans of UTC minutes touch the same cell."""
    return one[0] // CELL < -(-other[1] // CELL) and other[0] // CELL < -(-one[1] // CELL)


def bits(mask: int, limit: int | None = None) -> list[int]:
    """The set bits from the lowest, at most ``limit`` of them."""
    text = bin(mask)[:1:-1]
    out: list[int] = []
    at = text.find("1")
    while at >= 0 and (limit is None or len(out) < limit):
        out.append(at)
        at = text.find("1", at + 1)
    return out


@lru_cache(maxsize=32)
def grid_starts(line: Timeline, grid: int) -> int:
    """The cells at which the clinic's clock stands on the grid (minutes, a multiple of five)."""
    step = grid // CELL
    if step == 1:
        return line.full
    after_midnight = from_utc_minute(line.start, line.zone).minute
    first = (-after_midnight % grid) // CELL
    every = ((1 << (-(-line.cells // step) * step)) - 1) // ((1 << step) - 1)
    return (every << first) & line.full


def on_grid(at: WallTime, grid: int) -> bool:
    return at.minute % grid == 0
