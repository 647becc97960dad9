"""A document laid out on pages: what stands where, before anything is drawn."""

from dataclasses import dataclass, replace

from clinic_desktop.foundation.document import Align, Document, PageSize, Run, Running
from clinic_desktop.printing.blocks import stack_blocks, text_pieces
from clinic_desktop.printing.fonts import Faces
from clinic_desktop.printing.mirror import MirrorPen
from clinic_desktop.printing.pen import Pen
from clinic_desktop.printing.pieces import (
    Cells,
    Column,
    RulePiece,
    Stack,
    draw_stack,
    stack_height,
    take_page,
)
from clinic_desktop.printing.setting import Setting
from clinic_desktop.printing.style import FINE, MARGIN, MEDIUM, TIGHTER, Type, style_for
from clinic_desktop.printing.tags import Element

_POINTS = {PageSize.LETTER: (612.0, 792.0), PageSize.A4: (595.28, 841.89)}


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages of a document, ready to draw. Sizes in points. ``heads``: what runs over each page.

    read: what of it is read aloud, in order. rtl: from right to left. begun: what is to begin on the first
    page does.
    """

    width: float
    height: float
    pages: tuple[Stack, ...]
    heads: tuple[Stack, ...]
    footers: tuple[Stack, ...]
    read: Element
    rtl: bool = False
    begun: bool = True

    def draw_page(self, number: int, pen: Pen) -> None:
        """Draw page ``number`` (from 0)."""
        if self.rtl:
            pen = MirrorPen(pen, self.width)
        top = MARGIN
        if head := self.heads[number]:
            draw_stack(pen, head, MARGIN, top)
            top += stack_height(head) + MARGIN / 4
        draw_stack(pen, self.pages[number], MARGIN, top)
        footer = self.footers[number]
        draw_stack(pen, footer, MARGIN, self.height - MARGIN - stack_height(footer))


def lay_out(document: Document, faces: Faces) -> Layout:
    """Set every block and cut the stack into pages: as usual, or a little tighter where that keeps to the
    document's most pages, and to what is to begin on the first. Raises ``GlyphMissing``."""
    tried: list[tuple[bool, bool, int, Layout]] = []
    for turn, tightness in enumerate(TIGHTER):
        setting = Setting(style_for(document.body_pt, tightness), faces, rtl=document.rtl)
        one = _laid_out(document, setting)
        too_long = 0 < document.most_pages < len(one.pages)
        if one.begun and not too_long:
            return one
        tried.append((too_long, not one.begun, turn, one))
    return min(tried)[-1]


def _laid_out(document: Document, setting: Setting) -> Layout:
    width, height = _POINTS[document.page_size]
    if document.landscape:
        width, height = height, width
    inner = width - 2 * MARGIN
    read = Element("Document")
    first = replace(setting, within=read.add("Sect"))
    running = _running(document.running, setting, inner, 88, 88)
    room = height - 2 * MARGIN - stack_height(_footer(document, setting, inner, 88, 88)) - setting.em * 0.7
    under = room - (stack_height(running) + MARGIN / 4 if running else 0.0)
    body = replace(setting, room=under, within=read)
    early = stack_blocks(document.blocks[: document.begins], body, inner)
    stack = early + stack_blocks(document.blocks[document.begins :], body, inner)
    pages = _cut_pages(stack, under if document.running.everywhere else room, under)
    count = len(pages)
    heads = tuple(
        _running(document.running, first if n == 1 else setting, inner, n, count)
        if n > 1 or document.running.everywhere
        else ()
        for n in range(1, count + 1)
    )
    footers = tuple(_footer(document, setting, inner, n, count) for n in range(1, count + 1))
    begun = len(pages[0]) >= len(early)
    return Layout(width, height, pages, heads, footers, read, document.rtl, begun)


def _cut_pages(stack: Stack, first: float, others: float) -> tuple[Stack, ...]:
    """``first``, ``others``: the room on the first page and on each that follows."""
    page, rest = take_page(stack, first)
    pages = [page]
    while rest:
        page, rest = take_page(rest, others)
        pages.append(page)
    return tuple(pages)


def _running(running: Running, setting: Setting, width: float, page: int, pages: int) -> Stack:
    if not running.left and not running.right:
        return ()
    type_ = setting.style.running
    label = running.page_label.format(page=page, pages=pages)
    right = (*running.right, Run(label)) if label else running.right
    left = text_pieces(running.left, setting, width * 0.58, type_, "the page head")
    beside = text_pieces(right, setting, width * 0.4, type_, "the page head", Align.RIGHT)
    head = Cells(columns=(Column(0.0, left), Column(width * 0.6, beside)), width=width)
    return head, RulePiece(width=width, weight=MEDIUM, before=setting.em * 0.3)


def _footer(document: Document, setting: Setting, width: float, page: int, pages: int) -> Stack:
    type_ = setting.style.footer
    heavy = Type(type_.size, type_.leading, bold=True)
    label = document.footer.page_label.format(page=page, pages=pages)
    beside = width * 0.2
    left: Stack = ()
    for line in document.footer.lines:
        left += text_pieces((Run(line),), setting, width - beside, type_, "the footer")
    right = text_pieces((Run(label),), setting, beside, heavy, "the footer", Align.RIGHT)
    columns = (Column(0.0, left), Column(width - beside, right))
    row = Cells(columns=columns, width=width, before=setting.em * 0.3)
    return RulePiece(width=width, weight=FINE), row
