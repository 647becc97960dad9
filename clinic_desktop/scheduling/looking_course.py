"""Planning a course before anything is booked: the best placing, why each visit is where it is, and what
the rules say. A course that is running already is planned on around the visits that stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import WallTime, instant_minute, local_day
from clinic_desktop.foundation.errors import BadInput, NotFound
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import UsualDriver
from clinic_desktop.scheduling.availability import Availability, Options
from clinic_desktop.scheduling.beside import beside
from clinic_desktop.scheduling.booking import Booked, Wish
from clinic_desktop.scheduling.courses import CourseWish, book_course, change_course, place_rest
from clinic_desktop.scheduling.looking_check import check
from clinic_desktop.scheduling.looking_drivers import plan_of
from clinic_desktop.scheduling.looking_patient import About, CourseStand, about, days_near
from clinic_desktop.scheduling.masks import timeline
from clinic_desktop.scheduling.model import CourseTemplate, GoingHomePlan, OwnCourse, Setup, VisitType
from clinic_desktop.scheduling.needs import need_of
from clinic_desktop.scheduling.openings import places_for
from clinic_desktop.scheduling.own_course import (
    as_template,
    own_problems,
    own_template,
    planned_visits,
    template_of,
)
from clinic_desktop.scheduling.planner import plan
from clinic_desktop.scheduling.planner_alternatives import Alternative, Instead, alternatives, later_day
from clinic_desktop.scheduling.planner_days import can_fetch
from clinic_desktop.scheduling.planner_earlier import why_not_earlier
from clinic_desktop.scheduling.planner_model import Cadence, CourseRequest, Pin, Placed, Plan, cadence_of
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.security.rights import Right, require

START_WITHIN = 28  # days in which the first visit is looked for


@dataclass(frozen=True, slots=True)
class CoursePlanWish:
    """What is asked of a plan.

    course_id: a running course whose open visits are placed; template_code is not looked at then.
    clock None: the best common time. drivers: who may fetch, with their days and times; they bind
    before all. way_home: how the patient goes home where no such driver does. relaxed: without limits
    on the length of the course and of its gaps. half, soonest, skipped: as the planner takes them. given_up:
    days on which the patient cannot come. late: open visits of a running course come after all that
    stand; the plan turns to it by itself where they fit nowhere between, with the pins numbered anew.
    own: where the course differs from its template for this patient; None: as the running course has it.
    """

    patient_id: int
    template_code: str
    earliest: date
    clock: int | None = None
    weekdays: frozenset[int] = frozenset()
    nurse_id: int | None = None
    drivers: tuple[UsualDriver, ...] = ()
    way_home: GoingHomePlan | None = None
    pins: tuple[Pin, ...] = ()
    course_id: int | None = None
    relaxed: bool = False
    late: bool = False
    half: str = ""
    soonest: bool = False
    skipped: frozenset[int] = frozenset()
    given_up: frozenset[date] = frozenset()
    own: OwnCourse | None = None


@dataclass(frozen=True, slots=True)
class PlannedCourse:
    """A plan and what it rests on.

    template: as this patient has it. homes and findings are by the visit's number: how the patient goes
    home, and what the rules say.
    stand: the running course that is planned on. others: the same course at another time, on other days.
    base: the template as it was made. beside: what to know of another course of the treatment, before.
    not_earlier: why it begins no earlier, where that is long.
    """

    wish: CoursePlanWish
    about: About
    template: CourseTemplate
    request: CourseRequest
    plan: Plan
    homes: Mapping[int, GoingHomePlan | None] = field(default_factory=dict)
    findings: Mapping[int, tuple[Finding, ...]] = field(default_factory=dict)
    stand: CourseStand | None = None
    others: Mapping[Instead, "PlannedCourse"] = field(default_factory=dict)
    base: CourseTemplate = field(default_factory=CourseTemplate)
    beside: tuple[Finding, ...] = ()
    not_earlier: tuple[Finding, ...] = ()

    @property
    def count(self) -> int:
        """How many visits were to be placed."""
        return len(self.plan.placed) + len(self.plan.unplaced)

    @property
    def own(self) -> OwnCourse:
        """What the course keeps of its own when this is booked, the wishes for its days and times too."""
        wish = self.wish
        asked = wish.own or (self.stand.course.own if self.stand else OwnCourse())
        asked = replace(asked, weekdays=wish.weekdays, clock=wish.clock, half=wish.half)
        return as_template(self.base, asked)

    @property
    def changes_only(self) -> bool:
        """Whether no visit is left to place, but the running course is another than it was."""
        stands = (one.course.own for one in self.about.courses if one.course.id == self.wish.course_id)
        return not self.count and next(stands, self.own) != self.own

    def visit_type(self, no: int) -> VisitType:
        """The type of one visit of the course."""
        return self.request.types[no - 1]


def plan_course(store: ScheduleStore, now: datetime, wish: CoursePlanWish) -> PlannedCourse:
    """The best plan, or that of the largest part that fits. :class:`NotFound` when the template is gone,
    :class:`BadInput` when the course cannot be so for any patient."""
    with store.read() as records:
        setup = records.setup()
        known = about(records, wish.patient_id, local_day(now, setup.clinic.zone))
        stand = _own_stand(setup, wish, known)
        planned, free = _best_round(records, now, wish, known, stand)
        if stand is not None and stand.given_up and not planned.plan.whole:
            # Rather the day that was cancelled or missed than none.
            again, free_again = _best_round(records, now, wish, known, replace(stand, given_up=frozenset()))
            if len(again.plan.placed) > len(planned.plan.placed):
                planned, free = again, free_again
        found = alternatives(free, planned.request, planned.plan)
        others = {one.instead: _other(records, now, planned, one) for one in found}
        why = why_not_earlier(free, planned.request, planned.plan)
        return replace(_heard(records, now, planned), others=others, not_earlier=why)


def _best_round(
    records: ScheduleRecords, now: datetime, wish: CoursePlanWish, known: About, stand: CourseStand | None
) -> tuple[PlannedCourse, Availability]:
    """The best plan among the visits that stand, or after them where more fit there; and what was free."""
    open_stand = stand.made_up_late() if stand and wish.late else stand
    planned, free = _planned(records, now, wish, known, open_stand)
    if stand is None or wish.late or not _held_up(planned, stand):
        return planned, free
    late = stand.made_up_late()
    after, free_after = _planned(records, now, _late(wish, stand, late), known, late)
    more = len(after.plan.placed) > len(planned.plan.placed)
    return (after, free_after) if more else (planned, free)


def _own_stand(setup: Setup, wish: CoursePlanWish, known: About) -> CourseStand | None:
    """The running course as it is to be from now on; what cannot be is said."""
    stand = next((one for one in known.courses if one.course.id == wish.course_id), None)
    template = template_of(setup, stand.course.template_code if stand else wish.template_code)
    if wish.own is None or template is None:
        return stand
    own, booked = wish.own, 0
    if stand is not None:
        own = replace(own, visits=planned_visits(template, stand.course, own))
        booked = max((one.course_no or 0 for one in stand.visits), default=0)
    if problems := own_problems(setup, template, own, booked):
        raise BadInput(problems)
    return stand and stand.with_own(setup, wish.own)


def next_free_day(store: ScheduleStore, planned: PlannedCourse, no: int) -> Pin | None:
    """The next day after the one that a visit is planned for on which it can be, beside the others as they
    are; at its common time, or else as near to that as can be. None when the window holds no other."""
    with store.read() as records:
        request = planned.request
        free = free_for(records, records.setup(), request, request.base, request.days)
        return later_day(free, request, planned.plan, no)


def _heard(records: ScheduleRecords, now: datetime, planned: PlannedCourse) -> PlannedCourse:
    """With what the rules say of each visit."""
    wishes = _wishes(planned)
    said = check(records, now, [one for _, one in wishes])
    return replace(planned, findings={no: some for (no, _), some in zip(wishes, said, strict=True)})


def _other(
    records: ScheduleRecords, now: datetime, planned: PlannedCourse, one: Alternative
) -> PlannedCourse:
    setup, found = records.setup(), _to_be_placed(one.plan, planned.stand)
    homes = {place.no: _home(setup, planned.wish, one.request, place) for place in found.placed}
    return _heard(records, now, replace(planned, request=one.request, plan=found, homes=homes))


def _planned(
    records: ScheduleRecords, now: datetime, wish: CoursePlanWish, known: About, stand: CourseStand | None
) -> tuple[PlannedCourse, Availability]:
    """The best plan round the visits that stand, without what the rules say; and what was free for it."""
    setup = records.setup()
    base = _template(setup, wish, stand)
    template = (stand and stand.template) or own_template(base, wish.own or OwnCourse())
    request = _request(setup, now, wish, known, template, stand)
    free = free_for(records, setup, request, request.base, request.days)
    found = _to_be_placed(plan(free, request), stand)
    homes = {one.no: _home(setup, wish, request, one) for one in found.placed}
    warned = beside(setup, known.patient, known.visits, base, instant_minute(now)) if stand is None else ()
    made = PlannedCourse(wish, known, template, request, found, homes, {}, stand, base=base, beside=warned)
    return made, free


def _held_up(planned: PlannedCourse, stand: CourseStand) -> bool:
    """Whether visits find no place before others that stand."""
    last = max((one.course_no or 0 for one in stand.visits), default=0)
    return any(one.no < last for one in planned.plan.unplaced)


def _late(wish: CoursePlanWish, stand: CourseStand, late: CourseStand) -> CoursePlanWish:
    """The wish for the same visits after all that stand."""
    numbers = dict(zip(stand.missing, late.missing, strict=True))
    return replace(wish, late=True, pins=tuple(replace(one, no=numbers[one.no]) for one in wish.pins))


def course_wish(planned: PlannedCourse, note: str = "") -> CourseWish:
    """The visits of a plan as they are booked."""
    return CourseWish(planned.base, _wishes(planned), note, planned.own, bool(planned.beside))


def book_planned(
    store: ScheduleStore, actor: Actor, planned: PlannedCourse, note: str = "", override: str = ""
) -> Booked:
    """Book every visit that the plan placed, in one transaction; the others wait on the to-place list."""
    require(actor, Right.BOOK)
    if planned.stand is not None:
        opens = dict(zip(planned.stand.missing, planned.stand.opens, strict=True))
        wishes = [(opens[no], one) for no, one in _wishes(planned)]
        course = replace(planned.stand.course, own=planned.own)
        if not wishes and planned.changes_only:
            return change_course(store, actor, course)
        return place_rest(store, actor, course, wishes, override)
    return book_course(store, actor, course_wish(planned, note), override)


def _to_be_placed(found: Plan, stand: CourseStand | None) -> Plan:
    """The plan of what has no time yet; how visits that stand lie to each other is no matter here."""
    if stand is None:
        return found
    return replace(found, unplaced=tuple(one for one in found.unplaced if one.no in stand.missing))


def _template(setup: Setup, wish: CoursePlanWish, stand: CourseStand | None) -> CourseTemplate:
    """The template that is planned by, as it was made."""
    code = stand.course.template_code if stand else wish.template_code
    found = template_of(setup, code)
    if found is None:
        raise NotFound("course template", code)
    return found


def _request(
    setup: Setup,
    now: datetime,
    wish: CoursePlanWish,
    known: About,
    template: CourseTemplate,
    stand: CourseStand | None,
) -> CourseRequest:
    types = tuple(setup.type_by_code(code) for code in template.type_codes)
    earliest = max(wish.earliest, local_day(now, setup.clinic.zone))
    until = known.cleared_until(types[0].modality, earliest)
    if until is None:
        earliest = max(earliest, _after_consultation(setup, known, now, earliest))
    cadence = cadence_of(template)
    own = {one.id for one in stand.visits} if stand else set()
    others = [one for one in known.of_modality(setup, types[0].modality) if one.id not in own]
    given_up = wish.given_up | (stand.given_up if stand else frozenset())
    pins = [one for one in wish.pins if one.no <= len(types)]  # the course may have become shorter
    return CourseRequest(
        cadence=Cadence(cadence.min_clear_days, None) if wish.relaxed else cadence,
        types=types,
        earliest=earliest,
        start_within=START_WITHIN,
        latest=until,
        excluded=days_near(others, cadence.min_clear_days) | given_up,
        weekdays=wish.weekdays,
        clock=wish.clock,
        drivers=wish.drivers,
        pins=tuple(sorted((*_booked(stand), *pins), key=lambda one: one.no)),
        options=Options(wish.patient_id, wish_nurse=wish.nurse_id, after=instant_minute(now)),
        half=wish.half,
        soonest=wish.soonest,
        skipped=wish.skipped,
    )


def _booked(stand: CourseStand | None) -> list[Pin]:
    """The visits that stand, as the planner takes them: they bind the others and are not looked at."""
    return [
        Pin(one.course_no, one.day, one.minute, one.fold, booked=True, nurse_id=one.nurse_id)
        for one in (stand.visits if stand else ())
        if one.course_no is not None
    ]


def _after_consultation(setup: Setup, known: About, now: datetime, earliest: date) -> date:
    """A patient who is still to be cleared can be treated from the day after the booked consultation."""
    ahead = [one.day for one in known.consultations_ahead(setup, instant_minute(now))]
    return min(ahead) + timedelta(days=1) if ahead else earliest


def free_for(
    records: ScheduleRecords, setup: Setup, request: CourseRequest, first: date, days: int
) -> Availability:
    """The free places of everything that the course's visits need, over some days."""
    line = timeline(first, days + 1, setup.clinic.zone)
    roster, cover = roster_for(setup), setup.policies.iv_cover
    needs = dict.fromkeys(need_of(one, cover) for one in dict.fromkeys(request.types))
    places = [place for need in needs for place in places_for(roster, need, request.options)]
    return Availability(roster, line, records.taken(list(dict.fromkeys(places)), line.start, line.end))


def _home(setup: Setup, wish: CoursePlanWish, request: CourseRequest, one: Placed) -> GoingHomePlan | None:
    """Whoever of the drivers can come when that visit is over."""
    need = need_of(request.types[one.no - 1], setup.policies.iv_cover)
    at = WallTime(one.day, one.minute, one.fold)
    able = [some for some in wish.drivers if can_fetch([some], need, one.day, at, setup.clinic.zone)]
    return plan_of(able[0]) if able else wish.way_home


def _wishes(planned: PlannedCourse) -> Sequence[tuple[int, Wish]]:
    return [
        (
            one.no,
            Wish(
                planned.wish.patient_id,
                one.type_code,
                one.day,
                one.minute,
                one.fold,
                one.room_id,
                one.nurse_id,
                one.prescriber_id,
                one.therapist_id,
                one.choice.phase_staff,
                planned.homes.get(one.no),
            ),
        )
        for one in planned.plan.placed
    ]
