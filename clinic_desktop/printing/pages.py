"""A document laid out on pages: what stands where, before anything is drawn."""

import re
from dataclasses import dataclass, replace

from clinic_desktop.foundation.document import (
    ISOLATE,
    ISOLATE_END,
    Align,
    Document,
    PageSize,
    Run,
    Running,
    Words,
)
from clinic_desktop.printing.blocks import stack_blocks, text_pieces
from clinic_desktop.printing.fonts import Faces
from clinic_desktop.printing.mirror import MirrorPen
from clinic_desktop.printing.pen import Pen
from clinic_desktop.printing.pieces import (
    Cells,
    Column,
    Grid,
    RulePiece,
    Stack,
    draw_stack,
    stack_height,
    take_page,
)
from clinic_desktop.printing.setting import Setting
from clinic_desktop.printing.style import FINE, MARGIN, MEDIUM, TIGHTER, Type, style_for
from clinic_desktop.printing.tags import Element

_FACTS = re.compile(f"{ISOLATE}([^{ISOLATE_END}]*){ISOLATE_END}")
_POINTS = {PageSize.LETTER: (612.0, 792.0), PageSize.A4: (595.28, 841.89)}


@dataclass(frozen=True, slots=True)
class Layout:
    """The pages of a document, ready to draw. Sizes in points. ``heads``: what runs over each page.

    read: what of it is read aloud, in order. rtl: from right to left.
    """

    width: float
    height: float
    pages: tuple[Stack, ...]
    heads: tuple[Stack, ...]
    footers: tuple[Stack, ...]
    read: Element
    rtl: bool = False

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
    """Set every block and cut the stack into pages: as usual, or tighter where only that keeps to the
    document's most pages, with what begins early on the first; where nothing does, the least long.

    Raises ``GlyphMissing``.
    """
    usual = Setting(style_for(document.body_pt), faces, rtl=document.rtl)
    found = [_laid_out(document, usual)]
    most = document.most_pages or len(found[0].pages)
    for tight, cuts in TIGHTER:
        if len(found[-1].pages) <= (document.good_pages or most) and _begins_early(found[-1]):
            return found[-1]
        style = style_for(document.body_pt, tight, cuts=cuts)
        found.append(_laid_out(document, replace(usual, style=style)))
    return min(found, key=lambda one: (len(one.pages) > most, not _begins_early(one), len(one.pages)))


def _begins_early(layout: Layout) -> bool:
    """Whether all that is to begin on the first page does."""
    return not any(isinstance(one, Grid) and one.early for page in layout.pages[1:] for one in page)


def _laid_out(document: Document, setting: Setting) -> Layout:
    width, height = _POINTS[document.page_size]
    if document.landscape:
        width, height = height, width
    inner = width - 2 * MARGIN
    read = Element("Document")
    first = replace(setting, within=read.add("Sect"))
    running = _running(document.running, setting, inner, 88, 88)
    room = height - 2 * MARGIN - stack_height(_footer(document, setting, inner, 88, 88)) - setting.gap * 0.7
    under = room - (stack_height(running) + MARGIN / 4 if running else 0.0)
    stack = stack_blocks(document.blocks, replace(setting, room=under, within=read), inner)
    pages = _cut_pages(stack, under if document.running.everywhere else room, under)
    count = len(pages)
    heads = tuple(
        _running(document.running, first if n == 1 else setting, inner, n, count)
        if n > 1 or document.running.everywhere
        else ()
        for n in range(1, count + 1)
    )
    footers = tuple(_footer(document, setting, inner, n, count) for n in range(1, count + 1))
    return Layout(width, height, pages, heads, footers, read, document.rtl)


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
    type_ = setting.style.head
    label = running.page_label.format(page=page, pages=pages)
    right = (*running.right, Run(label)) if label else running.right
    left = text_pieces(running.left, setting, width * 0.58, type_, "the page head")
    beside = text_pieces(right, setting, width * 0.4, type_, "the page head", Align.RIGHT)
    head = Cells(columns=(Column(0.0, left), Column(width * 0.6, beside)), width=width)
    return head, RulePiece(width=width, weight=MEDIUM, before=setting.em * 0.3)


def _with_facts(line: str) -> Words:
    """What is isolated in the line as facts."""
    parts = _FACTS.split(line)
    return tuple(Run(part, origin="the footer" if n % 2 else "") for n, part in enumerate(parts) if part)


def _footer(document: Document, setting: Setting, width: float, page: int, pages: int) -> Stack:
    type_ = setting.style.footer
    heavy = Type(type_.size, type_.leading, bold=True)
    label = document.footer.page_label.format(page=page, pages=pages)
    (number, *_) = setting.lines((Run(label, bold=True),), heavy, width / 2, "the footer") or (None,)
    beside = number.width + setting.em if number else 0.0
    left: Stack = ()
    for line in document.footer.lines:
        left += text_pieces(_with_facts(line), setting, width - beside, type_, "the footer")
    right = text_pieces((Run(label),), setting, beside, heavy, "the footer", Align.RIGHT)
    columns = (Column(0.0, left), Column(width - beside, right))
    row = Cells(columns=columns, width=width, before=setting.em * 0.3)
    return RulePiece(width=width, weight=FINE), row
