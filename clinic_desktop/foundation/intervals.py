"""Half-open intervals of whole minutes, and sets of them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """``[start, end)`` in minutes on one scale (UTC minutes, or minutes of a day). Never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"an interval needs length: {self.start}..{self.end}")

    @property
    def length(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Interval") -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Interval") -> bool:
        return self.start <= other.start and other.end <= self.end

    def shifted(self, minutes: int) -> "Interval":
        return Interval(self.start + minutes, self.end + minutes)

    def clipped(self, to: "Interval") -> "Interval | None":
        start, end = max(self.start, to.start), min(self.end, to.end)
        return Interval(start, end) if start < end else None


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same minutes as few intervals in order; touching ones join."""
    out: list[Interval] = []
    for one in sorted(intervals):
        if out and one.start <= out[-1].end:
            out[-1] = Interval(out[-1].start, max(out[-1].end, one.end))
        else:
            out.append(one)
    return out


def minus(intervals: Iterable[Interval], holes: Iterable[Interval]) -> list[Interval]:
    """The minutes of ``intervals`` that no hole takes."""
    left = merged(intervals)
    for hole in merged(holes):
        left = [piece for one in left for piece in _cut(one, hole)]
    return left


def _cut(one: Interval, hole: Interval) -> list[Interval]:
    if not one.overlaps(hole):
        return [one]
    ends = [(one.start, hole.start), (hole.end, one.end)]
    return [Interval(start, end) for start, end in ends if start < end]


def covered_by(one: Interval, intervals: Iterable[Interval]) -> bool:
    """Whether every minute of ``one`` lies in some of ``intervals``."""
    return not minus([one], intervals)
