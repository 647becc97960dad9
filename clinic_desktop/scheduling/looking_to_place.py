"""The to-place list: running courses with visits that have no time, from a part that was booked, or because
a visit was cancelled, missed, or ended without a treatment.
"""

from dataclasses import dataclass

from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.looking_patient import CourseStand, course_stand
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.ports import ScheduleStore

LONGEST = 60  # visits of the longest course


@dataclass(frozen=True, slots=True)
class ToPlace:
    """A patient's course with open visits."""

    patient: Patient
    stand: CourseStand


def waits_for_time(store: ScheduleStore, course_id: int, number: int) -> bool:
    """Whether this visit of a running course has no time (again, or still)."""
    with store.read() as records:
        course = records.get(Course, course_id)
        return (
            course.state == "running"
            and number
            in course_stand(records.setup(), course, records.find(Visit, course_id=course_id)).missing
        )


def to_place_list(store: ScheduleStore) -> list[ToPlace]:
    """Those whose last visit lies furthest back first: they wait the longest."""
    with store.read() as records:
        courses = records.find(Course, state="running", to_place=list(range(1, LONGEST + 1)))
        if not courses:
            return []
        setup = records.setup()
        visits = records.find(Visit, course_id=[one.id for one in courses])
        people = {
            one.id: one for one in records.find(Patient, id=sorted({one.patient_id for one in courses}))
        }
    stands = [course_stand(setup, one, visits) for one in courses]
    open_ones = [
        ToPlace(people[one.course.patient_id], one)
        for one in stands
        if one.missing and people[one.course.patient_id].death_date is None
    ]
    return sorted(open_ones, key=lambda one: max((v.start for v in one.stand.visits), default=0))
