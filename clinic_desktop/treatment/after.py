"""What a session leaves: the REMS form, clearances carried on, and an incident for an end out of turn."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding, Word
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.renewing import renewed_by_visit
from clinic_desktop.scheduling.states import ENDED, VisitState
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment import slip_rules as slips
from clinic_desktop.treatment.model import Incident, Stamp, StampKind
from clinic_desktop.treatment.moments import by
from clinic_desktop.treatment.progress import bring_up_to_date
from clinic_desktop.treatment.rems_form import keep_form
from clinic_desktop.treatment.rules import EARLIER_UNANSWERED
from clinic_desktop.treatment.session import ENDS, Session, standing, when

CALLED_BEFORE = timedelta(minutes=30)  # the ambulance is called before it takes somebody away
CALLS_MADE = "called"
_OUT_OF_TURN = frozenset({str(VisitState.LEFT_EARLY), str(VisitState.TRANSFERRED)})


def follow_up(unit: ScheduleUnit, visit: Visit, session: Session) -> None:
    """Leave what follows from what happened: the form from the first device on, the rest from the end."""
    _clearances(unit, visit, session)
    keep_form(unit, visit, session)
    if visit.state not in ENDED:
        return
    ending = session.last(*ENDS)
    if visit.state in (VisitState.LEFT_EARLY, VisitState.TRANSFERRED) and ending is not None:
        _once(unit, visit, ending.id)


def _clearances(unit: ScheduleUnit, visit: Visit, session: Session) -> None:
    over = session.ended_at if visit.state is VisitState.LEFT else None
    if over is not None and unit.actor.until is not None:
        return  # in an emergency nobody has shown who they are: a prescriber clears the patient afterwards
    renewed_by_visit(unit, visit, None if over is None else local_day(over, visit.zone))


def _once(unit: ScheduleUnit, visit: Visit, stamp_id: int) -> None:
    """An answered one is about the end that it was opened for, however that is corrected; another end, after
    that was struck out, is another incident."""
    code, same = str(visit.state), _as_first_recorded(unit, visit, stamp_id)
    there = [one for one in unit.find(Incident, visit_id=visit.id) if code in one.codes]
    if not any(one.closed_at is None or one.stamp_id in same for one in there):
        open_incident(unit, visit.id, stamp_id, (code,))


def _as_first_recorded(unit: ScheduleUnit, visit: Visit, stamp_id: int) -> set[int | None]:
    """An entry's number, and those of the entries that it corrects."""
    corrects = {one.id: one.corrects for one in unit.find(Stamp, visit_id=visit.id)}
    out: set[int | None] = set()
    number: int | None = stamp_id
    while number is not None:
        out.add(number)
        number = corrects[number]
    return out


def open_incident(unit: ScheduleUnit, visit_id: int, stamp_id: int, codes: tuple[str, ...]) -> None:
    who, at = unit.actor.person_id, unit.at
    unit.add(Incident(visit_id=visit_id, stamp_id=stamp_id, codes=codes, opened_at=at, opened_by=who))


def is_out_of_turn(incident: Incident) -> bool:
    """Whether it is about somebody who went without a release."""
    return bool(_OUT_OF_TURN.intersection(incident.codes))


def still_to_tell(incident: Incident, session: Session, calls: Iterable[CallAttempt]) -> list[str]:
    """What has to be done about somebody who went without a release, and nobody recorded: the prescriber
    told, the calls made, an infusion stopped [decision: states]. Of an end that was struck out nothing."""
    ending = session.last(StampKind.LEFT_EARLY, StampKind.TRANSFERRED)
    if ending is None or not is_out_of_turn(incident):
        return []
    since = when(ending) - CALLED_BEFORE
    told = any(by(since, when(one)) for one in session.all_of(StampKind.TOLD))
    called = any(one.at is not None and by(since, one.at) for one in calls)
    stopped = not session.left_open
    wanted = ((StampKind.TOLD.value, told), (CALLS_MADE, called), (StampKind.INFUSION_STOP.value, stopped))
    return [word for word, there in wanted if not there]


def close_incident(store: ScheduleStore, actor: Actor, incident: Incident, answer: str) -> Changes:
    """A prescriber answers a deviation in words; it stays on record."""
    require(actor, Right.CLEAR)
    with store.write(actor) as unit:
        unit.lock_days([unit.get(Visit, incident.visit_id).day])
        close(unit, incident, answer)
        return unit.commit()


def close(unit: ScheduleUnit, incident: Incident, answer: str) -> None:
    """The same inside a transaction of the caller's, who has the right, has locked the visit's day and
    commits."""
    if not answer.strip():
        raise BadInput({"answer": Finding(slips.ANSWER)})
    if incident.closed_at is not None:
        raise BadInput({"answer": Finding(slips.CLOSED_ALREADY)})
    visit = unit.get(Visit, incident.visit_id)
    session = standing(unit.find(Stamp, visit_id=incident.visit_id))
    if missing := still_to_tell(incident, session, unit.find(CallAttempt, visit_id=incident.visit_id)):
        words = tuple(Word(one) for one in missing)
        raise BadInput({"answer": Finding(slips.INCIDENT_OPEN, {"missing": words})})
    unit.save(replace(incident, closed_at=unit.at, closed_by=unit.actor.person_id, answer=answer.strip()))
    if EARLIER_UNANSWERED.code in incident.codes:  # the release waits for it no longer
        bring_up_to_date(unit, visit, session)
