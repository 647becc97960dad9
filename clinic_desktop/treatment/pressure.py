"""Blood pressure: what a reading means before a dose and after one. Small and pure."""

from collections.abc import Sequence
from enum import IntEnum

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.scheduling.model import PressureLimits
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.session import when

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
    return _last_fell(_by_the_minute(readings))


def fell_twice(readings: Sequence[Stamp]) -> bool:
    """Whether the last two steps both went down: the reading need not be repeated any more."""
    minutes = _by_the_minute(readings)
    return _last_fell(minutes) and _last_fell(minutes[:-1])


def _last_fell(numbers: Sequence[tuple[int, int]]) -> bool:
    if len(numbers) < 2:
        return False
    (high_before, low_before), (high, low) = numbers[-2:]
    return high <= high_before and low <= low_before and (high, low) != (high_before, low_before)


def _by_the_minute(readings: Sequence[Stamp]) -> list[tuple[int, int]]:
    """The highest numbers of each minute, in order: two readings within one differ by chance."""
    found: dict[int, tuple[int, int]] = {}
    for one in readings:
        minute, (high, low) = instant_minute(when(one)), _numbers(one)
        before = found.get(minute, (0, 0))
        found[minute] = max(before[0], high), max(before[1], low)
    return list(found.values())


def same_pressure(one: Stamp, other: Stamp) -> bool:
    return _numbers(one) == _numbers(other)


def _numbers(reading: Stamp) -> tuple[int, int]:
    return reading.systolic or 0, reading.diastolic or 0


def _reaches(numbers: tuple[int, int], limit: tuple[int, int]) -> bool:
    return numbers[0] >= limit[0] or numbers[1] >= limit[1]
