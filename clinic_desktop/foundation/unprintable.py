"""A document without signs that cannot be printed: for paper that must come out, whatever is in a name."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import cast

from clinic_desktop.foundation.document import (
    Document,
    GlyphMissing,
    Paragraph,
    RenderedPdf,
    RenderPdf,
    text,
)

INSTEAD = "[?]"
_NOTE = f"{INSTEAD} stands for a letter that cannot be printed here."
_MOST = 200  # different signs; more than that is no name


def rendered(document: Document, render: RenderPdf) -> RenderedPdf:
    """Its pages; where letters are missing they read ``[?]``, and the first page says so.

    Raises :class:`GlyphMissing` where there is no end of them.
    """
    noted = replace(document, blocks=(*document.blocks, Paragraph(text(_NOTE, bold=True))))
    signs: list[str] = []
    for _ in range(_MOST):
        try:
            return render(_without(noted, "".join(signs)) if signs else document)
        except GlyphMissing as missing:
            if missing.character in signs:
                raise
            signs.append(missing.character)
    return render(_without(noted, "".join(signs)))


def _without(document: Document, signs: str) -> Document:
    return cast("Document", _replaced(document, {ord(one): INSTEAD for one in signs}))


def _replaced(value: object, table: dict[int, str]) -> object:
    """The same frozen values with other texts."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return value.translate(table)
    if isinstance(value, tuple):
        return tuple(_replaced(one, table) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{one.name: _replaced(getattr(value, one.name), table) for one in fields(value)}
        )
    return value
