"""Words of one line: plain text, ``**bold**`` and ``{{fields}}``."""

import difflib
import re
from dataclasses import dataclass, field

from clinic_desktop.aftercare.fields import FIELDS, Gap
from clinic_desktop.aftercare.problems import Flaw, Problem
from clinic_desktop.aftercare.template import FieldPart, Part, TextPart

_MARKS = re.compile(r"(\*\*|\{\{|\}\})")


@dataclass(slots=True)
class Reading:
    """A file being read: its name, its kind of sheet, and what was found wrong so far."""

    file: str
    kind: str = ""
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, line: int, flaw: Flaw, **params: str) -> None:
        self.problems.append(Problem(self.file, line, flaw, params))


def read_parts(text: str, line: int, reading: Reading) -> tuple[Part, ...]:
    """Split a line into its parts; flaws go to ``reading``."""
    pieces = _MARKS.split(text)
    parts: list[Part] = []
    bold = False
    position = 0
    while position < len(pieces):
        piece = pieces[position]
        if piece == "**":
            bold = not bold
        elif piece == "{{":
            position = _read_braces(pieces, position, bold, parts, line, reading)
        elif piece == "}}":
            reading.wrong(line, Flaw.UNCLOSED_FIELD)
        elif piece:
            parts.append(TextPart(piece, bold))
        position += 1
    if bold:
        reading.wrong(line, Flaw.UNCLOSED_BOLD)
    return tuple(parts)


def _read_braces(
    pieces: list[str], position: int, bold: bool, parts: list[Part], line: int, reading: Reading
) -> int:
    """Read ``{{ name or gap }}``; returns the position of its closing braces."""
    if pieces[position + 2 : position + 3] != ["}}"]:
        reading.wrong(line, Flaw.UNCLOSED_FIELD)
        return position
    parts.extend(_field(pieces[position + 1], bold, line, reading))
    return position + 2


def _field(inside: str, bold: bool, line: int, reading: Reading) -> list[FieldPart]:
    name, _, wish = " ".join(inside.split()).partition(" ")
    if name not in FIELDS:
        reading.wrong(line, Flaw.UNKNOWN_FIELD, name=name, hint=_hint(name))
        return []
    if wish not in set(Gap):
        reading.wrong(line, Flaw.FIELD_WORDS, value=wish)
        return []
    gap = Gap(wish)
    if gap is Gap.SKIP and not FIELDS[name].may_skip:
        reading.wrong(line, Flaw.FIELD_SKIP, name=name)
    kinds = FIELDS[name].kinds
    if kinds and reading.kind and reading.kind not in kinds:
        reading.wrong(line, Flaw.FIELD_NOT_HERE, name=name)
    return [FieldPart(name, gap, bold)]


def _hint(name: str) -> str:
    near = difflib.get_close_matches(name, FIELDS, n=1)
    return f"Is it “{near[0]}”?" if near else f"Known are: {', '.join(sorted(FIELDS))}."
