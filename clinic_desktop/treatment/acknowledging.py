"""Which pressure waits for a prescriber, and which one an acceptance is about. Pure: the case in, a reading
out.

A usual pressure does not answer for a dangerous one: the effect peaks later than the next reading [L11], and
two readings close together differ by chance.
"""

from datetime import datetime, timedelta

from clinic_desktop.foundation.rulebook import Param
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import by
from clinic_desktop.treatment.pressure import Level, is_high, level_of, limit_words, words_of
from clinic_desktop.treatment.session import when


def waits_for_prescriber(care: Care) -> Stamp | None:
    """The pressure that nobody goes past before a prescriber has acknowledged it."""
    return _emergency(care) if care.session.dosed else _high_before(care)


def emergency_standing(care: Care) -> Stamp | None:
    """The pressure at the emergency limit that the prescriber is called for, before a dose as after one.
    Before it, one below the limit takes its place when a usual one takes that of a high one."""
    waits = waits_for_prescriber(care)
    if waits is None or care.session.dosed:
        return waits
    readings = care.session.pressures
    found = [n for n, one in enumerate(readings) if level_of(one, care.limits) is Level.EMERGENCY]
    if not found or care.accepted(readings[found[-1]], by_prescriber=True):
        return None
    reading, later = readings[found[-1]], readings[found[-1] + 1 :]
    return None if any(by(counts_again_from(care, reading), when(one)) for one in later) else reading


def to_accept(care: Care) -> Stamp | None:
    """The reading that an acceptance is about: the one that waits for a prescriber, else the last."""
    return waits_for_prescriber(care) or care.session.last_pressure


def counts_again_from(care: Care, high: Stamp) -> datetime:
    """From when a usual pressure takes the place of a high one before the dose. No source says how long after
    it; so it is the minutes in which a prescriber has a high one taken again after the dose."""
    return when(high) + timedelta(minutes=care.limits.repeat_minutes)


def at_the_limit(care: Care, reading: Stamp) -> dict[str, Param]:
    """What a rule says of a reading at the emergency limit."""
    limit = limit_words(care.limits.emergency)
    return {"reading": words_of(reading), "at": care.shown(when(reading)), "limit": limit}


def _high_before(care: Care) -> Stamp | None:
    """The last high pressure, until it is acknowledged [M1] or taken again after a while and not high."""
    readings = care.session.pressures
    high = next((one for one in reversed(readings) if is_high(one)), None)
    if high is None or care.accepted(high, by_prescriber=True):
        return None
    again = counts_again_from(care, high)
    return high if readings[-1] is high or not by(again, when(readings[-1])) else None


def _emergency(care: Care) -> Stamp | None:
    """The last one at the emergency limit, from the one before the dose on, that is not acknowledged."""
    before = care.session.pressure_before
    readings = [*([before] if before else []), *care.session.pressures_after]
    found = (one for one in reversed(readings) if level_of(one, care.limits) is Level.EMERGENCY)
    return next((one for one in found if not _acknowledged(care, one)), None)


def _acknowledged(care: Care, reading: Stamp) -> bool:
    """A prescriber accepted it, or a later one at the limit when this one was on record already."""
    return care.accepted(reading, by_prescriber=True) or any(
        one.id > reading.id
        and by(when(reading), when(one))
        and level_of(one, care.limits) is Level.EMERGENCY
        and care.is_prescriber(one.told_by or one.by)
        for one in care.session.all_of(StampKind.PRESSURE_ACCEPTED)
    )
