"""Whether a dose is what was ordered, and what is usual. Pure: the case in, findings out."""

from collections.abc import Iterator
from math import ceil

from clinic_desktop.foundation.rulebook import Finding, Word
from clinic_desktop.people.orders import dose_in_mg, notes_of, order_asks, usual_for
from clinic_desktop.people.usual_doses import IV, UsualDose, usual_dose
from clinic_desktop.scheduling.model import DEVICE_MG
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.infused import given_mg
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.rules import DOSE_ABOVE_ORDER, DOSE_SLIP, DOSE_UNUSUAL, DOSE_UNUSUAL_ORDERED
from clinic_desktop.treatment.session import Session

GIVES = (StampKind.DOSE, StampKind.INFUSION_START)


def against_amount(care: Care, dose: Stamp) -> Iterator[Finding]:
    """More than was ordered, or so much that it must be a slip: nobody gives it, though it may have happened.
    Up to the next whole mg is rounding."""
    mg, ordered, usual = _in_all(care, dose), dose_in_mg(care.order), _usual(care, dose)
    if ordered is not None and mg > ceil(ordered):
        yield care.says(DOSE_ABOVE_ORDER, dose=f"{mg:g}", ordered=f"{ordered:g}")
    if usual is not None and usual.a_slip(mg, _weight(care, dose)):
        yield care.says(DOSE_SLIP, dose=f"{mg:g}", usual=usual.usual_words(_weight(care, dose)))


def unusual_amount(care: Care, dose: Stamp) -> list[Finding]:
    """Above the usual: asked about, also where it is ordered, and where a correction says so."""
    if dose.kind not in GIVES:
        return []
    mg, usual = _in_all(care, dose), _usual(care, dose)
    if usual is None or not usual.above(mg, _weight(care, dose)):
        return []
    if dose.corrects is None and usual.a_slip(mg, _weight(care, dose)):
        return []  # refused as it stands
    most = usual.most_words(_weight(care, dose))
    if why := _why_ordered(care, mg):
        return [care.says(DOSE_UNUSUAL_ORDERED, dose=f"{mg:g}", most=most, why=why)]
    return [care.says(DOSE_UNUSUAL, dose=f"{mg:g}", most=most)]


def _why_ordered(care: Care, mg: float) -> tuple[Word, ...]:
    """What the prescriber wrote with an order above the usual; nothing where more than that is given."""
    ordered = dose_in_mg(care.order)
    if care.order is None or ordered is None or mg > ceil(ordered) or not order_asks(care.order):
        return ()
    return tuple(map(Word, notes_of(care.order)))


def _in_all(care: Care, dose: Stamp) -> float:
    """What the visit would have been given with this dose."""
    others = Session(tuple(one for one in care.session.stamps if one.id != dose.corrects))
    return given_mg(others, care.at) + (dose.dose or (DEVICE_MG if care.rems else 0))


def _usual(care: Care, dose: Stamp) -> UsualDose | None:
    """An infusion runs into a vein; everything else goes by its order, or by its treatment."""
    if dose.kind is StampKind.INFUSION_START:
        return IV
    return usual_for(care.order) if care.order else usual_dose("", care.type.modality)


def _weight(care: Care, dose: Stamp) -> float | None:
    return dose.weight_kg or (care.order.weight_kg if care.order else None)
