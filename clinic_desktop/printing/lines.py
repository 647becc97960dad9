"""Words into lines of a given width. Nothing runs over the edge: a word too long is broken."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from clinic_desktop.foundation.document import Inline
from clinic_desktop.printing.fonts import Face, Faces
from clinic_desktop.printing.letters import TIE, clusters
from clinic_desktop.printing.placing import place
from clinic_desktop.printing.segment import Segment
from clinic_desktop.printing.words import Atom, Word, words_of

_LEAST_STRETCH_EMS = 4.0
_REMEMBERED = 4096  # paragraphs: some hundred texts at the sizes that they are tried in


@dataclass(frozen=True, slots=True)
class Line:
    """Segments from the edge at which it begins. said: what is read, where it is not what is drawn."""

    segments: tuple[Segment, ...]
    width: float
    said: str = ""

    @property
    def words(self) -> str:
        return self.said or "".join(segment.text for segment in self.segments)


def break_lines(
    inlines: Iterable[Inline],
    faces: Faces,
    size: float,
    width: float,
    where: str,
    *,
    bold: bool = False,
    rtl: bool = False,
) -> tuple[Line, ...]:
    """Set text in lines no wider than ``width`` points.

    ``bold`` makes every run bold. ``where`` names the place for :class:`GlyphMissing`. ``rtl``: the lines are
    read from the right, and begin there.
    """
    return _set_in_lines(tuple(inlines), faces, size, width, where, bold, rtl)


@lru_cache(maxsize=_REMEMBERED)  # most of a sheet stands on the next one too, and on it after the next key
def _set_in_lines(
    inlines: tuple[Inline, ...], faces: Faces, size: float, width: float, where: str, bold: bool, rtl: bool
) -> tuple[Line, ...]:
    words, both_ways = words_of(inlines, faces, size, where, bold=bold, rtl=rtl)
    rows = list(_rows(words, faces, size, width))
    last = len(rows) - 1
    spaced = [n < last and not rows[n + 1][0][0].close for n in range(len(rows))]
    if rtl or both_ways:
        lines = (_both_ways_line(row, faces, size, rtl=rtl, spaced=spaced[n]) for n, row in enumerate(rows))
        return tuple(lines)
    return tuple(_line(row, faces, size, spaced=spaced[n]) for n, row in enumerate(rows))


def stretch(line: Line, width: float, size: float) -> tuple[Line, ...]:
    """The line with a blank to its far end; on a second line when hardly any room is left."""
    if width - line.width < least_stretch(size):
        return line, Line((Segment(0, width),), width)
    room = width - line.width - size / 2
    blank = Segment(line.width + size / 2, room)
    return (replace(line, segments=(*line.segments, blank), width=width),)


def least_stretch(size: float) -> float:
    """The least room behind a label for a blank to fill in on its line."""
    return (0.5 + _LEAST_STRETCH_EMS) * size


def _rows(words: Sequence[Word], faces: Faces, size: float, width: float) -> Iterator[list[Word]]:
    """Greedy: each row takes as many words as fit."""
    row: list[Word] = []
    used = 0.0
    for word in _broken(words, size, width):
        taken = sum(atom.width for atom in word)
        gap = _space(row[-1], faces, size) if row and not word[0].close else 0.0
        if row and used + gap + taken > width:
            yield row
            row, used, gap = [], 0.0, 0.0
        row.append(word)
        used += gap + taken
    if row:
        yield row


def _broken(words: Iterable[Word], size: float, width: float) -> Iterator[Word]:
    for word in words:
        if sum(atom.width for atom in word) <= width:
            yield word
        else:
            yield from _chop(word, size, width)


def _chop(word: Word, size: float, width: float) -> Iterator[Word]:
    """A word wider than the line, in pieces that fit; marks stay with their letter."""
    piece: Word = []
    used = 0.0
    for atom in word:
        text, taken = "", 0.0
        for cluster in clusters(atom.text) or [""]:
            longer = atom.face.width(text + cluster, size) if atom.face else min(atom.width, width)
            if (piece or text) and used + longer > width:
                if text:
                    piece.append(replace(atom, width=taken, text=text))
                yield piece
                piece, used, text = [], 0.0, ""
                longer = atom.face.width(cluster, size) if atom.face else longer
            text, taken = text + cluster, longer
        piece.append(replace(atom, width=taken, text=text))
        used += taken
    if piece:
        yield piece


def _space(word: Word, faces: Faces, size: float) -> float:
    return _space_face(word, faces).width(" ", size)


def _space_face(word: Word, faces: Faces) -> Face:
    return word[-1].face or faces.regular


def _spaced_out(row: Sequence[Word], faces: Faces, size: float) -> Iterator[Atom]:
    """What stands in a row, with the spaces between its words, each of the fact it stands in."""
    for number, word in enumerate(row):
        if number and not word[0].close:
            before = row[number - 1]
            isle = _shared(before[-1].isle, word[0].isle)
            yield Atom(_space(before, faces, size), " ", _space_face(before, faces), isle=isle)
        yield from word


def _shared(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    count = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return one[: min(len(one), len(other)) if count is None else count]


def _line(row: Sequence[Word], faces: Faces, size: float, *, spaced: bool) -> Line:
    """The row as few segments as its faces allow. All but a paragraph's last line end with a
    space, so that reading aloud or copying does not run words together."""
    segments: list[Segment] = []
    x = 0.0
    for number, word in enumerate(row):
        if number and not word[0].close:
            before = row[number - 1]
            x = _append(segments, x, Atom(_space(before, faces, size), " ", _space_face(before, faces)))
        for atom in word:
            x = _append(segments, x, atom)
    width = x
    if spaced:
        _append(segments, x, Atom(0.0, " ", _space_face(row[-1], faces)))
    return Line(tuple(segments), width)


def _append(segments: list[Segment], x: float, atom: Atom) -> float:
    """Add an atom at x, to the segment before it where the face is the same."""
    text = atom.text.replace(TIE, " ")
    before = segments[-1] if segments else None
    if before is not None and atom.face is not None and before.face is atom.face:
        segments[-1] = Segment(before.x, before.width + atom.width, before.text + text, atom.face)
    else:
        segments.append(Segment(x, atom.width, text, atom.face))
    return x + atom.width


def _both_ways_line(row: Sequence[Word], faces: Faces, size: float, *, rtl: bool, spaced: bool) -> Line:
    atoms = list(_spaced_out(row, faces, size))
    segments, width = place(atoms, size, rtl=rtl)
    said = "".join(atom.text for atom in atoms).replace(TIE, " ")
    return Line(segments, width, said + " " if spaced else said)
