"""A booking as far as it has been answered: what is still open, what is offered, and what the rules say.

One read answers a whole booking panel, so that everything on it is of one moment.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import WallTime, instant_minute, local_day, to_utc_minute
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Patient
from clinic_desktop.people.similar_names import NamedPerson, Similarity, similar
from clinic_desktop.scheduling import booking, courses
from clinic_desktop.scheduling.availability import Options
from clinic_desktop.scheduling.booking import Booked, Wish
from clinic_desktop.scheduling.choices import Choice
from clinic_desktop.scheduling.looking import (
    DAYS_AHEAD,
    Fit,
    NotEarlier,
    Offer,
    Seek,
    find_fit,
    find_openings,
    why_not_earlier,
)
from clinic_desktop.scheduling.looking_check import check
from clinic_desktop.scheduling.looking_drivers import proposed
from clinic_desktop.scheduling.looking_patient import About, CourseStand, about, days_near, likely_types
from clinic_desktop.scheduling.model import Course, GoingHomePlan, Setup, Visit, VisitType
from clinic_desktop.scheduling.overlaps import beside
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import NEVER_CAME
from clinic_desktop.scheduling.way_home import needs_way_home


@dataclass(frozen=True, slots=True)
class Spot:
    """A time somebody pointed at, in one room or in whichever is free."""

    at: WallTime
    room_id: int | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What has been answered so far.

    type_code empty: whatever the patient's course suggests. spot None: the first that is offered.
    since, half, near, within and days say when offers are sought, seek_room and nurse_id where and with
    whom. plan counts once ``driver_answered``; before, the usual driver is proposed. may_overlap: the
    person may put two visits at once, with a reason.
    """

    patient_id: int | None = None
    type_code: str = ""
    spot: Spot | None = None
    since: date = date.min
    half: str = ""
    near: int | None = None
    plan: GoingHomePlan | None = None
    driver_answered: bool = False
    note: str = ""
    count: int = 3
    may_overlap: bool = False
    within: int | None = None
    days: int | None = None
    seek_room: int | None = None
    nurse_id: int | None = None


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody else of that day whose name could be confused with the patient's."""

    patient: Patient
    visit: Visit
    similarity: Similarity


@dataclass(frozen=True, slots=True)
class Look:
    """The booking as it stands. wish None: not yet enough to book. findings: of the wish.

    plan: how the patient would go home. open_no of course: the open visit of a course that it would fill,
    visit_no: its number there by its place in time.
    """

    answers: Answers
    about: About | None = None
    type: VisitType | None = None
    likely: tuple[VisitType, ...] = ()
    offers: tuple[Offer, ...] = ()
    not_earlier: NotEarlier | None = None
    spot: Spot | None = None
    fit: Fit | None = None
    plan: GoingHomePlan | None = None
    wish: Wish | None = None
    findings: tuple[Finding, ...] = ()
    namesakes: tuple[Namesake, ...] = ()
    course: Course | None = None
    open_no: int | None = None
    visit_no: int | None = None

    @property
    def choice(self) -> Choice | None:
        """Room and people of the spot; those of a start that needs an override come last."""
        return (self.fit.choice or self.fit.regardless) if self.fit else None

    def asks_driver(self, setup: Setup) -> bool:
        """Whether the visit asks for a way home."""
        return self.type is not None and needs_way_home(self.type, setup.profile_of(self.type))


def look(store: ScheduleStore, now: datetime, answers: Answers) -> Look:
    """Everything a booking desk wants to know at this point."""
    with store.read() as records:
        today = local_day(now, records.setup().clinic.zone)
        known = about(records, answers.patient_id, today) if answers.patient_id else None
        return look_at(records, now, answers, known)


def look_at(records: ScheduleRecords, now: datetime, answers: Answers, known: About | None) -> Look:
    """The same in the caller's snapshot, with what is ``known`` of the patient."""
    setup = records.setup()
    found = Look(answers, known, likely=likely_types(setup, known))
    visit_type = _type(setup, found)
    if visit_type is None:
        return found
    found = _with_course(replace(found, type=visit_type))
    found = _with_times(records, now, found, visit_type)
    if found.spot is None or known is None:
        return found
    at = found.spot.at
    found = _numbered(setup, replace(found, plan=_plan(setup, found, visit_type, at)))
    if found.choice is None:
        return found
    wish = _wish(found, visit_type, at, found.choice)
    (said,) = check(records, now, [wish])
    return replace(
        found,
        wish=wish,
        findings=said,
        namesakes=_namesakes(records, known.patient, wish.day),
    )


def book_looked(store: ScheduleStore, actor: Actor, seen: Look, override: str = "") -> Booked:
    """Book what was looked at, as a visit of its course where it is one."""
    if seen.wish is None:
        raise ValueError("nothing to book yet")
    sharing = beside(seen.findings)
    if seen.course is not None and seen.open_no is not None:
        wishes = [(seen.open_no, seen.wish)]
        return courses.place_rest(store, actor, seen.course, wishes, override, sharing)
    return booking.book(store, actor, seen.wish, override, sharing)


def _type(setup: Setup, found: Look) -> VisitType | None:
    """The type that was chosen; else the suggested one, or in a room that is not fitted for it the
    likeliest that is."""
    if found.answers.type_code:
        return setup.type_by_code(found.answers.type_code)
    if found.about is None:
        return None
    suggested = setup.type_by_code(found.about.suggestion.type_code)
    room_id = found.answers.spot.room_id if found.answers.spot else found.answers.seek_room
    fits = next((one.fits for one in setup.rooms if one.id == room_id), None)
    if fits is None or suggested.needs_fit in fits:
        return suggested
    day = found.answers.spot.at.day if found.answers.spot else date.min
    others = (one for one in (*found.likely, *setup.types) if one.current and one.needs_fit in fits)
    able = (one for one in others if not one.is_treatment or found.about.cleared_until(one.modality, day))
    return next(able, suggested)


def _with_course(found: Look) -> Look:
    """A visit of the suggested type is the next of its course."""
    if found.about is None or found.type is None:
        return found
    hint = found.about.suggestion
    if hint.course is None or hint.type_code != found.type.code:
        return found
    return replace(found, course=hint.course, open_no=hint.no)


def _numbered(setup: Setup, found: Look) -> Look:
    """With the number that the visit has in its course, at the time that is chosen."""
    stand = _stand(found)
    if stand is None or found.open_no is None or found.spot is None:
        return found
    start = to_utc_minute(found.spot.at, setup.clinic.zone)
    return replace(found, visit_no=stand.number_at(found.open_no, start))


def _stand(found: Look) -> CourseStand | None:
    """The course that the visit belongs to, as it stands."""
    if found.course is None or found.about is None:
        return None
    return next(one for one in found.about.courses if one.course.id == found.course.id)


def _with_times(records: ScheduleRecords, now: datetime, found: Look, visit_type: VisitType) -> Look:
    setup, answers = records.setup(), found.answers
    seek = _seek(setup, now, found, visit_type)
    offers = _offers(records, seek, _usual_minute(found, visit_type, setup))
    first = offers[0] if offers else None
    spot = answers.spot or (Spot(first.at, first.choice.room_id) if first else None)
    fit: Fit | None = None
    if answers.spot is not None:
        options = Options(answers.patient_id, wish_nurse=seek.nurse_id)
        fit = find_fit(
            records,
            visit_type,
            answers.spot.at,
            answers.spot.room_id,
            options,
            overlap=answers.may_overlap,
        )
    elif first is not None:
        fit = Fit(first.choice)
    not_earlier = None if answers.near is not None else why_not_earlier(records, seek, first)
    return replace(found, offers=offers, not_earlier=not_earlier, spot=spot, fit=fit)


def _offers(records: ScheduleRecords, seek: Seek, usual: int | None) -> tuple[Offer, ...]:
    """The next times; of a patient who comes at a usual time, up to half of them at that time."""
    next_ones = find_openings(records, seek)
    if usual is None or seek.near is not None or seek.count < 2:
        return tuple(next_ones)
    at_usual = find_openings(records, replace(seek, near=usual, count=2 * seek.count))
    on_time = [one for one in at_usual if one.at.minute == usual][: seek.count // 2]
    wanted = {one.at: one for one in (*on_time, *next_ones)}  # the first of these come first
    return tuple(sorted(list(wanted.values())[: seek.count], key=lambda one: one.at))


def _usual_minute(found: Look, visit_type: VisitType, setup: Setup) -> int | None:
    """The clock time of the last two visits of this treatment, where it was the same."""
    same = found.about.of_modality(setup, visit_type.modality) if found.about else []
    last = {one.minute for one in same[-2:]}
    return last.pop() if len(last) == 1 and len(same) > 1 else None


def _seek(setup: Setup, now: datetime, found: Look, visit_type: VisitType) -> Seek:
    answers, zone = found.answers, setup.clinic.zone
    after = instant_minute(now) + visit_type.lead  # there must be time to check in
    if answers.since > local_day(now, zone):
        after = to_utc_minute(WallTime(answers.since, 0), zone)
    same = found.about.of_modality(setup, visit_type.modality) if found.about else []
    nurses = [one.nurse_id for one in same if one.nurse_id is not None]
    return Seek(
        type_code=visit_type.code,
        after=max(after, _cleared_from(setup, found, visit_type, now), _in_order_from(found)),
        count=answers.count,
        patient_id=answers.patient_id,
        half=answers.half,
        near=answers.near,
        skip=days_near(same, visit_type.min_clear_days),  # not offered, but bookable
        nurse_id=answers.nurse_id or (nurses[-1] if nurses else None),
        room_id=answers.seek_room,
        within=answers.within,
        days=answers.days or DAYS_AHEAD,
    )


def seek_for(records: ScheduleRecords, now: datetime, seen: Look) -> Seek:
    """What free time is looked for, for a booking as it stands."""
    if seen.type is None:
        raise ValueError("no type is chosen yet")
    return _seek(records.setup(), now, seen, seen.type)


def _cleared_from(setup: Setup, found: Look, visit_type: VisitType, now: datetime) -> int:
    """UTC minute from which a treatment may be: after the booked consultation that will clear for it."""
    known, today = found.about, local_day(now, setup.clinic.zone)
    if known is None or not visit_type.is_treatment or known.cleared_until(visit_type.modality, today):
        return 0
    return min((one.end for one in known.consultations_ahead(setup, instant_minute(now))), default=0)


def _in_order_from(found: Look) -> int:
    """UTC minute after the visits of the course that come before this one."""
    stand = _stand(found)
    before = [one.end for one in stand.visits if (one.course_no or 0) < (found.open_no or 0)] if stand else []
    return max(before, default=0)


def _plan(setup: Setup, found: Look, visit_type: VisitType, at: WallTime) -> GoingHomePlan | None:
    if found.answers.driver_answered or found.about is None:
        return found.answers.plan
    offer = proposed(setup, visit_type, at, found.about.drivers)
    return offer.plan if offer else None


def _wish(found: Look, visit_type: VisitType, at: WallTime, choice: Choice) -> Wish:
    return Wish(
        found.answers.patient_id or 0,
        visit_type.code,
        at.day,
        at.minute,
        at.fold,
        choice.room_id,
        choice.nurse_id,
        choice.prescriber_id,
        choice.therapist_id,
        choice.phase_staff,
        found.plan,
        found.answers.note,
    )


def _namesakes(records: ScheduleRecords, patient: Patient, day: date) -> tuple[Namesake, ...]:
    """Who else comes that day with a similar name, the closest first."""
    visits = {
        one.patient_id: one
        for one in reversed(records.visits_on(day, day))
        if one.state not in NEVER_CAME and one.patient_id != patient.id
    }
    if not visits:
        return ()
    others = {one.id: one for one in records.find(Patient, id=sorted(visits))}
    named = [NamedPerson(one.id, one.given_name, one.family_name) for one in (patient, *others.values())]
    pairs = [pair for pair in similar(named) if patient.id in (pair.one, pair.other)]
    found = []
    for pair in sorted(pairs, key=lambda one: one.similarity):
        other = pair.other if pair.one == patient.id else pair.one
        found.append(Namesake(others[other], visits[other], pair.similarity))
    return tuple(found)
