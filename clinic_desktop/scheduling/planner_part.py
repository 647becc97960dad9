"""When a whole course does not fit: the largest part of it that does."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from clinic_desktop.scheduling.masks import Span
from clinic_desktop.scheduling.planner_days import Days
from clinic_desktop.scheduling.planner_model import CourseRequest
from clinic_desktop.scheduling.planner_search import first_days
from clinic_desktop.scheduling.planner_spacing import gap, spacing


def largest_part(visits: Sequence[Days], booked: Mapping[int, int], request: CourseRequest) -> list[int]:
    """The visits (numbers from 0) of the largest part that can be placed together; empty when none can.

    The first visit is always in it, because the others count from it; pinned visits are given up
    last; of parts of one size it is the one whose early visits are whole. Room is kept for what is
    left out.
    """
    count = len(visits)
    prices = _prices(count, {one.no - 1 for one in request.pins})
    able = [[bool(starts) for starts in visit.starts] for visit in visits]
    hopeless = sum(price for price, days in zip(prices, able, strict=True) if not any(days))
    blocks = request.cadence.blocks(count)
    gaps = [
        [gap(request.cadence, blocks, booked, one, later) for later in range(one + 1, count)]
        for one in range(count)
    ]
    spaced = spacing(request, range(count), booked)
    best = never = sum(prices) + 1
    for first in first_days(request):
        if able[0][first] and best > hopeless:
            windows = spaced.windows_from(first, request.base, request.days)
            best = min(best, _given_up(able, prices, windows, gaps))
    return [] if best == never else [one for one in range(count) if not best >> (count - 1 - one) & 1]


def _prices(count: int, pinned: set[int]) -> list[int]:
    """What giving up each visit costs: all are worth one, a pinned one more than all others together.

    The lowest bits of a sum, one for each visit, say which were given up; the early ones weigh more.
    """
    return [
        (count + 2 if one in pinned else 1) * (1 << count) + (1 << (count - 1 - one)) for one in range(count)
    ]


def _given_up(
    able: Sequence[Sequence[bool]],
    prices: Sequence[int],
    windows: Sequence[Span],
    gaps: Sequence[Sequence[Span]],
) -> int:
    """The least price of what must be given up when the first visit lies on the only day of its window."""
    never = sum(prices) + 1
    days = len(able[0])
    left = [0, *accumulate(reversed(prices))]  # the price of the last n visits
    rows: list[list[int]] = []  # from the visit after the one looked at
    for visit in range(len(able) - 1, -1, -1):
        row = [never] * days
        for day in range(windows[visit][0], windows[visit][1] + 1):
            if able[visit][day]:
                row[day] = min(left[len(rows)], _cheapest_way_on(rows, day, gaps[visit], prices[visit + 1 :]))
        rows.insert(0, row)
    return rows[0][windows[0][0]]


def _cheapest_way_on(
    rows: Sequence[Sequence[int]], day: int, gaps: Sequence[Span], prices: Sequence[int]
) -> int:
    best, passed_over = sum(prices) + 1, 0
    for row, (least, most), price in zip(rows, gaps, prices, strict=True):
        ahead = min(row[day + least : day + most + 1], default=best)
        best = min(best, passed_over + ahead)
        passed_over += price
    return best
