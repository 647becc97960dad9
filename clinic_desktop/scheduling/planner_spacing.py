"""The spacing of a course as bounds: how far one visit may lie from another, counted in days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from clinic_desktop.scheduling.masks import Span
from clinic_desktop.scheduling.planner_model import LONGEST_GAP, Cadence, CourseRequest


@dataclass(frozen=True, slots=True)
class Spacing:
    """The spacing of the visits that are to be placed, by their place among those.

    gaps: least and most days from one visit to the next. windows: earliest and latest day from the
    beginning of the first block. span: most days from the first visit to the last. coupled: whether
    windows and span say more than the gaps do. fixed: the day of each visit that is booked already.
    first_moves: the first stands and may move, so that booked ones keep within span and windows too.
    """

    gaps: tuple[Span, ...]
    windows: tuple[Span, ...]
    span: int
    coupled: bool
    calendar_weeks: bool
    fixed: tuple[int | None, ...]
    first_moves: bool = False

    def windows_from(self, first: int, base: date, days: int) -> list[Span]:
        """The days ``[from, to]`` of each visit, counted from the base, with the first on day ``first``."""
        back = date.fromordinal(base.toordinal() + first).weekday() if self.calendar_weeks else 0
        out = [(first, first)]
        for (early, late), fixed in zip(self.windows[1:], self.fixed[1:], strict=True):
            last = min(first - back + late, first + self.span, days - 1)
            window = max(first, first - back + early), last
            if fixed is None:
                out.append(window)
            elif self.first_moves and not window[0] <= fixed <= window[1]:
                out.append((1, 0))  # no such first day
            else:
                out.append((fixed, fixed))
        return out

    def earliest_last(self, first: int) -> int:
        """A day before which the last visit cannot lie when the first is on day ``first``."""
        if self.fixed[-1] is not None:
            return self.fixed[-1]
        by_blocks = self.windows[-1][0] - (6 if self.calendar_weeks else 0)
        return first + max(by_blocks, sum(least for least, _ in self.gaps))


def spacing(request: CourseRequest, kept: Sequence[int], booked: Mapping[int, int]) -> Spacing:
    """The bounds between the visits ``kept`` (numbers from 0) of a course.

    booked: the days of visits that stand already.
    """
    cadence, count = request.cadence, len(request.types)
    far = _far(cadence, count)
    blocks = cadence.blocks(count)
    from_first = [request.as_it_was.get((1, one + 1), 7 * blocks[one]) for one in kept]
    windows = [(7 * blocks[one], 7 * blocks[one] + 6 if cadence.weeks else far) for one in kept]
    return Spacing(
        gaps=tuple(_gap(request, blocks, booked, one, following) for one, following in pairwise(kept)),
        windows=tuple(_wider(*pair) for pair in zip(windows, from_first, strict=True)),
        span=max(
            far if cadence.span_days is None else cadence.span_days,
            request.as_it_was.get((1, kept[-1] + 1), 0),
        ),
        coupled=bool(cadence.weeks) or cadence.span_days is not None,
        calendar_weeks=cadence.calendar_weeks and bool(cadence.weeks),
        fixed=tuple(booked.get(one) for one in kept),
        first_moves=request.stay(1) is not None,
    )


def _gap(
    request: CourseRequest, blocks: Sequence[int], booked: Mapping[int, int], one: int, following: int
) -> Span:
    """The bounds between two visits; what lay between them before is no reason to move either."""
    usual = gap(request.cadence, blocks, booked, one, following)
    return _wider(usual, request.as_it_was.get((one + 1, following + 1), usual[0]))


def _wider(bounds: Span, days: int) -> Span:
    return min(bounds[0], days), max(bounds[1], days)


def gap(cadence: Cadence, blocks: Sequence[int], booked: Mapping[int, int], one: int, following: int) -> Span:
    """The least and most days from one visit to a later one; room is kept for visits between them.

    Between two visits that stand already nothing is asked.
    """
    if one in booked and following in booked:
        return (booked[following] - booked[one],) * 2
    steps, turns = following - one, 7 * (blocks[following] - blocks[one])
    least = steps * (cadence.min_clear_days + 1)
    most = steps * (LONGEST_GAP if cadence.max_gap_days is None else cadence.max_gap_days)
    if not cadence.weeks or one in booked or following in booked:
        return least, most
    # Implied by the blocks, unless a booked visit lies outside its own.
    return max(least, turns - 6), min(most, turns + 6)


def _far(cadence: Cadence, count: int) -> int:
    return count * (LONGEST_GAP if cadence.max_gap_days is None else cadence.max_gap_days)
