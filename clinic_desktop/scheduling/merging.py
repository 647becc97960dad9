"""Merging two records of one person, reversibly: visits, courses and what belongs to the chart go over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import Refusal, StaleEdit
from clinic_desktop.foundation.intervals import Interval
from clinic_desktop.foundation.message import Message
from clinic_desktop.foundation.rulebook import Finding, blocking
from clinic_desktop.foundation.store import Records
from clinic_desktop.foundation.words import clock_time, plain_date, short_date
from clinic_desktop.people import rules
from clinic_desktop.people.clearances import stricter_until
from clinic_desktop.people.merging import (
    Before,
    Cut,
    combined,
    cuts,
    joined_screening,
    read,
    restored,
    written,
)
from clinic_desktop.people.model import (
    Authorization,
    Clearance,
    DrugMovement,
    Merge,
    Moved,
    Order,
    Package,
    Patient,
    Screening,
)
from clinic_desktop.people.orders import dose_words, unsettled_orders
from clinic_desktop.people.screenings import current
from clinic_desktop.scheduling.claims import phases_of
from clinic_desktop.scheduling.crisis import CrisisCall
from clinic_desktop.scheduling.holding import renew_patient
from clinic_desktop.scheduling.model import ClaimKind, Course, Setup, Visit
from clinic_desktop.scheduling.papers import Paper
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.reviews import Review
from clinic_desktop.scheduling.states import NEVER_CAME
from clinic_desktop.scheduling.under_orders import used
from clinic_desktop.scheduling.waiting import WaitEntry
from clinic_desktop.security.rights import Right, require

# What belongs to a patient, by the name under which a merge remembers it.
_BELONGINGS: dict[str, type[Any]] = {
    "visit": Visit,
    "course": Course,
    "clearance": Clearance,
    "screening": Screening,
    "order": Order,
    "authorization": Authorization,
    "package": Package,
    "wait_entry": WaitEntry,
    "message": Message,
    "crisis_call": CrisisCall,
    "paper": Paper,
    "review": Review,
}


@dataclass(frozen=True, slots=True)
class MergePreview:
    """Two records side by side: what the kept one would become, and what the rules say."""

    kept: Patient
    merged: Patient
    after: Patient
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What stands after a merge or its undoing, what to know, and the news."""

    merge: Merge
    kept: Patient
    warnings: tuple[Finding, ...]
    changes: Changes


def preview_merge(records: ScheduleRecords, kept_id: int, merged_id: int, today: date) -> MergePreview:
    """Look before merging; nothing is written."""
    kept, merged = records.get(Patient, kept_id), records.get(Patient, merged_id)
    return MergePreview(kept, merged, combined(kept, merged), tuple(_findings(records, kept, merged, today)))


def merge_patients(
    store: ScheduleStore, actor: Actor, kept: Patient, merged: Patient, reason: str = ""
) -> Merged:
    """Make ``merged`` part of ``kept``, both as the screen saw them.

    Raises :class:`Refusal` when visits overlap (naming them) or a record was merged before,
    :class:`StaleEdit` when one changed meanwhile.
    """
    require(actor, Right.MERGE_PATIENTS)
    with store.write(actor) as unit:
        unit.because(reason)
        unit.lock_all_days()  # also those on which somebody books for one of the two meanwhile
        _refuse_moved_on(unit, (kept, merged))
        today = local_day(unit.at, unit.setup().clinic.zone)
        found = list(_findings(unit, kept, merged, today))
        if blocking(found):
            raise Refusal(blocking(found))
        return _merge(unit, kept, merged, found, today)


def undo_merge(store: ScheduleStore, actor: Actor, merge_id: int, reason: str = "") -> Merged:
    """Take two records apart again. What was added or changed since stays with the kept record."""
    require(actor, Right.MERGE_PATIENTS)
    with store.write(actor) as unit:
        unit.because(reason)
        unit.lock_all_days()
        merge = unit.get(Merge, merge_id)
        _refuse_undoing(unit, merge)
        return _undo(unit, merge)


def kept_id(records: Records, patient_id: int) -> int:
    """Where a chart number leads today: through every merge to the record that is kept."""
    into = records.get(Patient, patient_id).merged_into
    return patient_id if into is None else kept_id(records, into)


def _findings(records: ScheduleRecords, kept: Patient, merged: Patient, today: date) -> Iterable[Finding]:
    if kept.id == merged.id:
        yield Finding(rules.MERGE_SAME)
        return
    for one in (kept, merged):
        if one.merged_into is not None:
            yield Finding(rules.MERGE_MERGED, {"patient": one.name})
    if overlaps := _overlaps(records, kept, merged):
        yield Finding(rules.MERGE_OVERLAP, {"visits": tuple(overlaps)})
    if kept.birth_date and merged.birth_date and kept.birth_date != merged.birth_date:
        dates = {"kept": plain_date(kept.birth_date), "merged": plain_date(merged.birth_date)}
        yield Finding(rules.MERGE_BIRTH_DATES, dates)
    names = {one.code: one.name for one in records.setup().modalities}
    for modality in _limits(records, kept.id, merged.id, today):
        yield Finding(rules.MERGE_CLEARANCE, {"modality": names.get(modality, modality)})
    for modality, orders in _both_ordered(records, kept, merged, today):
        doses = tuple(dose_words(one) for one in orders)
        yield Finding(rules.MERGE_ORDERS, {"modality": names.get(modality, modality), "orders": doses})


def _both_ordered(
    records: Records, kept: Patient, merged: Patient, today: date
) -> Iterable[tuple[str, list[Order]]]:
    """The treatments for which it will not be settled which order counts, and those orders."""
    orders = records.find(Order, patient_id=[kept.id, merged.id])
    given = used(records.find(Visit, patient_id=[kept.id, merged.id]))
    for modality in sorted({one.modality for one in orders}):
        mine = [one for one in orders if one.modality == modality]
        if unsettled := unsettled_orders(mine, today, given):
            yield modality, unsettled


def _overlaps(records: ScheduleRecords, kept: Patient, merged: Patient) -> list[str]:
    """Pairs of visits that need one person twice, in words."""
    setup = records.setup()
    mine, theirs = (
        [(v, _times(setup, v)) for v in records.find(Visit, patient_id=p.id) if v.state not in NEVER_CAME]
        for p in (kept, merged)
    )
    return [
        f"{_named(setup, one)} ({kept.chart_number}) and {_named(setup, other)} ({merged.chart_number})"
        for one, busy in mine
        for other, also_busy in theirs
        if any(a.overlaps(b) for a in busy for b in also_busy)
    ]


def _times(setup: Setup, visit: Visit) -> list[Interval]:
    phases = phases_of(visit, setup.type_by_id(visit.type_id))
    return [span for _, phase, span in phases if phase.patient]


def _named(setup: Setup, visit: Visit) -> str:
    return f"{setup.type_by_id(visit.type_id).name} on {short_date(visit.day)} at {clock_time(visit.minute)}"


def _limits(records: Records, kept: int, merged: int, today: date) -> dict[str, date]:
    mine, theirs = (records.find(Clearance, patient_id=number) for number in (kept, merged))
    return stricter_until(mine, theirs, today)


def _refuse_moved_on(unit: ScheduleUnit, seen: Sequence[Patient]) -> None:
    for one in seen:  # held: the waitlist and the drug log hold the patient whom they write of, and no day
        if unit.hold(Patient, one.id).version != one.version:
            raise StaleEdit("patient", one.id)


def _merge(
    unit: ScheduleUnit, kept: Patient, merged: Patient, found: Sequence[Finding], today: date
) -> Merged:
    limits = _limits(unit, kept.id, merged.id, today)
    screenings = [current(unit, one.id) for one in (kept, merged)]
    moved = {name: _hand_over(unit, kind, merged.id, kept.id) for name, kind in _BELONGINGS.items()}
    devices, since = _hand_devices(unit, merged.id, kept.id)
    screening_id = _join_screenings(unit, screenings, kept.id)
    before = Before(kept, _cut(unit, kept.id, limits), screening_id, devices, since)
    after = unit.save(combined(kept, merged))
    unit.save(replace(merged, merged_into=kept.id))
    merge = unit.add(
        Merge(
            kept_id=kept.id,
            merged_id=merged.id,
            at=unit.at,
            by=unit.actor.person_id,
            moved=tuple(moved.items()),
            kept_before=written(before),
        )
    )
    renew_patient(unit, kept.id, today)
    return Merged(merge, after, tuple(found), unit.commit())


def _hand_over(
    unit: ScheduleUnit, kind: type[Any], old: int, new: int, only: Iterable[int] | None = None
) -> tuple[int, ...]:
    """Give one patient's records of a kind (``only`` those ids) to another; their claims go with visits."""
    wanted = None if only is None else set(only)
    records = [one for one in unit.find(kind, patient_id=old) if wanted is None or one.id in wanted]
    if kind is Visit:
        _claim_for(unit, records, new)
    for one in records:
        unit.save(replace(one, patient_id=new))
    return tuple(one.id for one in records)


def _claim_for(unit: ScheduleUnit, visits: Sequence[Visit], patient_id: int) -> None:
    numbers = {visit.id for visit in visits}
    there = {
        claim
        for visit in visits
        for claim in unit.claims_between(visit.start - 1440, visit.end + 1440)
        if claim.visit_id in numbers
    }
    claims = [
        replace(one, resource_id=patient_id) if one.kind is ClaimKind.PATIENT else one
        for one in sorted(there, key=lambda one: (one.start, one.kind, one.resource_id))
    ]
    unit.place(sorted(numbers), claims, unit.setup().watch_limit)


def _cut(unit: ScheduleUnit, patient_id: int, limits: dict[str, date]) -> tuple[Cut, ...]:
    clearances = unit.find(Clearance, patient_id=patient_id)
    shorter = [unit.save(one) for one in cuts(clearances, limits)]
    until = {one.id: one.until for one in clearances}
    return tuple(Cut(one.id, until[one.id]) for one in shorter)


def _join_screenings(unit: ScheduleUnit, both: Sequence[Screening | None], patient_id: int) -> int | None:
    kept, merged = both
    if kept is None or merged is None:
        return None
    if (kept.items, kept.reviewed) == (merged.items, merged.reviewed):
        return None
    return unit.add(replace(joined_screening(kept, merged), patient_id=patient_id)).id


def _hand_devices(unit: ScheduleUnit, old: int, new: int) -> tuple[int, date | None]:
    """All that came for one patient goes over to the other, whose visits tell what was given of it. Movements
    are never changed: two new ones say so. Answers how many, and since when they were here."""
    there = unit.find(DrugMovement, patient_id=old)
    if not there:
        return 0, None
    devices, since = sum(one.devices for one in there), min(one.on for one in there)
    _move_devices(unit, old, new, devices, since)
    return devices, since


def _move_devices(unit: ScheduleUnit, old: int, new: int, devices: int, since: date) -> None:
    for patient_id, count in ((old, -devices), (new, devices)):
        unit.add(
            DrugMovement(
                patient_id=patient_id,
                on=since,
                devices=count,
                by=unit.actor.person_id,
                at=unit.at,
                note="two records became one, or came apart",
                what=Moved.PASSED_ON,
            )
        )


def _refuse_undoing(unit: ScheduleUnit, merge: Merge) -> None:
    if merge.undone_at is not None:
        raise Refusal([Finding(rules.MERGE_UNDONE)])
    later = [one for one in unit.find(Merge) if one.id > merge.id and one.undone_at is None]
    if any(merge.kept_id in (one.kept_id, one.merged_id) for one in later):
        raise Refusal([Finding(rules.MERGE_LATER)])


def _undo(unit: ScheduleUnit, merge: Merge) -> Merged:
    before = read(merge.kept_before)
    kept, merged = unit.get(Patient, merge.kept_id), unit.get(Patient, merge.merged_id)
    for name, ids in merge.moved:
        _hand_over(unit, _BELONGINGS[name], kept.id, merged.id, ids)
    for cut in before.cuts:
        unit.save(replace(unit.get(Clearance, cut.clearance_id), until=cut.until))
    _take_back_screening(unit, before.screening_id)
    if before.devices_since is not None:
        _move_devices(unit, kept.id, merged.id, before.devices, before.devices_since)
    after = unit.save(restored(kept, before.kept, merged))
    unit.save(replace(merged, merged_into=None))
    undone = unit.save(replace(merge, undone_at=unit.at))
    today = local_day(unit.at, unit.setup().clinic.zone)
    for number in (kept.id, merged.id):
        renew_patient(unit, number, today)
    return Merged(undone, after, (), unit.commit())


def _take_back_screening(unit: ScheduleUnit, screening_id: int | None) -> None:
    """The check list made of two goes, unless somebody worked on it since."""
    if screening_id is not None and (joined := unit.get(Screening, screening_id)).version == 1:
        unit.remove(joined)
