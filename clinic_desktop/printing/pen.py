"""Drawing in points from the top left corner of a page, black on white."""

from collections.abc import Sequence
from typing import Protocol

from clinic_desktop.printing.fonts import Face
from clinic_desktop.printing.tags import Element


class Pen(Protocol):
    """What the pieces of a page draw with. ``y`` grows downwards."""

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
        """Text in the order in which it stands on paper, ``width`` points wide. silent: for the eye alone."""
        ...

    def rule(self, x: float, y: float, width: float, weight: float) -> None:
        """A level line."""
        ...

    def stem(self, x: float, top: float, height: float, weight: float) -> None:
        """An upright line."""
        ...

    def frame(
        self, x: float, top: float, width: float, height: float, weight: float, *, dashed: bool = False
    ) -> None:
        """A frame with softly rounded corners, its line inside the rectangle."""
        ...

    def blank(self, x: float, top: float, width: float, height: float) -> None:
        """White, over what was drawn before."""
        ...

    def hatch(self, x: float, top: float, width: float, height: float, gap: float) -> None:
        """Fine slanting lines, ``gap`` points apart."""
        ...

    def squares(self, x: float, top: float, side: float, rows: Sequence[Sequence[bool]]) -> None:
        """Black squares ``side`` points wide, where a row says so, with nothing between them."""
        ...

    def begin(self, element: Element | None) -> None:
        """What is drawn until :meth:`end` is read as part of an element. Everything else, such as rules and
        frames, is there for the eye alone."""
        ...

    def end(self) -> None: ...
