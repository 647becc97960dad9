"""Clearances that end while treatments are still to come: a prescriber's task from four weeks ahead on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from clinic_desktop.people.clearances import RENEW_AHEAD, Stand, Standing, standings
from clinic_desktop.people.model import Clearance, Patient
from clinic_desktop.scheduling.model import Course, Setup, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.states import LIVE

R = TypeVar("R", Clearance, Visit, Course)
_ASK = (Standing.ENDS_SOON, Standing.ENDED)


@dataclass(frozen=True, slots=True)
class ToRenew:
    """A clearance that ends too early. ``visits``: the coming ones after its end, by time; ``to_place``:
    visits of a running course that have no time yet, and may come after it."""

    clearance: Clearance
    patient: str
    modality: str
    visits: tuple[Visit, ...] = ()
    to_place: int = 0


def to_renew(records: ScheduleRecords, today: date) -> list[ToRenew]:
    """Those that end within four weeks or ended in the last four, the earliest first. Nothing of the dead."""
    around = range(-RENEW_AHEAD.days, RENEW_AHEAD.days + 1)
    ends = records.find(Clearance, until=[today + timedelta(days=n) for n in around])
    if not ends:
        return []
    who = sorted({one.patient_id for one in ends})
    clearances = _of_each(records.find(Clearance, patient_id=who))
    visits = _of_each(records.find(Visit, patient_id=who))
    courses = _of_each(records.find(Course, patient_id=who, state="running"))
    out = []
    for patient in records.find(Patient, id=who):
        if patient.death_date is None:
            stands = standings(clearances[patient.id], today).values()
            theirs = visits.get(patient.id, []), courses.get(patient.id, [])
            out += [
                one for stand in stands if (one := _asked(records.setup(), patient, stand, *theirs, today))
            ]
    return sorted(out, key=lambda one: (one.clearance.until, one.patient, one.clearance.id))


def _asked(
    setup: Setup,
    patient: Patient,
    stand: Stand,
    visits: Sequence[Visit],
    courses: Iterable[Course],
    today: date,
) -> ToRenew | None:
    clearance = stand.clearance
    if stand.standing not in _ASK or clearance.until < today - RENEW_AHEAD:
        return None
    treats = {one.id for one in setup.types if one.modality == clearance.modality}
    after = [
        one
        for one in visits
        if one.type_id in treats and one.state in LIVE and one.day >= today and one.day > clearance.until
    ]
    open_ = sum(one.to_place for one in courses if _is_of(setup, one, clearance.modality, visits))
    if not after and not open_:
        return None
    name = setup.modality(clearance.modality).name
    return ToRenew(clearance, patient.name, name, tuple(sorted(after, key=lambda one: one.start)), open_)


def _is_of(setup: Setup, course: Course, modality: str, visits: Iterable[Visit]) -> bool:
    """Whether a course is of a treatment: by the visits that were ever booked, else by its template."""
    types = {one.type_id for one in visits if one.course_id == course.id}
    if types:
        return any(setup.type_by_id(one).modality == modality for one in types)
    template = next((one for one in setup.templates if one.code == course.template_code), None)
    codes = template.type_codes if template else ()
    return any(one.modality == modality for one in setup.types if one.code in codes)


def _of_each(records: Iterable[R]) -> dict[int, list[R]]:
    out: dict[int, list[R]] = {}
    for one in records:
        out.setdefault(one.patient_id, []).append(one)
    return out
