"""What the panels of the waitlist read, each in one snapshot off the GUI thread."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clinic_desktop.foundation.clock import WallTime, instant_minute, local_day, to_utc_minute
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.freed import Candidate, Slot, candidates, freed_on, slot_of, still_free
from clinic_desktop.scheduling.looking_patient import AGAIN, COURSE, about
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.waiting import WaitEntry, waiting


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which time to fill: one that was pointed at, that of a visit, or the first that a day gave back.
    freed: times that one change gave back; those of the day are listed with the others. said: the time stands
    on the screen already; once its beginning is taken nothing else is offered in its place."""

    day: date
    slot: Slot | None = None
    visit_id: int | None = None
    freed: tuple[Slot, ...] = ()
    said: bool = False


@dataclass(frozen=True, slots=True)
class OpeningRead:
    """The free time with whom to call about it. slots: all that the day gave back; slot None: nothing.
    near: who fits but for another treatment that is too near; they are not called."""

    setup: Setup
    today: date
    slot: Slot | None = None
    slots: tuple[Slot, ...] = ()
    best: tuple[Candidate, ...] = ()
    near: tuple[Candidate, ...] = ()
    waiting: int = 0


def read_opening(store: ScheduleStore, now: datetime, wanted: Wanted) -> OpeningRead:
    with store.read() as records:
        setup = records.setup()
        today = local_day(now, setup.clinic.zone)
        given = (one for one in wanted.freed if one.day == wanted.day)
        slots = tuple(dict.fromkeys(still_free(records, (*given, *freed_on(records, wanted.day, now)))))
        slot = wanted.slot
        if slot is None and wanted.visit_id is not None:
            slot = slot_of(records.get(Visit, wanted.visit_id))
        left = slots if slot is None else tuple(still_free(records, [slot]))
        if wanted.said and slot is not None and not any(one.minute == slot.minute for one in left):
            slots, left = (), ()
        slot = left[0] if left else None
        found = candidates(records, slot, now) if slot else []
        best = tuple(one for one in found if one.too_near is None)
        near = tuple(one for one in found if one.too_near is not None)
        return OpeningRead(setup, today, slot, slots, best, near, len(waiting(records)))


def first_wanted(store: ScheduleStore, now: datetime, freed: Sequence[Slot]) -> Wanted | None:
    """The first of the times that a change gave back for which somebody who waits could come."""
    with store.read() as records:
        zone = records.setup().clinic.zone
        ahead = [
            one
            for one in still_free(records, freed)
            if to_utc_minute(WallTime(one.day, one.minute), zone) > instant_minute(now)
        ]
        first = next((one for one in ahead if _calls_for(records, one, now)), None)
    return None if first is None else Wanted(first.day, first, freed=tuple(ahead))


def _calls_for(records: ScheduleRecords, slot: Slot, now: datetime) -> bool:
    return any(one.too_near is None for one in candidates(records, slot, now))


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry with whom it is about."""

    entry: WaitEntry
    patient: Patient


def read_waiting(store: ScheduleStore) -> list[Waiting]:
    """Everybody who waits, the longest first."""
    with store.read() as records:
        return list(_named(records, waiting(records)))


def read_usual_type(store: ScheduleStore, patient_id: int, today: date) -> tuple[int, str]:
    """Whom, and the type of what they have, of a running course or their last treatment; else empty."""
    with store.read() as records:
        hint = about(records, patient_id, today).suggestion
    return patient_id, hint.type_code if hint.why in (COURSE, AGAIN) else ""


def _named(records: ScheduleRecords, entries: list[WaitEntry]) -> Iterator[Waiting]:
    wanted = sorted({one.patient_id for one in entries})
    people = {one.id: one for one in (records.find(Patient, id=wanted) if wanted else ())}
    for one in entries:
        yield Waiting(one, people[one.patient_id])
