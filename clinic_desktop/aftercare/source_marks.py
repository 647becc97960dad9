"""The sources of a text: ``<!-- [L4, A10] -->`` above a line names what the line rests on. Not printed."""

import re

from clinic_desktop.aftercare.inline import Reading
from clinic_desktop.aftercare.problems import Flaw
from clinic_desktop.aftercare.source_keys import KNOWN

_MARK = re.compile(r"<!--\s*\[([^\]]*)\]")
_COMMENT = "<!--"

Marks = tuple[tuple[int, tuple[str, ...]], ...]
"""The number of a line, and the keys above it."""


def read_marks(lines: list[str], start: int, reading: Reading) -> Marks:
    """The marks of the body; a key that nobody knows is a flaw."""
    found: list[tuple[int, tuple[str, ...]]] = []
    waiting: tuple[str, ...] = ()
    for number, text in enumerate((line.strip() for line in lines[start:]), start=start + 1):
        if mark := _MARK.match(text):
            waiting += _keys(mark.group(1), number, reading)
        elif waiting and text and not text.startswith(_COMMENT):
            found.append((number, waiting))
            waiting = ()
    return tuple(found)


def _keys(inside: str, line: int, reading: Reading) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in inside.split(","))
    for key in keys:
        if key not in KNOWN:
            reading.wrong(line, Flaw.UNKNOWN_SOURCE, name=key)
    return keys
