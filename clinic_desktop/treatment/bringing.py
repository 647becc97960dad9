"""Bringing somebody into another room than the booked one: the visit moves there, and they are in it, in one
transaction. It takes a free room; but where that is over, they were in that room whatever the plan says."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.kept_words import HAPPENED
from clinic_desktop.foundation.records import changed
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.model import Room, Visit
from clinic_desktop.scheduling.moving import move_all, to
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moving_rooms import rooms_of
from clinic_desktop.treatment.progress import bring_up_to_date
from clinic_desktop.treatment.recording import Recorded, Written, write_stamps
from clinic_desktop.treatment.session import standing


def other_room(stamps: Sequence[Stamp]) -> int | None:
    """The room that somebody comes into in place of the booked one; None where it is the booked one."""
    entering = (one for one in stamps if one.kind is StampKind.IN_ROOM and one.corrects is None)
    return next((one.room_id for one in entering if one.room_id is not None), None)


def bring_into(
    store: ScheduleStore, actor: Actor, visit_id: int, stamps: Sequence[Stamp], *, happened: bool = False
) -> Recorded:
    """Move a visit whose patient is not in the room yet into the room that a stamp names, as the board moves
    it, and save the stamps. All of it or nothing.

    Raises what :func:`~clinic_desktop.scheduling.moving.move` and
    :func:`~clinic_desktop.treatment.recording.record` raise: a room that others have is refused.
    """
    require(actor, Right.MOVE)
    room_id = other_room(stamps)
    plain = [replace(one, room_id=None) if one.kind is StampKind.IN_ROOM else one for one in stamps]
    with store.write(actor) as unit:
        days = [unit.get(Visit, visit_id).day]
        unit.lock_days(days)
        visit = unit.get(Visit, visit_id)
        told: list[Finding] = []
        if room_id is not None and room_id != visit.room_id:
            _, found = move_all(unit, [to(visit, room_id=room_id)], days, HAPPENED if happened else "")
            told += found
        written = write_stamps(unit, visit_id, plain, happened=happened)
        return Recorded(
            written.visit,
            tuple(written.stamps),
            (*told, *written.warnings),
            tuple(written.displaced),
            unit.commit(),
        )


def write_as_it_was(
    unit: ScheduleUnit, visit_id: int, stamps: Sequence[Stamp], *, happened: bool = False
) -> Written:
    """Stamps of what is over, in a transaction of the caller's, who has locked the visit's day and commits.
    Whoever was brought into another room was in it, whatever the plan says and who may change it: whoever was
    to have it is displaced, as where somebody changes rooms in mid-visit.

    Raises what :func:`~clinic_desktop.treatment.recording.record` raises, and :class:`NotFound` for a room
    that is not there.
    """
    room_id = other_room(stamps)
    if room_id is None:
        return write_stamps(unit, visit_id, stamps, happened=happened)
    unit.get(Room, room_id)
    visit, session = unit.get(Visit, visit_id), standing(unit.find(Stamp, visit_id=visit_id))
    into: dict[str, object] = {"room_id": None}
    rooms = rooms_of(visit, session, 0)
    if rooms and rooms[-1].room_id != room_id:  # somebody else recorded that they came into another one
        into = {"kind": StampKind.MOVED_ROOM, "room_id": room_id}
    elif room_id != visit.room_id:
        bring_up_to_date(unit, changed(visit, room_id=room_id), session)
    meant = [changed(one, **into) if one.kind is StampKind.IN_ROOM else one for one in stamps]
    return write_stamps(unit, visit_id, meant, happened=happened)
