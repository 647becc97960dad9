"""What a session leaves to be done: the REMS form, the course count, an incident for an end out of turn."""

from dataclasses import replace
from datetime import timedelta

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.scheduling.model import Modality, Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.states import ENDED, VisitState
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment.model import Incident, RemsForm, Stamp
from clinic_desktop.treatment.session import Session, standing

FORM_DAYS = 7  # calendar days, holidays included [R3] [R10]


def follow_up(unit: ScheduleUnit, visit: Visit) -> None:
    """Leave what follows from the end of a visit; nothing while it goes on."""
    if visit.state not in ENDED:
        return
    session = standing(unit.find(Stamp, visit_id=visit.id))
    _rems_form(unit, visit, session)
    if visit.state in (VisitState.LEFT_EARLY, VisitState.TRANSFERRED):
        _incident(unit, visit, session)


def _rems_form(unit: ScheduleUnit, visit: Visit, session: Session) -> None:
    visit_type = unit.setup().type_by_id(visit.type_id)
    modality = unit.find(Modality, code=visit_type.modality)
    if not modality or not modality[0].rems or session.first_dose_at is None:
        return
    end = session.ended_at or session.first_dose_at
    minutes = int((end - session.first_dose_at).total_seconds()) // 60
    there = unit.find(RemsForm, visit_id=visit.id)
    if there:
        if there[0].minutes != minutes:
            unit.save(replace(there[0], minutes=minutes))
        return
    on = local_day(session.first_dose_at, visit.zone)
    due = on + timedelta(days=FORM_DAYS)
    unit.add(RemsForm(visit_id=visit.id, session_on=on, due_on=due, minutes=minutes))


def _incident(unit: ScheduleUnit, visit: Visit, session: Session) -> None:
    code = str(visit.state)
    if any(code in one.codes for one in unit.find(Incident, visit_id=visit.id)):
        return
    stamp = session.stamps[-1].id if session.stamps else None
    by = unit.actor.person_id
    unit.add(Incident(visit_id=visit.id, stamp_id=stamp, codes=(code,), opened_at=unit.at, opened_by=by))


def close_incident(store: ScheduleStore, actor: Actor, incident: Incident, answer: str) -> Changes:
    """A prescriber answers a deviation in words; it stays on record."""
    require(actor, Right.CLEAR)
    with store.write(actor) as unit:
        closed = replace(incident, closed_at=unit.at, closed_by=actor.person_id, answer=answer)
        unit.save(closed)
        return unit.commit()
