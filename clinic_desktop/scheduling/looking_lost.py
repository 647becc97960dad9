"""After a lost race: who has the place now, and the three nearest times instead. Nothing is written here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from clinic_desktop.foundation.clock import WallTime, instant_minute, to_utc_minute
from clinic_desktop.foundation.errors import Conflict, NotFound
from clinic_desktop.people.model import Patient, Staff
from clinic_desktop.scheduling.freed import Candidate, at_another_time
from clinic_desktop.scheduling.looking import Offer, Seek, find_openings
from clinic_desktop.scheduling.looking_booking import Look, seek_for
from clinic_desktop.scheduling.looking_course import CoursePlanWish, PlannedCourse, plan_course
from clinic_desktop.scheduling.model import ClaimKind, Visit, VisitType
from clinic_desktop.scheduling.moving import Move, onto
from clinic_desktop.scheduling.planner_model import Pin, Placed
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.stretching import stretched

OTHERS = 3
JUST_NOW = timedelta(minutes=10)
BESIDE = 60  # minutes before and after, where another time of that day is looked for


@dataclass(frozen=True, slots=True)
class Winner:
    """Who has the place now. by: who booked it, where that was only just."""

    patient: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """A race that was lost. taken: the names of the places, the room first. at: the time that was wanted."""

    taken: tuple[str, ...]
    winner: Winner
    type: VisitType | None
    at: WallTime | None
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class LostCourse:
    """The same of one visit of a course. ``others``: the course with that visit at each of the offers, and
    all others where they were."""

    lost: Lost
    no: int
    others: tuple[PlannedCourse, ...]


@dataclass(frozen=True, slots=True)
class LostCall:
    """The same of somebody of the waitlist. ``others``: the person at each of the offers."""

    lost: Lost
    others: tuple[Candidate, ...]


def after_booking(store: ScheduleStore, now: datetime, seen: Look, problem: Conflict) -> Lost:
    """Who won over a booking, and the times nearest to the lost one."""
    at = seen.spot.at if seen.spot else None
    with store.read() as records:
        offers: tuple[Offer, ...] = ()
        if at is not None and seen.type is not None:
            offers = _nearest(records, seek_for(records, now, seen), at)
        return Lost(_names(problem), winner_of(records, now, problem), seen.type, at, offers)


def after_moving(store: ScheduleStore, now: datetime, wanted: Move, problem: Conflict) -> Lost:
    """The same of a visit that was to be moved; its own places do not count."""
    at = WallTime(wanted.day, wanted.minute, wanted.fold)
    with store.read() as records:
        visit = records.get(Visit, wanted.visit_id)
        visit_type = records.setup().type_by_id(visit.type_id)
        seek = Seek(
            visit_type.code,
            instant_minute(now) + visit_type.lead,
            patient_id=visit.patient_id,
            nurse_id=wanted.nurse_id,
            without=frozenset({visit.id}),
            minutes=stretched(visit, visit_type, wanted.longer).phase_minutes,
        )
        offers = _nearest(records, seek, at)
        return Lost(_names(problem), winner_of(records, now, problem), visit_type, at, offers)


def moved_to(wanted: Move, offer: Offer) -> Move:
    """The move to another time that was offered for it."""
    return onto(wanted, offer.at, offer.choice)


def after_planning(
    store: ScheduleStore, now: datetime, planned: PlannedCourse, problem: Conflict
) -> LostCourse:
    """The same of a course: only the visit that lost its place moves."""
    with store.read() as records:
        zone = records.setup().clinic.zone
        placed = planned.plan.placed
        mine = next((one for one in placed if _meets(planned, one, problem, zone)), placed[0])
        at, visit_type = WallTime(mine.day, mine.minute, mine.fold), planned.visit_type(mine.no)
        seek = Seek(
            visit_type.code,
            instant_minute(now) + visit_type.lead,
            patient_id=planned.wish.patient_id,
            skip=frozenset(one.day for one in placed if one is not mine),
            nurse_id=mine.nurse_id,
        )
        offers = _nearest(records, seek, at, count=4 * OTHERS)
        winner = winner_of(records, now, problem)
    found = ((one, plan_course(store, now, _instead(planned, mine, one.at))) for one in offers)
    kept = list(islice(((offer, other) for offer, other in found if other.plan.whole), OTHERS))
    lost = Lost(_names(problem), winner, visit_type, at, tuple(offer for offer, _ in kept))
    return LostCourse(lost, mine.no, tuple(other for _, other in kept))


def after_calling(store: ScheduleStore, now: datetime, one: Candidate, problem: Conflict) -> LostCall:
    """The same of a time that somebody of the waitlist said yes to."""
    seek = Seek(one.type.code, instant_minute(now) + one.type.lead, patient_id=one.entry.patient_id)
    with store.read() as records:
        offers = _nearest(records, seek, one.at, count=4 * OTHERS)
        found = ((offer, at_another_time(records, one, offer.at, offer.choice, now)) for offer in offers)
        far = ((offer, other) for offer, other in found if other is not None and other.too_near is None)
        kept = list(islice(far, OTHERS))
        winner = winner_of(records, now, problem)
    lost = Lost(_names(problem), winner, one.type, one.at, tuple(offer for offer, _ in kept))
    return LostCall(lost, tuple(other for _, other in kept))


def winner_of(records: ScheduleRecords, now: datetime, problem: Conflict) -> Winner:
    """The visit that has the first of the places."""
    number = next((one.visit_id for one in problem.taken if one.visit_id is not None), None)
    if number is None:
        return Winner()
    try:
        visit = records.get(Visit, number)
        patient = records.get(Patient, visit.patient_id).name
        fresh = visit.booked_at is not None and now - visit.booked_at <= JUST_NOW
        return Winner(patient, records.get(Staff, visit.booked_by).name if fresh and visit.booked_by else "")
    except NotFound:
        return Winner()


def _names(problem: Conflict) -> tuple[str, ...]:
    rooms_first = sorted(problem.taken, key=lambda one: one.kind != ClaimKind.ROOM)
    return tuple(dict.fromkeys(one.name for one in rooms_first))


def _nearest(records: ScheduleRecords, seek: Seek, at: WallTime, count: int = OTHERS) -> tuple[Offer, ...]:
    """The nearest start of that day, some an hour or two before and after it, and the nearest of the next
    days."""
    zone = records.setup().clinic.zone
    wanted = to_utc_minute(at, zone)
    seek = replace(seek, after=max(seek.after, to_utc_minute(WallTime(at.day, 0), zone)), within=None)
    found: list[Offer] = find_openings(records, replace(seek, near=at.minute, count=count))
    for minute in (at.minute + n * BESIDE for n in (-2, -1, 1, 2)):
        beside = find_openings(records, replace(seek, near=minute, within=BESIDE // 2, count=1))
        found += [one for one in beside if one.at.day == at.day]
    return tuple(sorted(_each_once(found), key=lambda one: abs(one.choice.start - wanted))[:count])


def _each_once(offers: Iterable[Offer]) -> list[Offer]:
    return list({one.at: one for one in offers}.values())


def _meets(planned: PlannedCourse, one: Placed, problem: Conflict, zone: str) -> bool:
    """Whether a place that was taken is one that this visit wanted."""
    start = to_utc_minute(WallTime(one.day, one.minute, one.fold), zone)
    end = start + sum(phase.minutes for phase in planned.visit_type(one.no).phases)
    return any(
        some.start < end and start - planned.visit_type(one.no).lead < some.end for some in problem.taken
    )


def _instead(planned: PlannedCourse, mine: Placed, at: WallTime) -> CoursePlanWish:
    """The wish with every visit where it was planned, and the one at another time."""
    pins = [
        Pin(one.no, one.day, one.minute, one.fold)
        if one is not mine
        else Pin(one.no, at.day, at.minute, at.fold)
        for one in planned.plan.placed
    ]
    return replace(planned.wish, pins=tuple(pins))
