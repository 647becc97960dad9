"""Taking the places of a visit whose facts differ from its plan: the room, and those who are in its way.

Nothing here refuses a fact because of the plan. Whoever is really in a room has it; whoever was to have it
next is displaced; hands that are promised to another are shared, with a trace.
"""

from dataclasses import replace

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.claims import claims_of, room_from
from clinic_desktop.scheduling.model import ClaimKind, Visit, VisitType
from clinic_desktop.scheduling.overlaps import around, clashes, place_shared, room_sharers
from clinic_desktop.scheduling.ports import ScheduleUnit
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.treatment import slip_rules as slips


def make_way(unit: ScheduleUnit, visit: Visit) -> tuple[Visit, list[Visit]]:
    """Clear the room for as long as the facts say that it is needed.

    Answers the visit as it then is, and the visits it displaced. Where another patient really is in the
    room as well, this visit's claim ends where theirs begins, and the plan of one of them needs repair.
    """
    if visit.entered is None:
        return replace(visit, displaced=visit.displaced and visit.state in LIVE), []
    visit = replace(visit, displaced=False)
    for other in _in_the_way(unit, visit):
        if other.left is not None and (visit.left is None or other.left <= visit.left):
            _cut_turnover(unit, other, room_from(visit))
    displaced = _displace(unit, visit)
    others = [room_from(one) for one in _in_the_way(unit, visit)]
    if not others:
        return visit, displaced
    until = max(min(others), room_from(visit))
    shared = until == room_from(visit) and visit.left is None
    return replace(visit, room_until=until, displaced=shared), displaced


def _in_the_way(unit: ScheduleUnit, visit: Visit) -> list[Visit]:
    """The visits that claim this one's room while it is needed, but for those that share it on purpose."""
    if visit.room_until is None or visit.room_until <= room_from(visit):
        return []
    numbers = {
        one.visit_id
        for one in unit.claims_between(room_from(visit), visit.room_until)
        if one.kind is ClaimKind.ROOM and one.resource_id == visit.room_id and one.visit_id != visit.id
    }
    numbers -= room_sharers(unit, visit, numbers)
    return sorted((unit.get(Visit, number) for number in numbers), key=lambda one: (one.start, one.id))


def _displace(unit: ScheduleUnit, visit: Visit) -> list[Visit]:
    """Take the room from those who have not come into it yet."""
    out = []
    for other in _in_the_way(unit, visit):
        if other.entered is None and other.state in LIVE:
            moved = unit.save(replace(other, displaced=True))
            out.append(take_places(unit, moved, unit.setup().type_by_id(moved.type_id)))
    return out


def _cut_turnover(unit: ScheduleUnit, other: Visit, minute: int) -> None:
    """The next patient is in the room: cleaning it after the last one is over."""
    cut = unit.save(replace(other, room_until=max(minute, room_from(other))))
    take_places(unit, cut, unit.setup().type_by_id(cut.type_id))


def take_places(unit: ScheduleUnit, visit: Visit, visit_type: VisitType) -> Visit:
    """Claim what the visit claims now. A room that was given to another meanwhile displaces this visit."""
    claims = claims_of(visit, visit_type)
    there = around(unit, visit, claims)
    others = there[0]
    with_room = {one.visit_id for one in others if one.kind is ClaimKind.ROOM}
    room_with = room_sharers(unit, visit, with_room)
    strangers = [one for one in others if one.visit_id not in room_with]
    if any(one.kind is ClaimKind.ROOM and clashes(one, strangers) for one in claims):
        visit = unit.save(replace(visit, displaced=True))
        claims = claims_of(visit, visit_type)
    if any(one.kind is ClaimKind.PATIENT and clashes(one, others) for one in claims):
        raise BadInput({"visit": Finding(slips.ELSEWHERE)})
    place_shared(unit, visit, claims, there, room_with)
    return visit


def give_back(unit: ScheduleUnit, freed: Visit) -> list[Visit]:
    """Give the room of ``freed`` back to displaced visits that fit into it again, the earliest first."""
    out = []
    for other in unit.visits_on(freed.day, freed.day):
        waits = other.displaced and other.entered is None and other.state in LIVE
        if not waits or other.room_id != freed.room_id or other.id == freed.id:
            continue
        back = replace(other, displaced=False)
        visit_type = unit.setup().type_by_id(other.type_id)
        rooms = [one for one in claims_of(back, visit_type) if one.kind is ClaimKind.ROOM]
        if not any(clashes(one, around(unit, back, rooms)[0]) for one in rooms):
            out.append(take_places(unit, unit.save(back), visit_type))
    return out
