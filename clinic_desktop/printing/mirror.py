"""A pen for pages that are read from right to left."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_desktop.printing.fonts import Face
from clinic_desktop.printing.pen import Pen
from clinic_desktop.printing.tags import Element


@dataclass(frozen=True, slots=True)
class MirrorPen:
    """Whatever is laid out from the left edge stands as far from the right one: columns, bullets, frames.
    Words and codes themselves are not turned round. width: the page's, in points."""

    pen: Pen
    width: float

    def write(
        self,
        x: float,
        baseline: float,
        text: str,
        *,
        face: Face,
        size: float,
        width: float,
        silent: bool = False,
    ) -> None:
        self.pen.write(
            self.width - x - width, baseline, text, face=face, size=size, width=width, silent=silent
        )

    def rule(self, x: float, y: float, width: float, weight: float) -> None:
        self.pen.rule(self.width - x - width, y, width, weight)

    def stem(self, x: float, top: float, height: float, weight: float) -> None:
        self.pen.stem(self.width - x, top, height, weight)

    def frame(
        self, x: float, top: float, width: float, height: float, weight: float, *, dashed: bool = False
    ) -> None:
        self.pen.frame(self.width - x - width, top, width, height, weight, dashed=dashed)

    def blank(self, x: float, top: float, width: float, height: float) -> None:
        self.pen.blank(self.width - x - width, top, width, height)

    def hatch(self, x: float, top: float, width: float, height: float, gap: float) -> None:
        self.pen.hatch(self.width - x - width, top, width, height, gap)

    def squares(self, x: float, top: float, side: float, rows: Sequence[Sequence[bool]]) -> None:
        across = side * max(map(len, rows), default=0)
        self.pen.squares(self.width - x - across, top, side, rows)

    def begin(self, element: Element | None) -> None:
        self.pen.begin(element)

    def end(self) -> None:
        self.pen.end()
