"""Until when a place is taken: one end, the same for whoever says it."""

from collections.abc import Iterable

from clinic_desktop.foundation.intervals import Interval
from clinic_desktop.scheduling.availability import Taken
from clinic_desktop.scheduling.coverage import at_least
from clinic_desktop.scheduling.masks import CELL, Span, touching


def taken_until(claims: Iterable[Taken], wanted: Iterable[Span], limit: int = 1) -> int:
    """The UTC minute from which a place is free that is wanted before; 0 when nothing is in the way.

    ``claims``: all there are on the place, each to its own end, turnover and watching on included, however
    little of it is wanted. Those that follow one another are one stretch, for at the end of the first nothing
    is free; so are those with less than a cell between them. Who watches several is taken while ``limit``
    have them.
    """
    spans, there = list(wanted), list(claims)
    cells = ([Interval(start // CELL * CELL, _cell_end(end))] for start, end, _ in there)
    stretches = at_least(max(limit, 1), cells)
    last = max(
        (one.end for one in stretches if any(touching((one.start, one.end), s) for s in spans)), default=0
    )
    return max((end for _, end, _ in there if _cell_end(end) == last), default=0)


def _cell_end(minute: int) -> int:
    return -(-minute // CELL) * CELL
