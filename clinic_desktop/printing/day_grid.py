"""A day on a page: columns side by side, the hours downwards, every block whole and in its place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinic_desktop.foundation.document import DayGrid, GridEntry, Run, Words
from clinic_desktop.printing.lines import Line
from clinic_desktop.printing.pen import Pen
from clinic_desktop.printing.pieces import Piece, TextPiece, draw_stack
from clinic_desktop.printing.setting import Setting, read_as
from clinic_desktop.printing.style import FINE, MEDIUM, Type
from clinic_desktop.printing.tags import Element

_WHERE = "a visit"
_GUTTER_EMS = 3.2
_PAD = 2.5  # points between a frame and its words
_GAP = 1.0  # points between neighbours
_SHUT_GAP, _OVER_GAP = 9.0, 5.0
_LEAST_WIDTH_EMS = 5.0  # where it is narrower words would be chopped: the number stands alone
_BETWEEN = " \N{MIDDLE DOT} "


@dataclass(frozen=True, slots=True)
class SetEntry:
    """An entry in its rectangle, from the grid's top left corner. number: where it stands in full, or 0."""

    entry: GridEntry
    x: float
    top: float
    width: float
    height: float
    words: tuple["SetLine", ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line, and what it is read as."""

    line: Line
    element: Element | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GridPiece(Piece):
    """All of it is drawn; it is never cut."""

    block: DayGrid
    width: float
    tall: float
    head: float
    gutter: float
    heads: tuple[tuple[SetLine, ...], ...]
    hours: tuple[SetLine, ...]
    entries: tuple[SetEntry, ...]
    type: Type

    @property
    def height(self) -> float:
        return self.tall

    @property
    def _column(self) -> float:
        return (self.width - self.gutter) / max(1, len(self.block.columns))

    def _y(self, minute: int) -> float:
        block = self.block
        return self.head + (self.tall - self.head) * (minute - block.first) / (block.last - block.first)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        for one in self.block.shut:
            y = top + self._y(one.start)
            high = self._y(one.end) - self._y(one.start)
            pen.hatch(x + self.gutter + one.column * self._column, y, self._column, high, _SHUT_GAP)
        self._draw_frame(pen, x, top)
        for entry in self.entries:
            self._draw_entry(pen, entry, x, top)

    def _draw_frame(self, pen: Pen, x: float, top: float) -> None:
        for number, head in enumerate(self.heads):
            left = x + self.gutter + number * self._column
            draw_stack(pen, _texts(head, self.type, self._column), left + _PAD, top)
            pen.stem(left, top, self.tall, FINE)
        pen.stem(x + self.width, top, self.tall, FINE)
        for (minute, _), words in zip(self.block.hours, self.hours, strict=True):
            y = top + self._y(minute)
            pen.rule(x + self.gutter, y, self.width - self.gutter, FINE / 2)
            draw_stack(pen, _texts((words,), self.type, self.gutter), x, y)
        pen.rule(x, top + self.head, self.width, MEDIUM)
        pen.rule(x, top + self.tall, self.width, FINE)

    def _draw_entry(self, pen: Pen, one: SetEntry, x: float, top: float) -> None:
        left, above = x + one.x, top + one.top
        pen.blank(left, above, one.width, one.height)
        if one.entry.hatched:
            pen.hatch(left, above, one.width, one.height, _OVER_GAP)
        pen.frame(
            left, above, one.width, one.height, MEDIUM if one.entry.dashed else FINE, dashed=one.entry.dashed
        )
        for number, each in enumerate(one.words):
            at = above + _PAD / 2 + number * self.type.leading
            if one.entry.hatched:  # words stay readable on their own ground
                pen.blank(left + _PAD, at + 1, each.line.width, self.type.leading - 1)
            draw_stack(pen, _texts((each,), self.type, one.width), left + _PAD, at)


def _texts(lines: Iterable[SetLine], type_: Type, width: float) -> tuple[Piece, ...]:
    return tuple(TextPiece(line=one.line, type=type_, width=width, element=one.element) for one in lines)


def grid_type(setting: Setting) -> Type:
    """A little smaller than the body: a day of eight rooms stands on one page."""
    size = setting.em * 0.85
    return Type(size, size * 1.2)


def set_grid(block: DayGrid, setting: Setting, width: float, height: float) -> GridPiece:
    """The grid at a height. Words are whole lines; what has no room is numbered."""
    type_, heavy = grid_type(setting), Type(grid_type(setting).size, grid_type(setting).leading, bold=True)
    gutter = setting.em * _GUTTER_EMS
    column = (width - gutter) / max(1, len(block.columns))
    parts = [setting.inside("Sect") for _ in block.columns]
    heads = tuple(
        _read(part, (Run(one),), heavy, column - 2 * _PAD)
        for part, one in zip(parts, block.columns, strict=True)
    )
    head = type_.leading * max((len(one) for one in heads), default=1) + _PAD
    hours = tuple(SetLine(_one_line(setting, words, type_, gutter)) for _, words in block.hours)
    scale = (height - head) / (block.last - block.first)
    lists = [part.inside("L") for part in parts]
    maker = _Entries(block, lists, type_, (gutter, column), (head, scale))
    return GridPiece(
        block=block, width=width, tall=height, head=head, gutter=gutter, heads=heads, hours=hours,
        entries=maker.made(), type=type_,
    )  # fmt: skip


def _one_line(setting: Setting, words: str, type_: Type, width: float) -> Line:
    lines = setting.lines((Run(words),), type_, width, _WHERE)
    return lines[0] if lines else Line((), 0.0)


def _read(setting: Setting, words: Words, type_: Type, width: float) -> tuple[SetLine, ...]:
    """The words in lines, read as one paragraph."""
    lines = setting.lines(words, type_, width, _WHERE)
    element = read_as(lines, setting)
    return tuple(SetLine(line, element) for line in lines)


class _Entries:
    """Puts entries into their rectangles, and as many of their words as have room.

    lists: for each column, the setting of the list that it is read as.
    """

    def __init__(
        self,
        block: DayGrid,
        lists: Sequence[Setting],
        type_: Type,
        across: tuple[float, float],
        down: tuple[float, float],
    ) -> None:
        self._block, self._lists, self._type = block, lists, type_
        self._gutter, self._column = across
        self._head, self._scale = down
        self._numbered = 0

    def made(self) -> tuple[SetEntry, ...]:
        return tuple(self._made(one) for one in self._block.entries)

    def _made(self, entry: GridEntry) -> SetEntry:
        lane = self._column / entry.lanes
        x = self._gutter + entry.column * self._column + entry.lane * lane + _GAP
        top = self._head + (entry.start - self._block.first) * self._scale
        width, height = lane * entry.span - 2 * _GAP, (entry.end - entry.start) * self._scale
        item = self._lists[entry.column].inside("LI").inside("LBody")
        words = self._whole(item, entry.lines, width - 2 * _PAD, height)
        number = 0
        if words is None:
            self._numbered = number = self._numbered + 1
            words = self._some(item, entry.lines, number, (width - 2 * _PAD, height))
        return SetEntry(entry, x, top, width, height, words, number)

    def _whole(
        self, item: Setting, lines: Sequence[Words], width: float, height: float
    ) -> tuple[SetLine, ...] | None:
        """Each on a line of its own, else running on; None when neither has room."""
        if width < item.em * _LEAST_WIDTH_EMS:
            return None
        for words in (lines, (_running_on(lines),)):
            broken = tuple(line for one in words for line in _read(item, one, self._type, width))
            if len(broken) <= self._fitting(height):
                return broken
        return None

    def _some(
        self, item: Setting, lines: Sequence[Words], number: int, across: tuple[float, float]
    ) -> tuple[SetLine, ...]:
        """The number, and as many whole lines as there is room for; the number alone where it is narrow."""
        width, height = across
        room = max(1, self._fitting(height))
        if width < item.em * _LEAST_WIDTH_EMS:
            return _read(item, (Run(f"{number}", bold=True),), self._type, max(width, item.em))[:room]
        numbered = ((Run(f"({number}) ", bold=True), *lines[0]), *lines[1:]) if lines else ()
        return tuple(line for one in numbered for line in _read(item, one, self._type, width))[:room]

    def _fitting(self, height: float) -> int:
        return int((height - _PAD / 2) / self._type.leading + 0.05)


def _running_on(lines: Sequence[Words]) -> Words:
    joined: list[Run] = []
    for words in lines:
        joined += [Run(_BETWEEN)] if joined else []
        joined += [one for one in words if isinstance(one, Run)]
    return tuple(joined)


def in_full(piece: GridPiece) -> tuple[Words, ...]:
    """The words that had no room, each with its number."""
    return tuple(
        (Run(f"({one.number}) ", bold=True), *_running_on(one.entry.lines))
        for one in piece.entries
        if one.number
    )
