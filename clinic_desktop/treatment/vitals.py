"""Vitals that may be a slip of the pen: asked about once, never refused. Pure: the case in, findings out.

No source says which numbers nobody has. These are wide enough that a usual day asks nobody [clinic choice]. A
pressure that jumps is not asked about: it does after ketamine, and then nobody has time to be asked.
"""

from collections.abc import Iterator

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.pressure import words_of
from clinic_desktop.treatment.vital_rules import (
    UNLIKELY_OXYGEN,
    UNLIKELY_PRESSURE,
    UNLIKELY_PULSE,
    VITALS_TURNED,
)

SYSTOLIC, DIASTOLIC, PULSE, OXYGEN = (80, 220), (40, 130), (45, 150), (90, 100)
USUAL_OXYGEN = 94  # from here on an oxygen is usual


def unlikely_vitals(care: Care, stamp: Stamp) -> list[Finding]:
    """What is asked about numbers as they are typed; a correction that leaves them asks nothing."""
    if stamp.kind is not StampKind.VITALS or _says_the_same(care, stamp):
        return []
    return [*_unusual(care, stamp), *_turned(care, stamp)]


def _says_the_same(care: Care, stamp: Stamp) -> bool:
    old = next((one for one in care.whole.stamps if one.id == stamp.corrects), None)
    return old is not None and _numbers(old) == _numbers(stamp)


def _numbers(stamp: Stamp) -> tuple[int | None, ...]:
    return stamp.systolic, stamp.diastolic, stamp.pulse, stamp.oxygen


def _unusual(care: Care, stamp: Stamp) -> Iterator[Finding]:
    if _beyond(stamp.systolic, SYSTOLIC) or _beyond(stamp.diastolic, DIASTOLIC):
        yield care.says(UNLIKELY_PRESSURE, reading=words_of(stamp))
    if stamp.pulse is not None and _beyond(stamp.pulse, PULSE):
        yield care.says(UNLIKELY_PULSE, pulse=stamp.pulse)
    if stamp.oxygen is not None and _beyond(stamp.oxygen, OXYGEN):
        yield care.says(UNLIKELY_OXYGEN, oxygen=stamp.oxygen)


def _beyond(number: int | None, bounds: tuple[int, int]) -> bool:
    return number is not None and not bounds[0] <= number <= bounds[1]


def _turned(care: Care, stamp: Stamp) -> list[Finding]:
    """An oxygen below the usual, and a pulse that would be a usual one: written as oxygen first?"""
    pulse, oxygen = stamp.pulse, stamp.oxygen
    if pulse is None or oxygen is None or oxygen >= USUAL_OXYGEN or not USUAL_OXYGEN <= pulse <= OXYGEN[1]:
        return []
    return [care.says(VITALS_TURNED, pulse=pulse, oxygen=oxygen)]
