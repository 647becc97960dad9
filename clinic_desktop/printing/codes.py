"""Square codes (QR) for a phone's camera, drawn as squares: as sharp as the printer."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from clinic_desktop.printing.pen import Pen
from clinic_desktop.printing.pieces import Piece
from clinic_desktop.printing.tags import Element

SIDE = 72.0
"""Points, an inch: a code of 65 squares then has squares of 0.35 mm, which a phone reads from plain paper."""

_QUIET = 4  # squares that stay white all round (ISO/IEC 18004)

Squares = Sequence[Sequence[bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePiece(Piece):
    """``squares`` without the white round them, which belongs to the ``side``."""

    squares: Squares
    side: float = SIDE
    element: Element | None = None

    @property
    def height(self) -> float:
        return self.side

    def draw(self, pen: Pen, x: float, top: float) -> None:
        one = self.side / (len(self.squares) + 2 * _QUIET)
        pen.begin(self.element)
        pen.squares(x + _QUIET * one, top + _QUIET * one, one, self.squares)
        pen.end()


@lru_cache(maxsize=64)  # the clinic's phone comes on every sheet
def squares_of(data: str) -> Squares:
    """The code of a text, as small as it can be with a sixth of it unreadable (level M)."""
    # Part of reportlab that only sheets with a code need.
    from reportlab.graphics.barcode import qrencoder  # noqa: PLC0415 - slow to load, seldom needed

    code: Any = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(qrencoder.QR8bitByte(data))  # left alone it takes Cyrillic for Japanese
    code.make()
    size = range(code.getModuleCount())
    return tuple(tuple(bool(code.isDark(row, column)) for column in size) for row in size)
