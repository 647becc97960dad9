"""Typed clock times: "9:30", "930", "2p", "14:15", "noon"."""

import re

_TYPED = re.compile(r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2}))?\s*(?P<half>[ap])?\.?m?\.?")
_RUN_TOGETHER = re.compile(r"(\d{1,2})(\d{2})(\s*[ap]?\.?m?\.?)")
_WORDS = {"noon": 12 * 60, "midday": 12 * 60, "midnight": 0}
FIRST_MORNING_HOUR = 7


def parse_clock(typed: str) -> int | None:
    """The minute of the day; None for what is no time.

    Without AM or PM an hour below 7 is the afternoon, as people at a desk mean it: "2" is 2:00 PM,
    "7:30" is 7:30 AM. A leading zero means the 24-hour clock: "0230" is 2:30 AM.
    """
    text = typed.strip().lower()
    if text in _WORDS:
        return _WORDS[text]
    together = _RUN_TOGETHER.fullmatch(text)
    if together:
        text = f"{together[1]}:{together[2]}{together[3]}"
    match = _TYPED.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    wanted = _hour_24(hour, match["half"], military=match["hour"].startswith("0"))
    return None if wanted is None or minute > 59 else wanted * 60 + minute


def _hour_24(hour: int, half: str | None, military: bool) -> int | None:
    if half is not None:
        return hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else None
    if hour > 23:
        return None
    afternoon = not military and 1 <= hour < FIRST_MORNING_HOUR
    return hour + 12 if afternoon else hour
