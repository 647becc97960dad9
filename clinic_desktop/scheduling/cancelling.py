"""Visits that will not take place: cancelled, or missed. They keep their row and their history."""

from dataclasses import replace
from enum import StrEnum

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.holding import Settled
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.open_visits import count_open
from clinic_desktop.scheduling.overlaps import have_alone
from clinic_desktop.scheduling.pinboard import off_the_pinboard
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.rules import NOT_BEGUN, planned_only
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.security.rights import Right, require


class CancelReason(StrEnum):
    """The short list. Clinic reasons never count against the patient."""

    PATIENT = "patient asked"
    NO_DRIVER = "no driver"
    UNWELL = "unwell"
    COST = "cost or insurance"
    CLINIC = "clinic cannot"
    MISTAKE = "booked by mistake"

    @property
    def asked_by(self) -> str:
        return "clinic" if self in (CancelReason.CLINIC, CancelReason.MISTAKE) else "patient"


def cancel(
    store: ScheduleStore, actor: Actor, visit_id: int, version: int, reason: CancelReason, note: str = ""
) -> Settled:
    """Cancel a planned visit; its places are free at once."""
    require(actor, Right.CANCEL)
    return _end(store, actor, visit_id, version, VisitState.CANCELLED, reason, note)


def miss(store: ScheduleStore, actor: Actor, visit_id: int, version: int, note: str = "") -> Settled:
    """The patient did not come. Only after the visit's time."""
    require(actor, Right.CANCEL)
    return _end(store, actor, visit_id, version, VisitState.MISSED, None, note)


def _end(
    store: ScheduleStore,
    actor: Actor,
    visit_id: int,
    version: int,
    state: VisitState,
    reason: CancelReason | None,
    note: str,
) -> Settled:
    with store.read() as records:
        day = records.get(Visit, visit_id).day
    with store.write(actor) as unit:
        unit.because(" ".join(part for part in (reason or str(state), note) if part))
        unit.lock_days([day])
        visit = replace(unit.get(Visit, visit_id), version=version)
        if refused := planned_only(visit, "cancelled"):
            raise Refusal([refused])
        ahead = visit.start - instant_minute(unit.at)
        if state is VisitState.MISSED and ahead > 0:
            raise BadInput({"time": Finding(NOT_BEGUN)})
        late = reason is not None and reason.asked_by == "patient"
        ended = replace(
            visit,
            state=state,
            displaced=False,
            end_reason=" ".join(part for part in (reason or "", note) if part),
            end_asked_by=reason.asked_by if reason else "patient",
            end_late=late and ahead < unit.setup().policies.late_cancel_hours * 60,
        )
        written = unit.save(ended)
        unit.place([visit.id], [], unit.setup().watch_limit)
        have_alone(unit, claims_of(visit, unit.setup().type_by_id(visit.type_id)))
        off_the_pinboard(unit, [visit.id])
        count_open(unit, written.course_id)  # it waits for a new time; the course goes on
        return Settled((written,), unit.commit())
