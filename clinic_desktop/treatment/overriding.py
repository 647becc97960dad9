"""Going over the driver rule: a prescriber, and nobody else, with a reason."""

from dataclasses import replace

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, RightMissing
from clinic_desktop.scheduling.model import Override, Visit
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.states import ENDED, VisitState
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.progress import bring_up_to_date
from clinic_desktop.treatment.rules import DRIVER_AT_DOSING, DRIVER_AT_RELEASE
from clinic_desktop.treatment.session import standing


def override_driver(
    store: ScheduleStore, actor: Actor, visit_id: int, reason: str, *, at_release: bool = False
) -> Changes:
    """Permission to dose without the driver that the profile asks for, or to release without; each by itself.

    It does not go over anything else: the clock, the pressures and the sheet stay.
    """
    require(actor, Right.OVERRIDE_DRIVER)
    if Role.PRESCRIBER not in actor.roles:
        raise RightMissing(Right.OVERRIDE_DRIVER.value, [Role.PRESCRIBER.value])
    if not reason.strip():
        raise BadInput({"reason": "Give the reason. It stays on the record and in the day's report."})
    code = DRIVER_AT_RELEASE if at_release else DRIVER_AT_DOSING
    with store.read() as records:
        day = records.get(Visit, visit_id).day
    with store.write(actor) as unit:
        unit.because(reason.strip())
        unit.lock_days([day])
        visit = unit.get(Visit, visit_id)
        if visit.state in ENDED:
            raise BadInput({"visit": "This visit is over. There is nothing left to allow."})
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
        if visit.state is VisitState.HELD and not at_release:
            left = visit.held_for - {"driver"}
            state = VisitState.HELD if left else VisitState.BOOKED
            visit = replace(visit, held_for=left, state=state)
        bring_up_to_date(unit, visit, standing(unit.find(Stamp, visit_id=visit.id)))
        return unit.commit()
