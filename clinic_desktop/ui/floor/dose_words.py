"""How a dose was given, in words, and as it would be typed again."""

from clinic_desktop.foundation.words import short_date
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.ui.i18n import tr


def dose_said(stamp: Stamp) -> list[str]:
    """ "0.5 mg/kg at 72 kg of Mon, Nov 16", "75 mL/h", "in 50 mL (0.72 mg/mL)", "IV"."""
    route = stamp.route if stamp.device is None else ""
    return [part for part in (_by_weight(stamp), _rate(stamp), _strength(stamp), route) if part]


def _by_weight(stamp: Stamp) -> str:
    if stamp.weight_kg is None:
        return ""
    day = short_date(stamp.weighed_on) if stamp.weighed_on else ""
    kg = tr("{kg:g} kg of {day}").format(kg=stamp.weight_kg, day=day)
    per_kg = tr("{dose:g} mg/kg at {weight}")
    return per_kg.format(dose=stamp.per_kg, weight=kg) if stamp.per_kg is not None else kg


def _rate(stamp: Stamp) -> str:
    return "" if stamp.rate is None else tr("{rate:g} mL/h").format(rate=stamp.rate)


def _strength(stamp: Stamp) -> str:
    if stamp.concentration is None:
        return ""
    strength = tr("{n:.3g} mg/mL").format(n=stamp.concentration)
    if not stamp.dose:
        return strength
    volume = round(stamp.dose / stamp.concentration, 2)
    return tr("in {ml:g} mL ({strength})").format(ml=volume, strength=strength)


def dose_typed(stamp: Stamp) -> list[str]:
    """The amount, and what stands behind it."""
    amount = f"{stamp.dose:g}" if stamp.dose is not None else ""
    if stamp.per_kg is not None:
        amount = f"{stamp.per_kg:g}/kg"
    if stamp.kind is StampKind.RATE and stamp.rate is not None:
        amount = f"{stamp.rate:g}"
    route = stamp.route.lower() if stamp.device is None else ""
    return [amount, route, _weight_typed(stamp), _strength_typed(stamp), _rate_typed(stamp)]


def _weight_typed(stamp: Stamp) -> str:
    if stamp.weight_kg is None:
        return ""
    on = stamp.weighed_on
    return f"{stamp.weight_kg:g} kg" + (f" {on.month}/{on.day}/{on.year}" if on else "")


def _strength_typed(stamp: Stamp) -> str:
    if stamp.concentration is None:
        return ""
    if stamp.dose:
        return f"in {stamp.dose / stamp.concentration:.6g} ml"
    return f"{stamp.concentration:.6g} mg/ml"


def _rate_typed(stamp: Stamp) -> str:
    return "" if stamp.rate is None or stamp.kind is StampKind.RATE else f"at {stamp.rate:g}"
