"""Whether the oxygen of a patient is too low to be dosed or to leave, or is to be told. Pure: the case in, a
reading out.
"""

from functools import partial
from itertools import takewhile

from clinic_desktop.foundation.rulebook import Finding, Rule
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import by
from clinic_desktop.treatment.session import GIVEN, when


def low_oxygen(care: Care) -> Stamp | None:
    """The last reading of oxygen, where it is at or below the limit and no prescriber accepted it."""
    readings = _readings(care)
    if not readings or not _is_low(care, readings[-1]) or _accepted(care, readings[-1]):
        return None
    return readings[-1]


def oxygen_to_tell(care: Care) -> Stamp | None:
    """The last reading since the dose, where it is too low and the prescriber does not know of it. One that
    is no lower than another they were told of since it was usual is not told anew; one that is lower is: it
    has no emergency limit of its own."""
    low = low_oxygen(care)
    first = care.session.first(*GIVEN)
    if low is None or first is None or low in care.session.before(first).stamps:
        return None
    heard = [one.oxygen or 0 for one in _in_a_row(care) if care.session.told_of(one) or _accepted(care, one)]
    return None if any(known <= (low.oxygen or 0) for known in heard) else low


def _readings(care: Care) -> list[Stamp]:
    return [one for one in care.session.all_of(StampKind.VITALS) if one.oxygen is not None]


def _is_low(care: Care, reading: Stamp) -> bool:
    return reading.oxygen is not None and reading.oxygen <= care.limits.oxygen_low


def _in_a_row(care: Care) -> list[Stamp]:
    """The last readings, as far back as they are all too low."""
    return list(takewhile(partial(_is_low, care), reversed(_readings(care))))


def against_low_oxygen(care: Care, rule: Rule) -> list[Finding]:
    """What ``rule`` says of it; nothing where it is not too low."""
    low = low_oxygen(care)
    if low is None or low.oxygen is None:
        return []
    return [care.says(rule, oxygen=low.oxygen, at=care.shown(when(low)), limit=care.limits.oxygen_low)]


def _accepted(care: Care, reading: Stamp) -> bool:
    """A prescriber's acceptance of its number, not before it was taken."""
    return any(
        one.oxygen == reading.oxygen
        and by(when(reading), when(one))
        and care.is_prescriber(one.told_by or one.by)
        for one in care.session.all_of(StampKind.PRESSURE_ACCEPTED)
    )
