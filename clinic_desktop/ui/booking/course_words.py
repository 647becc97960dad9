"""A planned course as rows: what each visit says, and why it is off what was wished."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinic_desktop.foundation.clock import WallTime
from clinic_desktop.foundation.rulebook import Finding, Severity
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.looking_course import PlannedCourse
from clinic_desktop.scheduling.model import GoingHomePlan, Setup, Visit
from clinic_desktop.scheduling.planner_alternatives import usual_minute
from clinic_desktop.scheduling.planner_model import Placed, Unplaced
from clinic_desktop.scheduling.way_home import needs_way_home
from clinic_desktop.ui.booking.words import initials_of, room_words, span_words
from clinic_desktop.ui.driver_badge import DriverMark
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.set_up.words import day_names
from clinic_desktop.ui.wording import worded


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One visit of a course. movable: it is in the plan; others stand in the book already.

    driver: "Frank", empty where nobody is asked for or named; mark None where nobody is asked for.
    why: why it is off what was wished, or has no place.
    """

    no: int
    day: str
    time: str = ""
    room: str = ""
    nurse: str = ""
    gap: str = ""
    driver: str = ""
    mark: DriverMark | None = None
    pinned: bool = False
    placed: bool = True
    movable: bool = True
    skipped: bool = False
    why: tuple[str, ...] = ()

    @property
    def spoken(self) -> str:
        """One sentence for a screen reader."""
        parts = [
            tr("Visit {no}").format(no=self.no),
            f"{self.day}, {self.time}".strip(", "),
            self.room,
            tr("nurse {nurse}").format(nurse=self.nurse) if self.nurse else "",
            self.gap,
            tr("pinned") if self.pinned else "",
            "" if self.movable else tr("booked already"),
            self.driver or (tr("no driver") if self.mark is DriverMark.MISSING else ""),
            *self.why,
        ]
        return ". ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Stop:
    """A visit with its day, planned or standing."""

    no: int
    day: date
    row: CourseRow


def course_rows(planned: PlannedCourse, setup: Setup) -> list[CourseRow]:
    """Every visit of the course in order of its number, the standing ones too."""
    stops = [_standing(setup, one) for one in (planned.stand.visits if planned.stand else ())]
    stops += [_placed(planned, setup, one) for one in planned.plan.placed]
    stops.sort(key=lambda one: one.day)
    rows: dict[int, CourseRow] = {}
    before: date | None = None
    for one in stops:
        gap = tr("first") if before is None else tr("%n day(s)", "", (one.day - before).days)
        rows[one.no] = replace(one.row, gap=gap)
        before = one.day
    for left in planned.plan.unplaced:
        rows[left.no] = _unplaced(planned, left)
    return [rows[no] for no in sorted(rows)]


def summary(planned: PlannedCourse, setup: Setup) -> list[str]:
    """ "6 of 6 placed", "ends day 19 of 21", "5 of 6 with MJ"."""
    placed = planned.plan.placed
    out = [tr("{n} of {count} placed").format(n=len(placed), count=planned.count)]
    if not placed:
        return out
    standing = [one.day for one in planned.stand.visits] if planned.stand else []
    first, last = min([placed[0].day, *standing]), max([placed[-1].day, *standing])
    span, length = planned.request.cadence.span_days, (last - first).days
    pattern = tr("ends {day}, day {n} of {span}") if span else tr("ends {day}, after %n day(s)", "", length)
    out.append(pattern.format(day=short_date(last), n=length, span=span))
    if planned.plan.clock is not None:
        at = sum(one.minute == planned.plan.clock for one in placed)
        words = tr("{n} at {time}").format(n=at, time=clock_time(planned.plan.clock))
        out.append(words)
    if (wish := planned.wish.nurse_id) is not None:
        count = sum(one.nurse_id == wish for one in placed)
        out.append(tr("{n} with {nurse}").format(n=count, nurse=initials_of(setup, wish)))
    return out


def choice_words(planned: PlannedCourse) -> str:
    """ "10:15 AM Mon Thu", "8:00 AM Mon–Wed Fri": what tells one way to place a course from another."""
    placed = planned.plan.placed
    if not placed:
        return tr("nothing fits")
    minute = usual_minute(placed)
    weekdays = day_names(one.day.weekday() for one in placed).replace(", ", " ")
    return tr("{time} {weekdays}").format(time=clock_time(minute), weekdays=weekdays)


def end_words(planned: PlannedCourse) -> str:
    """ "to Thu, Dec 3"."""
    placed = planned.plan.placed
    return tr("to {day}").format(day=short_date(placed[-1].day)) if placed else ""


def course_findings(planned: PlannedCourse) -> list[tuple[str, Severity]]:
    """What the rules say, each rule once: in its words about the first visit, and which others it meets."""
    said: dict[str, list[tuple[int, Finding]]] = {}
    for no, findings in planned.findings.items():
        for one in findings:
            said.setdefault(one.code, []).append((no, one))
    out = []
    for heard in said.values():
        (first, finding), *others = heard
        words = worded(finding)
        if others and len(heard) < len(planned.findings):
            words = tr("Visits {numbers}: {words}").format(numbers=_numbers(n for n, _ in heard), words=words)
        elif not others:
            words = tr("Visit {no}: {words}").format(no=first, words=words)
        elif any(worded(one) != words for _, one in others):
            words = tr("Every visit: {words}").format(words=words)
        out.append((words, finding.severity))
    return out


def _numbers(numbers: Iterable[int]) -> str:
    *first, last = map(str, numbers)
    return tr("{first} and {last}").format(first=", ".join(first), last=last) if first else last


def unplaced_words(planned: PlannedCourse) -> str:
    """ "Visits 5 and 6 do not fit."."""
    numbers = _numbers(one.no for one in planned.plan.unplaced)
    count = len(planned.plan.unplaced)
    pattern = tr("Visit {numbers} does not fit.") if count == 1 else tr("Visits {numbers} do not fit.")
    return pattern.format(numbers=numbers)


def _placed(planned: PlannedCourse, setup: Setup, one: Placed) -> _Stop:
    home, at = planned.homes.get(one.no), WallTime(one.day, one.minute, one.fold)
    visit_type = planned.visit_type(one.no)
    asks = needs_way_home(visit_type, setup.profile_of(visit_type))
    row = CourseRow(
        one.no,
        short_date(one.day),
        span_words(setup, visit_type, at, short=True),
        room_words(setup, one.room_id),
        initials_of(setup, one.nurse_id or one.prescriber_id),
        driver=_first_name(home) if asks else "",
        mark=_mark(home) if asks else None,
        pinned=one.pinned,
        why=_words(one.reasons),
    )
    return _Stop(one.no, one.day, row)


def _standing(setup: Setup, visit: Visit) -> _Stop:
    visit_type = setup.type_by_id(visit.type_id)
    at, no = WallTime(visit.day, visit.minute, visit.fold), visit.course_no or 0
    row = CourseRow(
        no,
        short_date(visit.day),
        span_words(setup, visit_type, at, short=True),
        room_words(setup, visit.room_id),
        initials_of(setup, visit.nurse_id or visit.prescriber_id),
        movable=False,
    )
    return _Stop(no, visit.day, row)


def _unplaced(planned: PlannedCourse, left: Unplaced) -> CourseRow:
    pin = planned.request.pin(left.no)
    day = short_date(pin.day) if pin else tr("No place")
    time = clock_time(pin.minute) if pin else ""
    skipped = left.no in planned.request.skipped
    if skipped:
        day = tr("Skipped")
    return CourseRow(
        left.no,
        day,
        time,
        pinned=pin is not None,
        placed=False,
        skipped=skipped,
        why=_words(left.reasons),
    )


def _words(reasons: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(worded(one) for one in reasons))


def _first_name(plan: GoingHomePlan | None) -> str:
    return plan.name.split(" ")[0] if plan and plan.kind.has_person else ""


def _mark(plan: GoingHomePlan | None) -> DriverMark:
    return DriverMark.NAMED if plan else DriverMark.MISSING
