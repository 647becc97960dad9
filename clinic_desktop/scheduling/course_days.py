"""The days that make a course, as they are counted: plain rows, many at once."""

from datetime import date
from typing import NamedTuple


class CourseDay(NamedTuple):
    """A visit in which a treatment was given, or else one that took place without."""

    patient_id: int
    type_id: int
    day: date
    given: bool
