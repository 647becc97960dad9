"""The smallest thing that is drawn in a line."""

from dataclasses import dataclass

from clinic_desktop.printing.fonts import Face


@dataclass(frozen=True, slots=True)
class Segment:
    """Text of one face at an offset from the edge where the line begins; without a face, a line to write on.

    silent: for the eye alone, neither read nor copied.
    """

    x: float
    width: float
    text: str = ""
    face: Face | None = None
    silent: bool = False
