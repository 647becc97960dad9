"""What every block is set with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from clinic_desktop.foundation.document import Blank, Run
from clinic_desktop.printing.fonts import Faces
from clinic_desktop.printing.lines import Line, break_lines
from clinic_desktop.printing.style import Style, Type
from clinic_desktop.printing.tags import Element


@dataclass(frozen=True, slots=True)
class Setting:
    """``room``: points from top to bottom that a page has for blocks. ``within``: what the blocks are read as
    parts of; None where they are not read at all. rtl: they are read from right to left."""

    style: Style
    faces: Faces
    room: float = 0.0
    within: Element | None = None
    rtl: bool = False

    @property
    def em(self) -> float:
        return self.style.em

    @property
    def gap(self) -> float:
        return self.style.gap

    def inside(self, tag: str) -> "Setting":
        """The setting of what a new element holds."""
        return replace(self, within=self.within.add(tag)) if self.within else self

    def lines(self, words: Iterable[Blank | Run], type_: Type, width: float, where: str) -> tuple[Line, ...]:
        return break_lines(words, self.faces, type_.size, width, where, bold=type_.bold, rtl=self.rtl)


def read_as(lines: Sequence[Line], setting: Setting, tag: str = "P", lang: str = "") -> Element | None:
    """What the lines of a paragraph are read as, if they are read. Where letters are drawn joined or from the
    right, it says its words in the order in which they are read."""
    if setting.within is None or not lines:
        return None
    said = "".join(line.words for line in lines) if any(line.said for line in lines) else ""
    return setting.within.add(tag, lang, said)
