"""What the history of one patient shows, read behind the window."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.trail import Trace
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Merge, Patient
from clinic_desktop.scheduling.model import Override, Setup, Visit
from clinic_desktop.treatment.day_after import AfterCall, AfterFlag
from clinic_desktop.treatment.history import PAGE, HistoryRecords, HistoryStore, Recorded
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.printed import SheetPrint
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.wording import day_words

R = TypeVar("R", Patient, Visit, Stamp)


@dataclass(frozen=True, slots=True)
class History:
    """``traces``: the newest first. ``names``: other people that merges speak of. ``visits`` and ``stamps``:
    what stamps are about, and what they correct. ``more``: there are older ones."""

    patient_id: int
    setup: Setup
    today: date
    traces: tuple[Trace[Recorded], ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    visits: Mapping[int, Visit] = field(default_factory=dict)
    stamps: Mapping[int, Stamp] = field(default_factory=dict)
    more: bool = False

    def who(self, person_id: int) -> str:
        """Who did it; the program itself has no name."""
        known = next((one.name for one in self.setup.staff if one.id == person_id), tr("somebody"))
        return known if person_id else tr("the program")

    def staff(self, person_id: int | None) -> str:
        return self.who(person_id) if person_id else tr("nobody")

    def room(self, room_id: int | None) -> str:
        return next((one.name for one in self.setup.rooms if one.id == room_id), tr("no room"))

    def treatment(self, code: str) -> str:
        """Its name; the code where the clinic has it no more."""
        return next((one.name for one in self.setup.modalities if one.code == code), code)

    def type_name(self, type_id: int) -> str:
        return self.setup.type_by_id(type_id).name

    def when(self, at: datetime) -> str:
        """ "Nov 17, 2026, 9:12 AM" on the clinic's clock."""
        reading = local_time(at, self.setup.clinic.zone)
        return tr("{day}, {time}").format(day=day_words(reading.day), time=clock_time(reading.minute))

    def time_of(self, visit: Visit) -> str:
        """ "Tue, Nov 17, 10:00 AM", with the year where it is another."""
        day = short_date(visit.day)
        if visit.day.year != self.today.year:
            day = f"{day}, {visit.day.year}"
        return tr("{day}, {time}").format(day=day, time=clock_time(visit.minute))


def read_history(store: HistoryStore, patient_id: int, today: date, most: int = PAGE) -> History:
    """The newest changes of a patient."""
    with store.read() as records:
        return history_in(records, patient_id, today, most)


def history_in(records: HistoryRecords, patient_id: int, today: date, most: int) -> History:
    """The same from records that are read already."""
    return _made_of(records, patient_id, today, records.history_of(patient_id, most=most + 1), most)


def read_visit_history(
    store: HistoryStore, visit_id: int, patient_id: int, today: date, most: int = PAGE
) -> History:
    """The newest changes of one visit."""
    with store.read() as records:
        found = records.history_of_visit(visit_id, most=most + 1)
        return _made_of(records, patient_id, today, found, most)


def _made_of(
    records: HistoryRecords, patient_id: int, today: date, found: Sequence[Trace[Recorded]], most: int
) -> History:
    traces = tuple(found[:most])
    return History(
        patient_id,
        records.setup(),
        today,
        traces,
        _names(records, _others(traces) - {patient_id}),
        _by_id(records, Visit, _visits(traces)),
        _by_id(records, Stamp, {one.after.corrects or 0 for one in traces if isinstance(one.after, Stamp)}),
        more=len(found) > most,
    )


_IN_VISITS = (Stamp, Override, SheetPrint, AfterCall, AfterFlag)


def _visits(traces: Iterable[Trace[Recorded]]) -> set[int]:
    return {one.after.visit_id or 0 for one in traces if isinstance(one.after, _IN_VISITS)}


def _by_id(records: HistoryRecords, kind: type[R], numbers: set[int]) -> dict[int, R]:
    return {one.id: one for one in records.find(kind, id=sorted(numbers))} if numbers else {}


def _others(traces: Iterable[Trace[Recorded]]) -> set[int]:
    merges = [one.after for one in traces if isinstance(one.after, Merge)]
    return {number for one in merges for number in (one.kept_id, one.merged_id)}


def _names(records: HistoryRecords, people: set[int]) -> dict[int, str]:
    return {number: one.name for number, one in _by_id(records, Patient, people).items()}
