"""The starts that each visit of a course could have, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import DAY_MINUTES, WallTime, day_span, from_utc_minute, to_utc_minute
from clinic_desktop.people.model import UsualDriver
from clinic_desktop.scheduling.availability import Availability, Options, people_for
from clinic_desktop.scheduling.choices import Steps, nurse_steps
from clinic_desktop.scheduling.masks import CELL, Span
from clinic_desktop.scheduling.model import VisitType
from clinic_desktop.scheduling.needs import Need
from clinic_desktop.scheduling.planner_model import APART, CourseRequest, Pin
from clinic_desktop.scheduling.two_roles import clashes
from clinic_desktop.scheduling.way_home import needs_way_home

Start = tuple[int, int, int]  # minute of the local day, fold, cell of the window
NOON = 12 * 60
HALVES: dict[str, Span] = {"": (0, DAY_MINUTES), "am": (0, NOON), "pm": (NOON, DAY_MINUTES)}


def starts_in_half(half: str, stay: int) -> Span:
    """When a stay may start that lies in a half of the day: an afternoon does not begin before noon, and of a
    morning at least half is over by then."""
    return (0, NOON - (stay + 1) // 2 + 1) if half == "am" else HALVES[half]


@dataclass(slots=True)
class Days:
    """The starts of one visit by day (counted from the request's base), each day in order of time.

    half: the starts that lie in the half of the day that is asked for. wish: that half, of which as much of
    the ``stay`` as can be is to lie in it. stays: where it stands and is best left.
    """

    type: VisitType
    mask: int
    starts: list[list[Start]]
    nurses: "Nurses"
    half: Span = HALVES[""]
    wish: Span = HALVES[""]
    stay: int = 0
    stays: tuple[int, Start] | None = None  # day and start

    def moves(self, day: int, start: Start) -> bool:
        """Whether that start is another than where the visit stands."""
        return self.stays is not None and self.stays != (day, start)

    def off_half(self, start: Start) -> bool:
        """Whether a start lies outside the half of the day that is asked for."""
        return not self.half[0] <= start[0] < self.half[1]

    def past_half(self, minute: int) -> int:
        """Minutes of a stay from then on that lie outside the half of the day that is asked for."""
        if self.wish == HALVES[""]:
            return 0
        first, last = self.wish
        return self.stay - max(0, min(minute + self.stay, last) - max(minute, first))


class Nurses:
    """Who can be the nurse at a start; what was worked out is kept."""

    def __init__(self, free: Availability, visit_type: VisitType, options: Options) -> None:
        self._free, self._type, self._options = free, visit_type, options
        self._need = free.need(visit_type, options)
        self._simple = not clashes(free.roster, self._need)
        self._wish = options.wish_nurse if Role.NURSE in self._need.roles else None
        self._able: dict[int, int] = {}
        self._kept: dict[int, Steps] = {}

    def steps(self, bit: int) -> Steps:
        """As :func:`nurse_steps`; where the wished nurse can serve throughout, nobody else."""
        if bit not in self._kept:
            steps = self._steps(bit)
            if self._wish is not None and len(steps) == 1 and self._wish in steps[0]:
                steps = (frozenset({self._wish}),)
            self._kept[bit] = steps
        return self._kept[bit]

    @property
    def wishes(self) -> bool:
        """Whether a nurse was wished for whom the visit needs at all."""
        return self._wish is not None

    def without_wish(self, bit: int) -> bool:
        """Whether a nurse was wished for and cannot serve throughout."""
        if self._wish is None:
            return False
        if self._simple:
            return not self._throughout().get(self._wish, 0) >> bit & 1
        steps = self.steps(bit)
        return len(steps) != 1 or self._wish not in steps[0]

    def _steps(self, bit: int) -> Steps:
        if not self._need.served_by(Role.NURSE):
            return ()
        able = frozenset(one for one, starts in self._throughout().items() if starts >> bit & 1)
        return (able,) if able and self._simple else nurse_steps(self._free, self._need, bit, self._options)

    def _throughout(self) -> dict[int, int]:
        """Each nurse with the starts at which they can serve alone."""
        if not self._able:
            for one in people_for(self._free.roster, Role.NURSE, self._options):
                self._able[one] = self._free.person_starts(self._need, Role.NURSE, one, self._options)
        return self._able


def days_of_visits(free: Availability, request: CourseRequest) -> list[Days]:
    """The days of each visit of a course; visits of one type without a pin share theirs."""
    by_type: dict[VisitType, Days] = {}
    out = []
    for no, visit_type in enumerate(request.types, start=1):
        if visit_type not in by_type:
            by_type[visit_type] = _all_days(free, request, visit_type)
        days = by_type[visit_type]
        if no in request.skipped:
            days = replace(days, starts=[[] for _ in days.starts])
        elif (pin := request.pin(no)) is not None:
            days = _pinned(free, request, days, pin)
        elif (stay := request.stay(no)) is not None:
            days = _staying(free, request, days, stay)
        out.append(days)
    return out


def allowed_days(request: CourseRequest) -> list[date]:
    """The days on which a visit without a pin may lie."""
    days = (request.base + timedelta(days=n) for n in range(request.days))
    return [
        day
        for day in days
        if day >= request.earliest
        and day not in request.excluded
        and (request.latest is None or day <= request.latest)
    ]


def with_driver(free: Availability, request: CourseRequest, visit_type: VisitType) -> list[UsualDriver]:
    """The drivers that bind this type of visit; none where it asks for none."""
    profile = free.roster.setup.profile_of(visit_type)
    return list(request.drivers) if needs_way_home(visit_type, profile) else []


def can_fetch(drivers: Sequence[UsualDriver], need: Need, day: date, at: WallTime, zone: str) -> bool:
    """Whether some driver can come when the visit is over; with no drivers named, yes."""
    if not drivers:
        return True
    over = at.minute + need.stay
    if over >= DAY_MINUTES or day_span(day, zone)[1] - day_span(day, zone)[0] != DAY_MINUTES:
        end = from_utc_minute(to_utc_minute(at, zone) + need.stay, zone)
        over = end.minute + DAY_MINUTES * (end.day - day).days
    return any(
        (not one.weekdays or day.weekday() in one.weekdays) and one.from_minute <= over <= one.to_minute
        for one in drivers
    )


def _all_days(free: Availability, request: CourseRequest, visit_type: VisitType) -> Days:
    starts: list[list[Start]] = [[] for _ in range(request.days)]
    drivers, need = with_driver(free, request, visit_type), free.need(visit_type, request.options)
    mask = free.starts(visit_type, request.options)
    text = bin(mask)[:1:-1]
    for day in allowed_days(request):
        if free.line.has_day(day):
            found = _starts_on(free, text, day)
            if drivers:
                found = [
                    one
                    for one in found
                    if can_fetch(drivers, need, day, WallTime(day, one[0], one[1]), free.line.zone)
                ]
            if request.not_near is not None:
                found = [one for one in found if abs(one[0] - request.not_near) >= APART]
            starts[(day - request.base).days] = found
    nurses = Nurses(free, visit_type, request.options)
    half = starts_in_half(request.half, need.stay)
    return Days(visit_type, mask, starts, nurses, half, HALVES[request.half], need.stay)


def _starts_on(free: Availability, text: str, day: date) -> list[Start]:
    """The starts of one day; ``text`` is the mask, one sign for each cell."""
    first, last = free.line.day_bits(day)
    cells = []
    at = text.find("1", first, last)
    while at >= 0:
        cells.append(at)
        at = text.find("1", at + 1, last)
    if (last - first) * CELL == DAY_MINUTES:
        return [((cell - first) * CELL, 0, cell) for cell in cells]
    walls = [(from_utc_minute(free.line.minute(cell), free.line.zone), cell) for cell in cells]
    return sorted((wall.minute, wall.fold, cell) for wall, cell in walls)


def _pinned(free: Availability, request: CourseRequest, days: Days, pin: Pin) -> Days:
    """Only the pinned start, if it fits (or is booked already)."""
    start, bit = _start_of(free, pin)
    fits = free.line.has_day(pin.day) and start % CELL == 0 and days.mask >> bit & 1
    cleared = request.latest is None or pin.day <= request.latest
    starts: list[list[Start]] = [[] for _ in range(request.days)]
    if pin.booked or (fits and cleared):
        starts[(pin.day - request.base).days] = [(pin.minute, pin.fold, bit)]
    nurses = _Known(free, days.type, request.options, pin) if pin.booked else days.nurses
    return replace(days, starts=starts, nurses=nurses)


def _staying(free: Availability, request: CourseRequest, days: Days, stay: Pin) -> Days:
    """Every start, and the place where the visit stands, whatever else is said of that."""
    _, bit = _start_of(free, stay)
    here, day = (stay.minute, stay.fold, bit), (stay.day - request.base).days
    starts = list(days.starts)
    starts[day] = sorted({*starts[day], here})
    nurses = _Known(free, days.type, request.options, stay, bit)
    return replace(days, starts=starts, nurses=nurses, stays=(day, here))


def _start_of(free: Availability, pin: Pin) -> tuple[int, int]:
    """UTC minute and cell of a pin."""
    start = to_utc_minute(WallTime(pin.day, pin.minute, pin.fold), free.line.zone)
    return start, free.line.bit(start)


class _Known(Nurses):
    """The nurse of a visit that is booked already, at its start ``at`` where it could have others."""

    def __init__(
        self,
        free: Availability,
        visit_type: VisitType,
        options: Options,
        pin: Pin,
        at: int | None = None,
    ) -> None:
        super().__init__(free, visit_type, options)
        self._nurse, self._at = pin.nurse_id, at
        self._simple = self._simple and at is not None

    def _steps(self, bit: int) -> Steps:
        if self._at is not None and bit != self._at:
            return super()._steps(bit)
        return () if self._nurse is None else (frozenset({self._nurse}),)

    @property
    def wishes(self) -> bool:
        """Whether a nurse was wished for whom the visit needs at all."""
        return self._wish is not None

    def without_wish(self, bit: int) -> bool:
        if bit == self._at:
            return self._wish is not None and self._nurse != self._wish
        return super().without_wish(bit)
