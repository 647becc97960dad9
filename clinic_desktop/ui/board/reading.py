"""Reading the days that a board shows. Called off the GUI thread; answers plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import HERE
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import standing

_SEEN = (StampKind.ARRIVED, StampKind.DRIVER_SEEN)


@dataclass(frozen=True, slots=True)
class BoardVisit:
    """A visit with what a board says about it. ``planned``: visits of its course, 0 without one."""

    visit: Visit
    patient: Patient
    planned: int = 0
    arrived_at: datetime | None = None
    driver_here: bool = False


@dataclass(frozen=True, slots=True)
class DayRead:
    """One day as it was read, by time."""

    day: date
    visits: tuple[BoardVisit, ...] = ()


def read_days(store: ScheduleStore, first: date, last: date) -> dict[date, DayRead]:
    """Every day from ``first`` to ``last``, both included, the empty ones too."""
    with store.read() as records:
        rows = board_visits(records, records.visits_on(first, last))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {day: DayRead(day, tuple(row for row in rows if row.visit.day == day)) for day in days}


def board_visits(records: ScheduleRecords, visits: Sequence[Visit]) -> list[BoardVisit]:
    """Visits with their patients, courses, and who is here."""
    if not visits:
        return []
    patients = {one.id: one for one in records.find(Patient, id=_ids(v.patient_id for v in visits))}
    courses = _ids(v.course_id for v in visits)
    planned = {one.id: one.planned for one in records.find(Course, id=courses)} if courses else {}
    seen = _seen(records, [v.id for v in visits if v.state in HERE])
    return [
        BoardVisit(
            visit,
            patients[visit.patient_id],
            planned.get(visit.course_id or 0, 0),
            seen.get((visit.id, StampKind.ARRIVED)),
            (visit.id, StampKind.DRIVER_SEEN) in seen,
        )
        for visit in visits
    ]


def _seen(records: ScheduleRecords, visits: Sequence[int]) -> dict[tuple[int, StampKind], datetime]:
    if not visits:
        return {}
    by_visit: dict[int, list[Stamp]] = {}
    for stamp in records.find(Stamp, visit_id=visits):
        by_visit.setdefault(stamp.visit_id, []).append(stamp)
    return {
        (visit, one.kind): one.at
        for visit, stamps in by_visit.items()
        for one in standing(stamps).all_of(*_SEEN)
        if one.at is not None
    }


def _ids(ids: Iterable[int | None]) -> list[int]:
    return sorted({one for one in ids if one is not None})
