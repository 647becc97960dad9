"""Clearing patients for a treatment, and taking it back. Held visits follow in the same transaction."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding, Param, blocking
from clinic_desktop.foundation.words import long_date
from clinic_desktop.people import rules
from clinic_desktop.people.clearances import counting, last_day
from clinic_desktop.people.model import Clearance, Patient, Screening
from clinic_desktop.people.screenings import current, unreviewed_contraindications
from clinic_desktop.scheduling.holding import renew_patient
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.rules import DECEASED, MERGED
from clinic_desktop.security.rights import Right, require


@dataclass(frozen=True, slots=True)
class Decision:
    """A prescriber clears a patient for a modality.

    ``on`` None: the day of the consultation ``visit_id``, or today. ``until`` None: the clinic's usual
    life of a clearance. ``until`` itself still counts. unseen: given where the check list is not in sight;
    then it has to be reviewed before.
    """

    patient_id: int
    modality: str
    on: date | None = None
    until: date | None = None
    visit_id: int | None = None
    note: str = ""
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Cleared:
    """The clearance, the visits that are held or free now because of it, what to know, and the news."""

    clearance: Clearance
    visits: tuple[Visit, ...]
    warnings: tuple[Finding, ...]
    changes: Changes


def clear(store: ScheduleStore, actor: Actor, decision: Decision) -> Cleared:
    """Clear a patient. Raises :class:`Refusal` with every reason against it."""
    require(actor, Right.CLEAR)
    with store.write(actor) as unit:
        unit.lock_all_days()  # whoever books for the patient meanwhile comes before or after
        setup = unit.setup()
        today = local_day(unit.at, setup.clinic.zone)
        draft = _draft(unit, setup, decision, today)
        patient = unit.get(Patient, decision.patient_id)
        screening = current(unit, patient.id)
        found = clearing_findings(patient, draft, setup, screening, today)
        found += check_list_first(patient, screening) if decision.unseen else []
        if blocking(found):
            raise Refusal(blocking(found))
        added = unit.add(replace(draft, cleared_by=actor.person_id))
        visits = renew_patient(unit, patient.id, today)
        return Cleared(added, visits, tuple(found), unit.commit())


def withdraw(store: ScheduleStore, actor: Actor, clearance_id: int, version: int, reason: str) -> Cleared:
    """Take a clearance back from now on; coming visits that need it are held.

    With it go the other clearances for the same treatment, such as the one that it carried on.
    """
    require(actor, Right.CLEAR)
    if not reason.strip():
        raise Refusal([Finding(rules.REASON_MISSING)])
    with store.write(actor) as unit:
        unit.because(reason)
        unit.lock_all_days()  # else a visit that is being booked would be held by nobody
        before = unit.get(Clearance, clearance_id)
        if before.withdrawn_at is not None:
            raise Refusal([Finding(rules.WITHDRAWN_ALREADY)])
        today = local_day(unit.at, unit.setup().clinic.zone)
        after = _taken_back(unit, replace(before, version=version), reason)
        for one in unit.find(Clearance, patient_id=before.patient_id, modality=before.modality):
            if one.withdrawn_at is None and one.until >= today:
                _taken_back(unit, one, reason)
        visits = renew_patient(unit, before.patient_id, today)
        return Cleared(after, visits, (), unit.commit())


def _taken_back(unit: ScheduleUnit, clearance: Clearance, reason: str) -> Clearance:
    note = "; ".join(part for part in (clearance.note, reason.strip()) if part)
    return unit.save(replace(clearance, withdrawn_at=unit.at, note=note))


def renewed(unit: ScheduleUnit, patient_id: int, modality: str) -> Clearance | None:
    """A prescriber's order carries the clearance that counts on from today, inside the caller's transaction.

    It asks what ``clear`` asks. A first clearance, and one after an end or a withdrawal, is a decision of its
    own. None when nothing gets longer, or something speaks against it. What a visit carries on is in
    :mod:`clinic_desktop.scheduling.renewing`.
    """
    setup = unit.setup()
    today = local_day(unit.at, setup.clinic.zone)
    until = last_day(today, setup.policies.clearance_months)
    last = counting(unit.find(Clearance, patient_id=patient_id), modality, today)
    if last is None or last.until >= until:
        return None
    draft = Clearance(0, 0, patient_id, modality, unit.actor.person_id, today, until)
    found = clearing_findings(unit.get(Patient, patient_id), draft, setup, current(unit, patient_id), today)
    return None if blocking(found) else unit.add(draft)


def _draft(unit: ScheduleUnit, setup: Setup, decision: Decision, today: date) -> Clearance:
    on = decision.on
    if on is None:
        on = unit.get(Visit, decision.visit_id).day if decision.visit_id else today
    until = decision.until or last_day(on, setup.policies.clearance_months)
    return Clearance(
        patient_id=decision.patient_id,
        modality=decision.modality,
        on=on,
        until=until,
        visit_id=decision.visit_id,
        note=decision.note.strip(),
    )


def check_list_first(patient: Patient, screening: Screening | None) -> list[Finding]:
    """What keeps a clearance from being given where nobody sees the check list."""
    known = screening is not None and screening.reviewed
    return [] if known else [Finding(rules.CLEARED_UNSEEN, {"patient": patient.name})]


def clearing_findings(
    patient: Patient, draft: Clearance, setup: Setup, screening: Screening | None, today: date
) -> list[Finding]:
    """What the rules say about a clearance before it is written."""
    return list(_findings(patient, draft, setup, screening, today))


def _findings(
    patient: Patient, draft: Clearance, setup: Setup, screening: Screening | None, today: date
) -> Iterator[Finding]:
    named = {"patient": patient.name}
    if patient.death_date is not None:
        yield Finding(DECEASED, {**named, "day": long_date(patient.death_date)})
    if patient.merged_into is not None:
        yield Finding(MERGED)
    if draft.on > today:
        yield Finding(rules.CLEARANCE_LATER)
    if draft.until < draft.on:
        yield Finding(rules.CLEARANCE_ENDS_FIRST)
    modality = setup.modality(draft.modality)
    age = patient.age_on(today)
    if modality.min_age is not None and age is not None and age < modality.min_age:
        params: dict[str, Param] = {"modality": modality.name, "least": modality.min_age, "age": age}
        yield Finding(rules.CLEARED_TOO_YOUNG, params | named)
    if there := unreviewed_contraindications(screening):
        yield Finding(rules.CLEARED_UNREVIEWED, {**named, "items": there})
    elif screening is None or not screening.reviewed:
        yield Finding(rules.CLEARED_UNSCREENED, named)
