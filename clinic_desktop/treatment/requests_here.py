"""What waits for a prescriber because of what happened: pressures, overrides asked for, words to sign for,
and incidents."""

from collections.abc import Iterator

from clinic_desktop.foundation.rulebook import Finding, Rule, Word
from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.states import ENDED
from clinic_desktop.treatment import decision_rules as rules
from clinic_desktop.treatment.acknowledging import waits_for_prescriber
from clinic_desktop.treatment.asked import Asked
from clinic_desktop.treatment.care import Care, care_of
from clinic_desktop.treatment.leaving import stays_high, stays_told
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.not_today import answered_to, says_not_today
from clinic_desktop.treatment.pressure import words_of
from clinic_desktop.treatment.request import Reading, Request, RequestKind
from clinic_desktop.treatment.rules import (
    DOSE_FIRST_84,
    DRIVER_AT_DOSING,
    DRIVER_AT_RELEASE,
    EARLIER_UNANSWERED,
)
from clinic_desktop.treatment.session import standing, when
from clinic_desktop.treatment.to_see import open_incidents
from clinic_desktop.treatment.told import ToldWord

_ASKS: dict[str, Rule] = {
    DRIVER_AT_DOSING: rules.OVERRIDE_DOSE,
    DRIVER_AT_RELEASE: rules.OVERRIDE_RELEASE,
    DOSE_FIRST_84.code: rules.OVERRIDE_84,
}


def pressures(there: Reading) -> Iterator[Request]:
    """Of everybody in the house: a pressure that nobody goes past before a prescriber has accepted it."""
    for visit in there.here:
        if not there.setup.type_by_id(visit.type_id).is_treatment:
            continue
        care = care_of(there.records, visit, there.now, there.records.find(Stamp, visit_id=visit.id))
        reading = waiting_pressure(care)
        if reading is not None:
            at, again = when(reading), answered_to(care, reading)
            said = {"reading": words_of(reading), "at": there.shown(at, visit)}
            says = Finding(rules.PRESSURE, said)
            if again is not None:
                rule = rules.PRESSURE_NOT_TODAY if says_not_today(again) else rules.PRESSURE_AGAIN
                says = Finding(rule, said | {"said": there.shown(when(again), visit)})
            yield Request(
                RequestKind.PRESSURE,
                says,
                reading,
                at,
                visit.patient_id,
                care.patient.name,
                visit,
                here=True,
            )


def waiting_pressure(care: Care) -> Stamp | None:
    """The pressure that only a prescriber's acceptance answers for, as it stands now."""
    waits = waits_for_prescriber(care)
    if waits is not None:
        return waits
    last, stays = care.session.last_pressure, stays_high(care) or stays_told(care)
    return last if last and stays and not care.accepted(last, by_prescriber=True) else None


def overrides_asked(there: Reading) -> Iterator[Request]:
    """What somebody asked to go past, while the visit is not over."""
    asked = there.records.find(Asked, answered_at=None)
    visits = there.visits(one.visit_id for one in asked)
    patients = there.patients(visits.values())
    for one in asked:
        visit = visits[one.visit_id]
        if visit.state in ENDED or one.asked_at is None or one.rule not in _ASKS:
            continue
        why = one.why if one.why.endswith((".", "!", "?")) else f"{one.why}."
        said = {"why": why, "who": there.name(one.asked_by), "at": there.shown(one.asked_at, visit)}
        yield Request(
            RequestKind.OVERRIDE,
            Finding(_ASKS[one.rule], said),
            one,
            one.asked_at,
            visit.patient_id,
            patients[visit.patient_id].name,
            visit,
            here=there.is_here(visit.patient_id),
        )


def cosignatures(there: Reading) -> Iterator[Request]:
    """Words that were told and read back, and are not signed; those that were struck out need none."""
    open_ones = there.records.find(ToldWord, answered_at=None)
    visits = there.visits(one.visit_id for one in open_ones)
    patients = there.patients(visits.values())
    for one in open_ones:
        visit = visits[one.visit_id]
        session = standing(there.records.find(Stamp, visit_id=one.visit_id))
        stamp = next((entry for entry in session.stamps if entry.id == one.stamp_id), None)
        if stamp is None:
            continue
        late, at = one.is_late(there.today), when(stamp)
        said = {"what": Word(stamp.kind), "entry": _entry(stamp), "who": there.name(stamp.by)}
        rule = rules.COSIGN_LATE if late else rules.COSIGN
        said |= {"day": short_date(one.due_on)} if late else {"at": there.shown(at, visit)}
        yield Request(
            RequestKind.COSIGN,
            Finding(rule, said),
            one,
            at,
            visit.patient_id,
            patients[visit.patient_id].name,
            visit,
            here=there.is_here(visit.patient_id),
            late=late,
        )


def _entry(stamp: Stamp) -> str:
    """What was said, as it stands: the numbers of an acceptance, or the words."""
    if stamp.kind is StampKind.PRESSURE_ACCEPTED:
        oxygen = f", SpO2 {stamp.oxygen}%" if stamp.oxygen is not None else ""
        reading = f"{words_of(stamp)}{oxygen}"
        return f"{reading}: {stamp.note}" if stamp.note else reading
    return stamp.note


def incidents(there: Reading) -> Iterator[Request]:
    """Deviations that nobody answered in words."""
    for one in open_incidents(there.records):
        if (opened := one.incident.opened_at) is None:
            continue
        earlier = EARLIER_UNANSWERED.code in one.incident.codes
        yield Request(
            RequestKind.EARLIER if earlier else RequestKind.INCIDENT,
            Finding(rules.INCIDENT),
            one,
            one.stamp.at if one.stamp is not None and one.stamp.at is not None else opened,
            one.visit.patient_id,
            one.patient,
            one.visit,
            here=there.is_here(one.visit.patient_id),
        )
