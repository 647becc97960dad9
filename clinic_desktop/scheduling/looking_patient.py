"""What is known of a patient when somebody books for them: courses, visits, drivers, the likely type."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from clinic_desktop.people.clearances import Standing, counting, standings
from clinic_desktop.people.model import Clearance, Patient
from clinic_desktop.scheduling.attendance import Attendance, attendance
from clinic_desktop.scheduling.cancelling import CancelReason
from clinic_desktop.scheduling.looking_drivers import DriverOffer, drivers_of
from clinic_desktop.scheduling.model import Course, CourseTemplate, OwnCourse, Setup, Visit, VisitType
from clinic_desktop.scheduling.open_visits import numbered, open_numbers, stands
from clinic_desktop.scheduling.own_course import own_template, planned_visits, template_of
from clinic_desktop.scheduling.pending import Pending, pending
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.rules import still_ahead
from clinic_desktop.scheduling.states import NEVER_CAME
from clinic_desktop.scheduling.undoing import UNDONE

LONG_AGO = timedelta(days=60)  # a course without a visit for so long suggests nothing any more
LIKELY = 4
COURSE, AGAIN = "course", "again"  # suggested by what they have, not by what they may have


@dataclass(frozen=True, slots=True)
class CourseStand:
    """A course with the visits that stand, by time, and the numbers that have none. template: as this
    patient has it.

    opens: the open numbers as the store has them, where ``missing`` says which they will be. given_up: the
    days that those had before they were cancelled or missed.
    """

    course: Course
    template: CourseTemplate | None
    visits: tuple[Visit, ...]
    missing: tuple[int, ...]
    opens: tuple[int, ...] = ()
    given_up: frozenset[date] = frozenset()

    @property
    def next_no(self) -> int | None:
        """The open number that is filled next: after the last that stands, else the first that is missing."""
        last = max((one.course_no or 0 for one in self.visits), default=0)
        return next((no for no in self.missing if no > last), self.missing[0] if self.missing else None)

    def number_at(self, no: int, start: int | None = None) -> int:
        """The number of the visit that fills the open ``no``, by its place in time: numbers follow time.
        ``start`` None: it comes after all that stand."""
        numbers = sorted({no, *(one.course_no or 0 for one in self.visits)})
        return numbers[sum(start is None or one.start <= start for one in self.visits)]

    def made_up_late(self) -> "CourseStand":
        """The same course with what is open after all that stands."""
        numbers = sorted({*self.missing, *(one.course_no or 0 for one in self.visits)})
        early = zip(self.visits, numbers, strict=False)
        return replace(
            self,
            visits=tuple(replace(one, course_no=no) for one, no in early),
            missing=tuple(numbers[len(self.visits) :]),
            opens=self.missing,
        )

    def with_own(self, setup: Setup, own: OwnCourse) -> "CourseStand":
        """The same course with other changes for this patient."""
        base = template_of(setup, self.course.template_code)
        if base is None:
            return self
        planned = planned_visits(base, self.course, own)
        there = [one.course_no or 0 for one in self.visits]
        begin = min((*there, *self.missing), default=1)
        missing = tuple(no for no in range(begin, planned + 1) if no not in there)
        template = own_template(base, replace(own, visits=planned))
        course = replace(self.course, planned=planned, own=own)
        return replace(self, course=course, template=template, missing=missing, opens=missing)

    def type_code(self, no: int) -> str:
        """The type of one visit; empty when the template is gone or shorter."""
        codes = self.template.type_codes if self.template else ()
        return codes[no - 1] if 0 < no <= len(codes) else ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The type that is probably wanted, and why: "course", "again", "cleared" or "new".

    course and no: the open number of a course that it would fill.
    """

    type_code: str
    why: str
    course: Course | None = None
    no: int | None = None


@dataclass(frozen=True, slots=True)
class About:
    """A patient as the booking desk needs to know them. visits: those that took or will take place;
    attendance: how they kept those of the last twelve months; pending: where they wait, what is parked."""

    patient: Patient
    clearances: tuple[Clearance, ...]
    visits: tuple[Visit, ...]
    courses: tuple[CourseStand, ...]
    drivers: tuple[DriverOffer, ...]
    suggestion: Suggestion
    attendance: Attendance
    pending: Pending = field(default_factory=Pending)

    def of_modality(self, setup: Setup, modality: str) -> list[Visit]:
        """The visits of a treatment, by time; none for no treatment."""
        kinds = {one.id for one in setup.types if modality and one.modality == modality}
        return [one for one in self.visits if one.type_id in kinds]

    def consultations_ahead(self, setup: Setup, now: int) -> list[Visit]:
        """The consultations that may still clear them. ``now`` in UTC minutes."""
        gives = {one.id for one in setup.types if one.gives_clearance}
        return [one for one in self.visits if one.type_id in gives and still_ahead(one, now)]

    def cleared_until(self, modality: str, day: date) -> date | None:
        """The last day of the clearance that counts on a day; None without one."""
        counts = counting(self.clearances, modality, day)
        return counts.until if counts else None


def about(records: ScheduleRecords, patient_id: int, today: date) -> About:
    """Everything at once, in the caller's snapshot."""
    setup = records.setup()
    patient = records.get(Patient, patient_id)
    clearances = tuple(records.find(Clearance, patient_id=patient_id))
    everything = sorted(records.find(Visit, patient_id=patient_id), key=lambda one: (one.start, one.id))
    visits = tuple(one for one in everything if one.state not in NEVER_CAME)
    courses = tuple(
        course_stand(setup, course, everything)
        for course in reversed(records.find(Course, patient_id=patient_id))
        if course.state == "running"
    )
    return About(
        patient=patient,
        clearances=clearances,
        visits=visits,
        courses=courses,
        drivers=drivers_of(patient, visits),
        suggestion=_suggestion(setup, clearances, visits, courses, today),
        attendance=attendance(everything, today, setup.policies),
        pending=pending(records, patient_id, everything),
    )


def course_stand(setup: Setup, course: Course, visits: Iterable[Visit]) -> CourseStand:
    """How a course stands, from the patient's (or its own) visits."""
    mine = [one for one in visits if one.course_id == course.id]
    base = template_of(setup, course.template_code)
    missing = open_numbers(course.planned, mine)
    return CourseStand(
        course,
        base and own_template(base, replace(course.own, visits=course.planned)),
        tuple(numbered(mine)),
        missing,
        missing,
        frozenset(one.day for one in mine if one.course_no in missing and _did_not_suit(one)),
    )


def _did_not_suit(visit: Visit) -> bool:
    """Whether its day was given up, and not only what somebody had entered by mistake."""
    return visit.state in NEVER_CAME and visit.end_reason not in (UNDONE, CancelReason.MISTAKE)


def days_near(visits: Iterable[Visit], clear_days: int) -> frozenset[date]:
    """The days of visits, and those beside them that are to stay clear."""
    reach = range(-clear_days, clear_days + 1)
    return frozenset(one.day + timedelta(days=n) for one in visits for n in reach)


def likely_types(setup: Setup, found: About | None) -> tuple[VisitType, ...]:
    """Up to four types worth a key of their own, the likeliest first."""
    current = [one for one in setup.types if one.current]
    codes = _likely_codes(setup, current, found)
    order = {code: n for n, code in enumerate(dict.fromkeys(codes))}
    likely = sorted((one for one in current if one.code in order), key=lambda one: order[one.code])
    return tuple(likely[:LIKELY])


def _likely_codes(setup: Setup, current: Sequence[VisitType], found: About | None) -> list[str]:
    talks = [one.code for one in current if one.gives_clearance]
    firsts = [code for one in setup.modalities if (code := _first_of(current, one.code))]
    if found is None:
        return [*firsts[:2], *talks, *firsts[2:]]
    suggested = setup.type_by_code(found.suggestion.type_code)
    same = [one.code for one in current if one.modality and one.modality == suggested.modality]
    standing = standings(found.clearances, date.max)  # also those that have ended: they may be renewed
    cleared = {code for code, stand in standing.items() if stand.standing is not Standing.WITHDRAWN}
    others = [
        code for one in setup.modalities if one.code in cleared and (code := _first_of(current, one.code))
    ]
    near = [suggested.code, *talks[-1:], *others, *same]
    return [*near, *talks, *firsts]


def _suggestion(
    setup: Setup,
    clearances: Sequence[Clearance],
    visits: Sequence[Visit],
    courses: Sequence[CourseStand],
    today: date,
) -> Suggestion:
    current = [one for one in setup.types if one.current]
    for one in courses:
        last = max((visit.day for visit in one.visits), default=today)
        no = one.next_no
        code = one.type_code(one.number_at(no)) if no is not None else ""
        if today - last <= LONG_AGO and _exists(current, code):
            return Suggestion(code, COURSE, one.course, no)
    treated = [one for one in visits if setup.type_by_id(one.type_id).is_treatment and stands(one)]
    if treated and (code := type_after(setup, treated[-1])):
        return Suggestion(code, AGAIN)
    held = [modality for modality, stand in standings(clearances, today).items() if stand.holds]
    first = next((code for one in held if (code := _first_of(current, one))), "")
    if first:
        return Suggestion(first, "cleared")
    talks = [one.code for one in current if one.gives_clearance] or [current[0].code]
    return Suggestion(talks[-1] if visits else talks[0], "new")


def type_after(setup: Setup, last: Visit) -> str:
    """What follows a treatment: what some course has after such a first one, else the same again; empty
    when the clinic has it no more."""
    code = setup.type_by_id(last.type_id).code
    for template in setup.templates:
        steps = template.steps
        if len(steps) > 1 and steps[0].type_code == code and steps[0].count == 1:
            code = steps[1].type_code
            break
    return code if _exists([one for one in setup.types if one.current], code) else ""


def _first_of(current: Sequence[VisitType], modality: str) -> str:
    return next((one.code for one in current if one.modality == modality), "")


def _exists(current: Sequence[VisitType], code: str) -> bool:
    return any(one.code == code for one in current)
