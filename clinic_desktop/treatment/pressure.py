"""Blood pressure: what a reading means before a dose and after one. Small and pure."""

from collections.abc import Sequence
from enum import IntEnum

from clinic_desktop.scheduling.model import PressureLimits
from clinic_desktop.treatment.model import Stamp

HIGH_SYSTOLIC, HIGH_DIASTOLIC = 140, 90  # above either, weigh the risk before dosing [M1]


class Level(IntEnum):
    """How high a reading is; each includes the ones below it."""

    USUAL = 0
    HIGH = 1  # above 140 or above 90
    TELL = 2  # at or above the modality's limit for telling the prescriber
    EMERGENCY = 3


def level_of(reading: Stamp, limits: PressureLimits) -> Level:
    """How high a reading after a dose is; a number at or above a limit reaches it."""
    numbers = _numbers(reading)
    if _reaches(numbers, limits.emergency):
        return Level.EMERGENCY
    if _reaches(numbers, limits.tell):
        return Level.TELL
    return Level.HIGH if is_high(reading) else Level.USUAL


def is_high(reading: Stamp) -> bool:
    """Above 140 or above 90; 140/90 exactly warns nobody [M1]."""
    systolic, diastolic = _numbers(reading)
    return systolic > HIGH_SYSTOLIC or diastolic > HIGH_DIASTOLIC


def words_of(reading: Stamp) -> str:
    """ "138/84"."""
    return limit_words(_numbers(reading))


def limit_words(numbers: tuple[int, int]) -> str:
    return f"{numbers[0]}/{numbers[1]}"


def falling(readings: Sequence[Stamp]) -> bool:
    """Whether the last pressure is lower than the one before: neither number up, at least one down."""
    if len(readings) < 2:
        return False
    (high_before, low_before), (high, low) = (_numbers(one) for one in readings[-2:])
    return high <= high_before and low <= low_before and (high, low) != (high_before, low_before)


def fell_twice(readings: Sequence[Stamp]) -> bool:
    """Whether the last two steps both went down: the reading need not be repeated any more."""
    return falling(readings) and falling(readings[:-1])


def same_pressure(one: Stamp, other: Stamp) -> bool:
    return _numbers(one) == _numbers(other)


def _numbers(reading: Stamp) -> tuple[int, int]:
    return reading.systolic or 0, reading.diastolic or 0


def _reaches(numbers: tuple[int, int], limit: tuple[int, int]) -> bool:
    return numbers[0] >= limit[0] or numbers[1] >= limit[1]
