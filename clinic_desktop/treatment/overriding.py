"""Going over a rule of the treatment room: a prescriber, and nobody else, with a reason."""

from dataclasses import replace

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, RightMissing, before_saving
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.model import Override, Visit
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.rules import state_held_for
from clinic_desktop.scheduling.states import ENDED, PLANNED
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment import slip_rules as slips
from clinic_desktop.treatment.asked import answered
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.progress import bring_up_to_date
from clinic_desktop.treatment.rules import DOSE_FIRST_84, DRIVER_AT_DOSING, DRIVER_AT_RELEASE
from clinic_desktop.treatment.session import standing


def override_driver(
    store: ScheduleStore, actor: Actor, visit_id: int, reason: str, *, at_release: bool = False
) -> Changes:
    """Permission to dose without the driver that the profile asks for, or to release without; each by itself.

    It does not go over anything else: the clock, the pressures and the sheet stay.
    """
    code = DRIVER_AT_RELEASE if at_release else DRIVER_AT_DOSING
    return _go_over(store, actor, Right.OVERRIDE_DRIVER, visit_id, code, reason)


def override_first_dose(store: ScheduleStore, actor: Actor, visit_id: int, reason: str) -> Changes:
    """Permission for a third device on a first day. What the booking went over gives none."""
    return _go_over(store, actor, Right.ORDER, visit_id, DOSE_FIRST_84.code, reason)


def _go_over(
    store: ScheduleStore, actor: Actor, right: Right, visit_id: int, code: str, reason: str
) -> Changes:
    require(actor, right)
    if Role.PRESCRIBER not in actor.roles:
        raise RightMissing(right.value, [Role.PRESCRIBER.value])
    if not reason.strip():
        raise BadInput({"reason": Finding(slips.OVERRIDE_REASON)})
    with before_saving(), store.read() as records:
        day = records.get(Visit, visit_id).day
    with store.write(actor) as unit:
        unit.because(reason.strip())
        unit.lock_days([day])
        visit = unit.get(Visit, visit_id)
        if visit.state in ENDED:
            raise BadInput({"visit": Finding(slips.NOTHING_TO_ALLOW)})
        unit.add(
            Override(
                visit_id=visit.id,
                rule=code,
                by=actor.person_id,
                at=unit.at,
                reason=reason.strip(),
                day=visit.day,
                minute=visit.minute,
            )
        )
        answered(unit, visit.id, code, reason.strip(), allowed=True)
        if visit.state in PLANNED and code == DRIVER_AT_DOSING:
            left = visit.held_for - {"driver"}
            visit = replace(visit, held_for=left, state=state_held_for(visit, left, None))
        bring_up_to_date(unit, visit, standing(unit.find(Stamp, visit_id=visit.id)))
        return unit.commit()
