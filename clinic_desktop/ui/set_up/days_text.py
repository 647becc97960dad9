"""Weekdays as people type them: "mon-fri", "mo we fr", "weekdays"."""

import re

_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = {
    "weekdays": range(5),
    "m-f": range(5),
    "weekend": range(5, 7),
    "daily": range(7),
    "every day": range(7),
    "all": range(7),
}
_TO = re.compile(r"\s*(?:-|–|\bto\b)\s*")


def parse_days(typed: str) -> frozenset[int] | None:
    """The weekdays, 0 is Monday; None for what is not understood. Two letters are enough for a day."""
    text = typed.strip().lower()
    if text in _WORDS:
        return frozenset(_WORDS[text])
    out: set[int] = set()
    for part in re.split(r"[,;\s]+", _TO.sub("-", text)):
        days = _run(part)
        if days is None:
            return None
        out |= days
    return frozenset(out)


def _run(part: str) -> set[int] | None:
    ends = [_day(word) for word in part.split("-")]
    if len(ends) > 2 or None in ends:
        return None
    first, last = ends[0], ends[-1]
    if first is None or last is None:
        return None
    return {(first + n) % 7 for n in range((last - first) % 7 + 1)}


def _day(word: str) -> int | None:
    if len(word) < 2:
        return None
    return next((n for n, name in enumerate(_NAMES) if name.startswith(word)), None)
