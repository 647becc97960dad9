"""The blocks of a document into pieces of a page."""

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch
from itertools import accumulate

from clinic_desktop.foundation.document import (
    Align,
    Block,
    Box,
    BoxKind,
    BulletList,
    Cards,
    Cell,
    Code,
    DayGrid,
    Divider,
    FillLine,
    FillRow,
    Heading,
    KeepTogether,
    Lines,
    PageBreak,
    Paragraph,
    Run,
    Signature,
    Table,
    TextRole,
    Words,
)
from clinic_desktop.printing.codes import SIDE, CodePiece, squares_of
from clinic_desktop.printing.day_grid import GridPiece, grid_type, in_full, set_grid
from clinic_desktop.printing.fonts import Faces
from clinic_desktop.printing.lines import Line, least_stretch, stretch
from clinic_desktop.printing.pieces import (
    BreakPiece,
    Cells,
    Column,
    Grid,
    Piece,
    RulePiece,
    Stack,
    TextPiece,
    stack_height,
)
from clinic_desktop.printing.segment import Segment
from clinic_desktop.printing.setting import Setting, read_as
from clinic_desktop.printing.style import FINE, HEAVY, MEDIUM, Type
from clinic_desktop.printing.tags import Element

BULLET = "•"
_TRIES = 6  # a lower grid may leave more words without room
_NOTES_SHARE = 0.3  # of a page
_GUTTER_EMS = 1.2
_CUT_EMS = 5  # of a row that is cut: whom to call with the numbers, never a heading alone
_SHORT_TABLE = 8
"""Up to that many rows a table goes to the next page whole, except a panel, whose rows stand alone, and where
a document is too long otherwise."""


def stack_blocks(blocks: Iterable[Block], setting: Setting, width: float) -> Stack:
    """The blocks one below the other; what follows a heading stands close to it, and a table or a notice goes
    with the paragraph that says what it is for."""
    stack: list[Piece] = []
    after_heading = False
    before: Block | None = None
    for block in blocks:
        pieces = list(_pieces(block, setting, width))
        if stack and isinstance(before, Paragraph) and (_is_table(block) or _is_notice(block)):
            stack[-1] = replace(stack[-1], keep_next=True)
        if pieces and after_heading:
            close = setting.gap * (0.2 if isinstance(pieces[0], TextPiece) else 0.4)
            pieces[0] = replace(pieces[0], before=close)
        stack += pieces
        after_heading, before = isinstance(block, Heading), block
    return tuple(stack)


def _is_notice(block: Block) -> bool:
    return isinstance(block, Box) and block.kind is BoxKind.NOTICE


def _is_table(block: Block) -> bool:
    """And not merely what stands side by side."""
    return isinstance(block, Table) and block.lines is Lines.GRID


def text_pieces(
    words: Words,
    setting: Setting,
    width: float,
    type_: Type,
    where: str,
    align: Align = Align.LEFT,
    tag: str = "P",
) -> Stack:
    """Lines of one paragraph; its first two and its last two lines stay together."""
    lines = setting.lines(words, type_, width, where)
    last = len(lines) - 1
    element = read_as(lines, setting, tag, _language(words))
    return tuple(
        TextPiece(
            line=line,
            type=type_,
            width=width,
            align=align,
            keep_next=last > 0 and n in (0, last - 1),
            element=element,
        )
        for n, line in enumerate(lines)
    )


def _language(words: Words) -> str:
    """The language that all of the words are in, where it is another one than the document's."""
    said = {run.lang for run in words if isinstance(run, Run) and run.text.strip()}
    return said.pop() if len(said) == 1 else ""


@singledispatch
def _pieces(block: Block, setting: Setting, width: float) -> Stack:  # noqa: ARG001 - as below
    raise TypeError(f"cannot print {type(block).__name__}")


@_pieces.register
def _(block: Heading, setting: Setting, width: float) -> Stack:
    type_ = setting.style.heading(block.level)
    lines = text_pieces(block.words, setting, width, type_, "a heading", tag=f"H{min(block.level, 3)}")
    kept = tuple(replace(line, keep_next=True) for line in lines)
    return _lowered(kept, setting.gap * (0.8 if block.level == 2 else 0.45))


@_pieces.register
def _(block: Paragraph, setting: Setting, width: float) -> Stack:
    type_ = setting.style.roles[block.role]
    lines = text_pieces(block.words, setting, width, type_, "a paragraph", block.align)
    return _lowered(lines, setting.gap * (0.35 if block.role is TextRole.BODY else 0.1))


@_pieces.register
def _(block: BulletList, setting: Setting, width: float) -> Stack:
    setting = setting.inside("L")
    if block.columns <= 1:
        return _bullets(block.items, setting, width)
    gutter = setting.em * _GUTTER_EMS
    column_width = (width - gutter * (block.columns - 1)) / block.columns
    deep = -(-len(block.items) // block.columns)
    parts = [block.items[n * deep : (n + 1) * deep] for n in range(block.columns)]
    columns = tuple(
        Column(n * (column_width + gutter), _bullets(items, setting, column_width))
        for n, items in enumerate(parts)
    )
    return (Cells(columns=columns, width=width, before=setting.gap * 0.3),)


def _bullets(items: Iterable[Words], setting: Setting, width: float) -> Stack:
    body, indent = setting.style.body, setting.em * 1.25
    pieces: list[Piece] = []
    for item in items:
        one = setting.inside("LI")
        label = one.within.add("Lbl") if one.within else None
        lines = text_pieces(item, one, width - indent, body, "a list", tag="LBody")
        cells = Column(indent, _marked(lines, indent, body.size, setting.faces, label))
        pieces.append(Cells(columns=(cells,), width=width, before=setting.gap * 0.12))
    return tuple(pieces)


def _marked(lines: Stack, indent: float, size: float, faces: Faces, label: Element | None) -> Stack:
    if not lines or not isinstance(lines[0], TextPiece):
        return lines
    mark = Segment(-indent * 0.75, faces.regular.width(BULLET, size), BULLET, faces.regular)
    return (replace(lines[0], mark=mark, label=label), *lines[1:])


@_pieces.register
def _(block: FillRow, setting: Setting, width: float) -> Stack:
    gutter = setting.em * _GUTTER_EMS
    shares = _fill_widths(block.lines, setting, width - gutter * (len(block.lines) - 1))
    starts = [0.0, *accumulate(share + gutter for share in shares)]
    columns = tuple(
        Column(x, _fill_line(line, setting, share))
        for x, line, share in zip(starts, block.lines, shares, strict=False)
    )
    return (Cells(columns=columns, width=width, before=setting.gap * 0.6),)


def _fill_widths(lines: tuple[FillLine, ...], setting: Setting, room: float) -> list[float]:
    """By their shares; where that would leave a line under its label instead of beside it, the shares are of
    what labels and short lines leave, if that is enough for all."""
    shares, size = [line.share for line in lines], setting.style.body.size
    widths = _spread(shares, room)
    least = [_label_width(line, setting, room) + least_stretch(size) for line in lines]
    spare = room - sum(least)
    if spare < 0 or all(width >= needed for width, needed in zip(widths, least, strict=True)):
        return widths
    return [needed + rest for needed, rest in zip(least, _spread(shares, spare), strict=True)]


def _label_width(line: FillLine, setting: Setting, room: float) -> float:
    set_lines = setting.lines((Run(line.label),), setting.style.body, room, "a line to fill in")
    return set_lines[0].width if len(set_lines) == 1 else room


def _fill_line(line: FillLine, setting: Setting, width: float) -> Stack:
    body = setting.style.body
    lines = setting.lines((Run(line.label),), body, width, "a line to fill in")
    *above, last = lines or (Line((), 0.0),)
    ended = (*above, *stretch(last, width, body.size))
    element = read_as(ended, setting)
    return tuple(TextPiece(line=each, type=body, width=width, element=element) for each in ended)


@_pieces.register
def _(block: Signature, setting: Setting, width: float) -> Stack:
    gutter, room = setting.em * 2, setting.em * 2.4
    beside = width * 0.24 if block.beside else 0.0
    main = width - (beside + gutter if beside else 0.0)
    columns = [Column(0.0, _signed(block.words, setting, main, room))]
    if beside:
        columns.append(Column(main + gutter, _signed((Run(block.beside),), setting, beside, room)))
    return (Cells(columns=tuple(columns), width=width, before=setting.gap * 0.4),)


def _signed(words: Words, setting: Setting, width: float, room: float) -> Stack:
    rule = RulePiece(width=width, weight=FINE, room=room, keep_next=True)
    return (rule, *text_pieces(words, setting, width, setting.style.body, "a signature line"))


@_pieces.register
def _(block: Divider, setting: Setting, width: float) -> Stack:
    weight = MEDIUM if block.heavy else FINE
    return (RulePiece(width=width, weight=weight, before=setting.gap * 0.5),)


@_pieces.register
def _(block: Box, setting: Setting, width: float) -> Stack:
    pad = 9.6 + setting.em * 0.3
    stack = stack_blocks(block.blocks, setting.inside("Sect"), width - 2 * pad)
    weight = HEAVY if block.kind is BoxKind.DANGER else FINE
    column = Column(0.0, stack)
    return (
        Cells(
            columns=(column,),
            width=width,
            pad_x=pad,
            pad_y=setting.gap * 0.6,
            weight=weight,
            before=setting.gap * 0.75,
            breaks=setting.style.cuts and block.kind is not BoxKind.DANGER,
        ),
    )


@_pieces.register
def _(block: Table, setting: Setting, width: float) -> Stack:
    framed = block.lines is not Lines.NONE
    widths = _spread(block.widths, width)
    inside, tagged = _table_setting(block, setting)
    unread = replace(setting, within=None)
    header, again = (
        (_row(block.header, widths, one, framed, tag="TH" if tagged else ""),) if block.header else ()
        for one in (inside, unread)
    )
    least, tag = block.row_ems * setting.em, "TD" if tagged else ""
    rows = tuple(_row(row, widths, inside, framed, least, tag) for row in block.rows)
    stems = tuple(accumulate(widths[:-1])) if block.lines is Lines.GRID else ()
    weight = {Lines.NONE: 0.0, Lines.GRID: FINE, Lines.PANEL: MEDIUM}[block.lines]
    grid = Grid(
        header=header,
        rows=rows,
        again=again,
        width=width,
        stems=stems,
        weight=weight,
        before=setting.gap * 0.5,
        breaks=block.lines is Lines.PANEL or len(rows) > _SHORT_TABLE or setting.style.cuts,
        cut_rows=setting.em * _CUT_EMS if setting.style.cuts and block.lines is Lines.PANEL else 0.0,
        early=block.early,
    )
    return (grid,)


def _table_setting(block: Table, setting: Setting) -> tuple[Setting, bool]:
    """How the cells are read: as a table's, with their headers, only where lines show a table. The rows of a
    panel are read one after the other, and what merely stands side by side is read as it stands."""
    if block.lines is Lines.GRID:
        return setting.inside("Table"), True
    return (setting.inside("Sect") if block.lines is Lines.PANEL else setting), False


def _row(
    cells: tuple[Cell, ...],
    widths: list[float],
    setting: Setting,
    framed: bool,
    least: float = 0.0,
    tag: str = "",
) -> Cells:
    pad_x, pad_y = (setting.em * 0.6, setting.gap * 0.4) if framed else (0.0, 0.0)
    starts = [0.0, *accumulate(widths)]
    gap = 2 * pad_x if framed else setting.em * _GUTTER_EMS
    rooms = [width - gap for width in widths[:-1]] + [widths[-1] - 2 * pad_x]
    if tag:
        setting = setting.inside("TR")
    columns = tuple(
        Column(x, stack_blocks(cell, setting.inside(tag) if tag else setting, max(setting.em, room)))
        for x, cell, room in zip(starts, cells, rooms, strict=False)
    )
    return Cells(columns=columns, width=sum(widths), pad_x=pad_x, pad_y=pad_y, least=least)


@_pieces.register
def _(block: KeepTogether, setting: Setting, width: float) -> Stack:
    stack = stack_blocks(block.blocks, setting, width)
    before = stack[0].before if stack else 0.0
    return (Cells(columns=(Column(0.0, stack),), width=width, before=before),)


@_pieces.register
def _(block: Code, setting: Setting, width: float) -> Stack:
    figure = setting.within.add("Figure", instead=block.meaning) if setting.within else None
    code = CodePiece(squares=squares_of(block.data), side=min(SIDE, width), element=figure, keep_next=True)
    words = text_pieces(block.words, setting, width, setting.style.roles[TextRole.SMALL], "a code")
    return (code, *words)


@_pieces.register
def _(block: PageBreak, setting: Setting, width: float) -> Stack:  # noqa: ARG001 - one shape for all blocks
    return (BreakPiece(),)


@_pieces.register
def _(block: DayGrid, setting: Setting, width: float) -> Stack:
    """The grid takes what its notes leave of the page; many notes go to a page of their own."""
    notes: Stack = ()
    for _ in range(_TRIES):
        spare = stack_height(notes) + setting.em if notes else 0.0
        if spare > setting.room * _NOTES_SHARE:
            break
        grid = set_grid(block, setting, width, setting.room - spare)
        before, notes = notes, _grid_notes(grid, block.more, setting, width)
        if stack_height(notes) <= stack_height(before):
            return (grid, *_lowered(notes, setting.em))
    return (set_grid(block, setting, width, setting.room), BreakPiece(), *notes)


def _grid_notes(grid: GridPiece, more: str, setting: Setting, width: float) -> Stack:
    """Read down the left column, then down the right one."""
    words = in_full(grid)
    if not words:
        return ()
    type_, gutter = grid_type(setting), setting.em * _GUTTER_EMS
    half, deep = (width - gutter) / 2, -(-len(words) // 2)
    head = text_pieces((Run(more, bold=True),), setting, width, type_, "a visit")
    columns = tuple(
        Column(x, tuple(line for one in part for line in text_pieces(one, setting, half, type_, "a visit")))
        for x, part in ((0.0, words[:deep]), (half + gutter, words[deep:]))
    )
    kept = (replace(line, keep_next=True) for line in head)
    return (*kept, Cells(columns=columns, width=width, breaks=True))


@_pieces.register
def _(block: Cards, setting: Setting, width: float) -> Stack:
    pad = setting.em * 0.8
    cards = [_card(one, block, setting, pad) for one in block.cards]
    rows = [cards[n : n + 2] for n in range(0, len(cards), 2)]
    return tuple(Cells(columns=tuple(_side_by_side(row, block.width)), width=width) for row in rows)


def _card(blocks: tuple[Block, ...], block: Cards, setting: Setting, pad: float) -> Cells:
    stack = stack_blocks(blocks, setting.inside("Sect"), block.width - 2 * pad)
    return Cells(
        columns=(Column(0.0, stack),),
        width=block.width,
        pad_x=pad,
        pad_y=pad,
        weight=FINE,
        least=block.height,
        dashed=True,
    )


def _side_by_side(row: list[Cells], width: float) -> Iterable[Column]:
    """As high as the highest, for one to be folded over the other."""
    highest = max(one.height for one in row)
    return (Column(n * width, (replace(one, least=highest),)) for n, one in enumerate(row))


def _spread(shares: Iterable[float], width: float) -> list[float]:
    parts = list(shares)
    return [width * part / sum(parts) for part in parts]


def _lowered(stack: Stack, before: float) -> Stack:
    """The stack with space above its first piece."""
    return (replace(stack[0], before=before), *stack[1:]) if stack else ()
