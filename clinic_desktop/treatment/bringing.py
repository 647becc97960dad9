"""Bringing somebody into another free room than the booked one: the visit moves there, and they are in it, in
one transaction."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.kept_words import HAPPENED
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move_all, to
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import Recorded, write_stamps


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
