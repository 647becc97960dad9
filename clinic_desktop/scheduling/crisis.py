"""A crisis call: somebody on the phone is in danger. What is needed at once, and what was done."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_minute, local_day
from clinic_desktop.foundation.message import Message
from clinic_desktop.people.model import Patient, Staff
from clinic_desktop.people.phones import usual_phone
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.security.rights import Right, require


class CrisisStep(StrEnum):
    """What can be done in such a call."""

    STAYED = "stayed on the line"
    PLACE = "asked where they are"
    CALLED_911 = "911 called"
    GAVE_988 = "988 given: call or text"
    CLINICIAN = "clinician on duty told"
    CONTACT = "emergency contact called"


@dataclass(frozen=True, slots=True)
class Done:
    """A step with when it was done."""

    step: CrisisStep
    at: datetime


@dataclass(frozen=True, slots=True)
class CrisisCall:
    """One crisis call. patient_id None: nobody knows who calls. place: where they are now."""

    id: int = 0
    version: int = 0
    patient_id: int | None = None
    caller: str = ""
    phone: str = ""
    place: str = ""
    done: tuple[Done, ...] = ()
    clinician_id: int | None = None
    note: str = ""
    began_at: datetime | None = None
    taken_by: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """The call as it stands on record, and the news."""

    call: CrisisCall
    changes: Changes


def keep_crisis(store: ScheduleStore, actor: Actor, call: CrisisCall) -> Kept:
    """Put a crisis call on record, or what was done since. Nothing has to be known for that.

    The first time an urgent message goes to the prescribers by itself: whatever happens to the desk, they
    hear of it; and once more where it turns out to be about somebody else.
    """
    require(actor, Right.VIEW)
    call = replace(call, phone=usual_phone(call.phone), note=call.note.strip(), place=call.place.strip())
    with store.write(actor) as unit:
        if call.id:
            before, kept = unit.get(CrisisCall, call.id), unit.save(call)
            if kept.patient_id not in (None, before.patient_id):
                unit.add(_message(unit, kept, "Crisis call, it is"))
            return Kept(kept, unit.commit())
        kept = unit.add(
            replace(call, began_at=call.began_at or unit.at, taken_by=unit.actor.person_id),
        )
        unit.add(_message(unit, kept))
        return Kept(kept, unit.commit())


def on_duty(setup: Setup, now: datetime) -> list[Staff]:
    """The clinicians in the house now: prescribers first, then nurses."""
    roster, minute = roster_for(setup), instant_minute(now)
    day = local_day(now, setup.clinic.zone)
    here = [
        one
        for one in setup.staff
        if one.active and any(span.start <= minute < span.end for span in roster.on_site(one.id, day))
    ]
    prescribers = [one for one in here if Role.PRESCRIBER in one.roles]
    return prescribers + [one for one in here if Role.NURSE in one.roles and one not in prescribers]


def _message(unit: ScheduleUnit, call: CrisisCall, what: str = "Crisis call") -> Message:
    patient = unit.get(Patient, call.patient_id).name if call.patient_id else ""
    who = ", ".join(part for part in (patient, call.caller, call.phone) if part) or "an unknown caller"
    return Message(
        patient_id=call.patient_id,
        caller=call.caller,
        phone=call.phone,
        text=f"{what}: {who}. What was done stands on the crisis card.",
        urgent=True,
        for_role=Role.PRESCRIBER,
        taken_at=unit.at,
        taken_by=unit.actor.person_id,
    )
