"""How a dose was given: by which way, by weight, and how fast. What cannot be meant, and what goes without
saying. Pure.
"""

from dataclasses import replace

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.rulebook import Finding, Problems, Rule, Severity
from clinic_desktop.people.orders import PER_WEIGHT
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.infused import Run, concentration_now, running_run
from clinic_desktop.treatment.model import Stamp, StampKind

K = StampKind
GIVES = (K.DOSE, K.INFUSION_START)
IV, NASAL = "IV", "nasal"
ROUTES: dict[str, str] = {
    "iv": IV, "intravenous": IV, "infusion": IV, "im": "IM", "intramuscular": "IM", "sc": "SC",
    "subcutaneous": "SC", "po": "oral", "oral": "oral", "sl": "sublingual", "sublingual": "sublingual",
    "nasal": NASAL, "intranasal": NASAL,
}  # fmt: skip

RATE = Rule("slip-rate", "H6", Severity.LOCKED, "Write the rate in mL/h, at most {most}; 0 while it rests.")
STRENGTH = Rule(
    "slip-concentration", "H6", Severity.LOCKED, "A concentration lies between {low} and {high} mg/mL."
)
WEIGHT = Rule(
    "slip-weight",
    "H6",
    Severity.LOCKED,
    "A dose by weight needs the weight, 20 to 300 kg, and the day it was taken: no order says one.",
)
PER_KG = Rule(
    "slip-per-kg", "H6", Severity.LOCKED, "{per_kg} mg/kg at {weight} kg is {mg} mg, and not {dose} mg."
)
DOSE_ROUTE = Rule(
    "dose-route",
    "decision: orders",
    Severity.HARD,
    "The order says {ordered}, and this is {route}. Check it, or ask a prescriber for another order.",
)

RATE_UNKNOWN = Rule(
    "rate-unknown",
    "decision: floor",
    Severity.WARNING,
    "How much runs in cannot be worked out: the concentration or the first rate is missing. Correct the "
    "start, like 36 in 50 ml at 75.",
)

MOST_RATE, STRENGTHS, WEIGHTS = 2000, (0.01, 100), (20, 300)


def route_of(typed: str) -> str:
    """A way of giving as everybody writes it; empty for one that nobody knows."""
    return ROUTES.get("".join(one for one in typed.casefold() if one.isalpha()), "")


def dose_filled(care: Care, stamp: Stamp) -> dict[str, object]:
    """The way, the weight of the order and the mg that it makes; the concentration of what runs."""
    if stamp.kind is K.RATE and stamp.concentration is None:
        return {"concentration": concentration_now(care.session)}
    if stamp.kind not in GIVES:
        return {}
    out: dict[str, object] = {"route": stamp.route or _usual_route(care, stamp)}
    if stamp.per_kg is None:
        return out
    kg, day = stamp.weight_kg, stamp.weighed_on
    if kg is None and care.order is not None:
        kg, day = care.order.weight_kg, care.order.weighed_on
    if kg is not None and stamp.weight_kg is not None and day is None:
        day = care.visit.day
    mg = stamp.dose if kg is None or stamp.dose is not None else round(stamp.per_kg * kg, 1)
    return {**out, "weight_kg": kg, "weighed_on": day, "dose": mg, "unit": "mg"}


def as_ordered(care: Care) -> dict[str, object]:
    """A dose as it is ordered by weight; nothing where it is not."""
    order = care.order
    if order is None or order.unit != PER_WEIGHT or order.weight_kg is None:
        return {}
    return {"per_kg": order.dose, "weight_kg": order.weight_kg, "weighed_on": order.weighed_on}


def _usual_route(care: Care, stamp: Stamp) -> str:
    ordered = route_of(care.order.route) if care.order else ""
    return ordered or (IV if stamp.kind is K.INFUSION_START else "")


def dose_slips(care: Care, stamp: Stamp) -> Problems:
    """Field -> what to do."""
    found: Problems = {}
    if stamp.kind is K.RATE and stamp.rate is None:
        found["rate"] = Finding(RATE, {"most": MOST_RATE})
    if stamp.rate is not None and not 0 <= stamp.rate <= MOST_RATE:
        found["rate"] = Finding(RATE, {"most": MOST_RATE})
    low, high = STRENGTHS
    if stamp.concentration is not None and not low <= stamp.concentration <= high:
        found["concentration"] = Finding(STRENGTH, {"low": low, "high": high})
    return found | _by_weight(care, stamp)


def rate_says(care: Care, stamp: Stamp) -> list[Finding]:
    """A rate that leaves unknown how much was given."""
    run = running_run(care.session)
    if run is None or Run((*run.parts, replace(stamp, at=care.at))).mg_by(care.at) is not None:
        return []
    return [care.says(RATE_UNKNOWN)]


def _by_weight(care: Care, stamp: Stamp) -> Problems:
    if stamp.per_kg is None:
        return {}
    kg, day = stamp.weight_kg, stamp.weighed_on
    if kg is None or not WEIGHTS[0] <= kg <= WEIGHTS[1] or day is None:
        return {"weight_kg": Finding(WEIGHT)}
    if day > local_day(care.at, care.visit.zone):
        return {"weight_kg": Finding(WEIGHT)}
    mg = round(stamp.per_kg * kg, 1)
    if stamp.dose is not None and abs(stamp.dose - mg) >= 1:  # part of a mg is rounding
        params = {
            "per_kg": f"{stamp.per_kg:g}",
            "weight": f"{kg:g}",
            "mg": f"{mg:g}",
            "dose": f"{stamp.dose:g}",
        }
        return {"dose": Finding(PER_KG, params)}
    return {}


def against_route(care: Care, dose: Stamp) -> list[Finding]:
    """Another way than the ordered one."""
    ordered = route_of(care.order.route) if care.order else ""
    given = route_of(dose.route)
    if not ordered or not given or ordered == given or dose.kind not in GIVES:
        return []
    return [care.says(DOSE_ROUTE, ordered=ordered, route=given)]
