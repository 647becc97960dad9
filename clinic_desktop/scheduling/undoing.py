"""Undo and redo of the plan: a step is taken back from its images in the audit trail.

The way back is a change like any other, by the same rules, with the same rights, and written to the trail. It
is a step itself: what undoes it is redo. Facts are corrected, never undone.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.errors import Conflict, Refusal
from clinic_desktop.foundation.rulebook import Finding, Param, Rule, Word
from clinic_desktop.foundation.trail import Trace
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.holding import renew_visit
from clinic_desktop.scheduling.model import Claim, Course, Setup, Visit
from clinic_desktop.scheduling.open_visits import STOPPED, count_open, stands
from clinic_desktop.scheduling.overlaps import beside_again, have_alone
from clinic_desktop.scheduling.pinboard import Pin
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleUnit
from clinic_desktop.scheduling.reconfirming import confirmed_again, no_longer_confirmed
from clinic_desktop.scheduling.repair_taking import handed_over
from clinic_desktop.scheduling.retiming import by_clock
from clinic_desktop.scheduling.rules import PAST, not_begun
from clinic_desktop.scheduling.settle import settle
from clinic_desktop.scheduling.states import LIVE, NEVER_CAME, PLANNED, VisitState, transition
from clinic_desktop.scheduling.steps import Done, Event, Label, Net, Step, label_of, net, same, step_of
from clinic_desktop.scheduling.undo_rules import (
    CAME_SINCE,
    CHANGED_SINCE,
    COURSE_CHANGED_SINCE,
    EVENT_CHANGED_SINCE,
    TAKEN_SINCE,
)
from clinic_desktop.scheduling.waiting import WaitEntry, closed
from clinic_desktop.security.rights import Right, require

UNDONE, DONE_AGAIN = "undone", "done again"
_PLACE = (
    "day", "minute", "fold", "room_id", "nurse_id", "prescriber_id", "therapist_id", "phase_staff",
    "phase_minutes", "type_id", "displaced",
)  # fmt: skip


class TrailRecords(ScheduleRecords, Protocol):
    def written_between(
        self, first: int, last: int
    ) -> Sequence[Trace[Visit | Course | Pin | WaitEntry | Event]]:
        """What the transactions of these places in the change feed did to the plan, in the order in which it
        was written."""
        ...

    def last_written(self, kind: type[Visit | Course], record_id: int) -> Trace[object] | None:
        """The latest change of a record."""
        ...


class UndoUnit(ScheduleUnit, TrailRecords, Protocol):
    """A transaction that can also look into the trail."""


class UndoStore(Protocol):
    """The schedule's store, with its trail."""

    def write(self, actor: Actor) -> AbstractContextManager[UndoUnit]: ...

    def read(self) -> AbstractContextManager[TrailRecords]: ...


class Overtaken(Refusal):
    """Somebody went on from there, or the time did: this step can never be undone."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, and the step that this was: to undo it is to do all again. ``step`` None: there
    was nothing to take back. ``warnings``: what to know of it."""

    label: Label
    step: Step | None
    changes: Changes
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Back:
    """A visit as it stands, and as it is to stand again."""

    now: Visit
    then: Visit

    @property
    def ends(self) -> bool:
        return self.then.state in NEVER_CAME

    @property
    def moves(self) -> bool:
        return any(getattr(self.now, name) != getattr(self.then, name) for name in _PLACE)

    @property
    def is_placed(self) -> bool:
        """Whether it takes a place that it does not have."""
        return not self.ends and not self.hands_over and (self.now.state in NEVER_CAME or self.moves)

    @property
    def hands_over(self) -> bool:
        """Whether others serve what is left of a visit that has begun, and nothing else of it changes."""
        begun = self.now.state in LIVE and not_begun(self.now, "moved") is not None
        return begun and same(replace(self.now, phase_staff=self.then.phase_staff), self.then)


def read_label(store: UndoStore, step: Step) -> Label:
    """What to call a step."""
    with store.read() as records:
        return label_of(records, net(records.written_between(step.first, step.last)))


def undo(store: UndoStore, actor: Actor, step: Step) -> Undone:
    """Take a step back, all of it or nothing.

    Raises :class:`Overtaken` when a visit was changed since, naming who did, or the time to go back to has
    passed; :class:`Refusal` when its place was taken or a rule forbids the way back; :class:`RightMissing`
    where the change itself would.
    """
    require(actor, Right.VIEW)
    return _take_back(store, actor, step, UNDONE)


def redo(store: UndoStore, actor: Actor, step: Step) -> Undone:
    """Take back the step that an undo was."""
    require(actor, Right.VIEW)
    return _take_back(store, actor, step, DONE_AGAIN)


def _take_back(store: UndoStore, actor: Actor, step: Step, reason: str) -> Undone:
    with store.read() as records:
        done = net(records.written_between(step.first, step.last))
        label = label_of(records, done)
    try:
        with store.write(actor) as unit:
            unit.because(reason)
            images = [image for one in done.visits for image in (one.before, one.after) if image is not None]
            if done.events:
                unit.lock_all_days()
            else:
                unit.lock_days(sorted({one.day for one in images}))
            _refuse_overtaken(unit, done)
            _take_events_back(unit, done)
            backs = [_back(one, unit.get(Visit, one.after.id)) for one in done.visits]
            for one in backs:
                _ask(unit, one)
            _put_back(unit, backs)
            _settle_courses(unit, done, backs)
            _repin(unit, done)
            _rewait(unit, done)
            pairs = [(one.now, unit.get(Visit, one.now.id)) for one in backs]
            warnings = (*no_longer_confirmed(unit, pairs), *confirmed_again(unit, pairs))
            changes = unit.commit()
            return Undone(label, step_of(changes), changes, warnings)
    except Conflict as problem:
        raise Refusal([_taken(store, problem)]) from problem


def _refuse_overtaken(unit: UndoUnit, done: Done) -> None:
    later = [one.after for one in done.visits if not same(unit.get(Visit, one.after.id), one.after)]
    found = [_who_came_between(unit, one, _rule(unit.get(Visit, one.id), one)) for one in later]
    for each in done.courses:
        if not same(unit.get(Course, each.after.id), each.after):
            found.append(_who_came_between(unit, each.after, COURSE_CHANGED_SINCE))
        else:
            found += [_who_came_between(unit, one, CHANGED_SINCE) for one in _joined(unit, each, done)]
    if any(one.after is not None and _event_now(unit, one.after) is None for one in done.events):
        found.append(Finding(EVENT_CHANGED_SINCE))
    if found:
        raise Overtaken(list({one.sentence(): one for one in found}.values()))


def _event_now(unit: UndoUnit, event: Event) -> Event | None:
    """The absence or closure as it stands; None where it does not say any more what it said."""
    there: list[Event] = list(unit.find(type(event), id=event.id))
    return next((one for one in there if replace(one, version=event.version) == event), None)


def _take_events_back(unit: UndoUnit, done: Done) -> None:
    """Whoever was out is there again, before the visits go back to them; and the other way round."""
    if done.events:
        require(unit.actor, Right.MOVE)
    for one in done.events:
        if one.after is not None:
            unit.remove(_event_now(unit, one.after))
        if one.before is not None:
            unit.add(replace(one.before, id=0, version=0))


def _rule(now: Visit, after: Visit) -> Rule:
    """Somebody changed the plan, or recorded what happened."""
    facts = (now.arrived, now.entered, now.left) != (after.arrived, after.entered, after.left)
    return CAME_SINCE if facts or now.state not in PLANNED | NEVER_CAME else CHANGED_SINCE


def _joined(unit: UndoUnit, each: Net[Course], done: Done) -> list[Visit]:
    """Visits that joined the course since, stand, and would have no place in it: any where it was booked
    then, those beyond its old end where it was made longer."""
    mine, planned = {one.after.id for one in done.visits}, each.before.planned if each.before else 0
    joined = (one for one in unit.find(Visit, course_id=each.after.id) if one.id not in mine)
    return [one for one in joined if stands(one) and (not planned or (one.course_no or 0) > planned)]


def _who_came_between(unit: UndoUnit, record: Visit | Course, rule: Rule) -> Finding:
    params: dict[str, Param] = {
        "patient": unit.get(Patient, record.patient_id).name,
        "who": Word("Somebody"),
        "when": "",
    }
    last = unit.last_written(type(record), record.id)
    if last is not None:
        people = {one.id: one.name for one in unit.setup().staff}
        params["who"] = people.get(last.person_id, params["who"])
        zone = unit.setup().clinic.zone
        at, today = local_time(last.at, zone), local_time(unit.at, zone).day
        clock = clock_time(at.minute)
        params["when"] = clock if at.day == today else f"{clock}, {short_date(at.day)}"
    return Finding(rule, params)


def _back(one: Net[Visit], now: Visit) -> _Back:
    if one.before is None:
        # A booking that is undone keeps its row, and counts for nothing.
        ended = replace(now, state=VisitState.CANCELLED, displaced=False, end_reason=UNDONE)
        return _Back(now, replace(ended, end_asked_by="clinic", end_late=False))
    return _Back(now, replace(one.before, version=now.version, course_no=_number(one, now)))


def _number(one: Net[Visit], now: Visit) -> int | None:
    """The number in the course that a visit had, unless it got another one since."""
    return one.before.course_no if one.before and now.course_no == one.after.course_no else now.course_no


def _ask(unit: UndoUnit, one: _Back) -> None:
    """The rights and the states are those of the change itself."""
    for right in _rights(one):
        require(unit.actor, right)
    begun = (
        not_begun(one.now, "moved") if one.moves and not one.hands_over and one.now.state in LIVE else None
    )
    if begun is not None:
        raise Overtaken([begun])


def _rights(one: _Back) -> set[Right]:
    if one.now.state is one.then.state:
        return {Right.MOVE if one.moves else Right.BOOK}
    row = transition(one.now.state, one.then.state)
    if row is None:
        raise RuntimeError(f"a step of the plan led from {one.then.state} to {one.now.state}")
    return {row.right, Right.MOVE} if one.moves else {row.right}


def _put_back(unit: UndoUnit, backs: Sequence[_Back]) -> None:
    setup = unit.setup()
    had = _claimed(setup, [one.now for one in backs])
    unit.place([one.now.id for one in backs if one.ends or one.is_placed], [], setup.watch_limit)
    for one in backs:
        if one.ends:
            unit.save(one.then)
    for one in backs:
        if one.hands_over:
            handed_over(unit, one.now, one.then.phase_staff)
    placed = [by_clock(one.then, setup) for one in backs if one.is_placed]
    beside_again(unit, _claimed(setup, placed))
    _settle(unit, placed)
    for one in backs:
        if not (one.ends or one.is_placed or one.hands_over):
            renew_visit(unit, setup, one.then)
    have_alone(unit, had - _claimed(setup, [unit.get(Visit, one.now.id) for one in backs]))


def _settle(unit: UndoUnit, visits: Sequence[Visit]) -> None:
    """By the rules. A time that has passed does not come again."""
    try:
        settle(unit, visits)
    except Refusal as refused:
        if any(one.code == PAST.code for one in refused.findings):
            raise Overtaken(refused.findings) from refused
        raise


def _claimed(setup: Setup, visits: Iterable[Visit]) -> set[Claim]:
    return {claim for one in visits for claim in claims_of(one, setup.type_by_id(one.type_id))}


def _settle_courses(unit: UndoUnit, done: Done, backs: Iterable[_Back]) -> None:
    """A course whose booking is undone is stopped; what waits in all the others is counted anew."""
    for one in done.courses:
        now = unit.get(Course, one.after.id)
        then = replace(now, state=STOPPED) if one.before is None else one.before
        if not same(now, then):
            unit.save(replace(then, version=now.version, to_place=now.to_place))
    for each in done.renumbered:
        visit = unit.get(Visit, each.after.id)
        if (number := _number(each, visit)) != visit.course_no:
            unit.save(replace(visit, course_no=number))
    for course_id in sorted(_courses(done, backs)):
        count_open(unit, course_id)


def _repin(unit: UndoUnit, done: Done) -> None:
    """A parked visit that is where it was lies on the pinboard again, unless somebody parked it since; done
    again, it is off it once more."""
    for one in done.pins:
        now = unit.get(Pin, one.after.id)
        if one.before is None or now.taken_at != one.after.taken_at:
            continue
        if one.before.taken_at is not None:
            unit.save(replace(now, taken_at=unit.at, taken_by=unit.actor.person_id))
        elif not unit.find(Pin, visit_id=now.visit_id, taken_at=None):
            unit.save(replace(now, taken_at=None, taken_by=None))


def _rewait(unit: UndoUnit, done: Done) -> None:
    """Whoever was booked off the waitlist waits again, unless they do for the same already."""
    for one in done.waits:
        now = unit.get(WaitEntry, one.after.id)
        if one.before is None or now.closed_at != one.after.closed_at:
            continue
        if one.before.closed_at is not None:
            closed(unit, now, one.before.closed_why, one.before.visit_id)
        elif not unit.find(WaitEntry, patient_id=now.patient_id, type_code=now.type_code, closed_at=None):
            unit.save(replace(now, closed_at=None, closed_by=None, closed_why="", visit_id=None))


def _courses(done: Done, backs: Iterable[_Back]) -> set[int]:
    visits = [*(one.now for one in backs), *(one.then for one in backs)]
    visits += [one.after for one in done.renumbered]
    return {one.after.id for one in done.courses} | {one.course_id for one in visits if one.course_id}


def _taken(store: UndoStore, problem: Conflict) -> Finding:
    """By whom the places of the way back are taken now."""
    numbers = [one.visit_id for one in problem.taken if one.visit_id is not None]
    with store.read() as records:
        whose = [one.patient_id for one in records.find(Visit, id=numbers)]
        names = tuple(one.name for one in records.find(Patient, id=whose))
    places = ", ".join(dict.fromkeys(one.name for one in problem.taken if one.name))
    return Finding(TAKEN_SINCE, {"places": places or Word("The place"), "who": names or Word("Somebody")})
