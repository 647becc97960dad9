"""One visit with what a panel about it needs, read in one snapshot off the GUI thread."""

from dataclasses import dataclass
from datetime import datetime

from clinic_desktop.foundation.clock import instant_minute, local_day
from clinic_desktop.scheduling.looking_patient import About, about
from clinic_desktop.scheduling.model import Course, GoingHomeProfile, Visit, VisitType
from clinic_desktop.scheduling.open_visits import STOPPED
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.states import PLANNED
from clinic_desktop.scheduling.way_home import driver_word
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.session import standing


@dataclass(frozen=True, slots=True)
class VisitRead:
    """coming: planned visits from now on for which the same driver could count, this one among them.

    word: missing, named, confirmed or here; empty where nobody is asked for.
    """

    visit: Visit
    type: VisitType
    about: About
    profile: GoingHomeProfile | None
    course: Course | None
    coming: tuple[Visit, ...]
    word: str

    @property
    def goes_on(self) -> bool:
        """Whether it is of a course that was not stopped."""
        return self.course is not None and self.course.state != STOPPED


def read_visit(store: ScheduleStore, visit_id: int, now: datetime) -> VisitRead:
    """Raises :class:`NotFound` when there is no such visit."""
    with store.read() as records:
        setup = records.setup()
        visit = records.get(Visit, visit_id)
        visit_type = setup.type_by_id(visit.type_id)
        profile = setup.profile_of(visit_type)
        session = standing(records.find(Stamp, visit_id=visit_id))
        return VisitRead(
            visit=visit,
            type=visit_type,
            about=about(records, visit.patient_id, local_day(now, setup.clinic.zone)),
            profile=profile,
            course=records.get(Course, visit.course_id) if visit.course_id else None,
            coming=_coming(records.find(Visit, patient_id=visit.patient_id), visit, now),
            word=driver_word(visit, profile, here=session.driver_here),
        )


def _coming(visits: list[Visit], visit: Visit, now: datetime) -> tuple[Visit, ...]:
    """The rest of its course; a visit outside a course stands alone."""
    after = instant_minute(now)
    mine = [
        one
        for one in visits
        if one.id == visit.id
        or (
            visit.course_id is not None
            and one.course_id == visit.course_id
            and one.state in PLANNED
            and one.start >= after
        )
    ]
    return tuple(sorted(mine, key=lambda one: one.start))
