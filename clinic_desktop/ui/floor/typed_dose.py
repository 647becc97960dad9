"""Doses as they are typed: "35", "0.5/kg 72 kg im", "36 in 50 ml at 75", a device by its lot, and the rate of
a pump: "30", "30 1 mg/ml".

What is said of a dose stands in any order behind it; what nobody knows there is its note.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.dose_facts import ROUTES, as_ordered
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.stock import Lot
from clinic_desktop.ui.floor.typed_lots import lot_by_digit
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_N = r"(\d+(?:\.\d+)?)"
_END = r"(?=\s|$)"
_PER_KG = re.compile(rf"(?:^|\s){_N} ?(?:mg)?/kg{_END}", re.IGNORECASE)
_WEIGHT = re.compile(
    rf"(?:^|\s)(?:at )?{_N} ?kg(?:,? (?:on )?(\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?))?{_END}", re.IGNORECASE
)
_VOLUME = re.compile(rf"(?:^|\s)in {_N} ?ml{_END}", re.IGNORECASE)
_STRENGTH = re.compile(rf"(?:^|\s)(?:at )?{_N} ?mg/ml{_END}", re.IGNORECASE)
_RATE = re.compile(rf"(?:^|\s)(?:(?:at )?{_N} ?ml/hr?|at {_N}){_END}", re.IGNORECASE)
_MG = re.compile(rf"{_N} ?(?:mg)?(?:\s+|$)", re.IGNORECASE)
_BARE_RATE = re.compile(rf"{_N} ?(?:ml/hr?)?(?:\s+|$)", re.IGNORECASE)
_AMOUNT_WORD = re.compile(rf"{_N}(?:mg)?|mg", re.IGNORECASE)
_OTHER_UNIT = re.compile(r"(?:mg|mcg|ml|g)?/|mcg|ml|g\b", re.IGNORECASE)
_PART = re.compile(rf"{_N} ?mg(?:\s+|$)", re.IGNORECASE)
_LOT = re.compile(r"(?=.*\d)[A-Za-z0-9-]{3,}")
_UNKNOWN = frozenset({"unknown", "?"})

_WRITE_MG = QT_TR_NOOP("Write the dose in mg, like 35.")
_WRITE_RATE = QT_TR_NOOP("Write the rate in mL/h, like 30.")
_WRITE_WEIGHT = QT_TR_NOOP("Write the weight too, like 0.5/kg 72 kg: no order says one.")


def is_lot(text: str) -> bool:
    """Whether a text reads like the lot number of a device."""
    return _LOT.fullmatch(text) is not None


def read_dose(
    stamp: Stamp, rest: str, care: Care, ordered_mg: float | None, lots: Sequence[Lot] = ()
) -> tuple[Stamp, str]:
    """The stamp with what was given, and what is wrong with it. lots: of devices, that a digit names."""
    if care.rems:
        return _device(stamp, rest, care, lots)
    stamp, left, volume = _facts(stamp, rest, care)
    amount = _MG.match(left)
    said = bool(amount) or stamp.per_kg is not None
    if left and not said:
        return stamp, tr(_WRITE_MG)
    if amount and _OTHER_UNIT.match(left[amount.end() :]):
        return stamp, tr(_WRITE_MG)
    if amount:
        stamp, left = replace(stamp, dose=float(amount[1])), left[amount.end() :]
    elif not said:
        stamp = replace(stamp, dose=ordered_mg, **as_ordered(care))  # type: ignore[arg-type]  # replace checks the names
    stamp = replace(_weighed(stamp, care), unit="mg", note=left.strip())
    if not stamp.dose:
        return stamp, tr(_WRITE_WEIGHT) if stamp.per_kg else tr(_WRITE_MG)
    return replace(stamp, concentration=stamp.dose / volume) if volume else stamp, ""


def read_rate(stamp: Stamp, rest: str, care: Care) -> tuple[Stamp, str]:
    """ "30", "30 ml/h 1 mg/ml", "0 paused"."""
    stamp, left, _ = _facts(stamp, rest, care)
    bare = _BARE_RATE.match(left) if stamp.rate is None else None
    if bare:
        stamp, left = replace(stamp, rate=float(bare[1])), left[bare.end() :]
    stamp = replace(stamp, note=left.strip())
    return stamp, "" if stamp.rate is not None else tr(_WRITE_RATE)


def _facts(stamp: Stamp, rest: str, care: Care) -> tuple[Stamp, str, float | None]:
    """What is said by its unit, taken out of the text; the volume is for the dose to be divided by."""
    found: dict[str, object] = {}
    left, per_kg = _taken(_PER_KG, rest)
    left, weight = _taken(_WEIGHT, left)
    left, volume = _taken(_VOLUME, left)
    left, strength = _taken(_STRENGTH, left)
    left, rate = _taken(_RATE, left) if stamp.kind is not StampKind.DOSE else (left, None)
    if per_kg:
        found["per_kg"] = float(per_kg[1])
    if weight:
        found["weight_kg"] = float(weight[1])
        found["weighed_on"] = _day(weight[2], care)
    if strength:
        found["concentration"] = float(strength[1])
    if rate:
        found["rate"] = float(rate[1] or rate[2])
    words = left.split()
    route = next((n for n, word in enumerate(words) if not _AMOUNT_WORD.fullmatch(word)), -1)
    if route >= 0 and stamp.kind is not StampKind.RATE and words[route].lower() in ROUTES:
        found["route"] = ROUTES[words.pop(route).lower()]
    stamp = replace(stamp, **found)  # type: ignore[arg-type]  # replace checks the names
    return stamp, " ".join(words), float(volume[1]) or None if volume else None


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    """The text without the first place that fits."""
    found = pattern.search(text)
    return (f"{text[: found.start()]} {text[found.end() :]}".strip(), found) if found else (text, None)


def _day(typed: str | None, care: Care) -> date | None:
    """The day of a weight: of the visit, unless another is typed."""
    return typed_day(typed, care.visit.day) if typed else care.visit.day


def _weighed(stamp: Stamp, care: Care) -> Stamp:
    """The weight of the order where none is typed, and the mg that it makes."""
    if stamp.per_kg is None:
        return stamp
    kg, day = stamp.weight_kg, stamp.weighed_on
    if kg is None and care.order is not None:
        kg, day = care.order.weight_kg, care.order.weighed_on
    mg = round(stamp.per_kg * kg, 1) if kg and stamp.dose is None else stamp.dose
    return replace(stamp, weight_kg=kg, weighed_on=day, dose=mg)


def _device(stamp: Stamp, rest: str, care: Care, lots: Sequence[Lot]) -> tuple[Stamp, str]:
    """A device holds 28 mg; "14 mg" is said of a part. Its lot is the last one's unless another is typed (one
    digit: of those that are offered), or that it is unknown. Whether that may be given the rules say."""
    part = _PART.match(rest)
    words = rest[part.end() :].split() if part else rest.split()
    lot, problem = lot_by_digit(words, lots)
    devices = care.session.devices
    lot = lot or (devices[-1].lot if devices else "")
    found = next((n for n, word in enumerate(words) if _LOT.fullmatch(word) or word.lower() in _UNKNOWN), -1)
    if found >= 0:
        typed = words.pop(found)
        lot = "" if typed.lower() in _UNKNOWN else typed
        if found and words[found - 1].lower() == "lot":
            words.pop(found - 1)
    dose, unit = (float(part[1]), "mg") if part else (None, "")
    return replace(stamp, lot=lot, note=" ".join(words), dose=dose, unit=unit), problem
