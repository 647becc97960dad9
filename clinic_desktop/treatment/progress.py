"""Bringing a visit up to what the facts say: its state, when its room is free, and whom that displaces.

The plan claims places and is exclusive; what happens is never refused because of it. So a stay that runs on
takes the room it is in anyway, and the visit that was to have it next loses its room claim, is marked
displaced, and heads the repair list, in the same transaction.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.kept_words import HAPPENED
from clinic_desktop.foundation.records import changed
from clinic_desktop.people.model import Order
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.model import (
    Claim,
    ClaimKind,
    GoingHomeProfile,
    Override,
    PhaseKind,
    Stood,
    Visit,
    VisitType,
)
from clinic_desktop.scheduling.open_visits import count_open, stands
from clinic_desktop.scheduling.overlaps import have_alone
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.rules import only_before_start, planned_state
from clinic_desktop.scheduling.settle import has_driver_override
from clinic_desktop.scheduling.states import LIVE, NEVER_CAME, PLANNED, VisitState
from clinic_desktop.scheduling.under_orders import order_for, used
from clinic_desktop.scheduling.way_home import gaps, needs_way_home
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment.earlier import held_floor, held_sessions
from clinic_desktop.treatment.floors import BEGUN, release_from
from clinic_desktop.treatment.model import Incident, Stamp
from clinic_desktop.treatment.moving_rooms import rooms_of
from clinic_desktop.treatment.places import give_back, make_way, take_places
from clinic_desktop.treatment.room_time import here_until, room_needed_until
from clinic_desktop.treatment.rules import DRIVER_AT_DOSING
from clinic_desktop.treatment.session import ENDS, Session, minutes_of, standing, state_of, when
from clinic_desktop.treatment.slips import ANY_DAY, day_of_stay

# Where the database asks for no way home.
_WITHOUT_WAY_HOME = frozenset({VisitState.HELD, VisitState.NOT_TREATED}) | NEVER_CAME


def bring_up_to_date(unit: ScheduleUnit, visit: Visit, session: Session) -> tuple[Visit, list[Visit]]:
    """Write what the stamps say of the visit; answers it and the visits it displaced.

    The visit's day must be locked. ``visit`` may carry changes of the caller's that are not written yet.
    """
    before = unit.get(Visit, visit.id)
    visit_type = unit.setup().type_by_id(visit.type_id)
    if lacks_driver(unit, visit, visit_type):
        visit = replace(visit, held_for=visit.held_for | {"driver"})
    visit = _by_the_facts(unit, visit, visit_type, session)
    _leave_trace(unit, visit, visit_type, session)
    visit, displaced = make_way(unit, visit)
    if visit != before:
        visit = unit.save(visit)
    if stands(visit) != stands(before):
        count_open(unit, visit.course_id)
        visit = unit.get(Visit, visit.id)  # its number in the course may be another now
    claimed, wanted = claims_of(before, visit_type), claims_of(visit, visit_type)
    if claimed != wanted:
        visit = take_places(unit, visit, visit_type)
        have_alone(unit, [one for one in claimed if one not in wanted])
    ends = _room_ends(wanted)
    for room_id, end in _room_ends(claimed).items():
        if ends.get(room_id, 0) < end:
            give_back(unit, visit, room_id)
    return visit, displaced


def _room_ends(claims: Iterable[Claim]) -> dict[int, int]:
    """Up to when each room is claimed."""
    rooms = sorted((one for one in claims if one.kind is ClaimKind.ROOM), key=lambda one: one.end)
    return {one.resource_id: one.end for one in rooms}


def _by_the_facts(unit: ScheduleUnit, visit: Visit, visit_type: VisitType, session: Session) -> Visit:
    rooms = rooms_of(visit, session, minutes_of(visit_type, PhaseKind.TURNOVER))
    after = changed(
        _with_end(visit, session),
        room_id=rooms[-1].room_id if rooms else visit.planned_room,
        rooms_before=rooms[:-1],
        moved=rooms[-1].entered if len(rooms) > 1 else None,
        state=state_now(visit, visit_type, session, unit.setup().profile_of(visit_type)),
        arrived=_minute(session.arrived_at),
        entered=_minute(session.entered_at),
        left=_minute(session.out_of_room_at) if session.entered_at is not None else None,
        devices=len(session.devices) if visit_type.devices else 0,
        release_from=_release_from(unit, visit, visit_type, session),
        order_id=_order_id(unit, visit, visit_type) if session.dosed else None,
    )
    step, now = unit.setup().policies.grid, _followed_to(unit, visit, session)
    return changed(
        after,
        room_until=room_needed_until(after, visit_type, session, now, step) if after.room_id else None,
        here_until=here_until(after, visit_type, session, now, step),
    )


def _release_from(unit: ScheduleUnit, visit: Visit, visit_type: VisitType, session: Session) -> int | None:
    """Never before what a correction took away while nobody answered for it: the database goes by this."""
    out = release_from(session, visit_type, unit.setup())
    if (
        out is None
        or session.ended_at is not None
        or not unit.find(Incident, visit_id=visit.id, closed_at=None)
    ):
        return out
    before = held_sessions(unit, visit.id, unit.find(Stamp, visit_id=visit.id))
    held = held_floor(before, visit_type, unit.setup())
    return out if held is None else max(out, instant_minute(held + BEGUN))


def floor_as_set(unit: ScheduleUnit, visit: Visit, session: Session) -> Visit:
    """The visit with its earliest release by the settings of now: the database judges a release by it, and a
    setting may have changed since the last entry."""
    floor = _release_from(unit, visit, unit.setup().type_by_id(visit.type_id), session)
    return visit if floor == visit.release_from else unit.save(changed(visit, release_from=floor))


def _order_id(unit: ScheduleUnit, visit: Visit, visit_type: VisitType) -> int | None:
    """The order that a dosed visit uses one visit of; it stays the same whatever is ordered later."""
    if visit.order_id is not None:
        return visit.order_id
    orders = unit.find(Order, patient_id=visit.patient_id, modality=visit_type.modality)
    if not orders:
        return None
    found = order_for(visit, orders, used(unit.find(Visit, patient_id=visit.patient_id)))
    return found.id if found else None


def _with_end(visit: Visit, session: Session) -> Visit:
    """The visit with why it ended: by its facts, or as it stood before them once all are struck out."""
    ending = session.last(*ENDS)
    if ending is None and session.arrived_at is None:
        stood = visit.stood or _stands(visit)
        return changed(
            visit,
            stood=None,
            end_reason=stood.end_reason,
            end_asked_by=stood.end_asked_by,
            end_late=stood.end_late,
        )
    reason = ending.note if ending else ""
    return changed(
        visit, stood=visit.stood or _stands(visit), end_reason=reason, end_asked_by="", end_late=False
    )


def _stands(visit: Visit) -> Stood:
    return Stood(_planned(visit), visit.end_reason, visit.end_asked_by, visit.end_late)


def _minute(at: datetime | None) -> int | None:
    return None if at is None else instant_minute(at)


def state_now(
    visit: Visit, visit_type: VisitType, session: Session, profile: GoingHomeProfile | None = None
) -> VisitState:
    """The state by the facts. Who is here without a driver or a clearance is here, and still only held."""
    after = where_now(visit, visit_type, session, profile)
    only_here = after in (VisitState.ARRIVED, VisitState.IN_ROOM)
    return VisitState.HELD if visit.held_for and only_here else after


def where_now(
    visit: Visit, visit_type: VisitType, session: Session, profile: GoingHomeProfile | None = None
) -> VisitState:
    """Where the patient is by the facts, whatever the visit still waits for."""
    return state_of(session, _planned(visit, profile), visit_type)


def _planned(visit: Visit, profile: GoingHomeProfile | None = None) -> VisitState:
    """Where the visit stands while nothing has happened."""
    if visit.stood is None and visit.state in PLANNED | NEVER_CAME:
        return visit.state
    before = visit.stood.state if visit.stood else VisitState.BOOKED
    return before if before in NEVER_CAME else planned_state(before, visit.held_for, profile)


def _followed_to(unit: ScheduleUnit, visit: Visit, session: Session) -> int:
    until = unit.at
    if visit.day < day_of_stay(until, visit.zone):
        # Nobody is here since a day that is over, because nobody recorded that they left.
        until = max((when(one) for one in session.stamps if one.kind not in ANY_DAY), default=until)
    return instant_minute(until)


def lacks_driver(unit: ScheduleUnit, visit: Visit, visit_type: VisitType) -> bool:
    """Whether a treatment has no way home that its profile accepts, and no permission to do without."""
    profile = unit.setup().profile_of(visit_type)
    lacking = needs_way_home(visit_type, profile) and bool(gaps(visit.plan, profile))
    return lacking and not has_driver_override(unit, visit)


def _leave_trace(unit: ScheduleUnit, visit: Visit, visit_type: VisitType, session: Session) -> None:
    """The database keeps a treatment held without a way home unless a trace says why it is not. It gives
    no permission: see ``Care.went_over``."""
    if visit.state in _WITHOUT_WAY_HOME or not lacks_driver(unit, visit, visit_type):
        return
    profile = unit.setup().profile_of(visit_type)
    if visit.state is VisitState.CONFIRMED and only_before_start(visit.held_for, profile):
        return
    if unit.find(Override, visit_id=visit.id, rule=DRIVER_AT_DOSING, deviation=True):
        return
    reason = next((one.note for one in reversed(session.stamps) if one.note), "")
    unit.add(
        Override(
            visit_id=visit.id,
            rule=DRIVER_AT_DOSING,
            by=unit.actor.person_id,
            at=unit.at,
            reason=reason or HAPPENED,
            deviation=True,
            day=visit.day,
            minute=visit.minute,
        )
    )


def note_overruns(store: ScheduleStore, actor: Actor, visit_ids: list[int]) -> Changes:
    """Look again at patients who are still here: called as time passes. It writes nothing unless
    a stay has run past what is claimed for it."""
    require(actor, Right.BOOK)
    now = instant_minute(store.clock.now())
    with store.read() as records:
        late = {one.id: one.day for one in _running_on(records, visit_ids, now)}
    if not late:
        return Changes()
    with store.write(actor) as unit:
        unit.lock_days(sorted(set(late.values())))
        for visit in _running_on(unit, list(late), instant_minute(unit.at)):
            bring_up_to_date(unit, visit, standing(unit.find(Stamp, visit_id=visit.id)))
        return unit.commit()


def _running_on(records: ScheduleRecords, visit_ids: list[int], now: int) -> list[Visit]:
    found = records.find(Visit, id=visit_ids) if visit_ids else []
    setup = records.setup()
    return [one for one in found if runs_on(one, setup.type_by_id(one.type_id), now)]


def runs_on(visit: Visit, visit_type: VisitType, now: int) -> bool:
    """Whether a patient is here longer than is claimed for them, in the waiting chair too. UTC minutes."""
    if visit.state not in LIVE or visit.here_until is None:
        return False
    planned = visit.end - minutes_of(visit_type, PhaseKind.TURNOVER)
    return max(visit.here_until, planned) < now
