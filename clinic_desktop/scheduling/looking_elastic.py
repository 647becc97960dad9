"""What moving or cancelling one visit of a course would bring with it, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from clinic_desktop.foundation.clock import WallTime, instant_minute, local_day
from clinic_desktop.foundation.errors import NotFound
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import UsualDriver
from clinic_desktop.scheduling.availability import Availability, Options
from clinic_desktop.scheduling.booking import Wish, draft
from clinic_desktop.scheduling.cancelling import Ending
from clinic_desktop.scheduling.elastic import Rearrangement
from clinic_desktop.scheduling.looking_check import check_visits
from clinic_desktop.scheduling.looking_course import free_for
from clinic_desktop.scheduling.looking_drivers import unconfirmed
from clinic_desktop.scheduling.looking_patient import About, CourseStand, about, days_near
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.moving import Move, onto, to
from clinic_desktop.scheduling.placing import placed
from clinic_desktop.scheduling.planner_alternatives import usual_minute
from clinic_desktop.scheduling.planner_model import Cadence, CourseRequest, Placed, cadence_of
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.reflow import Reflow, Scope, Task, reflow

ROOM = timedelta(days=56)  # how far beyond the last visit a place is looked for


@dataclass(frozen=True, slots=True)
class ElasticWish:
    """One visit that goes elsewhere (``move``) or falls away (``ending``), and how far that reaches."""

    visit_id: int
    scope: Scope
    move: Move | None = None
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Elastic:
    """What would happen. what: as it is done; None while something has no place. findings: what the rules say
    of each visit that moves, by its id, and of the one that is made up (0)."""

    wish: ElasticWish
    about: About
    stand: CourseStand
    changed: Visit
    reflow: Reflow
    what: Rearrangement | None = None
    findings: Mapping[int, tuple[Finding, ...]] = field(default_factory=dict)


def look_elastic(store: ScheduleStore, now: datetime, wish: ElasticWish) -> Elastic:
    """Raises :class:`NotFound` when the visit or its running course is gone."""
    with store.read() as records:
        setup = records.setup()
        known = about(
            records, records.get(Visit, wish.visit_id).patient_id, local_day(now, setup.clinic.zone)
        )
        stand, changed = _course_of(known, wish.visit_id)
        task = _task(wish, stand, changed, now)
        asked = _asked(setup, now, known, stand, task)
        found = Reflow()
        if wish.scope is not Scope.THIS:
            found = reflow(_free(records, setup, asked, task), asked, task)
        seen = Elastic(wish, known, stand, changed, found)
        return _written(records, now, seen) if found.whole else seen


def look_at_all(
    store: ScheduleStore, now: datetime, visit_id: int, move: Move | None, ending: Ending | None
) -> dict[Scope, Elastic]:
    """The change in each of its reaches."""
    return {one: look_elastic(store, now, ElasticWish(visit_id, one, move, ending)) for one in Scope}


def _course_of(known: About, visit_id: int) -> tuple[CourseStand, Visit]:
    for stand in known.courses:
        for one in stand.visits:
            if one.id == visit_id:
                return stand, one
    raise NotFound("course", visit_id)


def _task(wish: ElasticWish, stand: CourseStand, changed: Visit, now: datetime) -> Task:
    move = wish.move
    at = WallTime(move.day, move.minute, move.fold) if move else None
    return Task(stand.visits, changed, at, wish.scope, instant_minute(now))


def _asked(setup: Setup, now: datetime, known: About, stand: CourseStand, task: Task) -> CourseRequest:
    """The limits, and as wishes what was asked for the course, else its own habits: its usual time and its
    weekdays."""
    changed, visits, asked = task.changed, stand.visits, stand.course.own
    kind = setup.type_by_id(changed.type_id)
    cadence = (
        cadence_of(stand.template) if stand.template else Cadence(kind.min_clear_days, kind.max_gap_days)
    )
    today = local_day(now, setup.clinic.zone)
    own = {one.id for one in visits}
    others = [one for one in known.of_modality(setup, kind.modality) if one.id not in own]
    given_up = frozenset() if task.at is not None else frozenset({changed.day})
    return CourseRequest(
        cadence=cadence,
        types=tuple(setup.type_by_id(one.type_id) for one in visits),
        earliest=today,
        start_within=ROOM.days,
        latest=known.cleared_until(kind.modality, today),
        excluded=days_near(others, cadence.min_clear_days) | given_up,
        weekdays=asked.weekdays or frozenset(one.day.weekday() for one in visits),
        clock=usual_minute(visits) if asked.clock is None else asked.clock,
        drivers=_drivers(known, stand),
        options=Options(
            known.patient.id,
            without=frozenset({changed.id, *(one.id for one in task.movable)}),
            wish_nurse=changed.nurse_id,
            after=instant_minute(now),
        ),
        half=asked.half,
    )


def _free(records: ScheduleRecords, setup: Setup, asked: CourseRequest, task: Task) -> Availability:
    days = [asked.earliest, *(one.day for one in task.visits), *([task.at.day] if task.at else [])]
    first, last = min(days), max(days) + ROOM
    return free_for(records, setup, asked, first, (last - first).days + 1)


def _drivers(known: About, stand: CourseStand) -> tuple[UsualDriver, ...]:
    """The usual drivers who were named for the course: their days and times bind."""
    named = {one.plan_name for one in stand.visits if one.plan_name}
    return tuple(one for one in known.patient.drivers if one.name in named)


def _written(records: ScheduleRecords, now: datetime, seen: Elastic) -> Elastic:
    """With what is to be done, and what the rules say to it."""
    setup, wish = records.setup(), seen.wish
    shifts = [_moved(one.visit, one.to) for one in seen.reflow.shifts]
    moves = (*([wish.move] if wish.move else []), *shifts)
    made_up = _made_up(setup, seen, seen.reflow.made_up) if seen.reflow.made_up else None
    what = Rearrangement(
        course_id=seen.stand.course.id,
        seen=tuple((one.id, one.version) for one in seen.stand.visits),
        moves=moves,
        ending=wish.ending,
        made_up=made_up,
    )
    by_id = {one.id: one for one in seen.stand.visits}
    drafts = [placed(setup, by_id[one.visit_id], one) for one in moves]
    drafts += [draft(setup, made_up)] if made_up else []
    # One that falls away is no neighbour of the others any more.
    gone = [replace(seen.changed, state=wish.ending.state)] if wish.ending else []
    said = check_visits(records, now, [*drafts, *gone])
    findings = {one.id: some for one, some in zip(drafts, said, strict=False)}
    return replace(seen, what=what, findings=findings)


def _moved(visit: Visit, place: Placed) -> Move:
    return onto(to(visit), WallTime(place.day, place.minute, place.fold), place.choice)


def _made_up(setup: Setup, seen: Elastic, place: Placed) -> Wish:
    """The visit that falls away, at its new time; its driver is asked anew."""
    gone = seen.changed
    return Wish(
        gone.patient_id,
        setup.type_by_id(gone.type_id).code,
        place.day,
        place.minute,
        place.fold,
        place.room_id,
        place.nurse_id,
        place.prescriber_id,
        place.therapist_id,
        place.choice.phase_staff,
        unconfirmed(gone.plan) if gone.plan else None,
        gone.note,
    )
