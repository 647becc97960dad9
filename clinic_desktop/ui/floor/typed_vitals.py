"""Vitals as they are typed: pressure, pulse, oxygen, like 138/84 92 98. "98%", "o98" and "p92" say outright
which they are, in any order.

Two bare numbers are read in that order, always: one that is turned round shows as an oxygen that is asked
about, and none is turned silently.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

PRESSURE = re.compile(r"(\d{2,3})/(\d{1,3})")
_NUMBER = re.compile(r"([ops]?)(\d{1,3})(%?)", re.IGNORECASE)
_LIKELY_OXYGEN = range(85, 101)
_LEAST_PRESSURE = 40

_VITALS = QT_TR_NOOP("Write pressure, pulse and oxygen, like 138/84 92 98.")


def is_pressure(word: str) -> bool:
    """Whether a word is a pressure and no date, like 11/12."""
    found = PRESSURE.fullmatch(word)
    return found is not None and int(found[1]) >= _LEAST_PRESSURE


def read_vitals(stamp: Stamp, rest: str) -> tuple[Stamp, str]:
    """The stamp with its numbers, and what is wrong with them."""
    words = rest.split()
    if words and (pressure := PRESSURE.fullmatch(words[0])):
        stamp = replace(stamp, systolic=int(pressure[1]), diastolic=int(pressure[2]))
        words.pop(0)
    numbers = [found for word in words if (found := _NUMBER.fullmatch(word))]
    if len(numbers) != len(words) or len(numbers) > 2:
        return stamp, tr(_VITALS)
    stamp = _pulse_and_oxygen(stamp, numbers)
    nothing = stamp.systolic is None and stamp.oxygen is None and stamp.pulse is None
    return stamp, tr(_VITALS) if nothing else ""


def _pulse_and_oxygen(stamp: Stamp, numbers: Sequence[re.Match[str]]) -> Stamp:
    bare: list[int] = []
    for one in numbers:
        letter, number = one[1].lower(), int(one[2])
        if letter == "p":
            stamp = replace(stamp, pulse=number)
        elif letter or one[3]:
            stamp = replace(stamp, oxygen=number)
        else:
            bare.append(number)
    if len(bare) == 2:
        return replace(stamp, pulse=bare[0], oxygen=bare[1])
    for number in bare:
        free = stamp.oxygen is None and (number in _LIKELY_OXYGEN or stamp.pulse is not None)
        stamp = replace(stamp, oxygen=number) if free else replace(stamp, pulse=number)
    return stamp
