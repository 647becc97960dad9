"""What to do about a day on which something happened: which visits it touches, and the smallest set of
changes that serves them. Nothing is written here; ``repair_taking`` does what was proposed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import from_utc_minute, instant_minute
from clinic_desktop.foundation.rulebook import Finding, Rule, Severity, blocking
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.disruption import (
    Disruption,
    Lost,
    claims_after,
    coming,
    earliest,
    lacking,
    lost_places,
    set_up_after,
)
from clinic_desktop.scheduling.looking_check import AsOf
from clinic_desktop.scheduling.model import Override, PhaseStaff, Setup, Visit
from clinic_desktop.scheduling.moving import Move, to
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.repair_day import DayView, day_line, day_problem
from clinic_desktop.scheduling.repair_model import DayProblem, Kind, Repair, RepairCost, Task
from clinic_desktop.scheduling.repair_search import repaired
from clinic_desktop.scheduling.rules import OVERLAP, ROOM_MISSING, ROOM_UNFIT, findings, not_begun
from clinic_desktop.scheduling.settle import case_of, not_passed
from clinic_desktop.scheduling.stranded import of_what_stands
from clinic_desktop.security.rights import Right, require

MAKES_ROOM = Rule(
    "makes-room",
    "R-16",
    Severity.WARNING,
    "It has a place as it is, and gives way to a visit that lost its own.",
)
RULES = (MAKES_ROOM,)
_OF_THE_PLACE = frozenset({ROOM_MISSING.code, ROOM_UNFIT.code})  # what another room settles


@dataclass(frozen=True, slots=True)
class Line:
    """One visit of a proposal. move: where it goes, None where there is no place for it."""

    visit: Visit
    patient: Patient
    type_name: str
    why: tuple[Finding, ...]
    move: Move | None = None

    @property
    def begun(self) -> bool:
        """Whether the patient is in the room, or was: time and room are facts."""
        return not can_move(self.visit)

    @property
    def retimed(self) -> bool:
        return self.move is not None and (self.move.minute, self.move.fold) != (
            self.visit.minute,
            self.visit.fold,
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What happened to a day and what to do about it: those without a place first, then the worst-off.

    setup: the set-up with what happened in it.
    """

    day: date
    what: Disruption
    setup: Setup
    lines: tuple[Line, ...]
    cost: RepairCost

    @property
    def to_call(self) -> tuple[Line, ...]:
        """Those whose patients must hear of it: another time, or none yet."""
        return tuple(one for one in self.lines if one.retimed or (one.move is None and not one.begun))


def propose(store: ScheduleStore, actor: Actor, day: date, what: Disruption) -> Proposal:
    """What to do about a day; nothing is written."""
    require(actor, Right.MOVE)
    with store.read() as records:
        return _Looking(records, store.clock.now(), day, what).proposal()


def can_move(visit: Visit) -> bool:
    """Whether its patient has not been in the room yet."""
    return not_begun(visit, "moved") is None


class _Looking:
    """One look at a day."""

    def __init__(self, records: ScheduleRecords, at: datetime, day: date, what: Disruption) -> None:
        self.records, self.at, self.day, self.what = records, at, day, what
        self.now = instant_minute(at)
        self.setup = set_up_after(records.setup(), what)
        self.line = day_line(day, self.setup.clinic.zone)
        self.visits = coming(records.visits_on(day, day), self.now)
        self.people = {
            one.id: one for one in records.find(Patient, id=sorted({v.patient_id for v in self.visits}))
        }
        given: dict[int, list[Override]] = {}
        for one in records.find(Override, visit_id=[v.id for v in self.visits]) if self.visits else ():
            given.setdefault(one.visit_id, []).append(one)
        self.given = given

    def proposal(self) -> Proposal:
        lost = self._lost()
        fixed, timed = self._by_rules(lost)
        problem = day_problem(self._view(lost, fixed, timed))
        found = repaired(problem)
        moves = self._moves(problem, found)
        lines = [
            self._line(one, lost.get(one.id), moves.get(one.id))
            for one in self.visits
            if one.id in lost or one.id in moves
        ]
        return Proposal(
            self.day,
            self.what,
            self.setup,
            tuple(sorted(lines, key=_in_turn)),
            _counted(found, problem, lines),
        )

    def _lost(self) -> Lost:
        """Who lacks something that nobody with the right went over."""
        given = [one for some in self.given.values() for one in some]
        shared = [one for one in given if one.rule == OVERLAP.code and not one.deviation]
        lost = lost_places(self.visits, self.setup, self.now, self.what, shared)
        open_ones = {
            one.id: not_passed(one, self.given.get(one.id, ()), lost[one.id])
            for one in self.visits
            if one.id in lost
        }
        return {number: why for number, why in open_ones.items() if why}

    def _by_rules(self, lost: Lost) -> tuple[frozenset[int], frozenset[int]]:
        """Whom the rules would refuse anywhere on the day, and who has their time over a rule. The first get
        the reasons among those for which they are lost."""
        as_of = AsOf(self.records, self.at)
        fixed, timed = set(), set()
        for visit in (one for one in self.visits if can_move(one)):
            found = blocking(findings(case_of(as_of, self.setup, visit)))
            against = [one for one in found if one.code not in _OF_THE_PLACE]
            if left := not_passed(visit, self.given.get(visit.id, ()), against):
                fixed.add(visit.id)
                if visit.id in lost:
                    lost[visit.id] = [*map(of_what_stands, left), *lost[visit.id]]
            elif against:
                timed.add(visit.id)
        return frozenset(fixed), frozenset(timed)

    def _view(self, lost: Lost, fixed: frozenset[int], timed: frozenset[int]) -> DayView:
        claims = self.records.claims_between(self.line.start, self.line.end)
        return DayView(
            setup=self.setup,
            day=self.day,
            now=self.now,
            visits=self.visits,
            claims=claims_after(claims, self.visits, self.what),
            lost=frozenset(lost),
            fixed=fixed,
            timed=timed,
            late=earliest(self.visits, self.what),
            lacking={
                one.id: lacking(one, self.setup, self.now)
                for one in self.visits
                if one.id in lost and not can_move(one)
            },
            drivers={
                one.id: [d for d in self.people[one.patient_id].drivers if d.name == one.plan_name]
                for one in self.visits
                if one.plan_name
            },
        )

    def _moves(self, problem: DayProblem, found: Repair) -> dict[int, Move]:
        visits = {one.id: one for one in self.visits}
        out = {}
        for task, start, seats in zip(problem.tasks, found.starts, found.seats, strict=True):
            if start is not None:
                visit = visits[task.visit_id]
                move = self._move(visit, task, start, seats)
                if move != to(visit) or visit.displaced:
                    out[visit.id] = move
        return out

    def _move(self, visit: Visit, task: Task, start: int, seats: Sequence[int | None]) -> Move:
        at = from_utc_minute(self.line.minute(start), self.line.zone)
        move = to(visit, day=at.day, minute=at.minute, fold=at.fold)
        nurses: dict[int, int] = {}
        for item, seat in zip(task.items, seats, strict=True):
            if item.kind is Kind.ROOM:
                move = replace(move, room_id=seat)
            elif item.role is Role.NURSE and seat is not None:
                nurses |= dict.fromkeys(item.phases, seat)
            elif item.role is Role.PRESCRIBER:
                move = replace(move, prescriber_id=seat)
            elif item.role is Role.THERAPIST:
                move = replace(move, therapist_id=seat)
        return replace(move, **_nurses(visit, nurses)) if nurses else move  # type: ignore[arg-type]  # fields of a move

    def _line(self, visit: Visit, why: Iterable[Finding] | None, move: Move | None) -> Line:
        said = tuple(why) if why is not None else (Finding(MAKES_ROOM),)
        type_name = self.setup.type_by_id(visit.type_id).name
        return Line(visit, self.people[visit.patient_id], type_name, said, move)


def _nurses(visit: Visit, nurses: Mapping[int, int]) -> dict[str, object]:
    """The nurse of a visit, and who takes over; what a begun visit has behind it stays as it was."""
    others = tuple(one for one in visit.phase_staff if one.role is not Role.NURSE)
    if can_move(visit):
        first = nurses[min(nurses)]
        kept: tuple[PhaseStaff, ...] = ()
    else:
        first = visit.nurse_id or 0
        kept = tuple(
            one for one in visit.phase_staff if one.role is Role.NURSE and one.phase_no not in nurses
        )
    changed = (PhaseStaff(no, Role.NURSE, one) for no, one in sorted(nurses.items()) if one != first)
    return {"nurse_id": first or None, "phase_staff": (*others, *kept, *changed)}


def _in_turn(line: Line) -> tuple[object, ...]:
    """Those without a place first; then who is here already, then by time."""
    visit = line.visit
    return line.move is not None, visit.arrived is None, visit.start, visit.id


def _counted(found: Repair, problem: DayProblem, lines: Iterable[Line]) -> RepairCost:
    """The cost with those that could not even be tried."""
    return replace(found.cost(problem), unplaced=sum(one.move is None for one in lines))
