"""What does not stand in an order, whether it is in force, and how it reads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.people import rules
from clinic_desktop.people.model import Order
from clinic_desktop.people.usual_doses import UNKNOWN_KG, UsualDose, usual_dose

UNITS = ("mg", "mg/kg")
PER_WEIGHT = "mg/kg"
NOTES = "; "  # stands between the notes of one order


def order_problems(order: Order, today: date) -> Problems:
    """Field -> what is wrong with it; empty when the order can be written."""
    return dict(_found(order, today))


def _found(order: Order, today: date) -> Iterator[tuple[str, Finding]]:
    if not order.drug.strip():
        yield "drug", Finding(rules.ORDER_DRUG)
    if not order.route.strip():
        yield "route", Finding(rules.ORDER_ROUTE)
    if not order.dose > 0:
        yield "dose", Finding(rules.ORDER_DOSE)
    if (usual := usual_for(order)) and usual.a_slip(_counted_mg(order), order.weight_kg):
        params = {"dose": dose_words(order), "usual": usual.usual_words(order.weight_kg)}
        yield "dose", Finding(rules.ORDER_SLIP, params)
    if order.unit not in UNITS:
        yield "unit", Finding(rules.ORDER_UNIT)
    yield from _weight(order, today)
    if order.interval_days is not None and order.interval_days < 1:
        yield "interval_days", Finding(rules.ORDER_INTERVAL)
    if order.visits is not None and order.visits < 1:
        yield "visits", Finding(rules.ORDER_VISITS)
    if order.valid_to is not None and order.valid_to < today:
        yield "valid_to", Finding(rules.ORDER_ENDED)


def order_asks(order: Order) -> list[Finding]:
    """What whoever orders it is asked once more: it is above the usual, and may be meant."""
    usual = usual_for(order)
    if usual is None or not usual.above(_counted_mg(order), order.weight_kg):
        return []
    dose, kg = dose_words(order), order.weight_kg
    if usual.above_all(_counted_mg(order), kg):
        return [Finding(rules.ORDER_ABOVE_ALL, {"dose": dose, "most": usual.ever_words(kg)})]
    return [Finding(rules.ORDER_ABOVE_USUAL, {"dose": dose, "most": usual.most_words(kg)})]


def notes_of(order: Order) -> list[str]:
    """What stands with an order, one by one: the prescriber's note, why its dose is meant, why it ended."""
    return [one for one in (part.strip() for part in order.note.split(NOTES)) if one]


def noted(order: Order, words: str) -> Order:
    """The order with one more note."""
    return replace(order, note=NOTES.join(part for part in (order.note, words) if part))


def usual_for(order: Order) -> UsualDose | None:
    """The usual range of what is ordered."""
    return usual_dose(order.route, order.modality)


def same_dose(one: Order, other: Order) -> bool:
    """Whether two orders ask for the same dose by the same way: nothing new to ask about."""
    return _dosing(one) == _dosing(other)


def _dosing(order: Order) -> tuple[object, ...]:
    return order.modality, order.route, order.dose, order.unit, order.weight_kg


def _counted_mg(order: Order) -> float:
    """The whole dose; where its weight is missing, at the weight that the usual one is reckoned with."""
    if order.unit != PER_WEIGHT:
        return order.dose
    return order.dose * (order.weight_kg or UNKNOWN_KG)


def _weight(order: Order, today: date) -> Iterator[tuple[str, Finding]]:
    if order.unit != PER_WEIGHT:
        return
    if order.weight_kg is None or not order.weight_kg > 0:
        yield "weight_kg", Finding(rules.ORDER_WEIGHT)
    if order.weighed_on is None or order.weighed_on > today:
        yield "weighed_on", Finding(rules.ORDER_WEIGHED)


def dose_in_mg(order: Order | None) -> float | None:
    """The ordered dose in mg; None without an order, or without the weight it needs."""
    if order is None or not order.dose:
        return None
    if order.unit != PER_WEIGHT:
        return order.dose
    return round(order.dose * order.weight_kg, 1) if order.weight_kg else None


def visits_left(order: Order, given: Mapping[int, int]) -> int | None:
    """How many more visits may be given under an order; None without a limit. ``given``: order -> visits."""
    return None if order.visits is None else max(0, order.visits - given.get(order.id, 0))


def is_stopped(order: Order) -> bool:
    """Whether somebody ended it, by stopping it or by writing another; whatever was given under it."""
    return order.visits == 0


def in_force(order: Order, day: date, given: Mapping[int, int]) -> bool:
    """Whether one more visit may be given under the order on that day."""
    return (order.valid_to is None or day <= order.valid_to) and visits_left(order, given) != 0


def standing_orders(orders: Iterable[Order], day: date, given: Mapping[int, int]) -> list[Order]:
    """The orders in force on a day, the newest first."""
    return sorted((one for one in orders if in_force(one, day, given)), key=lambda one: -one.id)


def unsettled_orders(orders: Iterable[Order], day: date, given: Mapping[int, int]) -> list[Order]:
    """The orders of one treatment, the newest first, where nobody has decided which of them counts; then none
    does. Writing an order ends the others, so this comes of two records that became one. An older order that
    still stands counts no more than the newer one, not even after that has run out, by its day or by its
    visits: the prescriber who wrote the newer one never knew of it. One that was stopped is decided.
    """
    not_stopped = [one for one in orders if not is_stopped(one)]
    newest = max(not_stopped, key=written, default=None)
    older = [one for one in standing_orders(not_stopped, day, given) if one != newest]
    return sorted([newest, *older], key=written, reverse=True) if newest and older else []


def written(order: Order) -> tuple[datetime, int]:
    return order.ordered_at or datetime.min.replace(tzinfo=UTC), order.id


def dose_mg(order: Order) -> float | None:
    """The whole dose in mg; None when it goes by weight and the weight is not known."""
    if order.unit != PER_WEIGHT:
        return order.dose
    return None if order.weight_kg is None else order.dose * order.weight_kg


def dose_words(order: Order) -> str:
    """ "0.5 mg/kg (36 mg at 72 kg)" or "56 mg"."""
    plain = f"{order.dose:g} {order.unit}"
    whole = dose_mg(order)
    if order.unit != PER_WEIGHT or whole is None or order.weight_kg is None:
        return plain
    return f"{plain} ({whole:.0f} mg at {order.weight_kg:g} kg)"
