"""Which visits of a course have no time, the count of them that the course keeps, and the numbers of those
that have one, which follow the order of time.

Both follow from the visits, always in the same way, so that they cannot drift: whoever changes when a
visit is or whether it stands lets the course be counted again in the same transaction.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import count, islice

from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.ports import ScheduleUnit
from clinic_desktop.scheduling.states import NEVER_CAME, VisitState

STOPPED = "stopped"  # the state of a course of which nothing more is planned


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


def waiting_numbers(course: Course, visits: Iterable[Visit]) -> tuple[int, ...]:
    """The numbers that are to be placed: of a course that was stopped none."""
    return () if course.state == STOPPED else open_numbers(course.planned, visits)


def numbered(visits: Iterable[Visit]) -> list[Visit]:
    """The visits of a course that stand, by time, with their numbers in the same order.

    A visit that is made up late takes the next place in time, those after the one it replaces move up.
    Two that have one number, because one came to stand again, get one of their own each.
    """
    standing = sorted(
        (one for one in visits if one.course_no is not None and stands(one)),
        key=lambda one: (one.start, one.id),
    )
    numbers = {one.course_no or 0 for one in standing}
    free = (no for no in count(min(numbers, default=1)) if no not in numbers)
    numbers |= set(islice(free, len(standing) - len(numbers)))
    return [replace(one, course_no=no) for one, no in zip(standing, sorted(numbers), strict=True)]


def count_open(unit: ScheduleUnit, course_id: int | None) -> None:
    """Number the course's visits by time and count anew what waits on the to-place list, after a visit of
    the course was written.

    Two desks may settle visits of one course at once, on different days: the course is held before its
    visits are looked at, so that the second counts what the first has written.
    """
    if course_id is None:
        return
    course = unit.hold(Course, course_id)
    visits = {one.id: one for one in unit.find(Visit, course_id=course_id)}
    for one in numbered(visits.values()):
        if one.course_no != visits[one.id].course_no:
            visits[one.id] = unit.save(one)
    left = len(waiting_numbers(course, visits.values()))
    if left != course.to_place:
        unit.save(replace(course, to_place=left))
