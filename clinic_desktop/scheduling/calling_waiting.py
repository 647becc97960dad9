"""A call to somebody on the waitlist: put on record, and booked in the same moment when they say yes."""

from dataclasses import dataclass

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import draft
from clinic_desktop.scheduling.calling import against
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome, Whom, not_allowed
from clinic_desktop.scheduling.courses import placed_rest
from clinic_desktop.scheduling.freed import Candidate
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.settle import settle
from clinic_desktop.scheduling.waiting import BOOKED, closed, still_waiting
from clinic_desktop.security.rights import Right, require


@dataclass(frozen=True, slots=True)
class WaitCalled:
    """The call on record, the visit where one was booked, what to know, and the news."""

    attempt: CallAttempt
    visit: Visit | None
    findings: tuple[Finding, ...]
    changes: Changes


def call_waiting(
    store: ScheduleStore, actor: Actor, candidate: Candidate, outcome: CallOutcome, note: str = ""
) -> WaitCalled:
    """Record what came of a call about a freed time. Booked: the visit is made, the entry is closed, all in
    one transaction; what the rules refuse, or a place that was taken meanwhile, leaves nothing behind.

    Raises :class:`Refusal`, :class:`Conflict`, or :class:`StaleEdit`.
    """
    require(actor, Right.BOOK)
    with store.write(actor) as unit:
        wish = candidate.wish
        if outcome is CallOutcome.BOOKED:
            unit.lock_days([wish.day])
        patient = unit.get(Patient, candidate.entry.patient_id)
        deviation = not_allowed(Whom.PATIENT, outcome, patient.permissions)
        found = [against(outcome, patient)] if deviation else []
        visit: Visit | None = None
        if outcome is CallOutcome.BOOKED:
            entry = still_waiting(unit, candidate.entry.id)
            visit, warnings = _booked(unit, candidate)
            found += warnings
            closed(unit, entry, BOOKED, visit.id)
        attempt = unit.add(
            CallAttempt(
                wait_id=candidate.entry.id,
                day=wish.day,
                minute=wish.minute,
                number=patient.phones[0].number if patient.phones else "",
                outcome=outcome,
                note=note.strip(),
                deviation=deviation,
                at=unit.at,
                by=unit.actor.person_id,
            )
        )
        return WaitCalled(attempt, visit, tuple(found), unit.commit())


def _booked(unit: ScheduleUnit, candidate: Candidate) -> tuple[Visit, list[Finding]]:
    if candidate.course is not None and candidate.open_no is not None:
        visits, warnings = placed_rest(unit, candidate.course, [(candidate.open_no, candidate.wish)])
        return visits[0], list(warnings)
    written, said = settle(unit, [draft(unit.setup(), candidate.wish)])
    return written[0], said
