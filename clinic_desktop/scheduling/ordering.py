"""A prescriber's orders. Writing one carries a clearance on that counts, and visits held for it follow."""

from dataclasses import dataclass, replace
from datetime import date

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.foundation.kept_words import REPLACED
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import long_date
from clinic_desktop.people import rules
from clinic_desktop.people.model import Clearance, Order, Patient
from clinic_desktop.people.orders import in_force, is_stopped, noted, order_asks, order_problems, same_dose
from clinic_desktop.scheduling.clearing import renewed
from clinic_desktop.scheduling.holding import renew_patient
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.rules import DECEASED, MERGED
from clinic_desktop.scheduling.under_orders import used
from clinic_desktop.security.rights import Right, require


@dataclass(frozen=True, slots=True)
class Ordered:
    """The order as kept, the visits that are held or free now because of it, and the news. carried: the
    clearance that runs longer now."""

    order: Order
    visits: tuple[Visit, ...]
    changes: Changes
    carried: Clearance | None = None


def write_order(store: ScheduleStore, actor: Actor, order: Order, meant: str = "") -> Ordered:
    """Write an order (id 0) or change one that is seen at ``order.version``. It ends what else is in force
    for its treatment.

    Raises :class:`Refusal` for a dose above the usual until ``meant`` says why it is; the words stay with it.
    """
    require(actor, Right.ORDER)
    with store.write(actor) as unit:
        unit.lock_all_days()  # two prescribers come one after the other: the later order ends the other one
        patient = unit.get(Patient, order.patient_id)
        setup = unit.setup()
        setup.modality(order.modality)
        today = local_day(unit.at, setup.clinic.zone)
        if found := order_problems(order, today):
            raise BadInput(found)
        _refuse_gone(patient)
        order = _asked(unit, order, meant.strip())
        signed = replace(order, ordered_by=actor.person_id, ordered_at=unit.at)
        written = unit.save(signed) if order.id else unit.add(signed)
        _replace_others(unit, written, today)
        carried = renewed(unit, patient.id, order.modality)
        return replace(_settled(unit, written), carried=carried)


def _asked(unit: ScheduleUnit, order: Order, meant: str) -> Order:
    """The order with why its dose is above the usual; one that stands so already is not asked about again."""
    asks = order_asks(order)
    if not asks or (order.id and same_dose(unit.get(Order, order.id), order)):
        return order
    if not meant:
        raise Refusal(asks)
    unit.because(meant)
    return noted(order, meant)


def _replace_others(unit: ScheduleUnit, order: Order, today: date) -> None:
    """One order counts for a treatment: the one written now. What was given under others stays. One that is
    used up is ended too: a dose that is struck out gives its visit back, and must not bring it back."""
    others = unit.find(Order, patient_id=order.patient_id, modality=order.modality)
    given = used(unit.find(Visit, patient_id=order.patient_id))
    if not in_force(order, today, given):
        return
    for one in others:
        if one.id != order.id and not is_stopped(one) and in_force(one, today, {}):
            unit.save(noted(replace(one, visits=0), REPLACED))


def stop_order(store: ScheduleStore, actor: Actor, order_id: int, version: int, reason: str) -> Ordered:
    """End an order now. What was given under it stays."""
    require(actor, Right.ORDER)
    if not reason.strip():
        raise Refusal([Finding(rules.REASON_MISSING)])
    with store.write(actor) as unit:
        unit.because(reason)
        stopped = replace(unit.get(Order, order_id), version=version, visits=0)
        return _settled(unit, unit.save(noted(stopped, reason.strip())))


def _settled(unit: ScheduleUnit, order: Order) -> Ordered:
    visits = renew_patient(unit, order.patient_id, local_day(unit.at, unit.setup().clinic.zone))
    return Ordered(order, visits, unit.commit())


def _refuse_gone(patient: Patient) -> None:
    if patient.death_date is not None:
        raise Refusal([Finding(DECEASED, {"patient": patient.name, "day": long_date(patient.death_date)})])
    if patient.merged_into is not None:
        raise Refusal([Finding(MERGED)])
