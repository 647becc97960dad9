"""Everything the page of one patient shows, read in one go behind the window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast

from clinic_desktop.aftercare.slips_out import stale_slips
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.store import Records
from clinic_desktop.people.model import (
    Authorization,
    Clearance,
    DrugMovement,
    Merge,
    Order,
    Package,
    Patient,
    Screening,
    Staff,
)
from clinic_desktop.people.scores import Score, scores_of, standing_scores
from clinic_desktop.people.screenings import current
from clinic_desktop.people.similar_names import NamedPerson, similar
from clinic_desktop.people.to_dos import Chart
from clinic_desktop.scheduling.attendance import Attendance, attendance
from clinic_desktop.scheduling.model import Modality, Setup, Visit
from clinic_desktop.scheduling.pending import Pending, pending
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import LIVE, NEVER_CAME
from clinic_desktop.scheduling.under_orders import used
from clinic_desktop.treatment.day_after import AfterFlag
from clinic_desktop.treatment.history import HistoryRecords
from clinic_desktop.ui.patients.history_facts import History, history_in

LATEST = 8  # changes that are read for the page; some of them say nothing to a person


@dataclass(frozen=True, slots=True)
class Former:
    """A record that was merged into the one shown."""

    merge: Merge
    patient: Patient


@dataclass(frozen=True, slots=True)
class PageFacts:
    """``visits`` by time, every state. ``similar``: people of the same day who could be mistaken.
    ``latest``: the last changes of anything about them. ``pending``: where they wait, what is parked."""

    patient: Patient
    setup: Setup
    today: date
    clearances: tuple[Clearance, ...] = ()
    screening: Screening | None = None
    orders: tuple[Order, ...] = ()
    scores: tuple[Score, ...] = ()  # those that stand, by day
    authorizations: tuple[Authorization, ...] = ()
    packages: tuple[Package, ...] = ()
    movements: tuple[DrugMovement, ...] = ()
    visits: tuple[Visit, ...] = ()
    formers: tuple[Former, ...] = ()
    latest: History | None = None
    similar: tuple[Patient, ...] = ()
    pending: Pending = field(default_factory=Pending)
    flags: tuple[AfterFlag, ...] = ()  # of check-in calls, that no prescriber has answered
    slips: tuple[Finding, ...] = ()  # papers in their hands that name a time which is not theirs any more

    @property
    def chart(self) -> Chart:
        modalities = self.setup.modalities
        return Chart(
            self.patient,
            self.clearances,
            self.screening,
            self.orders,
            {one.code: one.name for one in modalities},
            frozenset(one.code for one in modalities if one.rems),
            self.given,
        )

    @property
    def given(self) -> Mapping[int, int]:
        """Order -> visits that were given under it."""
        return used(self.visits)

    @property
    def treated(self) -> list[date]:
        """The days on which something was given."""
        return [one.day for one in self.visits if one.release_from is not None]

    @property
    def unscored(self) -> Visit | None:
        """Today's treatment that asks for scores which nobody has typed in."""
        mine = (one for one in self.coming if one.day == self.today)
        return next((one for one in mine if self.missing(one)), None)

    def missing(self, visit: Visit) -> frozenset[str]:
        """The instruments that a visit asks for and that it has no score of."""
        asked = self.setup.type_by_id(visit.type_id).scores
        return asked - {one.instrument for one in self.scores if one.visit_id == visit.id}

    @property
    def attendance(self) -> Attendance:
        """How they kept their visits of the last twelve months."""
        return attendance(self.visits, self.today, self.setup.policies)

    @property
    def coming(self) -> list[Visit]:
        """Visits that are still to take place or take place now, the next one first."""
        return [one for one in self.visits if one.state in LIVE]

    @property
    def has_course(self) -> bool:
        """Whether visits of a course are still to come: they stand on a card."""
        return any(one.course_id is not None for one in self.coming)

    @property
    def past(self) -> list[Visit]:
        """The others, the last one first."""
        return [one for one in reversed(self.visits) if one.state not in LIVE]

    def day_of(self, at: datetime) -> date:
        """The clinic's calendar day of something that happened."""
        return local_day(at, self.setup.clinic.zone)

    def modality(self, code: str) -> str:
        """Its name; the code where it is not set up any more."""
        found: Sequence[Modality] = [one for one in self.setup.modalities if one.code == code]
        return found[0].name if found else code

    def staff_name(self, number: int | None) -> str:
        found: Sequence[Staff] = [one for one in self.setup.staff if one.id == number]
        return found[0].name if found else ""


def read_page(store: ScheduleStore, patient_id: int, today: date) -> PageFacts:
    """The page of one patient. Raises :class:`NotFound`."""
    with store.read() as records:
        patient = records.get(Patient, patient_id)
        visits = sorted(records.find(Visit, patient_id=patient_id), key=lambda one: (one.start, one.id))
        numbers = [one.id for one in visits]
        return PageFacts(
            patient=patient,
            setup=records.setup(),
            today=today,
            clearances=tuple(records.find(Clearance, patient_id=patient_id)),
            screening=current(records, patient_id),
            orders=tuple(records.find(Order, patient_id=patient_id)),
            scores=tuple(standing_scores(scores_of(records, patient_id))),
            authorizations=tuple(records.find(Authorization, patient_id=patient_id)),
            packages=tuple(records.find(Package, patient_id=patient_id)),
            movements=tuple(records.find(DrugMovement, patient_id=patient_id)),
            visits=tuple(visits),
            formers=_formers(records, patient_id),
            latest=history_in(cast(HistoryRecords, records), patient_id, today, LATEST),
            similar=_similar(records, patient, visits, today),
            pending=pending(records, patient_id, visits),
            flags=tuple(records.find(AfterFlag, visit_id=numbers, answered_at=None) if numbers else ()),
            slips=stale_slips(records, [patient_id], store.clock.now()).get(patient_id, ()),
        )


def todays_patients(store: ScheduleStore, today: date) -> tuple[int, ...]:
    """Who comes today, by time, each once."""
    with store.read() as records:
        visits = [one for one in records.visits_on(today, today) if one.state not in NEVER_CAME]
    return tuple(dict.fromkeys(one.patient_id for one in visits))


def _formers(records: Records, patient_id: int) -> tuple[Former, ...]:
    merges = [one for one in records.find(Merge, kept_id=patient_id) if one.undone_at is None]
    return tuple(Former(one, records.get(Patient, one.merged_id)) for one in merges)


def _similar(
    records: ScheduleRecords, patient: Patient, visits: Sequence[Visit], today: date
) -> tuple[Patient, ...]:
    """Who comes on the day of the patient's next visit (or today) and could be taken for them."""
    day = next((one.day for one in visits if one.state in LIVE and one.day >= today), today)
    ids = {one.patient_id for one in records.visits_on(day, day) if one.state not in NEVER_CAME}
    others = records.find(Patient, id=sorted(ids - {patient.id})) if ids - {patient.id} else []
    people = [NamedPerson(one.id, one.given_name, one.family_name) for one in (patient, *others)]
    alike = {
        n for pair in similar(people) if patient.id in (pair.one, pair.other) for n in (pair.one, pair.other)
    }
    return tuple(one for one in others if one.id in alike)
