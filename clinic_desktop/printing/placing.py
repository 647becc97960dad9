"""What stands in a line, put in its place."""

from collections.abc import Iterator, Sequence

from clinic_desktop.printing.both_ways import Unit, from_the_left
from clinic_desktop.printing.letters import TIE, clusters
from clinic_desktop.printing.segment import Segment
from clinic_desktop.printing.words import Atom

_MARK_EMS = 0.304
"""What a vowel sign of the Arabic face takes, though it moves nothing on: it is set over its letter."""


def place(atoms: Sequence[Atom], size: float, *, rtl: bool) -> tuple[tuple[Segment, ...], float]:
    """A line with words that are read from right to left, and its width."""
    units = from_the_left([unit for atom in atoms for unit in _units(atom, size)], rtl=rtl)
    segments: list[Segment] = []
    marks: list[Segment] = []
    x = 0.0
    for unit in reversed(units) if rtl else units:
        face, before = unit.face, segments[-1] if segments else None
        text, above = _parts(unit)
        if face is not None and above:
            marks.append(
                Segment(x + (unit.width - _MARK_EMS * size) / 2, _MARK_EMS * size, above, face, silent=True)
            )
        if before is not None and face is not None and before.face is face:
            joined = text + before.text if rtl else before.text + text
            segments[-1] = Segment(before.x, before.width + unit.width, joined, face)
        else:
            segments.append(Segment(x, unit.width, text, face))
        x += unit.width
    return (*segments, *marks), x


def _units(atom: Atom, size: float) -> Iterator[Unit]:
    if atom.face is None:
        yield Unit(atom.width, isle=atom.isle)
        return
    for cluster in clusters(atom.face.drawn(atom.text.replace(TIE, " "))):
        width = sum(atom.face.advances[ord(one)] for one in cluster) * size / 1000
        yield Unit(width, cluster, atom.face, atom.isle)


def _parts(unit: Unit) -> tuple[str, str]:
    """A letter and the marks that are set over it apart; a blank has neither."""
    if unit.face is None:
        return "", ""
    return (unit.text[0], unit.text[1:]) if unit.face.joins else (unit.text, "")
