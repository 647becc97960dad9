"""How the preparation sheets of a day stand: which are to be printed, on paper, or untrue by now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clinic_desktop.aftercare.day_sheets import STANDS, Standing
from clinic_desktop.aftercare.prepare import preparation_kind
from clinic_desktop.aftercare.preparing import Preparation, speaks_against_preparation
from clinic_desktop.aftercare.texts import text_for
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.states import PLANNED
from clinic_desktop.treatment.printed import SheetPrint, that_counts

_TO_PRINT = frozenset({Standing.READY, Standing.MADE, Standing.FAILED, Standing.UNTRUE})


@dataclass(frozen=True, slots=True)
class PreparationLine:
    """A visit to come and its last preparation sheet. job: what became of it at the printer. text: what is
    said of the text that would be printed, where it is not what the patient reads."""

    visit: Visit
    name: str
    type_name: str
    standing: Standing
    job: SheetPrint | None = None
    text: tuple[Finding, ...] = ()

    @property
    def to_print(self) -> bool:
        """Nobody can have one on paper that is true."""
        return self.standing in _TO_PRINT


def preparations_on(
    records: ScheduleRecords, first: date, last: date, now: datetime
) -> list[PreparationLine]:
    """The visits of some days for which their patients prepare, as they begin."""
    types = {one.id: one for one in records.setup().types if preparation_kind(one.sheet)}
    visits = [one for one in records.visits_on(first, last) if one.type_id in types and one.state in PLANNED]
    if not visits:
        return []
    numbers = [one.id for one in visits]
    people = {one.id: one for one in records.find(Patient, id=[one.patient_id for one in visits])}
    made = {one.visit_id: one for one in records.find(Preparation, visit_id=numbers)}  # the newest last
    jobs = records.find(SheetPrint, visit_id=numbers) if made else []
    said_of = _Texts(records, now)
    lines = []
    for visit in visits:
        patient, kind = people[visit.patient_id], preparation_kind(types[visit.type_id].sheet)
        standing, job = _stands(records, made.get(visit.id), jobs, now)
        type_name = types[visit.type_id].name
        text = said_of(kind, patient.language)
        lines.append(PreparationLine(visit, patient.name, type_name, standing, job, text))
    return sorted(lines, key=lambda one: (one.visit.start, one.visit.id))


class _Texts:
    """What is said of the texts that would be printed, each looked up once."""

    def __init__(self, records: ScheduleRecords, now: datetime) -> None:
        self._records, self._day = records, local_day(now, records.setup().clinic.zone)
        self._known: dict[tuple[str, str], tuple[Finding, ...]] = {}

    def __call__(self, kind: str, language: str) -> tuple[Finding, ...]:
        if (kind, language) not in self._known:
            self._known[kind, language] = text_for(self._records, kind, language, self._day).why
        return self._known[kind, language]


def _stands(
    records: ScheduleRecords, made: Preparation | None, jobs: Sequence[SheetPrint], now: datetime
) -> tuple[Standing, SheetPrint | None]:
    if made is None:
        return Standing.READY, None
    job = that_counts((one for one in jobs if one.preparation_id == made.id), now)
    if speaks_against_preparation(records, made):
        return Standing.UNTRUE, job
    return STANDS[job.state if job else None], job
