"""Booking a whole course: a record that owns it, and real visits. All, or what the person chose of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import BadInput, Refusal, StaleEdit
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.beside import beside
from clinic_desktop.scheduling.booking import Booked, Wish, draft
from clinic_desktop.scheduling.model import Course, CourseTemplate, OwnCourse, Setup, Visit
from clinic_desktop.scheduling.open_visits import count_open, open_numbers, standing_numbers
from clinic_desktop.scheduling.own_course import named_for, own_problems, own_template, template_of
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.rules import COURSE_EMPTY, COURSE_NUMBER, PLACED_ALREADY, ahead_from
from clinic_desktop.scheduling.settle import settle
from clinic_desktop.security.rights import Right, require

Settled = tuple[list[Visit], list[Finding]]  # the visits as they stand, and the warnings


@dataclass(frozen=True, slots=True)
class CourseWish:
    """The visits of a course, (number in the course from 1, wish). Fewer than the template plans means
    that the person chose to book those; the rest goes on the to-place list. own: where the course is
    this patient's own, besides the template. beside: whoever books knows of the visits of the same
    treatment that are to come."""

    template: CourseTemplate
    visits: Sequence[tuple[int, Wish]]
    note: str = ""
    own: OwnCourse = field(default_factory=OwnCourse)
    beside: bool = False


def book_course(store: ScheduleStore, actor: Actor, wish: CourseWish, override: str = "") -> Booked:
    """Book the visits of a course in one transaction: all of them or none. Refused with what is to be known
    of a course of the same treatment that runs, until the wish says that it is."""
    require(actor, Right.BOOK)
    planned = wish.own.visits or len(wish.template.type_codes)
    _check_numbers(wish.visits, planned)
    with store.write(actor) as unit:
        _check_own(unit.setup(), wish.template, wish.own)
        unit.because(override)
        unit.lock_days([one.day for _, one in wish.visits])
        _check_beside(unit, wish)
        drafts = _drafts(unit, wish.visits)
        course = unit.add(
            Course(
                patient_id=wish.visits[0][1].patient_id,
                template_code=wish.template.code,
                name=own_template(wish.template, wish.own).name,
                planned=planned,
                to_place=len(open_numbers(planned, drafts)),
                note=wish.note,
                own=wish.own,
            )
        )
        written, warnings = _counted(unit, course, _settled(unit, course, drafts, override))
        return Booked(written, warnings, unit.commit())


def place_rest(
    store: ScheduleStore,
    actor: Actor,
    course: Course,
    visits: Sequence[tuple[int, Wish]],
    override: str = "",
    sharing: Collection[int] = (),
) -> Booked:
    """Book visits of a course that still wait for a time; ``course`` as the screen showed it, with what it
    has of its own from now on."""
    require(actor, Right.BOOK)
    _check_numbers(visits, course.planned)
    with store.write(actor) as unit:
        unit.because(override)
        unit.lock_days([one.day for _, one in visits])
        written, warnings = placed_rest(unit, course, visits, override, sharing)
        return Booked(written, warnings, unit.commit())


def change_course(store: ScheduleStore, actor: Actor, course: Course) -> Booked:
    """Keep what a running course has of its own where no visit is left to place."""
    require(actor, Right.BOOK)
    with store.write(actor) as unit:
        _changed(unit, unit.hold(Course, course.id), course)
        count_open(unit, course.id)
        return Booked((), (), unit.commit())


def placed_rest(
    unit: ScheduleUnit,
    course: Course,
    visits: Sequence[tuple[int, Wish]],
    override: str = "",
    sharing: Collection[int] = (),
) -> tuple[tuple[Visit, ...], tuple[Finding, ...]]:
    """The same inside a transaction that has locked the days."""
    before = unit.hold(Course, course.id)
    there = standing_numbers(unit.find(Visit, course_id=course.id))
    for number, _ in visits:
        if number in there:
            raise BadInput({"visit": Finding(PLACED_ALREADY, {"number": number})})
    before = _changed(unit, before, course)
    return _counted(unit, before, _settled(unit, before, _drafts(unit, visits), override, sharing))


def _changed(unit: ScheduleUnit, before: Course, course: Course) -> Course:
    """The course with what it has of its own now."""
    if before.version != course.version:
        raise StaleEdit("course", course.id)
    if (before.own, before.planned) == (course.own, course.planned):
        return before
    setup = unit.setup()
    template = template_of(setup, course.template_code)
    if template is not None:
        numbers = standing_numbers(unit.find(Visit, course_id=course.id))
        counted = replace(course.own, visits=course.planned)
        _check_own(setup, template, counted, max(numbers, default=0))
    name = named_for(before.name, before.planned, course.planned)
    return unit.save(replace(before, name=name, own=course.own, planned=course.planned))


def _check_beside(unit: ScheduleUnit, wish: CourseWish) -> None:
    if wish.beside:
        return
    patient = unit.get(Patient, wish.visits[0][1].patient_id)
    setup, now = unit.setup(), instant_minute(unit.at)
    coming = unit.visits_from(patient.id, ahead_from(now, setup.clinic.zone))
    if found := beside(setup, patient, coming, wish.template, now):
        raise Refusal(found)


def _check_own(setup: Setup, template: CourseTemplate, own: OwnCourse, booked: int = 0) -> None:
    if problems := own_problems(setup, template, own, booked):
        raise BadInput(problems)


def _check_numbers(visits: Sequence[tuple[int, Wish]], planned: int) -> None:
    """Each visit to be booked is another one of the course's."""
    numbers = [number for number, _ in visits]
    if not numbers:
        raise BadInput({"visits": Finding(COURSE_EMPTY)})
    if strange := [one for one in numbers if not 0 < one <= planned or numbers.count(one) > 1]:
        raise BadInput({"visit": Finding(COURSE_NUMBER, {"planned": planned, "number": strange[0]})})


def _drafts(unit: ScheduleUnit, visits: Sequence[tuple[int, Wish]]) -> list[Visit]:
    setup = unit.setup()
    return [replace(draft(setup, one), course_no=number) for number, one in visits]


def _settled(
    unit: ScheduleUnit,
    course: Course,
    drafts: Sequence[Visit],
    override: str,
    sharing: Collection[int] = (),
) -> Settled:
    return settle(unit, [replace(one, course_id=course.id) for one in drafts], override, sharing)


def _counted(
    unit: ScheduleUnit, course: Course, settled: Settled
) -> tuple[tuple[Visit, ...], tuple[Finding, ...]]:
    """The end of it: what waits is counted, and every visit has its number by its place in time."""
    written, warnings = settled
    count_open(unit, course.id)
    return tuple(unit.get(Visit, one.id) for one in written), tuple(warnings)
