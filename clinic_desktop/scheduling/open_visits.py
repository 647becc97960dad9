"""Which visits of a course have no time, and the count of them that the course keeps.

The count follows from the visits, always in the same way, so that it cannot drift: whoever changes
whether a visit stands lets it be counted again in the same transaction.
"""

from collections.abc import Iterable
from dataclasses import replace

from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.ports import ScheduleUnit
from clinic_desktop.scheduling.states import NEVER_CAME, VisitState


def stands(visit: Visit) -> bool:
    """Whether a visit has its number. One that never took place, or ended without a treatment, leaves
    it open."""
    return visit.state not in NEVER_CAME and visit.state is not VisitState.NOT_TREATED


def standing_numbers(visits: Iterable[Visit]) -> frozenset[int]:
    """The numbers of a course that have their visit."""
    return frozenset(one.course_no for one in visits if one.course_no is not None and stands(one))


def open_numbers(planned: int, visits: Iterable[Visit]) -> tuple[int, ...]:
    """The numbers of a course that wait for a time, from all its visits, those that came to nothing too.

    Numbers before the first that was ever booked here are no open visits: they took place before the
    clinic wrote the course down in this program.
    """
    mine = list(visits)
    there = standing_numbers(mine)
    begin = min((one.course_no or 1 for one in mine), default=1)
    return tuple(no for no in range(begin, planned + 1) if no not in there)


def count_open(unit: ScheduleUnit, course_id: int | None) -> None:
    """Count anew what waits on the to-place list, after a visit of the course was written.

    Two desks may settle visits of one course at once, on different days: the course is held before its
    visits are looked at, so that the second counts what the first has written.
    """
    if course_id is None:
        return
    course = unit.hold(Course, course_id)
    left = len(open_numbers(course.planned, unit.find(Visit, course_id=course_id)))
    if left != course.to_place:
        unit.save(replace(course, to_place=left))
