"""Visits that will not take place: cancelled, or missed. They keep their row and their history."""

from dataclasses import dataclass, replace
from enum import StrEnum

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import BadInput, Refusal, before_saving
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.business_days import cancelled_in_time_until
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.holding import Settled
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.open_visits import count_open
from clinic_desktop.scheduling.overlaps import have_alone
from clinic_desktop.scheduling.pinboard import off_the_pinboard
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.presence import roster_for
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


@dataclass(frozen=True, slots=True)
class Ending:
    """A planned visit that will not take place. reason None: it was missed."""

    visit_id: int
    version: int
    state: VisitState
    reason: CancelReason | None = None
    note: str = ""

    @property
    def words(self) -> str:
        """Why, for the trail."""
        return " ".join(part for part in (self.reason or str(self.state), self.note) if part)


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
    with before_saving(), store.read() as records:
        day = records.get(Visit, visit_id).day
    with store.write(actor) as unit:
        ending = Ending(visit_id, version, state, reason, note)
        unit.because(ending.words)
        unit.lock_days([day])
        written = ended_in(unit, ending)
        count_open(unit, written.course_id)  # it waits for a new time; the course goes on
        return Settled((written,), unit.commit())


def ended_in(unit: ScheduleUnit, ending: Ending) -> Visit:
    """The end of a visit inside the caller's transaction; its day must be locked."""
    visit = replace(unit.get(Visit, ending.visit_id), version=ending.version)
    if refused := planned_only(visit, "cancelled"):
        raise Refusal([refused])
    now = instant_minute(unit.at)
    if ending.state is VisitState.MISSED and visit.start > now:
        raise BadInput({"time": Finding(NOT_BEGUN)})
    reason = ending.reason
    by_patient = reason is not None and reason.asked_by == "patient"
    late = now >= cancelled_in_time_until(visit, roster_for(unit.setup()))
    ended = replace(
        visit,
        state=ending.state,
        displaced=False,
        end_reason=" ".join(part for part in (reason or "", ending.note) if part),
        end_asked_by=reason.asked_by if reason else "patient",
        end_late=by_patient and late,
    )
    written = unit.save(ended)
    unit.place([visit.id], [], unit.setup().watch_limit)
    have_alone(unit, claims_of(visit, unit.setup().type_by_id(visit.type_id)))
    off_the_pinboard(unit, [visit.id])
    return written
