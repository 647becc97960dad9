"""What ``check`` looks at in the courses: that the to-place list counts what the visits say."""

from collections.abc import Iterator

from sqlalchemy import select

from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.open_visits import open_numbers
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.check_visits import Records
from clinic_desktop.storage.tables import course, visit


def counts(records: Records) -> Iterator[str]:
    """Courses that count other visits to place than their visits leave open."""
    mine: dict[int, list[tuple[int | None, VisitState]]] = {}
    query = select(visit.c.course_id, visit.c.course_no, visit.c.state).where(visit.c.course_id.is_not(None))
    for row in records.connection.execute(query):
        mine.setdefault(row.course_id, []).append((row.course_no, row.state))
    for found in records.connection.execute(select(course).order_by(course.c.id)).mappings():
        there = Course(**found)
        visits = [Visit(course_no=no, state=state) for no, state in mine.get(there.id, [])]
        left = len(open_numbers(there.planned, visits))
        if left != there.to_place:
            yield f"Course {there.id} counts {there.to_place} to place; its visits leave {left} open."
