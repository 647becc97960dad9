"""Taking the places of a visit whose facts differ from its plan: the room, and those who are in its way.

Nothing here refuses a fact because of the plan. Whoever is really in a room has it; whoever was to have it
next is displaced; people who are promised to another visit are shared with it, with a trace.
"""

from collections.abc import Iterable
from dataclasses import replace

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.records import changed
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.claims import claims_of, room_from
from clinic_desktop.scheduling.model import Claim, ClaimKind, RoomStay, Visit, VisitType
from clinic_desktop.scheduling.overlaps import around, clashes, place_shared, room_sharers
from clinic_desktop.scheduling.ports import ScheduleUnit
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.treatment import slip_rules as slips


def make_way(unit: ScheduleUnit, visit: Visit) -> tuple[Visit, list[Visit]]:
    """Clear the room for as long as the facts say that it is needed, and those that the patient left for it.

    Answers the visit as it then is, and the visits it displaced. Where another patient really is in the
    room as well, this visit's claim ends where theirs begins, and the plan of one of them needs repair.
    """
    if visit.entered is None:
        return replace(visit, displaced=visit.displaced and visit.state in LIVE), []
    visit, displaced = _rooms_before(unit, changed(visit, displaced=False))
    for claim in _in_the_way(unit, visit):
        _cut_turnover(unit, claim, visit)
    displaced += _displace(unit, visit)
    others = [one.start for one in _in_the_way(unit, visit)]
    if not others:
        return visit, displaced
    until = max(min(others), room_from(visit))
    shared = until == room_from(visit) and visit.left is None
    return changed(visit, room_until=until, displaced=shared), displaced


def _rooms_before(unit: ScheduleUnit, visit: Visit) -> tuple[Visit, list[Visit]]:
    """The same for the rooms that the patient was in before: each is theirs until another patient came."""
    stays, displaced = [], []
    for stay in visit.rooms_before:
        then = _as_it_was(visit, stay)
        displaced += _displace(unit, then)
        begun = [one.start for one in _in_the_way(unit, then)]
        until = max(min(begun), room_from(then)) if begun else stay.until
        stays.append(replace(stay, until=until))
    return changed(visit, rooms_before=tuple(stays)), displaced


def _as_it_was(visit: Visit, stay: RoomStay) -> Visit:
    """The visit while its patient was in an earlier room."""
    return changed(visit, room_id=stay.room_id, moved=stay.entered, left=stay.left, room_until=stay.until)


def _in_the_way(unit: ScheduleUnit, visit: Visit) -> list[Claim]:
    """The claims on this one's room while it is needed, but for those that share it on purpose."""
    if visit.room_until is None or visit.room_until <= room_from(visit):
        return []
    room = ClaimKind.ROOM, visit.room_id or 0
    rows = unit.taken([room], room_from(visit), visit.room_until).get(room, [])
    there = [Claim(*room, start, end, visit_id=number) for start, end, number in rows if number != visit.id]
    meant = room_sharers(unit, visit, {one.visit_id for one in there})
    there = [one for one in there if one.visit_id not in meant]
    return sorted(there, key=lambda one: (one.start, one.visit_id))


def _displace(unit: ScheduleUnit, visit: Visit) -> list[Visit]:
    """Take the room from those who have not come into it yet."""
    out = []
    for claim in _in_the_way(unit, visit):
        other = unit.get(Visit, claim.visit_id)
        if other.entered is None and other.state in LIVE:
            moved = unit.save(replace(other, displaced=True))
            out.append(take_places(unit, moved, unit.setup().type_by_id(moved.type_id)))
    return out


def _cut_turnover(unit: ScheduleUnit, claim: Claim, visit: Visit) -> None:
    """The next patient is in the room: cleaning it after the last one is over."""
    other, minute = unit.get(Visit, claim.visit_id), max(room_from(visit), claim.start)
    stay = next((one for one in other.rooms_before if _claims(one, claim)), None)
    left = other.left if stay is None else stay.left
    if left is None or (visit.left is not None and left > visit.left):
        return
    if stay is None:
        other = replace(other, room_until=minute)
    else:
        cut = (replace(one, until=minute) if one == stay else one for one in other.rooms_before)
        other = replace(other, rooms_before=tuple(cut))
    take_places(unit, unit.save(other), unit.setup().type_by_id(other.type_id))


def _claims(stay: RoomStay, claim: Claim) -> bool:
    """Whether a claim is that of an earlier room."""
    within = stay.entered <= claim.start and claim.end <= (stay.until or 0)
    return stay.room_id == claim.resource_id and within


def take_places(unit: ScheduleUnit, visit: Visit, visit_type: VisitType) -> Visit:
    """Claim what the visit claims now. A room that was given to another meanwhile displaces this visit."""
    claims = claims_of(visit, visit_type)
    there = around(unit, visit, claims)
    others = there[0]
    rooms = [one for one in claims if one.kind is ClaimKind.ROOM]
    with_room = {one.visit_id for one in others if one.kind is ClaimKind.ROOM and clashes(one, rooms)}
    room_with = room_sharers(unit, visit, with_room)
    strangers = [one for one in others if one.visit_id not in room_with]
    if any(clashes(one, strangers) for one in rooms):
        visit = unit.save(replace(visit, displaced=True))
        claims = claims_of(visit, visit_type)
    if _elsewhere(unit, visit, visit_type, others):
        raise BadInput({"visit": Finding(slips.ELSEWHERE)})
    place_shared(unit, visit, claims, there, room_with)
    return visit


def _elsewhere(unit: ScheduleUnit, visit: Visit, visit_type: VisitType, others: Iterable[Claim]) -> bool:
    """Whether the patient has another visit at the planned time. A stay that runs on beyond its plan is in
    nobody's way: what it and another visit both need of the patient's time, they share."""
    mine = _patient_by_plan(visit, visit_type)
    theirs = {one.visit_id for one in others if clashes(one, mine)}
    visits = [unit.get(Visit, one) for one in sorted(theirs)]
    return any(
        clashes(claim, mine)
        for one in visits
        for claim in _patient_by_plan(one, unit.setup().type_by_id(one.type_id))
    )


def _patient_by_plan(visit: Visit, visit_type: VisitType) -> list[Claim]:
    claims = claims_of(changed(visit, here_until=None), visit_type)
    return [one for one in claims if one.kind is ClaimKind.PATIENT]


def give_back(unit: ScheduleUnit, freed: Visit, room_id: int) -> list[Visit]:
    """Give a room that ``freed`` needs no more back to displaced visits that fit into it again, the earliest
    first."""
    out = []
    there = unit.find(Visit, day=freed.day, room_id=room_id, displaced=True)
    for other in sorted(there, key=lambda one: (one.start, one.id)):
        waits = other.entered is None and other.state in LIVE
        if not waits or other.id == freed.id:
            continue
        back = replace(other, displaced=False)
        visit_type = unit.setup().type_by_id(other.type_id)
        rooms = [one for one in claims_of(back, visit_type) if one.kind is ClaimKind.ROOM]
        if not any(clashes(one, around(unit, back, rooms)[0]) for one in rooms):
            out.append(take_places(unit, unit.save(back), visit_type))
    return out
