"""Stretches of a day as people type them: "8-5:30", "8 to 12, 1 to 5:30", "closed"."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from clinic_desktop.foundation.clock import DAY_MINUTES
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.ui.clock_text import parse_clock
from clinic_desktop.ui.i18n import tr

Stretch = tuple[int, int]  # minutes of the day

_HALF_DAY = DAY_MINUTES // 2
_TO = re.compile(r"\s*(?:-|–|—|\bto\b|\buntil\b)\s*")
_AND = re.compile(r"\s*(?:,|;|\band\b)\s*")


def parse_stretches(typed: str) -> tuple[Stretch, ...] | None:
    """The stretches in order, none for "closed"; None for what is not understood or overlaps."""
    text = typed.strip().lower()
    if text in ("", "closed", "-", "none"):
        return ()
    found = [_stretch(part) for part in _AND.split(text) if part]
    stretches = sorted(one for one in found if one is not None)
    if len(stretches) < len(found) or any(b[0] < a[1] for a, b in pairwise(stretches)):
        return None
    return tuple(stretches)


def _stretch(typed: str) -> Stretch | None:
    ends = _TO.split(typed)
    if len(ends) != 2:
        return None
    start, end = parse_clock(ends[0]), _closing(ends[1])
    if start is None or end is None:
        return None
    if end <= start and end + _HALF_DAY > start and not re.search("[ap]", ends[1]):
        end += _HALF_DAY  # "8-8" is 8 AM to 8 PM
    return (start, end) if start < end <= DAY_MINUTES else None


def _closing(typed: str) -> int | None:
    return DAY_MINUTES if typed.strip() in ("midnight", "24:00", "12am", "12 am") else parse_clock(typed)


def show_stretches(stretches: Iterable[Stretch]) -> str:
    """ "8:00 AM to 5:30 PM", several with commas; "Closed" for none."""
    shown = [tr("{start} to {end}").format(start=_time(a), end=_time(b)) for a, b in stretches]
    return ", ".join(shown) if shown else tr("Closed")


def show_short(stretches: Sequence[Stretch]) -> str:
    """ "8:00–5:30" for narrow places; "closed" for none."""
    return ", ".join(f"{_short(a)}–{_short(b)}" for a, b in stretches) if stretches else tr("closed")


def _time(minute: int) -> str:
    return tr("midnight") if minute == DAY_MINUTES else clock_time(minute)


def _short(minute: int) -> str:
    return _time(minute).removesuffix(" AM").removesuffix(" PM")
