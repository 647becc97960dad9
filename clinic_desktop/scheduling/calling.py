"""Recording a call, and what follows from it at once: visit or driver confirmed, or no driver any more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import Refusal, before_saving
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.call_rules import CALL_MOVED, TEXT_NOT_ALLOWED, VOICEMAIL_NOT_ALLOWED
from clinic_desktop.scheduling.calls import (
    SAID_YES,
    SETTLES,
    CallAttempt,
    CallOutcome,
    Whom,
    not_allowed,
    said_yes,
)
from clinic_desktop.scheduling.holding import driver_confirmed, renew_visit, visit_confirmed
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.reconfirming import no_longer_confirmed
from clinic_desktop.scheduling.rules import not_live
from clinic_desktop.scheduling.states import HERE, PLANNED, VisitState
from clinic_desktop.security.rights import Right, require


@dataclass(frozen=True, slots=True)
class Call:
    """What came of a call about a visit. ``visit``: as the caller saw it. ``arrives``: the minute of the day
    at which somebody said they come. ``person``: who, where nobody on record was called. ``at``: when; None:
    now."""

    visit: Visit
    whom: Whom
    outcome: CallOutcome
    number: str = ""
    note: str = ""
    arrives: int | None = None
    person: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """The call on record, the visit as it stands, what could not be done by it, and the news."""

    attempt: CallAttempt
    visit: Visit
    findings: tuple[Finding, ...]
    changes: Changes


def record_call(store: ScheduleStore, actor: Actor, call: Call) -> Called:
    """Put a call on record. It is kept whatever the rules say of what it was to confirm: ``findings`` tell.

    Only a driver who is not named cannot have been confirmed: that is refused, and nothing is written.
    """
    require(actor, Right.BOOK)
    with before_saving(), store.read() as records:
        day = records.get(Visit, call.visit.id).day
    with store.write(actor) as unit:
        unit.lock_days([day])
        visit = unit.get(Visit, call.visit.id)
        patient = unit.get(Patient, visit.patient_id)
        before = [one for one in unit.find(CallAttempt, visit_id=visit.id) if one.about(visit)]
        deviation = not_allowed(call.whom, call.outcome, patient.permissions)
        found = [against(call.outcome, patient)] if deviation else []
        if visit.day != day or (visit.day, visit.minute) != (call.visit.day, call.visit.minute):
            found.append(_moved(visit))
        elif visit.state in HERE:
            visit = _while_here(unit, visit, call.outcome)
        elif visit.state not in PLANNED:
            found += [not_live(visit.state, "confirmed")] if call.outcome in SETTLES else []
        else:
            visit = _follow(unit, visit, call.outcome, before, found)
        attempt = unit.add(_attempt(unit, call, deviation=deviation))
        return Called(attempt, visit, tuple(found), unit.commit())


def _attempt(unit: ScheduleUnit, call: Call, *, deviation: bool) -> CallAttempt:
    return CallAttempt(
        visit_id=call.visit.id,
        day=call.visit.day,
        minute=call.visit.minute,
        whom=call.whom,
        number=call.number,
        person=call.person.strip(),
        outcome=call.outcome,
        note=call.note.strip(),
        arrives=call.arrives,
        deviation=deviation,
        at=min(call.at or unit.at, unit.at),
        by=unit.actor.person_id,
    )


def against(outcome: CallOutcome, patient: Patient) -> Finding:
    """What is said of a message or a text that the patient has not allowed."""
    rule = TEXT_NOT_ALLOWED if outcome is CallOutcome.TEXTED else VOICEMAIL_NOT_ALLOWED
    return Finding(rule, {"patient": patient.name})


def _moved(visit: Visit) -> Finding:
    return Finding(CALL_MOVED, {"time": clock_time(visit.minute), "day": short_date(visit.day)})


def _while_here(unit: ScheduleUnit, visit: Visit, outcome: CallOutcome) -> Visit:
    """The patient is here already: the driver who says yes is confirmed. Who cannot come stays named until
    somebody else is."""
    if outcome is not CallOutcome.DRIVER:
        return visit
    return unit.save(driver_confirmed(unit, visit))


def _follow(
    unit: ScheduleUnit,
    visit: Visit,
    outcome: CallOutcome,
    before: Sequence[CallAttempt],
    found: list[Finding],
) -> Visit:
    """The visit as it stands after the call, written where it changed; what stood against it is added."""
    wanted = visit
    if outcome is CallOutcome.CANNOT_DRIVE:
        alone = renew_visit(unit, unit.setup(), visit.with_plan(None))
        found += no_longer_confirmed(unit, [(visit, alone)])
        return alone
    if outcome in (CallOutcome.BOTH, CallOutcome.DRIVER):
        wanted = driver_confirmed(unit, visit)
    # The patient may have said yes while the visit was still held for its driver.
    yes = outcome in SAID_YES or (outcome is CallOutcome.DRIVER and said_yes(before))
    if yes and visit.state is not VisitState.CONFIRMED:
        try:
            wanted = visit_confirmed(unit, wanted)
        except Refusal as refused:
            found += refused.findings
    return wanted if wanted == visit else unit.save(wanted)
