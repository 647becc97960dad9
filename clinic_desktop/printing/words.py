"""Runs into words: what is never broken at a line's end, each part with the face that draws it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clinic_desktop.foundation.document import Blank, Inline, Run
from clinic_desktop.printing.fonts import Face, Faces
from clinic_desktop.printing.han import may_part
from clinic_desktop.printing.letters import clean, in_faces

_PHONE = re.compile(r"(\+?[\d(](?:[()\-./ \u00a0]*\d){6,})")
"""Seven digits or more that belong together: read from the left, also in a line that is not."""


@dataclass(frozen=True, slots=True)
class Atom:
    """Part of a word. Without a face it is a blank to fill in.

    close: the word begins right behind the one before, with no space between. isle: the facts it stands in.
    """

    width: float
    text: str = ""
    face: Face | None = None
    close: bool = False
    isle: tuple[int, ...] = ()

    @property
    def joins(self) -> bool:
        return self.face is not None and self.face.joins


Word = list[Atom]


def words_of(
    inlines: Iterable[Inline], faces: Faces, size: float, where: str, *, bold: bool, rtl: bool
) -> list[Word]:
    """The words of a paragraph. Raises :class:`GlyphMissing`."""
    reading = _Reading(faces, size)
    for number, inline in enumerate(inlines):
        if isinstance(inline, Blank):
            reading.add(Atom(inline.ems * size))
            continue
        for text, isle in _isles(inline, number, rtl):
            reading.read(text, bold or inline.bold, inline.origin or where, isle)
    return [word for word in reading.words if word]


def _isles(run: Run, number: int, rtl: bool) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The run in parts with the facts they stand in: the run itself where it is a fact, and phone numbers."""
    text = clean(run.text)
    fact = (number,) if run.origin else ()
    if not rtl and text.isascii():
        yield text, fact
        return
    for place, part in enumerate(_PHONE.split(text)):
        if part:
            yield part, (*(fact or (number,)), place) if place % 2 else fact


class _Reading:
    def __init__(self, faces: Faces, size: float) -> None:
        self.words: list[Word] = [[]]
        self._faces, self._size = faces, size
        self._last = ""  # the character before, where nothing parts it from the next

    def add(self, atom: Atom) -> None:
        self.words[-1].append(atom)
        self._last = ""

    def read(self, text: str, bold: bool, where: str, isle: tuple[int, ...]) -> None:
        face = self._faces.face(bold)
        for number, part in enumerate(text.split(" ")):
            if number:
                self.words.append([])
                self._last = ""
            if not part:
                continue
            try:
                width = face.width(part, self._size)
            except KeyError:
                self._read_mixed(part, bold, where, isle)
                continue
            close = self._parted(part)
            self.words[-1].append(Atom(width, part, face, close, isle))
            self._last = part[-1]

    def _read_mixed(self, part: str, bold: bool, where: str, isle: tuple[int, ...]) -> None:
        """A part that the first face cannot draw alone."""
        for text, face in in_faces(part, self._faces, bold, where):
            for chunk in _chunks(text):
                close = self._parted(chunk)
                self.words[-1].append(Atom(face.width(chunk, self._size), chunk, face, close, isle))
                self._last = chunk[-1]

    def _parted(self, text: str) -> bool:
        """Begin a new word where a line may end before the text, though no space stands there."""
        if not self._last or not self.words[-1] or not may_part(self._last, text[0]):
            return False
        self.words.append([])
        return True


def _chunks(text: str) -> Iterator[str]:
    """The text in the parts between which a line may end."""
    start = 0
    for place in range(1, len(text)):
        if may_part(text[place - 1], text[place]):
            yield text[start:place]
            start = place
    yield text[start:]
