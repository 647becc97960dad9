"""The faces everything is printed in, and what each character needs.

Latin, Greek and Cyrillic letters come first. The faces of other scripts are read when a text needs them:
Arabic, and one for Chinese, Japanese kana and Korean, which is drawn heavier where it is bold.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from clinic_desktop.foundation.resources import resource
from clinic_desktop.printing.arabic import can_join, join

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

_REMEMBERED = 20_000
_HEAVIER = 35.0


@dataclass(eq=False, slots=True)
class Face:
    """One weight, the same one only as itself.

    ``advances``: code point -> width in thousandths of the size; only what can be drawn.

    joins: its letters join, and are drawn as :meth:`drawn` says. outline: how thick a line in thousandths of
    the size is drawn round its letters, which makes them bold.
    """

    name: str
    advances: Mapping[int, float]
    joins: bool = False
    outline: float = 0.0
    _seen: dict[str, float] = field(default_factory=dict)

    def has(self, character: str) -> bool:
        return ord(character) in self.advances and (not self.joins or can_join(character))

    def drawn(self, text: str) -> str:
        """The text in the shapes it is drawn in, in the order it is read."""
        return join(text) if self.joins else text

    def width(self, text: str, size: float) -> float:
        """Points that the text takes at a size; ``KeyError`` (the code point) when a glyph is missing."""
        known = self._seen.get(text)
        if known is None:
            known = sum(self.advances[ord(character)] for character in self.drawn(text))
            if len(self._seen) < _REMEMBERED:
                self._seen[text] = known
        return known * size / 1000


@dataclass(frozen=True, slots=True)
class Faces:
    regular: Face
    bold: Face

    def face(self, bold: bool) -> Face:
        return self.bold if bold else self.regular

    def chain(self, bold: bool) -> Iterator[Face]:
        """The faces in the order in which they are asked for a character; the later ones are read by then."""
        yield self.face(bold)
        yield _arabic(bold)
        yield _han(bold)


@lru_cache(maxsize=1)
def faces() -> Faces:
    """The faces, read and registered once."""
    return Faces(
        Face("ClinicSans", _read("ClinicSans", "NotoSans-Regular.ttf")),
        Face("ClinicSans-Bold", _read("ClinicSans-Bold", "NotoSans-Bold.ttf")),
    )


@lru_cache(maxsize=2)
def _arabic(bold: bool) -> Face:
    name, weight = ("ClinicArabic-Bold", "Bold") if bold else ("ClinicArabic", "Regular")
    return Face(name, _read(name, f"NotoSansArabic-{weight}.ttf", joins=True), joins=True)


@lru_cache(maxsize=2)
def _han(bold: bool) -> Face:
    return Face("ClinicHan", _read("ClinicHan", "NotoSansCJK-Regular.ttf"), outline=_HEAVIER if bold else 0.0)


@lru_cache(maxsize=8)
def _read(name: str, file: str, *, joins: bool = False) -> Mapping[int, float]:
    """Register a face under a name; the width of every character it can draw."""
    # reportlab costs a tenth of a second: paid at the first sheet, not when the program starts
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    from clinic_desktop.printing.joined_font import JoinedFont  # noqa: PLC0415 - it imports reportlab

    font = (JoinedFont if joins else TTFont)(name, str(resource("fonts", "noto", file)))
    pdfmetrics.registerFont(font)
    return _advances(font)


def _advances(font: "TTFont") -> dict[int, float]:
    """Width of every character the face has a glyph for; glyph 0 is the face's empty box."""
    face = font.face
    widths, other = face.charWidths, face.defaultWidth
    return {code: widths.get(code, other) for code, glyph in face.charToGlyph.items() if glyph}
