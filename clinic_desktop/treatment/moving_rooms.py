"""A room changed in mid-visit: which rooms a patient was in, and what speaks against another one. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.scheduling.model import RoomStay, Visit
from clinic_desktop.treatment import slip_rules as slips
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.entering import occupied
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import ENDS, GIVEN, Session, when

K = StampKind


def rooms_of(visit: Visit, session: Session, turnover: int) -> tuple[RoomStay, ...]:
    """The rooms that the patient was in, in order, by the stamps. A room that was left is needed until it is
    turned over, or until the next patient came into it, as the visit has it; who comes back to it needs it
    anew from then on."""
    known = {replace(one, until=None): one.until for one in visit.rooms_before}
    out: list[RoomStay] = []
    for stamp in session.stamps if visit.planned_room is not None else ():
        minute = instant_minute(when(stamp))
        if stamp.kind in (K.IN_ROOM, K.MOVED_ROOM, *GIVEN) and not out:
            out.append(RoomStay(visit.planned_room or 0, minute))
        if stamp.kind in (K.MOVED_ROOM, K.WAITING, *ENDS) and out and out[-1].left is None:
            out[-1] = replace(out[-1], left=minute)
        if stamp.kind is K.MOVED_ROOM and stamp.room_id is not None:
            out.append(RoomStay(stamp.room_id, minute))
        elif stamp.kind is K.IN_ROOM and out[-1].left is not None:  # out of the waiting chair
            if minute <= out[-1].left + turnover:  # nobody else was to have it yet: the same stay goes on
                out[-1] = replace(out[-1], left=None)
            else:
                out.append(RoomStay(out[-1].room_id, minute))
    stays = [replace(one, until=known.get(one, (one.left or 0) + turnover)) for one in out]
    return tuple(_until_back(one, stays[n:]) for n, one in enumerate(stays, 1))


def _until_back(stay: RoomStay, later: Iterable[RoomStay]) -> RoomStay:
    back = [one.entered for one in later if one.room_id == stay.room_id]
    return replace(stay, until=min([stay.until or 0, *back]))


def before_moving(care: Care, stamp: Stamp) -> list[Finding]:
    """Nobody is moved into a room that another patient is in."""
    return occupied(care, stamp.room_id)


def move_slips(care: Care, stamp: Stamp) -> Problems:
    """Only who is in a room, or in the waiting chair, is moved; and into another one."""
    if stamp.kind is not K.MOVED_ROOM:
        return {}
    rooms = {one.id: one.name for one in care.setup.rooms}
    if stamp.room_id not in rooms:
        return {"room": Finding(slips.WHICH_ROOM)}
    stays = rooms_of(care.visit, care.session, 0)
    if not stays:
        return {"kind": Finding(slips.NOT_IN_ROOM)}
    if stays[-1].left is None and stays[-1].room_id == stamp.room_id:
        return {"room": Finding(slips.SAME_ROOM, {"room": rooms[stamp.room_id]})}
    return {}
