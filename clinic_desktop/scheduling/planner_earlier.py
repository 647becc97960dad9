"""Why a course begins as late as it does: what begun earlier would not be as it was wished for.

The wishes come before an early end, so that a plan may begin weeks from now where one visit of an earlier one
would be off them. Said is what the best of the earlier plans lacks.
"""

from dataclasses import replace

from clinic_desktop.foundation.rulebook import Finding, Param
from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.availability import Availability
from clinic_desktop.scheduling.planner import plan
from clinic_desktop.scheduling.planner_model import CourseRequest, Placed, Plan
from clinic_desktop.scheduling.planner_reasons import EARLIER_LESS, EARLIER_MIXED, EARLIER_OFF, half_of

SOON = 7  # days from the earliest one; nobody asks why it begins within them


def why_not_earlier(free: Availability, request: CourseRequest, best: Plan) -> tuple[Finding, ...]:
    """Empty where it begins soon, where nothing was wished for, or where somebody put its first visit there.
    ``best`` is the plan of the request."""
    first = next((one for one in best.placed if one.no == 1 and not one.pinned), None)
    wished = request.weekdays or request.half or request.clock is not None
    if first is None or not wished or (first.day - request.earliest).days < SOON:
        return ()
    early = plan(free, replace(request, start_within=(first.day - request.earliest).days))
    said: dict[str, Param] = {"day": short_date(first.day), "visits": len(request.types)}
    if len(early.unplaced) > len(best.unplaced):
        return (Finding(EARLIER_LESS, {**said, "count": len(early.unplaced)}),)
    said["early"] = short_date(early.placed[0].day)
    off, anyway = (sum(_off(free, request, one) for one in some.placed) for some in (early, best))
    if off > anyway:
        return (Finding(EARLIER_OFF, {**said, "count": off}),)
    return (Finding(EARLIER_MIXED, said),) if early.score.off_clock > best.score.off_clock else ()


def _off(free: Availability, request: CourseRequest, one: Placed) -> bool:
    """Whether a visit is off anything that was wished for."""
    first, last = half_of(free, request, one)
    off_day = bool(request.weekdays) and one.day.weekday() not in request.weekdays
    off_time = request.clock is not None and one.minute != request.clock
    return off_day or off_time or not first <= one.minute < last
