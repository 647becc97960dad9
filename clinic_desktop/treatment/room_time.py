"""How long a room is really needed, and whom a stay that runs on displaces.

The plan claims rooms and is exclusive; what happens is never refused. So a stay that runs past its
plan takes the room it is in anyway, and the visit that was to have it next loses its room claim, is
marked displaced, and heads the repair list, in the same transaction.
"""

from dataclasses import replace
from datetime import datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.scheduling.claims import claims_of, phases_of
from clinic_desktop.scheduling.model import ClaimKind, PhaseKind, Visit, VisitType
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.states import HERE, PLANNED
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import Session, minutes_of, standing

IN_ROOM = (PhaseKind.PREP, PhaseKind.DOSING, PhaseKind.INFUSION, PhaseKind.SESSION, PhaseKind.MONITORING)
REST = (PhaseKind.RECOVERY, PhaseKind.RELEASE)


def room_needed_until(visit_type: VisitType, session: Session, now: int) -> int | None:
    """UTC minute at which the room is turned over, by the facts so far; None while they say nothing.

    A patient who is still in the room needs it at least until now and the turnover.
    """
    turnover = minutes_of(visit_type, PhaseKind.TURNOVER)
    ended = session.ended_at
    if ended is not None:
        left = instant_minute(ended)
        return None if session.last(StampKind.IN_ROOM) is None and not session.dosed else left + turnover
    out = _expected_out(visit_type, session)
    return None if out is None else max(out, now) + turnover


def _expected_out(visit_type: VisitType, session: Session) -> int | None:
    """When the patient will leave the room, counted from the last step that is known."""
    release = minutes_of(visit_type, PhaseKind.RELEASE)
    after_dose = minutes_of(visit_type, PhaseKind.MONITORING, PhaseKind.RECOVERY) + release
    if session.last_dose_at is not None:
        return instant_minute(session.last_dose_at) + after_dose
    if session.first_dose_at is not None:
        return instant_minute(session.first_dose_at) + minutes_of(visit_type, PhaseKind.INFUSION) + after_dose
    entered = session.time_of(StampKind.IN_ROOM)
    return None if entered is None else instant_minute(entered) + minutes_of(visit_type, *IN_ROOM, *REST)


def make_room(unit: ScheduleUnit, visit: Visit) -> list[Visit]:
    """Bring the visit's claims in line with the facts; returns the visits it displaced."""
    setup = unit.setup()
    visit_type = setup.type_by_id(visit.type_id)
    session = standing(unit.find(Stamp, visit_id=visit.id))
    until = room_needed_until(visit_type, session, instant_minute(unit.at)) if visit.room_id else None
    if visit.state in HERE and until is not None:
        until = max(until, _planned_end(visit, visit_type))
    until, displaced = _displace(unit, visit, until)
    entered, left = in_room(session)
    if (until, entered, left) != (visit.room_until, visit.entered, visit.left):
        visit = unit.save(replace(visit, room_until=until, entered=entered, left=left))
    unit.place([visit.id], claims_of(visit, visit_type), _as_it_is)
    return displaced


def _as_it_is(_staff_id: int) -> int:
    """Facts are recorded even where a watching limit was lowered since."""
    return 99


def in_room(session: Session) -> tuple[int | None, int | None]:
    """UTC minutes when the patient came into the room and left it. A dose shows that they were in it."""
    entered = session.time_of(StampKind.IN_ROOM) or session.first_dose_at
    left = session.ended_at if entered is not None else None
    return _minute(entered), _minute(left)


def _minute(at: datetime | None) -> int | None:
    return None if at is None else instant_minute(at)


def _planned_end(visit: Visit, visit_type: VisitType) -> int:
    return phases_of(visit, visit_type)[-1][2].end


def _displace(unit: ScheduleUnit, visit: Visit, until: int | None) -> tuple[int | None, list[Visit]]:
    """Take the room from those whose time in it begins before this stay is over.

    Where another patient really is in the room as well, this one's claim ends where theirs begins.
    """
    if until is None or until <= visit.start or visit.displaced:
        return until, []
    setup = unit.setup()
    in_the_way = {
        claim.visit_id
        for claim in unit.claims_between(visit.start, until)
        if claim.kind is ClaimKind.ROOM and claim.resource_id == visit.room_id and claim.visit_id != visit.id
    }
    out = []
    for number in sorted(in_the_way):
        other = unit.get(Visit, number)
        if other.state not in PLANNED:
            until = max(min(until, other.start), visit.start)
            continue
        moved = unit.save(replace(other, displaced=True))
        unit.place([moved.id], claims_of(moved, setup.type_by_id(moved.type_id)), _as_it_is)
        out.append(moved)
    return until, out


def note_overruns(store: ScheduleStore, actor: Actor, visit_ids: list[int]) -> Changes:
    """Look again at patients who are still in their rooms: called as time passes, it changes nothing
    unless a stay has run into the next visit."""
    require(actor, Right.BOOK)
    with store.read() as records:
        days = sorted({records.get(Visit, number).day for number in visit_ids})
    with store.write(actor) as unit:
        unit.lock_days(days)
        for number in visit_ids:
            visit = unit.get(Visit, number)
            if visit.state in HERE and _runs_on(unit, visit):
                make_room(unit, visit)
        return unit.commit()


def _runs_on(unit: ScheduleUnit, visit: Visit) -> bool:
    visit_type = unit.setup().type_by_id(visit.type_id)
    session = standing(unit.find(Stamp, visit_id=visit.id))
    until = room_needed_until(visit_type, session, instant_minute(unit.at))
    return until is not None and until > (visit.room_until or _planned_end(visit, visit_type))
