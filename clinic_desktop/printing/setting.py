"""What every block is set with."""

from collections.abc import Iterable
from dataclasses import dataclass

from clinic_desktop.foundation.document import Blank, Run
from clinic_desktop.printing.fonts import Faces
from clinic_desktop.printing.lines import Line, break_lines
from clinic_desktop.printing.style import Style, Type


@dataclass(frozen=True, slots=True)
class Setting:
    """``room``: points from top to bottom that a page has for blocks."""

    style: Style
    faces: Faces
    room: float = 0.0

    @property
    def em(self) -> float:
        return self.style.em

    @property
    def gap(self) -> float:
        return self.style.gap

    def lines(self, words: Iterable[Blank | Run], type_: Type, width: float, where: str) -> tuple[Line, ...]:
        return break_lines(words, self.faces, type_.size, width, where, bold=type_.bold)
