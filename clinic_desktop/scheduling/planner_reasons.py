"""Why a visit of a course is not where it was wished, and why another has no place at all."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import reduce
from operator import and_

from clinic_desktop.foundation.clock import WallTime, exists, from_utc_minute, to_utc_minute
from clinic_desktop.foundation.rulebook import Finding, Rule, Severity, Word
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.availability import Availability
from clinic_desktop.scheduling.masks import Span
from clinic_desktop.scheduling.model import VisitType
from clinic_desktop.scheduling.planner_days import allowed_days, can_fetch, starts_in_half, with_driver
from clinic_desktop.scheduling.planner_model import CourseRequest, Placed, Plan
from clinic_desktop.scheduling.planner_spacing import gap
from clinic_desktop.scheduling.reasons import why_not

HARD, WARNING = Severity.HARD, Severity.WARNING

SPACING = Rule(
    "course-spacing", "S7", HARD, "{day} does not keep the spacing of the course to the visits beside it."
)
NO_DAY = Rule(
    "course-no-day", "S7", HARD, "The spacing of the course leaves no day between the visits beside it."
)
WAITS = Rule(
    "course-waits", "decision: courses", HARD, "Its days count from the first visit, which has no place."
)
EXCLUDED = Rule("course-excluded", "decision: courses", HARD, "{day} is left out by your wish.")
CLEARANCE_ENDS = Rule("course-clearance", "H1", HARD, "The clearance ends on {day}.")
DRIVER_AWAY = Rule(
    "course-driver", "H7", HARD, "No driver can come on {day} when the visit at {time} is over."
)
NOTHING_FREE = Rule(
    "course-no-start", "decision: courses", HARD, "From {start} to {end} there is no start: {what}."
)
SKIPPED = Rule("course-skipped", "decision: courses", WARNING, "Left out by your wish; it waits for a time.")
NOT_THEN = Rule("course-half", "decision: courses", HARD, "No {half} start on {day}: {what}.")
TOO_NEAR = Rule(
    "course-too-near",
    "S7",
    WARNING,
    "Too near the visit on {day} (days between them: {days}, at least {least}).",
)
TOO_FAR = Rule(
    "course-too-far",
    "S7",
    WARNING,
    "Too far from the visit on {day} (days between them: {days}, at most {most}).",
)
MAKES_ROOM = Rule(
    "course-makes-room", "decision: courses", WARNING, "It makes room for the visits beside it."
)
OTHER_VISITS = Rule(
    "course-others",
    "decision: courses",
    WARNING,
    "{time} on {day} is free, but then the other visits fit less well.",
)
EARLIER_LESS = Rule(
    "course-earlier-less",
    "decision: courses",
    WARNING,
    "Begun before {day}, {count} of {visits} visits would have no place.",
)
EARLIER_OFF = Rule(
    "course-earlier-off",
    "decision: courses",
    WARNING,
    "Begun earlier, on {early}, {count} of {visits} visits would not be on the days and times wished for.",
)
EARLIER_MIXED = Rule(
    "course-earlier-mixed",
    "decision: courses",
    WARNING,
    "Begun earlier, on {early}, the visits would not all be at the same time.",
)

COURSE_REASONS: tuple[Rule, ...] = tuple(value for value in dict(vars()).values() if isinstance(value, Rule))

WORDS = {
    "hours": Word("the clinic is not open long enough"),
    "room": Word("no room is free"),
    "nurse": Word("no nurse is free"),
    "prescriber": Word("no prescriber is free"),
    "therapist": Word("no therapist is free"),
    "staff": Word("the same people would have to serve in two roles"),
    "cover": Word("nobody who must be on site is there"),
    "house": Word("too few staff are in the house"),
    "patient": Word("the patient has other visits"),
    "driver": Word("no driver can come"),
}
HALF_WORDS = {"am": Word("morning"), "pm": Word("afternoon")}


def why_elsewhere(
    free: Availability, request: CourseRequest, plan: Plan, placed: Placed
) -> tuple[Finding, ...]:
    """Why a visit is off its common clock time, or off the weekdays or the half of the day asked for; empty
    when it is on all of them."""
    if placed.pinned or plan.clock is None:
        return ()
    out: list[Finding] = []
    if placed.minute != plan.clock:
        out += _at(free, request, placed, placed.day, plan.clock)
    if request.weekdays and placed.day.weekday() not in request.weekdays:
        out += _off_weekday(free, request, plan, placed)
    first, last = half_of(free, request, placed)
    if not first <= placed.minute < last:
        out += _off_half(free, request, placed)
    return tuple(out)


def why_unplaced(free: Availability, request: CourseRequest, plan: Plan, no: int) -> tuple[Finding, ...]:
    """Why a visit found no place beside those that did."""
    if no in request.skipped:
        return (Finding(SKIPPED),)
    pin = request.pin(no)
    if pin is not None:
        alone = _blocked(free, request, request.types[no - 1], pin.day, pin.minute, pin.fold)
        return tuple(alone) or (Finding(SPACING, {"day": short_date(pin.day)}),)
    placed = {one.no for one in plan.placed} | {pin.no for pin in request.pins if pin.booked}
    if no > 1 and 1 not in placed:
        return (Finding(WAITS),)
    return _no_day(free, request, plan, no)


def _no_day(free: Availability, request: CourseRequest, plan: Plan, no: int) -> tuple[Finding, ...]:
    """Why no day between the visits beside it has a place for it."""
    between = days_between(request, plan, no)
    if not between:
        return (Finding(NO_DAY),)
    allowed = set(allowed_days(request))
    days = [day for day in between if day in allowed and free.line.has_day(day)]
    if days:
        return tuple(_nothing_free(free, request, request.types[no - 1], days))
    if request.latest is not None and between[-1] > request.latest:
        return (Finding(CLEARANCE_ENDS, {"day": short_date(request.latest)}),)
    return (Finding(EXCLUDED, {"day": short_date(between[0])}),)


def _at(free: Availability, request: CourseRequest, placed: Placed, day: date, minute: int) -> list[Finding]:
    """Why a visit is not at that time of that day; that it fits, but others do not then, at the least."""
    blocked = _blocked(free, request, request.types[placed.no - 1], day, minute, 0)
    return blocked or [Finding(OTHER_VISITS, {"day": short_date(day), "time": clock_time(minute)})]


def _blocked(
    free: Availability, request: CourseRequest, visit_type: VisitType, day: date, minute: int, fold: int
) -> list[Finding]:
    """What stands in the way of one start, the request's own limits included."""
    if day in request.excluded:
        return [Finding(EXCLUDED, {"day": short_date(day)})]
    if request.latest is not None and day > request.latest:
        return [Finding(CLEARANCE_ENDS, {"day": short_date(request.latest)})]
    at = WallTime(day, minute, fold)
    if not free.line.has_day(day) or not exists(at, free.line.zone):
        return [Finding(SPACING, {"day": short_date(day)})]
    out = why_not(free, visit_type, to_utc_minute(at, free.line.zone), request.options)
    need = free.need(visit_type, request.options)
    if not can_fetch(with_driver(free, request, visit_type), need, day, at, free.line.zone):
        out.append(Finding(DRIVER_AWAY, {"day": short_date(day), "time": clock_time(minute)}))
    return out


def _off_weekday(free: Availability, request: CourseRequest, plan: Plan, placed: Placed) -> list[Finding]:
    """Why the nearest day on a weekday that was asked for would not do."""
    days = days_between(request, plan, placed.no)
    wished = [day for day in _on_weekdays(days, request.weekdays) if day >= request.earliest]
    if not wished:
        return [Finding(SPACING, {"day": short_date(_next_asked(placed.day, request.weekdays))})]
    nearest = min(wished, key=lambda day: (abs((day - placed.day).days), day))
    return _at(free, request, placed, nearest, plan.clock if plan.clock is not None else placed.minute)


def _off_half(free: Availability, request: CourseRequest, placed: Placed) -> list[Finding]:
    """Why that day has no start in the half of it that was asked for, or that one is free all the same."""
    inside = _half_mask(free, half_of(free, request, placed), placed.day)
    visit_type = request.types[placed.no - 1]
    parts = {name: mask & inside for name, mask in free.parts(visit_type, request.options).items()}
    said = {"day": short_date(placed.day), "half": HALF_WORDS[request.half]}
    if together := reduce(and_, parts.values(), inside):
        minute = from_utc_minute(free.line.minute((together & -together).bit_length() - 1), free.line.zone)
        return _at(free, request, placed, placed.day, minute.minute)
    return [Finding(NOT_THEN, {**said, "what": _in_the_way(parts, inside)})]


def half_of(free: Availability, request: CourseRequest, placed: Placed) -> Span:
    """The minutes of the day at which that visit would lie in the half that was asked for."""
    return starts_in_half(request.half, free.need(request.types[placed.no - 1], request.options).stay)


def _half_mask(free: Availability, half: Span, day: date) -> int:
    """The cells of a day in the half that was asked for."""
    first, last = (
        free.line.bit(to_utc_minute(WallTime(day, minute), free.line.zone))
        for minute in (half[0], half[1] - 1)
    )
    return _day_mask(free, day) & ((1 << last + 1) - (1 << first))


def _on_weekdays(days: Sequence[date], weekdays: frozenset[int]) -> list[date]:
    """Those of a stretch of days that lie on the weekdays."""
    if not days:
        return []
    # Imported here: only a plan with an exception to explain needs it.
    from dateutil.rrule import DAILY, rrule  # noqa: PLC0415

    rule = rrule(DAILY, byweekday=sorted(weekdays), dtstart=days[0], until=days[-1])
    return [at.date() for at in rule]


def _next_asked(day: date, weekdays: frozenset[int]) -> date:
    return next(ahead for n in range(1, 8) if (ahead := day + timedelta(days=n)).weekday() in weekdays)


def days_between(request: CourseRequest, plan: Plan, no: int) -> list[date]:
    """The days that the spacing leaves for one visit beside the others as they are placed."""
    there = {one.no - 1: one.day for one in plan.placed if one.no != no}
    booked = {pin.no - 1: (pin.day - request.base).days for pin in request.pins if pin.booked}
    there |= {pin.no - 1: pin.day for pin in request.pins if pin.booked and pin.no != no}
    got_places = {one.no for one in plan.placed} | {one.no for one in plan.unplaced}
    there |= {one.no - 1: one.day for one in request.stays if one.no not in got_places}
    blocks = request.cadence.blocks(len(request.types))
    first, last = request.earliest, date.max
    for other, day in there.items():
        if other < no - 1:
            least, most = gap(request.cadence, blocks, booked, other, no - 1)
            first, last = max(first, day + timedelta(days=least)), min(last, day + timedelta(days=most))
        else:
            least, most = gap(request.cadence, blocks, booked, no - 1, other)
            first, last = max(first, day - timedelta(days=most)), min(last, day - timedelta(days=least))
    first, last = _from_first(request, there.get(0), blocks, no, (first, last))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _from_first(
    request: CourseRequest, begin: date | None, blocks: Sequence[int], no: int, days: tuple[date, date]
) -> tuple[date, date]:
    """The days narrowed by what counts from the first visit: the span, and the block of seven days."""
    first, last = days
    if begin is None:
        within = request.earliest + timedelta(days=request.start_within - 1)
        return (first, min(last, within)) if no == 1 else days
    if request.cadence.span_days is not None:
        last = min(last, begin + timedelta(days=request.cadence.span_days))
    if request.cadence.weeks:
        back = begin.weekday() if request.cadence.calendar_weeks else 0
        block = begin + timedelta(days=7 * blocks[no - 1] - back)
        first, last = max(first, block), min(last, block + timedelta(days=6))
    return first, last


def _nothing_free(
    free: Availability, request: CourseRequest, visit_type: VisitType, days: Sequence[date]
) -> list[Finding]:
    """What keeps every start of some days from fitting: the one thing alone if there is one, else all
    that allow no start by themselves, else that nothing comes together."""
    inside = sum(_day_mask(free, day) for day in days)
    parts = {name: mask & inside for name, mask in free.parts(visit_type, request.options).items()}
    together = inside
    for mask in parts.values():
        together &= mask
    said = {"start": short_date(days[0]), "end": short_date(days[-1])}
    if together:
        what = "driver" if with_driver(free, request, visit_type) else "spacing"
        if what == "spacing":
            return [Finding(NO_DAY)]
        return [Finding(NOTHING_FREE, {**said, "what": WORDS[what]})]
    return [Finding(NOTHING_FREE, {**said, "what": _in_the_way(parts, inside)})]


def _in_the_way(parts: dict[str, int], inside: int) -> tuple[str, ...]:
    """The one thing alone that leaves no start, else all that do by themselves, else everything."""
    alone = [name for name in parts if _without(parts, name, inside)]
    none = [name for name, mask in parts.items() if not mask]
    return tuple(WORDS[name] for name in (alone or none or parts))


def _without(parts: dict[str, int], name: str, inside: int) -> int:
    """The starts that would fit if one resource did not matter."""
    for other, mask in parts.items():
        if other != name:
            inside &= mask
    return inside


def _day_mask(free: Availability, day: date) -> int:
    first, last = free.line.day_bits(day)
    return (1 << last) - (1 << first)
