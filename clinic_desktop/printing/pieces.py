"""What a page is stacked from. Pieces know their height, draw themselves, and may be cut in two."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace

from clinic_desktop.foundation.document import Align
from clinic_desktop.printing.fonts import Face
from clinic_desktop.printing.lines import Line
from clinic_desktop.printing.pen import Pen
from clinic_desktop.printing.segment import Segment
from clinic_desktop.printing.style import FINE, Type
from clinic_desktop.printing.tags import Element

_SLACK = 0.01
_CAP_HEIGHT = 0.714  # of Noto Sans, in ems


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(ABC):
    """before: space above, left out at the top of a page or box. keep_next: never the last on a page.
    breaks: may be cut although it would fit on the next page."""

    before: float = 0.0
    keep_next: bool = False
    breaks: bool = False

    @property
    @abstractmethod
    def height(self) -> float: ...

    @abstractmethod
    def draw(self, pen: Pen, x: float, top: float) -> None: ...

    def split(self, room: float) -> tuple["Piece", "Piece"] | None:  # noqa: ARG002 - most pieces are whole
        """The part that fits in ``room`` points and the rest, or None when nothing of it fits."""
        return None


Stack = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece(Piece):
    """One line of text; ``width`` is what it may take, ``mark`` a bullet hung left of it.

    element, label: what the line and its bullet are read as.
    """

    line: Line
    type: Type
    width: float
    align: Align = Align.LEFT
    mark: Segment | None = None
    element: Element | None = None
    label: Element | None = None

    @property
    def height(self) -> float:
        return self.type.leading

    def draw(self, pen: Pen, x: float, top: float) -> None:
        baseline = top + (self.type.leading + self.type.size * _CAP_HEIGHT) / 2
        if self.mark and self.mark.face:
            pen.begin(self.label)
            self._write(pen, self.mark, self.mark.face, x, baseline)
            pen.end()
        if self.align is Align.RIGHT:
            x += self.width - self.line.width
        pen.begin(self.element)
        for segment in self.line.segments:
            if segment.face:
                self._write(pen, segment, segment.face, x, baseline)
            else:
                pen.rule(x + segment.x, baseline + 2, segment.width, FINE)
        pen.end()

    def _write(self, pen: Pen, one: Segment, face: Face, x: float, baseline: float) -> None:
        pen.write(
            x + one.x, baseline, one.text, face=face, size=self.type.size, width=one.width, silent=one.silent
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePiece(Piece):
    """A level line with its own space; ``room``: the height it stands at the bottom of."""

    width: float
    weight: float
    room: float = 0.0

    @property
    def height(self) -> float:
        return self.room + self.weight

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.rule(x, top + self.height - self.weight / 2, self.width, self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakPiece(Piece):
    """What follows begins a page."""

    @property
    def height(self) -> float:
        return 0.0

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Column:
    """A stack at an offset inside a row."""

    x: float
    stack: Stack


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells(Piece):
    """Stacks side by side, framed where ``weight`` is not 0: boxes, bullet columns, table rows."""

    columns: tuple[Column, ...]
    width: float
    pad_x: float = 0.0
    pad_y: float = 0.0
    weight: float = 0.0
    least: float = 0.0
    dashed: bool = False  # the frame is to cut along

    @property
    def height(self) -> float:
        content = max((stack_height(column.stack) for column in self.columns), default=0.0)
        return max(self.least, content + 2 * self.pad_y)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        if self.weight:
            pen.frame(x, top, self.width, self.height, self.weight, dashed=self.dashed)
        for column in self.columns:
            draw_stack(pen, column.stack, x + self.pad_x + column.x, top + self.pad_y)

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        parts = [take_page(column.stack, room - 2 * self.pad_y) for column in self.columns]
        heads, tails = zip(*parts, strict=True)
        return self._with(heads), replace(self._with(tails), before=0.0, least=0.0)

    def _with(self, stacks: Sequence[Stack]) -> "Cells":
        moved = zip(self.columns, stacks, strict=True)
        return replace(self, columns=tuple(Column(column.x, stack) for column, stack in moved))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid(Piece):
    """A table: rows with lines between them. After each cut the header comes ``again``, unread.

    One that does not break is still cut when it is longer than a page. cut_rows: so is a row of which at
    least that many points stay where it began. early: it is to begin on the first page.
    """

    header: tuple[Cells, ...]
    rows: tuple[Cells, ...]
    again: tuple[Cells, ...]
    width: float
    stems: tuple[float, ...] = ()
    weight: float = FINE
    cut_rows: float = 0.0
    early: bool = False

    @property
    def height(self) -> float:
        return sum(row.height for row in (*self.header, *self.rows))

    def draw(self, pen: Pen, x: float, top: float) -> None:
        height = self.height
        if self.weight:
            pen.frame(x, top, self.width, height, self.weight)
        for stem in self.stems:
            pen.stem(x + stem, top, height, FINE)
        y = top
        for number, row in enumerate((*self.header, *self.rows)):
            if number and self.weight:
                pen.rule(x, y, self.width, FINE)
            row.draw(pen, x, y)
            y += row.height

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        room -= sum(row.height for row in self.header)
        fitting = 0
        while fitting < len(self.rows) and self.rows[fitting].height <= room + _SLACK:
            room -= self.rows[fitting].height
            fitting += 1
        if not fitting:
            return None
        head, rest = self.rows[:fitting], self.rows[fitting:]
        if self.cut_rows and rest and (parts := _cut_row(rest[0], room, self.cut_rows)):
            return self._cut((*head, parts[0]), (parts[1], *rest[1:]))
        return self._cut(head, rest)

    def split_row(self, room: float) -> tuple[Piece, Piece] | None:
        """Cut inside the first row, when even a whole page cannot hold it."""
        room -= sum(row.height for row in self.header)
        parts = self.rows[0].split(room) if self.rows else None
        if parts is None:
            return None
        head, tail = parts
        assert isinstance(head, Cells)  # noqa: S101 - cells are cut into cells
        assert isinstance(tail, Cells)  # noqa: S101
        return self._cut((head,), (tail, *self.rows[1:]))

    def _cut(self, head: tuple[Cells, ...], tail: tuple[Cells, ...]) -> tuple["Grid", "Grid"]:
        tails = replace(self, header=self.again, rows=tail, before=0.0, early=False)
        return replace(self, rows=head, keep_next=False), tails


def _cut_row(row: Cells, room: float, least: float) -> tuple[Cells, Cells] | None:
    """A row in two, where enough of it fits."""
    if room < least or (parts := row.split(room)) is None:
        return None
    head, tail = parts
    assert isinstance(head, Cells)  # noqa: S101 - cells are cut into cells
    assert isinstance(tail, Cells)  # noqa: S101
    return (head, tail) if least <= head.height <= room + _SLACK else None


def stack_height(stack: Stack) -> float:
    """Height of pieces one below the other; the first one's space above does not count."""
    return sum(piece.before + piece.height for piece in stack) - (stack[0].before if stack else 0.0)


def draw_stack(pen: Pen, stack: Stack, x: float, top: float) -> None:
    for number, piece in enumerate(stack):
        top += piece.before if number else 0.0
        piece.draw(pen, x, top)
        top += piece.height


def take(stack: Stack, room: float) -> tuple[Stack, Stack]:
    """As many pieces as fit in ``room`` points, and the rest. The first part is empty when none fit."""
    used = 0.0
    for number, piece in enumerate(stack):
        if isinstance(piece, BreakPiece) and number:
            return stack[:number], stack[number + 1 :]
        before = piece.before if number else 0.0
        if used + before + piece.height > room + _SLACK:
            return _cut(stack, number, room - used - before)
        used += before + piece.height
    return stack, ()


def _cut(stack: Stack, number: int, room: float) -> tuple[Stack, Stack]:
    """Cut at the piece that no longer fits, keeping together what belongs together."""
    piece = stack[number]
    if piece.breaks and (parts := piece.split(room)) and parts[0].height <= room + _SLACK:
        return (*stack[:number], parts[0]), (parts[1], *stack[number + 1 :])
    end = number
    while end and stack[end - 1].keep_next:
        end -= 1
    return stack[:end], stack[end:]


def take_page(stack: Stack, room: float) -> tuple[Stack, Stack]:
    """As :func:`take` on an empty page: always some of it, so that what is larger than a page is cut."""
    head, tail = take(stack, room)
    if head or not tail:
        return head, tail
    fitting = _fitting(stack, room)
    if fitting:
        return stack[:fitting], stack[fitting:]
    first = stack[0]
    parts = first.split(room)
    if parts is None and isinstance(first, Grid):
        parts = first.split_row(room)
    if parts is None:
        return stack[:1], stack[1:]
    return (parts[0],), (parts[1], *stack[1:])


def _fitting(stack: Stack, room: float) -> int:
    """How many pieces fit, whatever they would like to be kept with."""
    return next((n for n in range(len(stack)) if stack_height(stack[: n + 1]) > room + _SLACK), len(stack))
