"""The best plan by a general exact solver, from the meaning of the terms alone.

It knows nothing of the planner: the starts that fit come from :class:`Truth`, minute by minute and person by
person, and what a plan is and which is better is written here once more as constraints and a sum.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise

from ortools.sat.python import cp_model

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.clock import WallTime, from_utc_minute, to_utc_minute
from clinic_desktop.scheduling.model import PhaseKind, Setup
from clinic_desktop.scheduling.planner_model import CourseRequest, Pin, Score
from tests.scheduling.engine_truth import Claimed, Truth

STEP = 15  # minutes; all times of these small clinics fall on it
# The terms from the lightest to the heaviest, each with more than it can come to with five visits there; all
# of them together stay within what the solver reckons with exactly.
TERMS = {
    "nurse_changes": 11,
    "without_nurse": 6,
    "last_day": 64,
    "past_half": 21,  # in steps
    "off_weekdays": 6,
    "minutes_off": 1024,
    "off_clock": 6,
    "off_half": 6,
    "ends": 64,
    "moved": 6,
}
# What comes before them: which visits are left out, the pinned ones last, then as few and as late as can be.
LEFT_OUT = {"early_left": 32, "unplaced": 6, "pins_left": 6}


@dataclass(frozen=True)
class Start:
    """A start that one visit could have, and the nurses of its phases (none, one throughout, or several)."""

    day: int
    minute: int
    teams: tuple[tuple[int, ...], ...]


class Exact:
    """The score of the best plan for a request in a small clinic."""

    def __init__(self, setup: Setup, claims: list[Claimed], request: CourseRequest) -> None:
        self.setup, self.request = setup, request
        self.zone = setup.clinic.zone
        self.truth = Truth(setup, request.base, request.days, claims, step=15)
        self.count = len(request.types)
        self.model = cp_model.CpModel()
        self._fit: dict[int, list[int]] = {}
        self.starts = [self._starts(no) for no in range(1, self.count + 1)]

    def best(self) -> Score:
        """No plan at all is worth as much as every visit left out."""
        self._variables()
        self._spacing()
        terms = self._terms()
        total, weight = [], 1
        for name, most in (TERMS | LEFT_OUT).items():
            total.append(weight * terms[name])
            weight *= most
        self.model.minimize(sum(total))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        if solver.solve(self.model) != cp_model.OPTIMAL:
            return Score(self.count)
        found = {name: solver.value(terms[name]) for name in ("unplaced", *TERMS)}
        return Score(**found | {"past_half": STEP * found["past_half"]})

    # ---- the starts that fit

    def _starts(self, no: int) -> list[Start]:
        request, pin, stay = self.request, self.request.pin(no), self.request.stay(no)
        if no in request.skipped:
            return []
        if pin is not None and pin.booked:
            return [self._standing(pin)]
        found = {}
        for minute in self._fitting(no):
            wall = from_utc_minute(minute, self.zone)
            wanted = self._is_pin(wall, pin) if pin else self._in_limits(no, wall)
            if wanted:
                day = (wall.day - request.base).days
                found[day, wall.minute] = Start(day, wall.minute, self._teams(no, minute))
        if stay is not None and pin is None:
            here = self._standing(stay)
            found[here.day, here.minute] = here
        return list(found.values())

    def _fitting(self, no: int) -> list[int]:
        """Every start on the grid within the hours of the clinic, in UTC minutes."""
        kind, grid = self.request.types[no - 1], self.setup.policies.grid
        if kind.id not in self._fit:
            hours = self.setup.clinic.hours
            day_long = range(min(one.start for one in hours), max(one.end for one in hours), grid)
            walls = [WallTime(day, minute) for day in self.truth.days for minute in day_long]
            minutes = (to_utc_minute(one, self.zone) for one in walls)
            self._fit[kind.id] = [one for one in minutes if self.truth.fits(kind, one, self.request.options)]
        return self._fit[kind.id]

    def _standing(self, pin: Pin) -> Start:
        nurses = () if pin.nurse_id is None else (pin.nurse_id,)
        return Start((pin.day - self.request.base).days, pin.minute, (nurses,))

    def _is_pin(self, wall: WallTime, pin: Pin) -> bool:
        return (wall.day, wall.minute) == (pin.day, pin.minute) and self._cleared(wall.day)

    def _cleared(self, day: date) -> bool:
        return self.request.latest is None or day <= self.request.latest

    def _in_limits(self, no: int, wall: WallTime) -> bool:
        request = self.request
        if no == 1 and (wall.day - request.earliest).days >= request.start_within:
            return False
        if request.not_near is not None and abs(wall.minute - request.not_near) < 60:
            return False
        early, left_out = wall.day < request.earliest, wall.day in request.excluded
        return not early and not left_out and self._cleared(wall.day) and self._fetched(no, wall)

    def _fetched(self, no: int, wall: WallTime) -> bool:
        kind = self.request.types[no - 1]
        drivers = self.request.drivers if kind.profile_id else ()
        over = wall.minute + sum(one.minutes for one in kind.phases if one.kind is not PhaseKind.TURNOVER)
        return not drivers or any(
            (not one.weekdays or wall.day.weekday() in one.weekdays)
            and one.from_minute <= over <= one.to_minute
            for one in drivers
        )

    def _teams(self, no: int, minute: int) -> tuple[tuple[int, ...], ...]:
        """One nurse throughout where one can; else every way to change."""
        ways = set()
        for team in self.truth.teams(self.request.types[no - 1], minute, self.request.options):
            ways.add(tuple(who for (_, role), who in sorted(team.items()) if role is Role.NURSE))
        alone = {way[:1] for way in ways if len(set(way)) == 1}
        return tuple(sorted(alone or ways))

    # ---- the model

    def _variables(self) -> None:
        model = self.model
        self.at = [
            [[model.new_bool_var("") for _ in start.teams] for start in starts] for starts in self.starts
        ]
        self.kept = [model.new_bool_var("") for _ in range(self.count)]
        self.day = [model.new_int_var(0, self.request.days, "") for _ in range(self.count)]
        self.minute = [model.new_int_var(0, 1440, "") for _ in range(self.count)]
        for visit, starts in enumerate(self.starts):
            flat = [way for ways in self.at[visit] for way in ways]
            model.add(sum(flat) == self.kept[visit])
            for start, ways in zip(starts, self.at[visit], strict=True):
                for way in ways:
                    model.add(self.day[visit] == start.day).only_enforce_if(way)
                    model.add(self.minute[visit] == start.minute).only_enforce_if(way)
        model.add(self.kept[0] == 1)  # the others count from it

    def _spacing(self) -> None:
        cadence, model = self.request.cadence, self.model
        booked = {one.no - 1 for one in self.request.pins if one.booked}
        most = 42 if cadence.max_gap_days is None else cadence.max_gap_days
        for one, other in combinations(range(self.count), 2):
            # Only between neighbours: whoever stands between two has already a bound to each.
            both = [self.kept[one], self.kept[other], *(k.negated() for k in self.kept[one + 1 : other])]
            gap, steps = self.day[other] - self.day[one], other - one
            if {one, other} <= booked:
                continue
            model.add(gap >= steps * (cadence.min_clear_days + 1)).only_enforce_if(both)
            model.add(gap <= steps * most).only_enforce_if(both)
        block = self._blocks()
        for visit in range(1, self.count):
            if visit in booked:
                continue
            since = self.day[visit] - self.day[0]
            if cadence.span_days is not None:
                model.add(since <= cadence.span_days).only_enforce_if(self.kept[visit])
            if cadence.weeks:
                model.add(since >= 7 * block[visit]).only_enforce_if(self.kept[visit])
                model.add(since <= 7 * block[visit] + 6).only_enforce_if(self.kept[visit])

    def _blocks(self) -> list[int]:
        weeks = [week for week, visits in enumerate(self.request.cadence.weeks) for _ in range(visits)]
        return (weeks + [weeks[-1] + n for n in range(1, self.count + 1)])[: self.count] if weeks else []

    def _terms(self) -> dict[str, cp_model.LinearExprT]:
        request = self.request
        last = self.model.new_int_var(0, request.days, "")
        for visit in range(self.count):
            self.model.add(last >= self.day[visit]).only_enforce_if(self.kept[visit])
        off_clock, minutes_off = self._clock()
        return {
            "pins_left": sum(1 - self.kept[one.no - 1] for one in request.pins) + 0 * last,
            "unplaced": self.count - sum(self.kept),
            "early_left": sum((1 - one) * 2 ** (self.count - 1 - n) for n, one in enumerate(self.kept)),
            "moved": self._count(self._moves),
            "ends": last if request.soonest else 0 * last,
            "off_half": self._count(self._off_half),
            "off_clock": off_clock,
            "minutes_off": minutes_off,
            "off_weekdays": self._count(lambda _, one: self._off_weekday(one)),
            "past_half": self._past_half() + 0 * last,
            "last_day": last,
            "without_nurse": self._without_wish(),
            "nurse_changes": self._changes(),
        }

    def _count(self, counts) -> cp_model.LinearExprT:
        return (
            sum(
                way
                for visit, starts in enumerate(self.starts)
                for start, ways in zip(starts, self.at[visit], strict=True)
                if counts(visit + 1, start)
                for way in ways
            )
            + 0 * self.kept[0]
        )

    def _stay(self, no: int) -> int:
        inside = {PhaseKind.CHECK_IN, PhaseKind.TURNOVER}
        return sum(one.minutes for one in self.request.types[no - 1].phases if one.kind not in inside)

    def _off_half(self, no: int, one: Start) -> bool:
        if self.request.half == "am":
            return 2 * (720 - one.minute) < self._stay(no)
        return self.request.half == "pm" and one.minute < 720

    def _past_half(self) -> cp_model.LinearExprT:
        """Minute by minute, what of the stays is not in the half that is asked for; in steps of the grid."""
        inside = {"": range(2880), "am": range(720), "pm": range(720, 1440)}[self.request.half]
        return sum(
            way * (sum(minute not in inside for minute in self._minutes(visit + 1, start)) // STEP)
            for visit, starts in enumerate(self.starts)
            for start, ways in zip(starts, self.at[visit], strict=True)
            for way in ways
        )

    def _minutes(self, no: int, start: Start) -> range:
        return range(start.minute, start.minute + self._stay(no))

    def _moves(self, no: int, one: Start) -> bool:
        stay = self.request.stay(no) if self.request.pin(no) is None else None
        return stay is not None and one != self._standing(stay)

    def _off_weekday(self, one: Start) -> bool:
        asked = self.request.weekdays
        return bool(asked) and (self.request.base + timedelta(one.day)).weekday() not in asked

    def _clock(self) -> tuple[cp_model.LinearExprT, cp_model.LinearExprT]:
        model, off, away = self.model, [], []
        clock = model.new_int_var(0, 1440, "")
        if self.request.clock is not None:
            model.add(clock == self.request.clock)
        for visit in range(self.count):
            minutes, is_off = model.new_int_var(0, 1440, ""), model.new_bool_var("")
            for sign in (1, -1):
                apart = sign * (self.minute[visit] - clock)
                model.add(minutes >= apart).only_enforce_if(self.kept[visit])
            model.add(minutes <= 1440 * is_off)
            off.append(is_off)
            away.append(minutes)
        return sum(off), sum(away)

    def _without_wish(self) -> cp_model.LinearExprT:
        wish = self.request.options.wish_nurse
        return (
            sum(
                way
                for starts, ats in zip(self.starts, self.at, strict=True)
                for start, ways in zip(starts, ats, strict=True)
                for nurses, way in zip(start.teams, ways, strict=True)
                if wish is not None and nurses and set(nurses) != {wish}
            )
            + 0 * self.kept[0]
        )

    def _changes(self) -> cp_model.LinearExprT:
        """Within visits, and from each visit with a nurse to the next that has one."""
        model = self.model
        inside = [
            sum(a != b for a, b in pairwise(nurses)) * way
            for starts, ats in zip(self.starts, self.at, strict=True)
            for start, ways in zip(starts, ats, strict=True)
            for nurses, way in zip(start.teams, ways, strict=True)
        ]
        between = []
        before = model.new_constant(0)  # 0: nobody yet
        for visit in range(self.count):
            first, after = model.new_int_var(0, 99, ""), model.new_int_var(0, 99, "")
            change, silent = model.new_bool_var(""), [self.kept[visit].negated()]
            for start, ways in zip(self.starts[visit], self.at[visit], strict=True):
                for nurses, way in zip(start.teams, ways, strict=True):
                    if nurses:
                        model.add(first == nurses[0]).only_enforce_if(way)
                        model.add(after == nurses[-1]).only_enforce_if(way)
                    else:
                        silent.append(way)
            for quiet in silent:
                model.add(first == before).only_enforce_if(quiet)
                model.add(after == before).only_enforce_if(quiet)
            begun = model.new_bool_var("")
            model.add(before == 0).only_enforce_if(begun.negated())
            model.add(before >= 1).only_enforce_if(begun)
            model.add(first == before).only_enforce_if([change.negated(), begun])
            between.append(change)
            before = after
        return sum(inside) + sum(between)
