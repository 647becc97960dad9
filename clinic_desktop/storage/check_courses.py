"""What ``check`` looks at in the courses: that the to-place list counts what the visits say, and that numbers
follow the order of time."""

from collections.abc import Iterator

from sqlalchemy import select

from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.open_visits import numbered, waiting_numbers
from clinic_desktop.storage.check_visits import Records
from clinic_desktop.storage.tables import course, visit


def counts(records: Records) -> Iterator[str]:
    """Courses that count other visits to place than their visits leave open, or number them out of order."""
    mine: dict[int, list[Visit]] = {}
    asked = (visit.c.id, visit.c.course_id, visit.c.course_no, visit.c.state, visit.c.start)
    for row in records.connection.execute(select(*asked).where(visit.c.course_id.is_not(None))):
        made = Visit(id=row.id, course_no=row.course_no, state=row.state, start=row.start)
        mine.setdefault(row.course_id, []).append(made)
    for found in records.connection.execute(select(course).order_by(course.c.id)).mappings():
        there = Course(**found)
        visits = mine.get(there.id, [])
        left = len(waiting_numbers(there, visits))
        if left != there.to_place:
            yield f"Course {there.id} counts {there.to_place} to place; its visits leave {left} open."
        by_id = {one.id: one.course_no for one in visits}
        if any(one.course_no != by_id[one.id] for one in numbered(visits)):
            yield f"The visits of course {there.id} are not numbered in the order of time."
