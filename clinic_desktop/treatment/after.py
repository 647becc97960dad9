"""What a session leaves: clearances carried on, the REMS form, and an incident for an end out of turn."""

from dataclasses import replace
from datetime import date, timedelta

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.model import Modality, Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.renewing import renewed_by_visit
from clinic_desktop.scheduling.states import ENDED, VisitState
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment import slip_rules as slips
from clinic_desktop.treatment.model import Incident, RemsForm
from clinic_desktop.treatment.session import ENDS, Session

FORM_DAYS = 7  # calendar days, holidays included [R3] [R10]


def follow_up(unit: ScheduleUnit, visit: Visit, session: Session) -> None:
    """Leave what follows from the end of a visit; nothing while it goes on."""
    _clearances(unit, visit, session)
    if visit.state not in ENDED:
        return
    _rems_form(unit, visit, session)
    ending = session.last(*ENDS)
    if visit.state in (VisitState.LEFT_EARLY, VisitState.TRANSFERRED) and ending is not None:
        _once(unit, visit, ending.id)


def _clearances(unit: ScheduleUnit, visit: Visit, session: Session) -> None:
    over = session.ended_at if visit.state is VisitState.LEFT else None
    renewed_by_visit(unit, visit, None if over is None else local_day(over, visit.zone))


def _rems_form(unit: ScheduleUnit, visit: Visit, session: Session) -> None:
    first, ended = session.first_dose_at, session.ended_at
    if first is None or ended is None or not _under_rems(unit, visit):
        return
    on = local_day(first, visit.zone)
    minutes = max(0, int((ended - first).total_seconds()) // 60)
    wanted = {"session_on": on, "due_on": on + timedelta(days=FORM_DAYS), "minutes": minutes}
    there = unit.find(RemsForm, visit_id=visit.id)
    form = replace(there[0] if there else RemsForm(visit_id=visit.id), **wanted)  # type: ignore[arg-type]  # replace checks the names
    if not there:
        unit.add(form)
    elif form != there[0]:
        unit.save(form)


def _under_rems(unit: ScheduleUnit, visit: Visit) -> bool:
    modality = unit.find(Modality, code=unit.setup().type_by_id(visit.type_id).modality)
    return bool(modality) and modality[0].rems


def _once(unit: ScheduleUnit, visit: Visit, stamp_id: int) -> None:
    code = str(visit.state)
    if not any(code in one.codes for one in unit.find(Incident, visit_id=visit.id)):
        open_incident(unit, visit.id, stamp_id, (code,))


def open_incident(unit: ScheduleUnit, visit_id: int, stamp_id: int, codes: tuple[str, ...]) -> None:
    by, at = unit.actor.person_id, unit.at
    unit.add(Incident(visit_id=visit_id, stamp_id=stamp_id, codes=codes, opened_at=at, opened_by=by))


def close_incident(store: ScheduleStore, actor: Actor, incident: Incident, answer: str) -> Changes:
    """A prescriber answers a deviation in words; it stays on record."""
    require(actor, Right.CLEAR)
    if not answer.strip():
        raise BadInput({"answer": Finding(slips.ANSWER)})
    if incident.closed_at is not None:
        raise BadInput({"answer": Finding(slips.CLOSED_ALREADY)})
    with store.write(actor) as unit:
        closed = replace(incident, closed_at=unit.at, closed_by=actor.person_id, answer=answer.strip())
        unit.save(closed)
        return unit.commit()


def record_sent(store: ScheduleStore, actor: Actor, form: RemsForm, sent_on: date) -> Changes:
    """The form of a session was sent on that day. It is never deleted; another day said later takes the place
    of a wrong one, and the audit trail keeps both."""
    require(actor, Right.RECORD)
    with store.write(actor) as unit:
        today = local_day(unit.at, unit.setup().clinic.zone)
        if not form.session_on <= sent_on <= today:
            params = {"first": short_date(form.session_on)}
            raise BadInput({"sent_on": Finding(slips.FORM_SENT, params)})
        unit.save(replace(form, sent_on=sent_on, closed_by=actor.person_id))
        return unit.commit()
