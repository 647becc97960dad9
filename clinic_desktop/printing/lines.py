"""Words into lines of a given width. Nothing runs over the edge: a word too long is broken."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clinic_desktop.foundation.document import Blank, Inline
from clinic_desktop.printing.fonts import Face, Faces
from clinic_desktop.printing.letters import TIE, check, clean

_LEAST_STRETCH_EMS = 4.0


@dataclass(frozen=True, slots=True)
class Segment:
    """Text of one face at an offset from the line's left edge; without a face, a line to write on."""

    x: float
    width: float
    text: str = ""
    face: Face | None = None


@dataclass(frozen=True, slots=True)
class Line:
    segments: tuple[Segment, ...]
    width: float


@dataclass(frozen=True, slots=True)
class _Atom:
    """Part of a word. Without a face it is a blank to fill in."""

    width: float
    text: str = ""
    face: Face | None = None


_Word = list[_Atom]


def break_lines(
    inlines: Iterable[Inline], faces: Faces, size: float, width: float, where: str, *, bold: bool = False
) -> tuple[Line, ...]:
    """Set text in lines no wider than ``width`` points.

    ``bold`` makes every run bold. ``where`` names the place for :class:`GlyphMissing`.
    """
    words = _words(inlines, faces, size, where, bold)
    rows = list(_rows(words, faces, size, width))
    return tuple(_line(row, faces, size, last=row is rows[-1]) for row in rows)


def stretch(line: Line, width: float, size: float) -> tuple[Line, ...]:
    """The line with a blank to its right end; on a second line when hardly any room is left."""
    room = width - line.width - size / 2
    if room < _LEAST_STRETCH_EMS * size:
        return line, Line((Segment(0, width),), width)
    blank = Segment(line.width + size / 2, room)
    return (Line((*line.segments, blank), width),)


def _words(inlines: Iterable[Inline], faces: Faces, size: float, where: str, bold: bool) -> list[_Word]:
    words: list[_Word] = [[]]
    for inline in inlines:
        if isinstance(inline, Blank):
            words[-1].append(_Atom(inline.ems * size))
            continue
        face = faces.face(bold or inline.bold)
        for number, part in enumerate(clean(inline.text).split(" ")):
            if number:
                words.append([])
            if part:
                words[-1].append(_Atom(_measure(part, face, size, inline.origin or where), part, face))
    return [word for word in words if word]


def _measure(part: str, face: Face, size: float, where: str) -> float:
    try:
        return face.width(part, size)
    except KeyError:
        check(part, face, where)
        raise


def _rows(words: Sequence[_Word], faces: Faces, size: float, width: float) -> Iterator[list[_Word]]:
    """Greedy: each row takes as many words as fit."""
    row: list[_Word] = []
    used = 0.0
    for word in _broken(words, size, width):
        taken = sum(atom.width for atom in word)
        gap = _space(row[-1], faces, size) if row else 0.0
        if row and used + gap + taken > width:
            yield row
            row, used, gap = [], 0.0, 0.0
        row.append(word)
        used += gap + taken
    if row:
        yield row


def _broken(words: Iterable[_Word], size: float, width: float) -> Iterator[_Word]:
    for word in words:
        if sum(atom.width for atom in word) <= width:
            yield word
        else:
            yield from _chop(word, size, width)


def _chop(word: _Word, size: float, width: float) -> Iterator[_Word]:
    """A word wider than the line, in pieces that fit; marks stay with their letter."""
    piece: _Word = []
    used = 0.0
    for atom in word:
        for text in _clusters(atom.text):
            taken = atom.face.width(text, size) if atom.face else min(atom.width, width)
            if piece and used + taken > width:
                yield piece
                piece, used = [], 0.0
            piece.append(_Atom(taken, text, atom.face))
            used += taken
    if piece:
        yield piece


def _clusters(text: str) -> list[str]:
    """Letters with the marks that sit on them; an empty text (a blank) is one."""
    clusters: list[str] = []
    for character in text:
        if clusters and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters or [text]


def _space(word: _Word, faces: Faces, size: float) -> float:
    return (word[-1].face or faces.regular).width(" ", size)


def _line(row: Sequence[_Word], faces: Faces, size: float, *, last: bool) -> Line:
    """The row as few segments as its faces allow. All but a paragraph's last line end with a
    space, so that reading aloud or copying does not run words together."""
    segments: list[Segment] = []
    x = 0.0
    for number, word in enumerate(row):
        if number:
            before = row[number - 1]
            x = _append(
                segments, x, _Atom(_space(before, faces, size), " ", before[-1].face or faces.regular)
            )
        for atom in word:
            x = _append(segments, x, atom)
    width = x
    if not last:
        _append(segments, x, _Atom(0.0, " ", row[-1][-1].face or faces.regular))
    return Line(tuple(segments), width)


def _append(segments: list[Segment], x: float, atom: _Atom) -> float:
    """Add an atom at x, to the segment before it where the face is the same."""
    text = atom.text.replace(TIE, " ")
    before = segments[-1] if segments else None
    if before is not None and atom.face is not None and before.face is atom.face:
        segments[-1] = Segment(before.x, before.width + atom.width, before.text + text, atom.face)
    else:
        segments.append(Segment(x, atom.width, text, atom.face))
    return x + atom.width
