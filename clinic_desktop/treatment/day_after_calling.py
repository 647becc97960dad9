"""Recording a check-in call. A red answer stands before the prescriber with it, in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, Refusal, before_saving
from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.call_rules import VOICEMAIL_NOT_ALLOWED
from clinic_desktop.scheduling.day_after import OTHER, QUESTIONS
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment import day_after_rules as rules
from clinic_desktop.treatment.day_after import TRIES, AfterCall, AfterFlag, AfterOutcome, standing, tries
from clinic_desktop.treatment.day_after_list import OVER


@dataclass(frozen=True, slots=True)
class AfterCalled:
    """The call on record, what it put before the prescriber, what is said of it, and the news."""

    call: AfterCall
    flag: AfterFlag | None
    findings: tuple[Finding, ...]
    changes: Changes


def record_after_call(
    store: ScheduleStore, actor: Actor, call: AfterCall, at: datetime | None = None
) -> AfterCalled:
    """Put a call on record, or (``corrects``) how it really was. ``at``: when; None: now."""
    require(actor, Right.BOOK)
    call = replace(call, note=call.note.strip())
    if problems := after_call_problems(call):
        raise BadInput(problems)
    with before_saving(), store.read() as records:
        day = records.get(Visit, call.visit_id).day
    with store.write(actor) as unit:
        unit.lock_days([day])
        visit = unit.get(Visit, call.visit_id)
        before = unit.find(AfterCall, visit_id=visit.id)
        _may_be(unit, visit, before, call)
        permissions = unit.get(Patient, visit.patient_id).permissions
        deviation = call.outcome is AfterOutcome.MESSAGE and not permissions.voicemail
        flag = _flag(unit, before, call)
        kept = unit.add(
            replace(
                call,
                flag_id=flag.id if flag is not None else None,
                deviation=deviation,
                at=min(at or unit.at, unit.at),
                by=unit.actor.person_id,
            )
        )
        patient = unit.get(Patient, visit.patient_id).name
        found = (Finding(VOICEMAIL_NOT_ALLOWED, {"patient": patient}),) if deviation else ()
        return AfterCalled(kept, flag, found, unit.commit())


def after_call_problems(call: AfterCall) -> Problems:
    """What is wrong with a call as it was typed."""
    if call.yes & call.no or not call.yes | call.no <= QUESTIONS.keys():
        return {"answers": Finding(rules.UNKNOWN)}
    said = bool(call.yes | call.no)
    if said and call.outcome in TRIES | {AfterOutcome.CLOSED, AfterOutcome.STRUCK}:
        return {"answers": Finding(rules.NOBODY)}
    if call.outcome is AfterOutcome.REACHED and not said and not call.note:
        return {"answers": Finding(rules.NOTHING)}
    if OTHER in call.yes and not call.note:
        return {"note": Finding(rules.WHAT_ELSE)}
    return {}


def _may_be(unit: ScheduleUnit, visit: Visit, before: Sequence[AfterCall], call: AfterCall) -> None:
    setup = unit.setup()
    if visit.state not in OVER or not setup.type_by_id(visit.type_id).is_treatment:
        raise Refusal([Finding(rules.NOT_OVER)])
    if call.corrects is not None and call.corrects not in {one.id for one in standing(before)}:
        raise Refusal([Finding(rules.CORRECTED)])
    most = setup.policies.after_tries
    if call.outcome is AfterOutcome.CLOSED and (count := tries(before, call.corrects)) < most:
        raise Refusal([Finding(rules.CLOSE_EARLY, {"tries": count, "most": most})])


def _flag(unit: ScheduleUnit, before: Sequence[AfterCall], call: AfterCall) -> AfterFlag | None:
    """What the red answers put before the prescriber. A correction that adds none stands by what is there."""
    if not call.red:
        return None
    old = next((one for one in before if one.id == call.corrects), None)
    if old is not None and old.flag_id is not None and call.red <= old.red and call.note == old.note:
        return unit.get(AfterFlag, old.flag_id)
    return unit.add(
        AfterFlag(
            visit_id=call.visit_id,
            items=call.red,
            note=call.note,
            asked_at=unit.at,
            asked_by=unit.actor.person_id,
        )
    )
