"""What is asked of the course planner, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import UsualDriver
from clinic_desktop.scheduling.availability import ANY, Options
from clinic_desktop.scheduling.choices import Choice
from clinic_desktop.scheduling.model import CourseTemplate, VisitType

LONGEST_GAP = 42  # days; where a course sets no limit of its own
APART = 60  # minutes; nearer than this it is the same time of the day to a patient


@dataclass(frozen=True, slots=True)
class Cadence:
    """How visits are spaced, in local calendar days.

    min_clear_days lie between two visits; max_gap_days from one to the next at most; the last is at
    most span_days after the first. weeks: visits in each block of seven days, counted from visit 1
    (or, with calendar_weeks, from its Monday); the last number goes on for visits beyond.
    """

    min_clear_days: int = 1
    max_gap_days: int | None = 7
    span_days: int | None = None
    weeks: tuple[int, ...] = ()
    calendar_weeks: bool = False

    def blocks(self, count: int) -> list[int]:
        """The block of each visit; all 0 when the cadence is not by weeks."""
        out: list[int] = []
        block = 0
        while self.weeks and len(out) < count:
            visits = self.weeks[block] if block < len(self.weeks) else max(1, self.weeks[-1])
            out += [block] * visits
            block += 1
        return out[:count] or [0] * count


def cadence_of(template: CourseTemplate) -> Cadence:
    return Cadence(template.min_clear_days, template.max_gap_days, template.span_days, template.weeks)


@dataclass(frozen=True, slots=True)
class Pin:
    """A visit (its number in the course, from 1) that stands where somebody put it.

    booked: it is in the book already and is not looked at again; it only binds the others.
    """

    no: int
    day: date
    minute: int
    fold: int = 0
    booked: bool = False
    nurse_id: int | None = None  # of a booked visit


@dataclass(frozen=True, slots=True)
class CourseCost:
    """A cost of one's own, to be as low as possible: the sum over visits and steps, and the first day."""

    visit: Callable[[int, date, int], int]  # number in the course, day, minute of the day
    step: Callable[[int], int] = lambda days: 0  # noqa: ARG005 - from one visit to the next
    first: Callable[[date], int] = lambda day: 0  # noqa: ARG005


@dataclass(frozen=True, slots=True)
class CourseRequest:
    """A course to be placed. types: one per visit, in order.

    Limits, which bind before all. The first visit lies on one of ``start_within`` days from ``earliest``;
    none after ``latest`` (the end of a clearance), on an excluded day, or within an hour of the minute
    ``not_near``. drivers: when somebody can fetch the patient. skipped: numbers that get no time now.

    Preferences, asked for and not demanded. clock: the common minute of the day; None finds the best one.
    weekdays. half: "am" or "pm", as :func:`starts_in_half` takes it. soonest: the earliest end before all
    other wishes. stays: where visits stand that are best not moved; as_it_was: days between two of them (by
    their numbers) that count as spaced well enough. The nurse that is wished for is in the options.
    """

    cadence: Cadence
    types: tuple[VisitType, ...]
    earliest: date
    start_within: int = 28
    latest: date | None = None
    excluded: frozenset[date] = frozenset()
    weekdays: frozenset[int] = frozenset()
    clock: int | None = None
    drivers: tuple[UsualDriver, ...] = ()
    pins: tuple[Pin, ...] = ()
    options: Options = ANY
    cost: CourseCost | None = None
    half: str = ""
    soonest: bool = False
    not_near: int | None = None
    skipped: frozenset[int] = frozenset()
    stays: tuple[Pin, ...] = ()
    as_it_was: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def stay(self, no: int) -> Pin | None:
        return next((one for one in self.stays if one.no == no), None)

    def pin(self, no: int) -> Pin | None:
        return next((one for one in self.pins if one.no == no), None)

    @property
    def base(self) -> date:
        """The first day that is looked at."""
        return min([self.earliest, *self._stood])

    @property
    def days(self) -> int:
        """How many days from ``base`` the course can reach over; claims are read for them."""
        cadence, steps = self.cadence, len(self.types) - 1
        reach = steps * (LONGEST_GAP if cadence.max_gap_days is None else cadence.max_gap_days)
        if cadence.weeks:
            reach = min(reach, 7 * cadence.blocks(len(self.types))[-1] + 6)
        if cadence.span_days is not None:
            reach = min(reach, cadence.span_days)
        begin = self.earliest + timedelta(days=max(self.start_within - 1, 0))
        last = max([begin + timedelta(days=reach), *self._stood])
        if self.latest is not None:
            last = min(last, max([self.latest, *self._stood]))
        return max(1, (last - self.base).days + 1)

    @property
    def _stood(self) -> list[date]:
        return [one.day for one in (*self.pins, *self.stays)]


def pinned(request: CourseRequest, pin: Pin) -> CourseRequest:
    """The request with one visit held where it is put; the rest is planned anew."""
    others = (one for one in request.pins if one.no != pin.no)
    return replace(request, pins=tuple(sorted((*others, pin), key=lambda one: one.no)))


def unpinned(request: CourseRequest, no: int) -> CourseRequest:
    """The request with that visit free again."""
    return replace(request, pins=tuple(one for one in request.pins if one.no != no))


@dataclass(frozen=True, slots=True)
class Placed:
    """A visit with its time and people. reasons: why its wished slot did not work, if it has another."""

    no: int
    type_code: str
    day: date
    minute: int
    fold: int
    choice: Choice
    pinned: bool = False
    reasons: tuple[Finding, ...] = ()

    @property
    def room_id(self) -> int | None:
        return self.choice.room_id

    @property
    def nurse_id(self) -> int | None:
        return self.choice.nurse_id

    @property
    def prescriber_id(self) -> int | None:
        return self.choice.prescriber_id

    @property
    def therapist_id(self) -> int | None:
        return self.choice.therapist_id


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A visit that has no place, and why."""

    no: int
    type_code: str
    reasons: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """What makes one plan better than another, the weightiest first; less is better.

    last_day counts from the request's base; it is ``ends`` where an early end is wished for above all.
    own: the sum of a cost of one's own, which then stands for all others but ``unplaced`` and
    ``nurse_changes``.
    """

    unplaced: int = 0
    own: int = 0
    moved: int = 0  # visits that do not stay where they stand
    ends: int = 0
    off_half: int = 0
    off_clock: int = 0
    minutes_off: int = 0
    off_weekdays: int = 0
    past_half: int = 0  # minutes of the stays outside the half of the day that is asked for
    last_day: int = 0
    without_nurse: int = 0  # visits without the nurse that was wished for
    nurse_changes: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A course placed as well as can be. clock: the common minute of the day."""

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...] = ()
    score: Score = field(default_factory=Score)
    clock: int | None = None

    @property
    def whole(self) -> bool:
        return not self.unplaced
