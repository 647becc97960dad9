"""What a planned visit is held for, worked out anew when a driver, a clearance or a record changes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import Refusal, before_saving
from clinic_desktop.foundation.rulebook import Finding, Severity
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import GoingHomePlan, Setup, Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.reconfirming import no_longer_confirmed
from clinic_desktop.scheduling.rules import (
    DRIVER,
    DRIVER_AT_BOOKING,
    DRIVER_TO_CONFIRM,
    NOT_CLEARED,
    findings,
    holds,
    not_live,
    only_before_start,
    state_held_for,
)
from clinic_desktop.scheduling.settle import all_findings, case_of, cover_gaps, has_driver_override
from clinic_desktop.scheduling.states import LIVE, PLANNED, UNDOSED, VisitState, transition
from clinic_desktop.scheduling.way_home import NOBODY, gaps
from clinic_desktop.security.rights import Right, require


@dataclass(frozen=True, slots=True)
class Settled:
    """The visits as they stand now, the news, and what to know."""

    visits: tuple[Visit, ...]
    changes: Changes
    warnings: tuple[Finding, ...] = ()


def name_driver(
    store: ScheduleStore, actor: Actor, seen: Iterable[tuple[int, int]], plan: GoingHomePlan | None
) -> Settled:
    """Record how patients go home on one or several visits ((id, version) each); holds follow at once."""
    require(actor, Right.BOOK)
    with store.write(actor) as unit:
        visits = [replace(_live(unit.get(Visit, number)), version=version) for number, version in seen]
        written = tuple(renew_visit(unit, unit.setup(), visit.with_plan(plan)) for visit in visits)
        warnings = no_longer_confirmed(unit, zip(visits, written, strict=True))
        return Settled(written, unit.commit(), tuple(warnings))


def confirm_driver(
    store: ScheduleStore, actor: Actor, visit_id: int, version: int, *, yes: bool = True
) -> Settled:
    """The driver said yes (or took it back). Only who is named with all that is asked can be confirmed."""
    require(actor, Right.BOOK)
    with store.write(actor) as unit:
        visit = replace(_live(unit.get(Visit, visit_id)), version=version)
        written = unit.save(driver_confirmed(unit, visit, yes=yes))
        return Settled((written,), unit.commit())


def driver_confirmed(unit: ScheduleUnit, visit: Visit, *, yes: bool = True) -> Visit:
    """The visit with its driver confirmed, not yet written. Raises :class:`Refusal` for a driver who is not
    named with all that is asked."""
    if yes and (lacking := _not_named(unit, visit)):
        raise Refusal([lacking])
    at, by, end = (unit.at, unit.actor.person_id, visit.end) if yes else (None, None, None)
    return replace(visit, plan_confirmed_at=at, plan_confirmed_by=by, plan_confirmed_end=end)


def confirm_visit(
    store: ScheduleStore, actor: Actor, visit_id: int, version: int, *, yes: bool = True
) -> Settled:
    """The patient said they will come (or took it back). A held visit cannot be confirmed, unless all it
    waits for is a driver whom the clinic asks for only before the start; nor one that a lock forbids by now:
    the patient has died, is too young, or nobody would be on site who must be."""
    require(actor, Right.BOOK)
    with before_saving(), store.read() as records:
        day = records.get(Visit, visit_id).day
    with store.write(actor) as unit:
        unit.lock_days([day])
        visit = replace(unit.get(Visit, visit_id), version=version)
        written = unit.save(visit_confirmed(unit, visit, yes=yes))
        return Settled((written,), unit.commit())


def visit_confirmed(unit: ScheduleUnit, visit: Visit, *, yes: bool = True) -> Visit:
    """The visit confirmed, not yet written; its day is locked. Raises :class:`Refusal` where it cannot be."""
    setup = unit.setup()
    profile = setup.profile_of(setup.type_by_id(visit.type_id))
    waits = VisitState.HELD if visit.held_for else VisitState.BOOKED
    after = VisitState.CONFIRMED if yes else waits
    held = visit.state is VisitState.HELD and not only_before_start(visit.held_for, profile)
    still_planned = visit.state in PLANNED and visit.arrived is None
    if held or not still_planned or transition(visit.state, after) is None:
        raise Refusal(_why_not_confirmed(unit, visit))
    if yes and (locks := _locks(unit, visit)):
        raise Refusal(locks)
    return replace(visit, state=after, confirmed_end=visit.end if yes else None)


def _locks(unit: ScheduleUnit, visit: Visit) -> list[Finding]:
    setup = unit.setup()
    found = [*all_findings(unit, setup, visit), *cover_gaps(unit, setup, [visit])]
    # Whether its way home is settled is what its state says: a prescriber may have gone over it.
    asked = (one for one in found if one.code != DRIVER_AT_BOOKING.code)
    return [one for one in asked if one.severity is Severity.LOCKED]


def renew_patient(unit: ScheduleUnit, patient_id: int, today: date) -> tuple[Visit, ...]:
    """Work out anew what the patient's coming visits are held for: after a clearance or an edit."""
    setup = unit.setup()
    coming = [one for one in unit.visits_from(patient_id, today) if one.state in PLANNED]
    return tuple(renew_visit(unit, setup, one) for one in coming if _would_change(unit, setup, one))


def held_for(unit: ScheduleUnit, setup: Setup, visit: Visit) -> frozenset[str]:
    """What keeps a visit from being booked: "driver", "clearance"."""
    found = findings(case_of(unit, setup, visit))
    words = set(holds(found))
    if has_driver_override(unit, visit):
        words.discard("driver")
    if any(one.code == NOT_CLEARED.code for one in found):
        words.add("clearance")
    return frozenset(words)


def _would_change(unit: ScheduleUnit, setup: Setup, visit: Visit) -> bool:
    return held_for(unit, setup, visit) != visit.held_for


def renew_visit(unit: ScheduleUnit, setup: Setup, visit: Visit) -> Visit:
    """Write a visit whose place stays, with what it is held for worked out anew."""
    if visit.state not in UNDOSED:
        return unit.save(visit)
    wanted = held_for(unit, setup, visit)
    profile = setup.profile_of(setup.type_by_id(visit.type_id))
    return unit.save(replace(visit, held_for=wanted, state=state_held_for(visit, wanted, profile)))


def _live(visit: Visit) -> Visit:
    if visit.state not in LIVE:
        raise Refusal([not_live(visit.state, "changed")])
    return visit


def _not_named(unit: ScheduleUnit, visit: Visit) -> Finding | None:
    setup = unit.setup()
    missing = gaps(visit.plan, setup.profile_of(setup.type_by_id(visit.type_id)))
    if not missing and visit.plan is None:
        missing = [NOBODY]
    patient = unit.get(Patient, visit.patient_id).name
    return Finding(DRIVER_TO_CONFIRM, {"patient": patient, "gaps": tuple(missing)}) if missing else None


def _why_not_confirmed(unit: ScheduleUnit, visit: Visit) -> list[Finding]:
    if visit.state is VisitState.HELD:
        case = case_of(unit, unit.setup(), visit)
        return [
            one
            for one in findings(case)
            if one.code in {DRIVER.code, DRIVER_AT_BOOKING.code, NOT_CLEARED.code, "clearance-held"}
        ]
    return [not_live(visit.state, "confirmed")]
