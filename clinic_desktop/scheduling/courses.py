"""Booking a whole course: a record that owns it, and real visits. All, or what the person chose of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.scheduling.booking import Booked, Wish, draft
from clinic_desktop.scheduling.model import Course, CourseTemplate, Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.settle import settle
from clinic_desktop.scheduling.states import NEVER_CAME, VisitState
from clinic_desktop.security.rights import Right, require


@dataclass(frozen=True, slots=True)
class CourseWish:
    """The visits of a course, (number in the course from 1, wish). Fewer than the template plans means
    that the person chose to book those; the rest goes on the to-place list."""

    template: CourseTemplate
    visits: Sequence[tuple[int, Wish]]
    note: str = ""


def book_course(store: ScheduleStore, actor: Actor, wish: CourseWish, override: str = "") -> Booked:
    """Book the visits of a course in one transaction: all of them or none."""
    require(actor, Right.BOOK)
    planned = len(wish.template.type_codes)
    _check_numbers(wish.visits, planned)
    with store.write(actor) as unit:
        unit.because(override)
        unit.lock_days([one.day for _, one in wish.visits])
        course = unit.add(
            Course(
                patient_id=wish.visits[0][1].patient_id,
                template_code=wish.template.code,
                name=wish.template.name,
                planned=planned,
                to_place=planned - len(wish.visits),
                note=wish.note,
            )
        )
        return _settled(unit, course, wish.visits, override)


def place_rest(
    store: ScheduleStore,
    actor: Actor,
    course: Course,
    visits: Sequence[tuple[int, Wish]],
    override: str = "",
) -> Booked:
    """Book visits of a course that still wait for a time; ``course`` as the screen showed it."""
    require(actor, Right.BOOK)
    _check_numbers(visits, course.planned)
    with store.write(actor) as unit:
        unit.because(override)
        unit.lock_days([one.day for _, one in visits])
        there = standing_numbers(unit.find(Visit, course_id=course.id))
        for number, _ in visits:
            if number in there:
                raise BadInput({"visit": f"Visit {number} of this course has its time already."})
        left = course.planned - len(there | {number for number, _ in visits})
        return _settled(unit, unit.save(replace(course, to_place=left)), visits, override)


def _check_numbers(visits: Sequence[tuple[int, Wish]], planned: int) -> None:
    """Each visit to be booked is another one of the course's."""
    numbers = [number for number, _ in visits]
    if not numbers:
        raise BadInput({"visits": "No visit of the course has a time yet. Pick at least one."})
    if strange := [one for one in numbers if not 0 < one <= planned or numbers.count(one) > 1]:
        raise BadInput({"visit": f"This course has {planned} visits, and {strange[0]} is none of them or "
                                 "is there twice. Pick the time for one that is still open."})  # fmt: skip


def standing_numbers(visits: Iterable[Visit]) -> frozenset[int]:
    """The numbers of a course that have their visit. One that never took place, or ended without a
    treatment, leaves its number open."""
    return frozenset(
        one.course_no
        for one in visits
        if one.course_no is not None
        and one.state not in NEVER_CAME
        and one.state is not VisitState.NOT_TREATED
    )


def _settled(unit: ScheduleUnit, course: Course, visits: Sequence[tuple[int, Wish]], override: str) -> Booked:
    setup = unit.setup()
    drafts = [replace(draft(setup, one), course_id=course.id, course_no=number) for number, one in visits]
    written, warnings = settle(unit, drafts, override)
    return Booked(tuple(written), tuple(warnings), unit.commit())
