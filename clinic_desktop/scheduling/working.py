"""When the clinic and its rooms are open, and when each person is here and at work.

Shifts, hours, closures and absences are written on the clinic's clock; what comes out is UTC minutes
of one local day, right on the days when the clock changes. Being on site is a shift less absences;
being at work is that less the breaks. A break does not end presence: a prescriber at lunch in the
house still covers.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import DAY_MINUTES, WallTime, day_span, to_utc_minute
from clinic_desktop.foundation.intervals import Interval, merged, minus
from clinic_desktop.people.model import Absence, Shift
from clinic_desktop.scheduling.masks import Span, Timeline, days_of, filled
from clinic_desktop.scheduling.model import Closure, Setup

DayHours = Callable[[date], Sequence[Interval]]  # minutes of the local day
MOST_KEPT = 5000  # days, masks and sums; a window of time moves on for as long as the program runs
Entry = TypeVar("Entry", Absence, Closure)


class Roster:
    """The set-up's hours, asked day by day or as masks; what was worked out is kept.

    It stands for one :class:`Setup` and never changes: a new set-up needs a new roster.
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.zone = setup.clinic.zone
        self._kept: dict[tuple[str, int, date], tuple[Interval, ...]] = {}
        self._masks: dict[tuple[str, int, Timeline], int] = {}
        self._sums: dict[tuple[int, date, date], int] = {}

    def clinic_open(self, day: date) -> tuple[Interval, ...]:
        """When the clinic is open on a local day, in UTC minutes."""
        return self._on("clinic", 0, day)

    def room_open(self, room_id: int, day: date) -> tuple[Interval, ...]:
        """When a room can be used: the clinic is open and the room is not closed."""
        return self._on("room", room_id, day)

    def open_minutes(self, room_id: int, first: date, last: date) -> int:
        """Minutes in which a room can be used on the local days ``first`` to ``last``, both included."""
        key = (room_id, first, last)
        if key not in self._sums:
            if len(self._sums) > MOST_KEPT:
                self._sums.clear()
            days = (first + timedelta(days=n) for n in range((last - first).days + 1))
            self._sums[key] = sum(
                span.end - span.start for day in days for span in self.room_open(room_id, day)
            )
        return self._sums[key]

    def working(self, staff_id: int, day: date) -> tuple[Interval, ...]:
        """When a person can serve patients: on site and not on a break."""
        return self._on("work", staff_id, day)

    def on_site(self, staff_id: int, day: date) -> tuple[Interval, ...]:
        """When a person is in the house, breaks included."""
        return self._on("site", staff_id, day)

    def is_business_day(self, day: date) -> bool:
        """A weekday on which the clinic is open."""
        return day.weekday() < 5 and bool(self.clinic_open(day))

    def with_role(self, role: Role) -> tuple[int, ...]:
        """Active staff with that role, in a stable order."""
        return tuple(sorted(one.id for one in self.setup.staff if one.active and role in one.roles))

    def everybody(self) -> tuple[int, ...]:
        return tuple(sorted(one.id for one in self.setup.staff if one.active))

    def mask(self, what: str, owner: int, line: Timeline) -> int:
        """The same as a mask; ``what`` is clinic, room, work or site."""
        key = (what, owner, line)
        if key not in self._masks:
            if len(self._masks) > MOST_KEPT:
                self._masks.clear()
            hours = self._hours(what, owner, line.first, line.first + timedelta(days=line.days - 1))
            spans = [
                span
                for day, start, end in days_of(line)
                for span in _utc(hours(day), day, self.zone, (start, end))
            ]
            self._masks[key] = filled(line.free_cells(spans), line.cells)
        return self._masks[key]

    def _on(self, what: str, owner: int, day: date) -> tuple[Interval, ...]:
        key = (what, owner, day)
        if key not in self._kept:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            local = self._hours(what, owner, day, day)(day)
            self._kept[key] = tuple(
                Interval(a, b) for a, b in _utc(local, day, self.zone, day_span(day, self.zone))
            )
        return self._kept[key]

    def _hours(self, what: str, owner: int, first: date, last: date) -> DayHours:
        """The hours of one owner as a function of the day, good from first to last."""
        if what in ("clinic", "room"):
            closures = [one for one in self.setup.closures if one.room_id is None or one.room_id == owner]
            return _without(self._opening, _reaching(closures, first, last))
        shifts = [one for one in self.setup.shifts if one.staff_id == owner]
        away = [one for one in self.setup.absences if one.staff_id == owner]
        return _without(_shift_hours(shifts, with_breaks=what == "site"), _reaching(away, first, last))

    def _opening(self, day: date) -> list[Interval]:
        hours = (one for one in self.setup.clinic.hours if one.weekday == day.weekday())
        return merged(Interval(one.start, one.end) for one in hours if one.start < one.end)


def shift_on(shift: Shift, day: date) -> bool:
    """Whether the shift is worked on that day."""
    if day.weekday() not in shift.weekdays or day < shift.valid_from:
        return False
    if shift.valid_to is not None and day > shift.valid_to:
        return False
    return shift.every_weeks == 1 or day in _rotation(
        tuple(sorted(shift.weekdays)), shift.every_weeks, shift.valid_from, day.year
    )


@lru_cache(maxsize=256)
def _rotation(weekdays: tuple[int, ...], every: int, begins: date, year: int) -> frozenset[date]:
    """Days of a year of a shift that comes every n-th week, counted from the week it begins in."""
    # Imported here: the plain weekly shift needs no library, and starting the program no rrule.
    from dateutil.rrule import MO, WEEKLY, rrule  # noqa: PLC0415

    monday = begins - timedelta(days=begins.weekday())
    turns = max(0, (date(year, 1, 1) - monday).days // (7 * every))
    rule = rrule(
        WEEKLY,
        interval=every,
        byweekday=weekdays,
        wkst=MO,
        dtstart=monday + timedelta(weeks=turns * every),
        until=date(year, 12, 31),
    )
    return frozenset(at.date() for at in rule if at.date() >= begins)


def holes(entries: Iterable[Absence] | Iterable[Closure], day: date) -> list[Interval]:
    """The minutes of a local day that absences or closures take away."""
    out = []
    for one in entries:
        if one.from_day <= day <= one.to_day:
            start = one.from_minute if day == one.from_day else 0
            end = one.to_minute if day == one.to_day else DAY_MINUTES
            if start < end:
                out.append(Interval(start, end))
    return out


def _without(hours: DayHours, entries: Sequence[Absence] | Sequence[Closure]) -> DayHours:
    if not entries:
        return hours

    def left(day: date) -> Sequence[Interval]:
        gone = holes(entries, day)
        return minus(hours(day), gone) if gone else hours(day)

    return left


def _reaching(entries: Sequence[Entry], first: date, last: date) -> list[Entry]:
    return [one for one in entries if one.from_day <= last and first <= one.to_day]


def _shift_hours(shifts: Sequence[Shift], *, with_breaks: bool) -> DayHours:
    """``with_breaks``: a break counts as being there."""
    by_shifts: dict[tuple[int, ...], list[Interval]] = {(): []}

    def on(day: date) -> list[Interval]:
        todays = tuple(n for n, shift in enumerate(shifts) if shift_on(shift, day))
        if todays not in by_shifts:
            by_shifts[todays] = merged(
                piece for n in todays for piece in _shift_minutes(shifts[n], with_breaks=with_breaks)
            )
        return by_shifts[todays]

    return on


def _shift_minutes(shift: Shift, *, with_breaks: bool) -> list[Interval]:
    if shift.start >= shift.end:
        return []
    breaks = [] if with_breaks else [Interval(b.start, b.end) for b in shift.breaks if b.start < b.end]
    return minus([Interval(shift.start, shift.end)], breaks)


def _utc(local: Iterable[Interval], day: date, zone: str, whole: Span) -> list[Span]:
    """Local minutes of a day as UTC spans in order; what the spring clock leaps over is gone."""
    midnight, following = whole
    if following - midnight == DAY_MINUTES:
        return [(midnight + one.start, midnight + one.end) for one in local]
    ends = ((_utc_minute(one.start, day, zone), _utc_minute(one.end, day, zone)) for one in local)
    # A break inside the hour that is skipped leaves its two sides overlapping.
    return [(one.start, one.end) for one in merged(Interval(a, b) for a, b in ends if a < b)]


def _utc_minute(minute: int, day: date, zone: str) -> int:
    if minute == DAY_MINUTES:
        return day_span(day, zone)[1]
    return to_utc_minute(WallTime(day, minute), zone)
