"""A prescriber's no to a correction that opens the release earlier: the time recorded first stands again, and
the incident is answered with it."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment import slip_rules as slips
from clinic_desktop.treatment.after import close
from clinic_desktop.treatment.model import Incident, Stamp, StampKind
from clinic_desktop.treatment.recording import write_stamps
from clinic_desktop.treatment.session import ENDS


def keep_first(store: ScheduleStore, actor: Actor, incident: Incident, answer: str) -> Changes:
    """Put the entry back as it was recorded first, with the answer as the reason, and close the incident.

    Raises :class:`BadInput` without an answer, and where the entry is another one by now.
    """
    require(actor, Right.CLEAR)
    if not answer.strip():
        raise BadInput({"answer": Finding(slips.ANSWER)})
    with store.write(actor) as unit:
        unit.lock_days([unit.get(Visit, incident.visit_id).day])
        first = as_recorded_first(unit.find(Stamp, visit_id=incident.visit_id), incident.stamp_id)
        if first is None:
            raise BadInput({"answer": Finding(slips.FIRST_GONE)})
        write_stamps(unit, incident.visit_id, [replace(first, reason=answer.strip())], happened=True)
        close(unit, incident, answer)
        return unit.commit()


def as_recorded_first(stamps: Sequence[Stamp], number: int | None) -> Stamp | None:
    """What is recorded to undo a correction: that of one which stands, or what was struck out, anew. None
    where there is nothing to go back to by one entry: it was struck out and recorded anew, or it said that
    the patient had gone, and not when something was given."""
    by_number = {one.id: one for one in stamps}
    made = by_number.get(number or 0)
    if made is None or made.corrects is None or any(one.corrects == made.id for one in stamps):
        return None
    old = by_number[made.corrects]
    if made.kind is StampKind.STRUCK and (old.kind in ENDS or _anew(stamps, made, old)):
        return None
    first = replace(old, id=0, version=0, deviations=(), warned=())
    return replace(first, corrects=None if made.kind is StampKind.STRUCK else made.id)


def _anew(stamps: Sequence[Stamp], struck: Stamp, old: Stamp) -> bool:
    """Whether something of the kind that was struck out was recorded since: it may be the same."""
    return any(one.kind is old.kind and one.id > struck.id and one.corrects is None for one in stamps)
