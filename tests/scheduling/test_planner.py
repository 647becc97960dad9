"""The course planner: as good as trying everything, and clear about what does not fit."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import WallTime, from_utc_minute, to_utc_minute
from clinic_desktop.people.model import Absence, UsualDriver
from clinic_desktop.scheduling.availability import Options
from clinic_desktop.scheduling.choices import serves
from clinic_desktop.scheduling.masks import bits
from clinic_desktop.scheduling.model import Closure, CourseTemplate, Cover, GoingHomeProfile, Step
from clinic_desktop.scheduling.needs import need_of
from clinic_desktop.scheduling.planner import plan
from clinic_desktop.scheduling.planner_model import (
    Cadence,
    CourseCost,
    CourseRequest,
    Pin,
    Score,
    cadence_of,
    pinned,
    unpinned,
)
from tests.every_case import EVERY_CASE
from tests.scheduling.engine_truth import IV, MONDAY, NURSE, SPRAVATO, a_clinic, a_type, free_in, session

ZONE = "America/Chicago"
OPENS, NOON = 690, 720
ALONE = a_type(session(30, hands=NURSE), id=1, code="ALONE", modality="iv", profile_id=1)
TWO_PHASES = a_type(session(15, hands=NURSE), session(15, watch=Role.NURSE), id=2, code="TWO")
NO_NURSE = a_type(session(45), id=3, code="NONE")
WITH_DRIVER = GoingHomeProfile(id=1)


def off_half(half, minute, stay):
    """Whether more than half of a morning lies after noon, or an afternoon begins before it."""
    return {"": False, "am": 2 * (NOON - minute) < stay, "pm": minute < NOON}[half]


def past_half(half, minute, stay):
    inside = {"": range(2880), "am": range(NOON), "pm": range(NOON, 1440)}[half]
    return sum(one not in inside for one in range(minute, minute + stay))


class EveryPlan:
    """All plans of a request, tried one after the other: the meaning of "best", written down."""

    def __init__(self, free, request):
        self.free, self.request = free, request
        self.base, self.count = request.base, len(request.types)
        self.starts = [self._starts(no) for no in range(1, self.count + 1)]
        self.blocks = self._blocks()

    def best(self):
        """(numbers that are placed, score) of the best plan."""
        for kept in self._parts():
            plans = list(self._plans(kept))
            if plans:
                left = self.count - len(kept)
                score, plan = min((self._scored(kept, one), one) for one in plans)
                return self._new(kept, plan), Score(left, *score)
        return (), Score(self.count)

    def _new(self, kept, plan):
        """Without those that stay where they stand."""
        return tuple(no for no, start in zip(kept, plan, strict=True) if not self._stays(no, start))

    def _stays(self, no, start):
        stay = self.request.stay(no)
        return stay is not None and (self.base + timedelta(start[0]), start[1]) == (stay.day, stay.minute)

    def _parts(self):
        """Parts of the course: pinned visits kept first, then as many as can be, then the early ones."""
        pins = {one.no for one in self.request.pins}
        numbers = range(1, self.count + 1)
        parts = [(1, *others) for size in range(self.count) for others in combinations(numbers[1:], size)]

        def given_up(part):
            left = [no for no in numbers if no not in part]
            return len([no for no in left if no in pins]), len(left), [-no for no in left][::1]

        return sorted(parts, key=given_up)

    def _plans(self, kept, so_far=()):
        if len(so_far) == len(kept):
            yield so_far
            return
        for start in self.starts[kept[len(so_far)] - 1]:
            days = [day for day, _, _ in (*so_far, start)]
            if self._spaced(kept, days):
                yield from self._plans(kept, (*so_far, start))

    def _spaced(self, kept, days):
        cadence = self.request.cadence
        first = days[0]
        booked = {one.no for one in self.request.pins if one.booked}
        for no, day in zip(kept, days, strict=False):
            if no in booked:
                continue
            if cadence.span_days is not None and day - first > cadence.span_days:
                return False
            if cadence.weeks and not 0 <= day - first - 7 * self.blocks[no - 1] <= 6:
                return False
        for (one, a), (other, b) in pairwise(zip(kept, days, strict=False)):
            if {one, other} <= booked:
                continue
            steps = other - one
            most = 42 if cadence.max_gap_days is None else cadence.max_gap_days
            if not steps * (cadence.min_clear_days + 1) <= b - a <= steps * most:
                return False
        return True

    def _blocks(self):
        weeks = [week for week, visits in enumerate(self.request.cadence.weeks) for _ in range(visits)]
        return (weeks + [weeks[-1] + n for n in range(1, 9)] if weeks else [0] * 9)[: self.count]

    def _starts(self, no):
        request, line = self.request, self.free.line
        found = []
        if no in request.skipped:
            return []
        pin = request.pin(no)
        if pin is not None and pin.booked:
            return [((pin.day - request.base).days, pin.minute, 0)]
        for bit in bits(self.free.starts(request.types[no - 1], request.options)):
            wall = from_utc_minute(line.minute(bit), ZONE)
            day = (wall.day - request.base).days
            if pin is not None:
                if (wall.day, wall.minute, wall.fold) == (pin.day, pin.minute, pin.fold) and self._cleared(
                    wall.day
                ):
                    found.append((day, wall.minute, bit))
            elif self._wanted(no, wall):
                found.append((day, wall.minute, bit))
        if pin is None and (stay := request.stay(no)) is not None:
            bit = line.bit(to_utc_minute(WallTime(stay.day, stay.minute), ZONE))
            found = sorted({*found, ((stay.day - request.base).days, stay.minute, bit)})
        return found

    def _cleared(self, day):
        return self.request.latest is None or day <= self.request.latest

    def _wanted(self, no, wall):
        request = self.request
        inside = request.earliest <= wall.day and wall.day not in request.excluded and self._cleared(wall.day)
        soon = no > 1 or (wall.day - request.earliest).days < request.start_within
        near = request.not_near is not None and abs(wall.minute - request.not_near) < 60
        return inside and soon and not near and self._fetched(no, wall)

    def _fetched(self, no, wall):
        drivers = self.request.drivers if self.request.types[no - 1].profile_id else ()
        over = wall.minute + 30
        return not drivers or any(
            (not one.weekdays or wall.day.weekday() in one.weekdays)
            and one.from_minute <= over <= one.to_minute
            for one in drivers
        )

    def _scored(self, kept, plan):
        """The terms after ``unplaced`` of the best common clock time and the best nurses."""
        wish, changes = min(self._nursed(kept, plan))
        if self.request.cost is not None:
            return self._own(kept, plan), 0, 0, 0, 0, 0, 0, 0, 0, 0, changes
        last = max(day for day, _, _ in plan)
        asked = self.request.weekdays
        weekdays = sum(
            bool(asked) and (self.base + timedelta(day)).weekday() not in asked for day, _, _ in plan
        )
        minutes = [minute for _, minute, _ in plan]
        clocks = [self.request.clock] if self.request.clock is not None else minutes
        off = min(
            (sum(m != clock for m in minutes), sum(abs(m - clock) for m in minutes)) for clock in clocks
        )
        moved = sum(
            self.request.stay(no) is not None and not self._stays(no, start)
            for no, start in zip(kept, plan, strict=True)
        )
        ends = last if self.request.soonest else 0
        stays = [self.free.need(self.request.types[no - 1], self.request.options).stay for no in kept]
        outside = sum(off_half(self.request.half, *one) for one in zip(minutes, stays, strict=True))
        past = sum(past_half(self.request.half, *one) for one in zip(minutes, stays, strict=True))
        return 0, moved, ends, outside, *off, weekdays, past, last, wish, changes

    def _own(self, kept, plan):
        cost = self.request.cost
        dates = [self.base + timedelta(day) for day, _, _ in plan]
        visits = sum(cost.visit(no, d, one[1]) for no, d, one in zip(kept, dates, plan, strict=True))
        return visits + sum(cost.step((b - a).days) for a, b in pairwise(dates)) + cost.first(dates[0])

    def _nursed(self, kept, plan):
        """(visits without the wished nurse, changes) of every way to give the visits their nurses."""
        wish = self.request.options.wish_nurse
        ways = [
            self._ways(no, self.request.types[no - 1], start[2]) for no, start in zip(kept, plan, strict=True)
        ]
        for way in product(*ways):
            flat = [nurse for visit in way for nurse in visit]
            without = sum(wish is not None and bool(visit) and set(visit) != {wish} for visit in way)
            yield without, sum(a != b for a, b in pairwise(flat))

    @staticmethod
    def _minute(pin):
        return to_utc_minute(WallTime(pin.day, pin.minute, pin.fold), ZONE)

    def _ways(self, no, visit_type, bit):
        pin, stay = self.request.pin(no), self.request.stay(no)
        stays = stay is not None and pin is None and self.free.line.minute(bit) == self._minute(stay)
        if stays or (pin is not None and pin.booked):
            nurse = (stay if stays else pin).nurse_id
            return [() if nurse is None else (nurse,)]
        need, options = self.free.need(visit_type, self.request.options), self.request.options
        parts = need.served_by(Role.NURSE)
        if not parts:
            return [()]
        nurses = self.free.roster.with_role(Role.NURSE)
        alone = [(one,) for one in nurses if serves(self.free, need, Role.NURSE, one, bit, options)]
        each = [
            [one for one in nurses if self.free.phase_starts(one, part, options) >> bit & 1] for part in parts
        ]
        return alone or list(product(*each))


@st.composite
def worlds(draw):
    """A clinic of two nurses that is open for an hour or so, with some of it taken, and a request."""
    setup = a_clinic(hours=(OPENS, OPENS + draw(st.sampled_from([45, 60]))), grid=15)
    shifts = [
        replace(one, weekdays=draw(st.frozensets(st.integers(0, 6), min_size=4)), end=one.end + 5)
        if one.staff_id < 10
        else one
        for one in setup.shifts
    ]
    out = draw(st.lists(st.integers(0, 20), max_size=3))
    setup = replace(
        setup,
        shifts=tuple(shifts),
        profiles=(WITH_DRIVER,),
        closures=tuple(Closure(from_day=MONDAY + timedelta(n), to_day=MONDAY + timedelta(n)) for n in out),
    )
    claims = []
    for visit in range(draw(st.integers(0, 10))):
        start = to_utc_minute(WallTime(MONDAY + timedelta(draw(st.integers(0, 14))), OPENS), ZONE)
        at = start + 15 * draw(st.integers(0, 2))
        kind = draw(st.sampled_from(["hands", "room", "watch"]))
        claims.append((kind, draw(st.integers(1, 2)), at, at + 15, visit))
    return setup, claims


@st.composite
def requests(draw):
    weeks = draw(st.sampled_from([(), (), (2, 1), (1, 1), (2, 2)]))
    count = draw(st.integers(1, 3 if weeks else 4))
    first = draw(st.integers(0, 2))
    cadence = Cadence(
        min_clear_days=draw(st.integers(0, 1)),
        max_gap_days=None if weeks else draw(st.integers(2, 4)),
        span_days=draw(st.sampled_from([None, None, 5, 7])),
        weeks=weeks,
    )
    driver = UsualDriver(
        "Bea", weekdays=draw(st.frozensets(st.integers(0, 6), min_size=5)), from_minute=OPENS + 45
    )
    kinds = tuple(draw(st.sampled_from([ALONE, ALONE, TWO_PHASES, NO_NURSE])) for _ in range(count))
    stand = [
        Pin(
            no,
            MONDAY + timedelta(2 * no - 3),
            OPENS + 15 * draw(st.integers(0, 2)),
            booked=True,
            nurse_id=None if kinds[no - 1] is NO_NURSE else draw(st.integers(1, 2)),
        )
        for no in range(1, draw(st.integers(1, count)))
    ]
    pins = [
        Pin(no, MONDAY + timedelta(draw(st.integers(0, 9))), OPENS + 15 * draw(st.integers(0, 2)))
        for no in sorted(draw(st.frozensets(st.integers(1, count), max_size=1)))
    ]
    stays = [
        Pin(
            no,
            MONDAY + timedelta(draw(st.integers(2 * no - 2, 2 * no + 1))),
            OPENS + 15 * draw(st.integers(0, 2)),
            nurse_id=None if kinds[no - 1] is NO_NURSE else draw(st.integers(1, 2)),
        )
        for no in sorted(draw(st.frozensets(st.integers(1, count), min_size=1)))
    ]
    held = draw(st.sampled_from([[], [], pins, stand]))
    left = draw(st.sampled_from([stays, [], []]))
    return CourseRequest(
        cadence,
        kinds,
        half=draw(st.sampled_from(["", "", "am", "pm"])),
        soonest=draw(st.sampled_from([False, False, True])),
        not_near=draw(st.sampled_from([None, None, None, OPENS - 45, OPENS + 80])),
        skipped=draw(st.sampled_from([frozenset(), frozenset(), frozenset({count})])),
        stays=tuple(one for one in left if one.no not in [pin.no for pin in held]),
        earliest=MONDAY + timedelta(first),
        start_within=draw(st.integers(1, 4)),
        latest=draw(st.sampled_from([None, None, None, MONDAY + timedelta(9)])),
        excluded=draw(st.frozensets(st.integers(0, 12).map(lambda n: MONDAY + timedelta(n)), max_size=3)),
        weekdays=draw(st.sampled_from([frozenset(), frozenset({0, 2, 4}), frozenset({1, 3})])),
        clock=draw(st.sampled_from([None, None, OPENS, OPENS + 15, OPENS + 20])),
        drivers=draw(st.sampled_from([(), (), (driver,)])),
        pins=tuple(held),
        options=Options(wish_nurse=draw(st.sampled_from([None, 1])), change_nurse=draw(st.booleans())),
    )


def planned(setup, claims, request):
    free = free_in(setup, request.base, request.days, claims)
    return free, plan(free, request)


@given(worlds(), requests())
@settings(max_examples=400 if EVERY_CASE else 200)
def test_no_plan_is_better_than_the_one_that_is_found(world, request):
    free, found = planned(*world, request)
    kept, score = EveryPlan(free, request).best()
    booked = {pin.no for pin in request.pins if pin.booked}
    assert tuple(one.no for one in found.placed) == tuple(no for no in kept if no not in booked)
    assert found.score == score


@given(worlds(), requests(), st.lists(st.integers(0, 9), min_size=60, max_size=60), st.integers(0, 5))
@settings(max_examples=60)
def test_a_cost_of_ones_own_is_met_exactly(world, request, prices, weight):
    cost = CourseCost(
        visit=lambda no, day, minute: prices[(7 * no + day.day + minute) % 60],
        step=lambda gap: weight * abs(gap - 3),
        first=lambda day: day.day % 4,
    )
    options = Options(change_nurse=request.options.change_nurse)
    request = replace(request, cost=cost, options=options, stays=(), half="", soonest=False)
    free, found = planned(*world, request)
    kept, score = EveryPlan(free, request).best()
    booked = {pin.no for pin in request.pins if pin.booked}
    assert tuple(one.no for one in found.placed) == tuple(no for no in kept if no not in booked)
    assert found.score == score


@given(worlds(), requests(), st.randoms())
def test_the_plan_does_not_depend_on_the_order_of_anything(world, request, random):
    setup, claims = world
    _, found = planned(setup, claims, request)
    mixed = {
        name: random.sample(getattr(setup, name), len(getattr(setup, name)))
        for name in ("rooms", "staff", "shifts")
    }
    other = replace(setup, **{name: tuple(value) for name, value in mixed.items()})
    shuffled = replace(request, pins=request.pins[::-1], drivers=request.drivers[::-1])
    assert planned(other, random.sample(claims, len(claims)), shuffled)[1] == found


@given(worlds(), requests())
def test_every_visit_that_has_no_place_says_why(world, request):
    _, found = planned(*world, request)
    assert all(one.reasons for one in found.unplaced)
    for one in found.placed:
        off_clock = found.clock is not None and one.minute != found.clock
        off_weekday = request.weekdays and one.day.weekday() not in request.weekdays
        stay = need_of(request.types[one.no - 1], Cover.CLINICIAN).stay
        other_half = off_half(request.half, one.minute, stay)
        assert bool(one.reasons) == bool((off_clock or off_weekday or other_half) and not one.pinned)
        assert all(reason.sentence() for reason in one.reasons)


# ---- what a person sees ----------------------------------------------------------------------------

EVERY_DAY = a_clinic(rooms=2, nurses=2)
WEEKDAYS = tuple(one for one in EVERY_DAY.clinic.hours if one.weekday < 5)
OPEN_ALL_DAY = replace(EVERY_DAY, profiles=(WITH_DRIVER,), clinic=replace(EVERY_DAY.clinic, hours=WEEKDAYS))
SIX = CourseRequest(
    Cadence(1, 7, 21), (IV,) * 6, earliest=date(2026, 11, 19), clock=615, weekdays=frozenset({0, 3})
)
THANKSGIVING = date(2026, 11, 26)


def days(found):
    return [f"{one.day:%a} {one.day.day}" for one in found.placed]


def sentences(visit):
    return [one.sentence() for one in visit.reasons]


def test_a_course_keeps_its_clock_time_and_weekdays_and_ends_early():
    _, found = planned(OPEN_ALL_DAY, [], SIX)
    assert days(found) == ["Thu 19", "Mon 23", "Thu 26", "Mon 30", "Thu 3", "Mon 7"]
    assert {one.minute for one in found.placed} == {615}
    assert found.score == Score(last_day=18)
    assert not any(one.reasons for one in found.placed)
    assert len({one.nurse_id for one in found.placed}) == 1


def test_a_holiday_moves_one_visit_and_says_so():
    closed = Closure(from_day=THANKSGIVING, to_day=THANKSGIVING, reason="Thanksgiving")
    tight = replace(SIX, cadence=Cadence(1, 7, 18), start_within=1)
    _, found = planned(replace(OPEN_ALL_DAY, closures=(closed,)), [], tight)
    assert days(found) == ["Thu 19", "Mon 23", "Wed 25", "Mon 30", "Thu 3", "Mon 7"]
    assert sentences(found.placed[2]) == ["The clinic is closed then: Thanksgiving."]
    assert [one.no for one in found.placed if one.reasons] == [3]


def test_being_on_time_comes_before_the_weekday_and_that_before_ending_early():
    noon = to_utc_minute(WallTime(date(2026, 11, 23), 615), ZONE)
    rooms = [("room", n, noon, noon + 60, n) for n in (1, 2)]
    _, found = planned(OPEN_ALL_DAY, rooms, SIX)
    assert {one.minute for one in found.placed} == {615}
    assert found.score.off_weekdays == 0
    assert days(found) == ["Thu 19", "Thu 26", "Mon 30", "Thu 3", "Mon 7", "Thu 10"]  # later, but as wished
    soon = replace(SIX, start_within=1, cadence=Cadence(1, 7, 18))
    _, found = planned(OPEN_ALL_DAY, rooms, soon)
    assert found.score.off_clock == 0
    moved = [one for one in found.placed if one.day.weekday() not in SIX.weekdays]
    assert sentences(moved[0]) == ["Room 1 and Room 2 are taken, the first until 11:15 AM."]


def test_the_best_common_clock_time_is_found():
    mornings = [
        (
            "room",
            room,
            at := to_utc_minute(WallTime(MONDAY + timedelta(n), 480), ZONE),
            at + 240,
            10 * n + room,
        )
        for n in range(60)
        for room in (1, 2)
    ]
    _, found = planned(OPEN_ALL_DAY, mornings, replace(SIX, clock=None))
    assert found.clock == 720
    assert found.score.off_clock == 0


def test_the_days_and_hours_of_the_driver_bind_before_all():
    luis = UsualDriver("Luis", weekdays=frozenset({2, 4}), from_minute=900, to_minute=960)
    needs_driver = replace(IV, profile_id=1)
    asked = replace(SIX, types=(needs_driver,) * 6, drivers=(luis,))
    _, found = planned(OPEN_ALL_DAY, [], asked)
    assert {one.day.weekday() for one in found.placed} <= {2, 4}
    assert all(900 <= one.minute + 90 <= 960 for one in found.placed)
    assert "No driver can come on" in " ".join(sentences(found.placed[0]))


def test_the_same_nurse_serves_the_whole_course_where_one_can():
    away = tuple(Absence(staff_id=2, from_day=date(2026, 11, 30), to_day=date(2026, 11, 30)) for _ in (1,))
    busy = [("hands", 1, at := to_utc_minute(WallTime(MONDAY, 540), ZONE), at + 120, 1)]
    _, found = planned(replace(OPEN_ALL_DAY, absences=away), busy, SIX)
    assert {one.nurse_id for one in found.placed} == {1}
    _, found = planned(OPEN_ALL_DAY, busy, replace(SIX, options=Options(wish_nurse=2)))
    assert {one.nurse_id for one in found.placed} == {2}


MOMENT = a_type(session(5), code="MOMENT")
SERVED = a_type(session(5, hands=NURSE), code="SERVED")


def open_only(starts, kind="room", owner=1):
    """Claims that leave a place free at these minutes from 9 AM only: {day from Monday: minutes}."""
    begin = [to_utc_minute(WallTime(MONDAY + timedelta(n), OPENS), ZONE) for n in range(15)]
    return [
        (kind, owner, begin[n] + m, begin[n] + m + 5, 100 * n + m)
        for n in range(15)
        for m in range(0, 30, 5)
        if m not in starts.get(n, ())
    ]


def test_s22_a_clock_time_that_seems_to_suit_is_given_up_when_the_span_forbids_it():
    setup = a_clinic(hours=(OPENS, OPENS + 30), rooms=1)
    request = CourseRequest(Cadence(0, 7, 10), (MOMENT,) * 3, earliest=MONDAY, start_within=5)
    claims = open_only({0: [0, 15], 4: [15], 7: [0], 9: [20], 14: [0]})
    _, found = planned(setup, claims, request)
    assert [(one.day - MONDAY).days for one in found.placed] == [0, 4, 9]
    assert (found.clock, found.score.off_clock, found.score.minutes_off) == (OPENS + 15, 1, 5)


def test_a_clock_time_with_one_nurse_is_better_than_an_earlier_one_with_two():
    setup = a_clinic(hours=(OPENS, OPENS + 30), rooms=1)
    request = CourseRequest(Cadence(0, 1), (SERVED,) * 2, earliest=MONDAY, start_within=1)
    claims = open_only({0: [0, 10], 1: [0, 10]})
    first, second = open_only({0: [0], 1: [10]}, "hands", 1), open_only({0: [10], 1: [0, 10]}, "hands", 2)
    _, found = planned(setup, [*claims, *first, *second], request)
    assert (found.clock, found.score.nurse_changes) == (OPENS + 10, 0)


def test_of_two_starts_equally_off_the_one_with_the_wished_nurse_is_taken():
    setup = a_clinic(hours=(OPENS, OPENS + 30), rooms=1)
    request = CourseRequest(Cadence(), (SERVED,), MONDAY, 1, clock=OPENS + 10, options=Options(wish_nurse=2))
    claims = [*open_only({0: [0, 20]}), *open_only({0: [20]}, "hands", 2)]
    _, found = planned(setup, claims, request)
    assert (found.placed[0].minute, found.placed[0].nurse_id) == (OPENS + 20, 2)


def test_eight_and_four_spravato_visits_keep_their_weeks():
    template = CourseTemplate(
        code="SP12",
        steps=(Step("SP84", 8), Step("SP84", 4)),
        min_clear_days=1,
        max_gap_days=None,
        weeks=(2, 2, 2, 2, 1, 1, 1, 1),
    )
    request = CourseRequest(
        cadence_of(template), (SPRAVATO,) * len(template.type_codes), earliest=MONDAY, clock=600
    )
    _, found = planned(OPEN_ALL_DAY, [], request)
    blocks = [(one.day - found.placed[0].day).days // 7 for one in found.placed]
    assert blocks == [0, 0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7]
    assert all((b.day - a.day).days >= 2 for a, b in pairwise(found.placed))


def test_a_pinned_visit_stays_and_the_rest_is_planned_round_it():
    friday = date(2026, 11, 27)
    request = pinned(SIX, Pin(3, friday, 540))
    _, found = planned(OPEN_ALL_DAY, [], request)
    assert (found.placed[2].day, found.placed[2].minute, found.placed[2].pinned) == (friday, 540, True)
    assert (found.score.off_clock, found.whole) == (1, True)
    assert planned(OPEN_ALL_DAY, [], unpinned(request, 3))[1] == planned(OPEN_ALL_DAY, [], SIX)[1]


def test_a_pin_on_a_taken_slot_is_named_and_the_rest_is_offered():
    nine = to_utc_minute(WallTime(date(2026, 11, 27), 540), ZONE)
    rooms = [("room", n, nine, nine + 60, n) for n in (1, 2)]
    _, found = planned(OPEN_ALL_DAY, rooms, pinned(SIX, Pin(3, date(2026, 11, 27), 540)))
    assert [one.no for one in found.placed] == [1, 2, 4, 5, 6]
    assert sentences(found.unplaced[0]) == ["Room 1 and Room 2 are taken, the first until 10:00 AM."]


def test_a_pinned_visit_is_kept_before_others():
    """Visits 2 and 3 could only come later, in place of the pinned one."""
    between = frozenset(date(2026, 11, n) for n in range(20, 26))
    request = replace(SIX, start_within=1, excluded=between, cadence=Cadence(1, 8, 28), weekdays=frozenset())
    _, found = planned(OPEN_ALL_DAY, [], request)
    assert found.whole
    _, found = planned(OPEN_ALL_DAY, [], pinned(request, Pin(4, THANKSGIVING, 615)))
    assert [one.no for one in found.unplaced] == [2, 3]


def test_a_pin_after_the_clearance_ends_is_not_placed():
    late = pinned(replace(SIX, latest=date(2026, 12, 31)), Pin(6, date(2027, 1, 4), 615))
    _, found = planned(OPEN_ALL_DAY, [], late)
    assert [sentences(one) for one in found.unplaced] == [["The clearance ends on Thu, Dec 31."]]


def test_visits_in_the_book_bind_the_rest_but_are_not_placed_again():
    booked = tuple(Pin(n, MONDAY + timedelta(2 * n), 615, booked=True, nurse_id=2) for n in (1, 2, 3))
    request = replace(SIX, earliest=date(2026, 11, 23), pins=booked, weekdays=frozenset())
    _, found = planned(OPEN_ALL_DAY, [], request)
    assert [one.no for one in found.placed] == [4, 5, 6]
    assert days(found) == ["Tue 24", "Thu 26", "Mon 30"]
    assert {one.nurse_id for one in found.placed} == {2}


def test_a_clearance_that_ends_inside_the_course_leaves_the_rest_unplaced():
    _, found = planned(OPEN_ALL_DAY, [], replace(SIX, latest=date(2026, 11, 28)))
    assert [one.no for one in found.unplaced] == [5, 6]
    assert sentences(found.unplaced[0]) == ["The clearance ends on Sat, Nov 28."]


def test_what_is_missing_for_a_whole_course_is_said():
    no_iv = replace(OPEN_ALL_DAY, staff=tuple(one for one in OPEN_ALL_DAY.staff if one.id > 10))
    _, found = planned(no_iv, [], SIX)
    assert found.placed == ()
    assert "no nurse is free" in sentences(found.unplaced[0])[0]
    assert sentences(found.unplaced[1]) == ["Its days count from the first visit, which has no place."]


@pytest.mark.parametrize("change", [date(2027, 3, 14), date(2026, 11, 1)])
def test_r7_a_course_over_a_clock_change_stays_at_its_clock_time(change):
    request = replace(SIX, earliest=change - timedelta(days=8), weekdays=frozenset())
    _, found = planned(OPEN_ALL_DAY, [], request)
    assert {one.minute for one in found.placed} == {615}
    assert {from_utc_minute(one.choice.start, ZONE).minute for one in found.placed} == {615}
    assert len({one.choice.start % 1440 for one in found.placed}) == 2
