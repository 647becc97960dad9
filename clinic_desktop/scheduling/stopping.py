"""A course is stopped: one visit of it and all later ones are cancelled in one transaction, and nothing of it
waits for a time any more. What has begun or took place stays as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import StaleEdit, before_saving
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.business_days import cancelled_in_time_until
from clinic_desktop.scheduling.cancelling import CancelReason, Ending, ended_in
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.open_visits import STOPPED, count_open, numbered
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.rules import planned_only
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.security.rights import Right, require


@dataclass(frozen=True, slots=True)
class Stop:
    """What stopping a course from one visit on would do. cancelled: the visits that fall away, by time; late:
    those of them that it is too late to cancel in time; left: later ones that have begun or took place.

    seen: (id, version) of every visit that stands in the course.
    """

    visit_id: int
    patient: Patient
    course: Course
    seen: tuple[tuple[int, int], ...]
    cancelled: tuple[Visit, ...]
    late: frozenset[int]
    left: tuple[Visit, ...]

    @property
    def waiting(self) -> int:
        """Visits without a time, which fall away too."""
        return self.course.to_place


@dataclass(frozen=True, slots=True)
class Stopped:
    """The visits as they were cancelled, by time, and the news."""

    visits: tuple[Visit, ...]
    changes: Changes


def look_to_stop(store: ScheduleStore, now: datetime, visit_id: int) -> Stop | None:
    """What it would do; None where the visit is of no running course, or stands no more."""
    with store.read() as records:
        visit = records.get(Visit, visit_id)
        course = records.get(Course, visit.course_id) if visit.course_id else None
        if course is None or course.state == STOPPED:
            return None
        standing = numbered(records.find(Visit, course_id=course.id))
        minute, roster = instant_minute(now), roster_for(records.setup())
        cancelled, left = from_on(standing, visit_id, minute)
        if not cancelled:
            return None
        return Stop(
            visit_id,
            records.get(Patient, visit.patient_id),
            course,
            tuple((one.id, one.version) for one in standing),
            cancelled,
            frozenset(one.id for one in cancelled if minute >= cancelled_in_time_until(one, roster)),
            left,
        )


def from_on(
    standing: Iterable[Visit], visit_id: int, now: int
) -> tuple[tuple[Visit, ...], tuple[Visit, ...]]:
    """Of a course's visits that stand, by time: the visit and the later ones that are still ahead; and the
    later ones that are not, because the patient is here or their time has come. ``now`` in UTC minutes."""
    visits = list(standing)
    place = next((n for n, one in enumerate(visits) if one.id == visit_id), len(visits))
    mine, later = visits[place : place + 1], visits[place + 1 :]
    ahead = [one for one in later if planned_only(one, "cancelled") is None and one.start > now]
    return (*mine, *ahead), tuple(one for one in later if one not in ahead)


def stop_course(
    store: ScheduleStore, actor: Actor, stop: Stop, reason: CancelReason, note: str = ""
) -> Stopped:
    """Cancel the visit and all later ones, each as it would be alone, and plan nothing more of the course.

    Raises :class:`StaleEdit` when any visit of the course is other than it was shown, else what a
    cancellation raises; nothing is cancelled then.
    """
    require(actor, Right.CANCEL)
    with before_saving(), store.read() as records:
        days = {records.get(Visit, number).day for number, _ in stop.seen}
    with store.write(actor) as unit:
        unit.because(" ".join(part for part in (reason, note) if part))
        unit.lock_days(sorted(days))
        course = unit.hold(Course, stop.course.id)
        standing = numbered(unit.find(Visit, course_id=course.id))
        if course.state == STOPPED or {(one.id, one.version) for one in standing} != set(stop.seen):
            raise StaleEdit("course", course.id)
        cancelled, _ = from_on(standing, stop.visit_id, instant_minute(unit.at))
        endings = [Ending(one.id, one.version, VisitState.CANCELLED, reason, note) for one in cancelled]
        written = tuple(ended_in(unit, one) for one in endings)
        unit.save(replace(unit.get(Course, course.id), state=STOPPED))
        count_open(unit, course.id)
        return Stopped(written, unit.commit())
