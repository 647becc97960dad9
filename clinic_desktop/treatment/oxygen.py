"""Whether the oxygen of a patient is too low to be dosed or to leave. Pure: the case in, a reading out."""

from clinic_desktop.foundation.rulebook import Finding, Rule
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import by
from clinic_desktop.treatment.session import when


def low_oxygen(care: Care) -> Stamp | None:
    """The last reading of oxygen, where it is at or below the limit and no prescriber accepted it."""
    readings = (one for one in reversed(care.session.all_of(StampKind.VITALS)) if one.oxygen is not None)
    last = next(readings, None)
    if last is None or last.oxygen is None or last.oxygen > care.limits.oxygen_low or _accepted(care, last):
        return None
    return last


def against_low_oxygen(care: Care, rule: Rule) -> list[Finding]:
    """What ``rule`` says of it; nothing where it is not too low."""
    low = low_oxygen(care)
    if low is None or low.oxygen is None:
        return []
    return [care.says(rule, oxygen=low.oxygen, at=care.shown(when(low)), limit=care.limits.oxygen_low)]


def _accepted(care: Care, reading: Stamp) -> bool:
    """A prescriber's acceptance of its number, not before it was taken."""
    return any(
        one.oxygen == reading.oxygen and by(when(reading), when(one)) and care.is_prescriber(one.by)
        for one in care.session.all_of(StampKind.PRESSURE_ACCEPTED)
    )
