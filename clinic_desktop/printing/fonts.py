"""The two faces everything is printed in, and what each character needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from clinic_desktop.foundation.resources import resource

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

_FILES = {False: ("ClinicSans", "NotoSans-Regular.ttf"), True: ("ClinicSans-Bold", "NotoSans-Bold.ttf")}
_REMEMBERED = 20_000


@dataclass(slots=True)
class Face:
    """One weight. ``advances``: code point -> width in thousandths of the size; only what can be drawn."""

    name: str
    advances: Mapping[int, float]
    _seen: dict[str, float] = field(default_factory=dict)

    def width(self, text: str, size: float) -> float:
        """Points that the text takes at a size; ``KeyError`` (the code point) when a glyph is missing."""
        known = self._seen.get(text)
        if known is None:
            known = sum(self.advances[ord(character)] for character in text)
            if len(self._seen) < _REMEMBERED:
                self._seen[text] = known
        return known * size / 1000


@dataclass(frozen=True, slots=True)
class Faces:
    regular: Face
    bold: Face

    def face(self, bold: bool) -> Face:
        return self.bold if bold else self.regular


@lru_cache(maxsize=1)
def faces() -> Faces:
    """The faces, read and registered once."""
    return Faces(_load(bold=False), _load(bold=True))


def _load(*, bold: bool) -> Face:
    # reportlab costs a tenth of a second: paid at the first sheet, not when the program starts
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    name, file = _FILES[bold]
    font = TTFont(name, str(resource("fonts", "noto", file)))
    pdfmetrics.registerFont(font)
    return Face(name, _advances(font))


def _advances(font: "TTFont") -> dict[int, float]:
    """Width of every character the face has a glyph for; glyph 0 is the face's empty box."""
    face = font.face
    widths, other = face.charWidths, face.defaultWidth
    return {code: widths.get(code, other) for code, glyph in face.charToGlyph.items() if glyph}
