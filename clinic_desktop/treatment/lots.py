"""What the drug log says against the lot of a device. Pure: the case in, findings out."""

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import plain_date
from clinic_desktop.people.stock import lot_key
from clinic_desktop.people.stock_rules import DOSE_EXPIRED, DOSE_LOT_EMPTY, DOSE_LOT_OTHER, DOSE_LOT_UNKNOWN
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp


def against_lot(care: Care, dose: Stamp) -> list[Finding]:
    """An expired lot is not given. One that never came, of which nothing is left, or that came for somebody
    else is told: the log may lag behind, and what is in the hand counts."""
    key, stock = lot_key(dose.lot), care.stock
    if not key or stock is None or not stock.kept:
        return []
    lot = stock.lots.get(key)
    if lot is None:
        return [care.says(DOSE_LOT_UNKNOWN, lot=key)]
    out = [] if lot.may_be_for(care.patient.id) else [care.says(DOSE_LOT_OTHER, lot=key)]
    if lot.expires is not None and lot.expired(care.visit.day):
        out.append(care.says(DOSE_EXPIRED, lot=key, day=plain_date(lot.expires)))
    if not lot.left:
        out.append(care.says(DOSE_LOT_EMPTY, lot=key))
    return out
