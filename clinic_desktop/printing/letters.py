"""Text made ready for paper: what has no ink is dropped, and every other character must have a glyph."""

import unicodedata
from functools import lru_cache

from clinic_desktop.foundation.document import GlyphMissing
from clinic_desktop.printing.fonts import Face, Faces

TIE = "\u00a0"
"""A space at which a line is never broken; printed as an ordinary one."""

_TIES = frozenset("\u00a0\u2007\u202f")
_BLANK_CONTROLS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")
# Format characters that are drawn (Arabic number signs and their like): they need a glyph.
_INKED_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)


def clean(text: str) -> str:
    """The text as it is set: composed, blanks as spaces, characters without ink left out.

    Tabs and line ends become spaces, a no-break space stays one. Direction marks, joiners, soft
    hyphens, variation selectors and the other control characters put nothing on paper.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_set(character) for character in unicodedata.normalize("NFC", text))


def in_faces(text: str, faces: Faces, bold: bool, where: str) -> list[tuple[str, Face]]:
    """A cleaned text parted by the face that draws it; marks stay with their letter. Raises
    :class:`GlyphMissing` for the first character that no face has."""
    parts: list[tuple[str, Face]] = []
    for cluster in clusters(text):
        face = _face_of(cluster, faces, bold, where)
        if parts and parts[-1][1] is face:
            parts[-1] = (parts[-1][0] + cluster, face)
        else:
            parts.append((cluster, face))
    return parts


def clusters(text: str) -> list[str]:
    """Letters with the marks that sit on them."""
    found: list[str] = []
    for character in text:
        if found and unicodedata.combining(character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _face_of(cluster: str, faces: Faces, bold: bool, where: str) -> Face:
    missing = cluster[0]
    for face in faces.chain(bold):
        lacking = next((character for character in cluster if not face.has(character)), "")
        if not lacking:
            return face
        if face.has(cluster[0]):
            missing = lacking
    raise GlyphMissing(missing, unicodedata.name(missing, ""), where)


@lru_cache(maxsize=4096)
def _set(character: str) -> str:
    if character in _TIES:
        return TIE
    category = unicodedata.category(character)
    if category[0] == "Z" or character in _BLANK_CONTROLS:
        return " "
    if category == "Cc" or (category == "Cf" and character not in _INKED_FORMATS):
        return ""
    return "" if _is_selector(character) else character


def _is_selector(character: str) -> bool:
    """Variation selectors ask for another picture of the letter before them."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
