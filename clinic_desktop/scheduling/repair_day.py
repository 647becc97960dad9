"""A day as the repair sees it: which visits can move, where each could go, and what stands fast.

Facts are facts: whose patient is in the room keeps time and room, and may only get other people for phases
that are served by somebody who is not there. A visit that was booked over a rule stays as it is, and so
does one that its rules would refuse at any time of the day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.intervals import Interval, minus
from clinic_desktop.people.model import UsualDriver
from clinic_desktop.scheduling.availability import Availability, Options, by_place, rooms_for, rows_of
from clinic_desktop.scheduling.claims import phases_of, staff_of
from clinic_desktop.scheduling.masks import CELL, Span, Timeline, grid_starts, timeline
from clinic_desktop.scheduling.model import Claim, ClaimKind, Setup, Visit, VisitType
from clinic_desktop.scheduling.needs import Need, Serving
from clinic_desktop.scheduling.planner_days import can_fetch
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.repair_model import DayProblem, Item, Kind, Levels, Seat, Task
from clinic_desktop.scheduling.rules import not_begun

_DAYS = 2  # a visit of the evening may end after midnight


@dataclass(frozen=True, slots=True)
class DayView:
    """What is known of a day. ``now`` in UTC minutes; ``setup`` with the absence or closure in it.

    visits: those that are to come or going on. lost: whose place is gone. fixed: who stays whatever
    happens. timed: who keeps the time because somebody went over a rule for it. late: the UTC minute
    before which a visit cannot begin. lacking: phases of begun visits whose people are not there.
    drivers: who takes the patient of a visit home, with the times that are known.
    """

    setup: Setup
    day: date
    now: int
    visits: Sequence[Visit]
    claims: Sequence[Claim]
    lost: frozenset[int] = frozenset()
    fixed: frozenset[int] = frozenset()
    timed: frozenset[int] = frozenset()
    late: Mapping[int, int] = field(default_factory=dict)
    lacking: Mapping[int, frozenset[int]] = field(default_factory=dict)
    drivers: Mapping[int, Sequence[UsualDriver]] = field(default_factory=dict)


def day_line(day: date, zone: str) -> Timeline:
    """The cells that a repair of the day counts in."""
    return timeline(day, _DAYS, zone)


def day_problem(view: DayView) -> DayProblem:
    """The visits that can move, with every place that each could take beside those that cannot."""
    movable = [one for one in view.visits if _movable(view, one)]
    while True:
        day = _Day(view, movable)
        tasks = [day.task(rank, one) for rank, one in enumerate(sorted(movable, key=_worst_off))]
        # Whoever has a place that the rules alone would not give keeps it, and is in the others' way.
        odd = {one.visit_id for one in tasks if not (one.lost or (one.stays and one.starts >> one.own & 1))}
        if not odd:
            return DayProblem(tuple(tasks), day.seats())
        movable = [one for one in movable if one.id not in odd]


def _movable(view: DayView, visit: Visit) -> bool:
    if visit.id in view.fixed or visit.start % CELL:
        return False
    return not_begun(visit, "moved") is None or bool(view.lacking.get(visit.id))


def _worst_off(visit: Visit) -> tuple[object, ...]:
    """Who is here already, then who comes next; of two at one time the one in a course."""
    return visit.arrived is None, visit.start, visit.course_id is None, visit.id


class _Day:
    """One day with what stands fast in it."""

    def __init__(self, view: DayView, movable: Sequence[Visit]) -> None:
        self.view, self.setup = view, view.setup
        self.line = day_line(view.day, view.setup.clinic.zone)
        self.roster = roster_for(view.setup)
        self.free = Availability(self.roster, self.line, by_place(rows_of(_in_the_way(view, movable))))
        self.today = (1 << self.line.day_bits(view.day)[1]) - 1

    def task(self, rank: int, visit: Visit) -> Task:
        visit_type = self.setup.type_by_id(visit.type_id)
        own = self.line.bit(visit.start)
        lost = visit.id in self.view.lost
        if lacking := self.view.lacking.get(visit.id):
            items = tuple(self._nurse_items(visit, visit_type, lacking))
            return Task(visit.id, visit.patient_id, own, True, 1 << own, items, (0, 0), True, rank)
        options = Options(visit.patient_id, minutes=visit.phase_minutes, off_grid=True)
        need = self.free.need(visit_type, options)
        items = tuple(self._items(visit, visit_type, need, options))
        fitting = self._fitting(visit_type, options, items)
        stays = visit.id not in self.view.late
        starts = fitting & self._later(visit) & self._with_driver(visit, need)
        if stays:
            starts |= fitting & (1 << own)
        if visit.id in self.view.timed:
            starts &= 1 << own
        patient = (min(a for a, _ in need.patient) // CELL, -(-max(b for _, b in need.patient) // CELL))
        return Task(visit.id, visit.patient_id, own, stays, starts, items, patient, lost, rank)

    def seats(self) -> dict[Seat, Levels]:
        out: dict[Seat, Levels] = {
            (Kind.ROOM, one.id): (self.free.free_room(one.id),) for one in self.setup.rooms
        }
        for person in self.roster.everybody():
            out[Kind.HANDS, person] = (self.free.free_hands(person),)
            limit, at_work = self.setup.watch_limit(person), self.roster.mask("work", person, self.line)
            out[Kind.WATCH, person] = tuple(
                at_work & ~self.free.taken((ClaimKind.WATCH, person), limit=limit - more)
                for more in range(limit)
            )
        return out

    def _fitting(self, visit_type: VisitType, options: Options, items: Sequence[Item]) -> int:
        found = self.free.starts(visit_type, options) & self.today
        for item in items:
            found &= item.starts()
        return found

    def _later(self, visit: Visit) -> int:
        """The starts on the grid from now on, and for whoever is late from when they can be here."""
        least = max(self.view.now, self.view.late.get(visit.id, 0))
        first = max(0, -(-(least - self.line.start) // CELL))
        return grid_starts(self.line, self.setup.policies.grid) >> first << first

    def _with_driver(self, visit: Visit, need: Need) -> int:
        drivers = self.view.drivers.get(visit.id, ())
        if not drivers:
            return -1
        return sum(
            1 << bit
            for bit in range(self.today.bit_length())
            if can_fetch(
                drivers,
                need,
                self.view.day,
                from_utc_minute(self.line.minute(bit), self.line.zone),
                self.line.zone,
            )
        )

    def _items(self, visit: Visit, visit_type: VisitType, need: Need, options: Options) -> Iterator[Item]:
        if need.fit:
            rooms = rooms_for(self.roster, need, options)
            able = tuple((one.id, self.free.room_starts(need, one, options) & self.today) for one in rooms)
            yield Item(Kind.ROOM, _cells(need.room), able, visit.room_id)
        yield from self._nurse_items(visit, visit_type, None)
        for role in need.roles:
            if role is not Role.NURSE:
                yield from self._one_person(visit, need, role, options)

    def _nurse_items(
        self, visit: Visit, visit_type: VisitType, lacking: frozenset[int] | None
    ) -> Iterator[Item]:
        """Each phase that a nurse serves by itself: another may take over between phases."""
        options = Options(minutes=visit.phase_minutes)
        for part in self.free.need(visit_type, options).served_by(Role.NURSE):
            if lacking is None or part.phase_no in lacking:
                yield self._part(visit, part, options)

    def _part(self, visit: Visit, part: Serving, options: Options) -> Item:
        able = tuple(
            (one, self.free.phase_starts(one, part, options) & self.today)
            for one in self.roster.with_role(Role.NURSE)
        )
        booked = staff_of(visit, part.phase_no, Role.NURSE)
        kind = Kind.HANDS if part.hands else Kind.WATCH
        return Item(kind, _cells([part.span]), able, booked, (part.phase_no,), Role.NURSE)

    def _one_person(self, visit: Visit, need: Need, role: Role, options: Options) -> Iterator[Item]:
        """Any other role has one person throughout."""
        hands, watch = need.hands(role), need.watch(role)
        people = self.roster.with_role(role)
        booked = visit.staff_for(role)
        if hands and watch:  # hands and places are given out apart: who has both keeps both
            people = tuple(one for one in people if one == booked)
        able = tuple((one, self.free.person_starts(need, role, one, options) & self.today) for one in people)
        for kind, spans in ((Kind.HANDS, hands), (Kind.WATCH, watch)):
            if spans:
                phases = tuple(
                    one.phase_no for one in need.served_by(role) if one.hands is (kind is Kind.HANDS)
                )
                yield Item(kind, _cells(spans), able, booked, phases, role)


def _in_the_way(view: DayView, movable: Iterable[Visit]) -> Iterator[Claim]:
    """The claims that stand fast: of visits that do not move, and of begun ones all but the phases that get
    other people."""
    moving = {one.id: one for one in movable}
    for claim in view.claims:
        visit = moving.get(claim.visit_id)
        if visit is None:
            yield claim
        elif lacking := view.lacking.get(visit.id):
            yield from _without(claim, _given_up(view.setup, visit, lacking))


def _given_up(setup: Setup, visit: Visit, lacking: frozenset[int]) -> dict[int, list[Interval]]:
    """By person, the minutes of the phases that somebody else is to serve."""
    out: dict[int, list[Interval]] = {}
    for number, _, span in phases_of(visit, setup.type_by_id(visit.type_id)):
        person = staff_of(visit, number, Role.NURSE)
        if number in lacking and person is not None:
            out.setdefault(person, []).append(span)
    return out


def _without(claim: Claim, given_up: Mapping[int, Sequence[Interval]]) -> Iterator[Claim]:
    serves = claim.kind in (ClaimKind.HANDS, ClaimKind.WATCH)
    gone = given_up.get(claim.resource_id, ()) if serves else ()
    for one in minus([Interval(claim.start, claim.end)], gone):
        yield replace(claim, start=one.start, end=one.end)


def _cells(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple((a // CELL, -(-b // CELL)) for a, b in spans)
