"""A text's blocks, with the facts filled in and the switched-off statements left out, as printed blocks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import singledispatchmethod
from itertools import groupby

from clinic_desktop.aftercare.card_facts import CardFacts
from clinic_desktop.aftercare.fields import Gap
from clinic_desktop.aftercare.filling import Filling, Skipped, has_ink, hours_tied, tied
from clinic_desktop.aftercare.template import (
    BoxText,
    BulletText,
    FieldLine,
    FillText,
    HeadingText,
    Numbers,
    PanelText,
    ParagraphText,
    RuledTable,
    SignatureText,
    TemplateBlock,
)
from clinic_desktop.aftercare.values import NextVisit, SheetFacts
from clinic_desktop.foundation.document import (
    Block,
    Box,
    BulletList,
    Cell,
    Code,
    FillLine,
    FillRow,
    Heading,
    Inline,
    Lines,
    Paragraph,
    Run,
    Signature,
    Table,
    TextRole,
    Words,
    cell,
)
from clinic_desktop.foundation.words import short_date

SHOWN_VISITS = 4
"""More next visits than this belong on a course card."""

_CODE_SHARE = 0.28  # of what the words beside it have
_ROW_EMS, _ROOMY_ROW_EMS = 2.1, 1.6
"""Room for a line of handwriting, which large print does not make larger."""

_LAST_NUMBER = re.compile(r" (?=\d+$)")
_CARD_WIDTHS = (3.0, 2.2, 1.8)
_SECTION = 2  # the level of its heading
_ROOMY_FIRST = 1.5
"""The first column of a table to fill in, beside others whose headings are large."""


@dataclass(frozen=True, slots=True)
class Composing:
    """``roomy``: large print, where nothing stands beside a list."""

    filling: Filling
    off: Numbers = frozenset()
    roomy: bool = False

    def blocks(self, texts: Iterable[TemplateBlock]) -> Iterator[Block]:
        """Printed blocks in the order of the text; bullets that follow each other are one list. A section of
        which nothing is said has no heading either."""
        heading: Block | None = None
        for block in self._blocks(texts):
            if isinstance(block, Heading) and block.level == _SECTION:
                heading = block
                continue
            if heading is not None:
                yield heading
                heading = None
            yield block

    def _blocks(self, texts: Iterable[TemplateBlock]) -> Iterator[Block]:
        kept = [text for text in texts if not text.numbers or text.numbers - self.off]
        for bullets, group in groupby(kept, key=lambda text: isinstance(text, BulletText)):
            if bullets:
                yield from self._list(group, columns=1)
                continue
            for text in group:
                yield from self._sure(text)

    def _sure(self, text: TemplateBlock) -> Iterator[Block]:
        try:
            yield from self._block(text)
        except Skipped:
            return

    def _list(self, bullets: Iterable[TemplateBlock], columns: int) -> Iterator[Block]:
        items = tuple(self._items(bullets))
        if items:
            yield BulletList(items, columns)

    def _items(self, bullets: Iterable[TemplateBlock]) -> Iterator[Words]:
        for bullet in bullets:
            try:
                if isinstance(bullet, BulletText):
                    yield self.filling.words(bullet.parts)
            except Skipped:
                continue

    @singledispatchmethod
    def _block(self, text: TemplateBlock) -> Iterable[Block]:
        raise TypeError(f"cannot compose {type(text).__name__}")

    @_block.register
    def _(self, text: HeadingText) -> Iterable[Block]:
        return [Heading(text.level, tuple(map(_number_kept, self.filling.words(text.parts))))]

    @_block.register
    def _(self, text: ParagraphText) -> Iterable[Block]:
        return [Paragraph(self.filling.words(text.parts), text.role)]

    @_block.register
    def _(self, text: FillText) -> Iterable[Block]:
        return [FillRow(tuple(map(FillLine, text.labels, text.shares)))]

    @_block.register
    def _(self, text: SignatureText) -> Iterable[Block]:
        return [Signature(self.filling.words(text.parts), text.beside)]

    @_block.register
    def _(self, text: RuledTable) -> Iterable[Block]:
        widths = (_ROOMY_FIRST if self.roomy else 1.7, *(1.0 for _ in text.headings[1:]))
        header = tuple(cell(heading, bold=True) for heading in text.headings)
        empty: tuple[Cell, ...] = tuple(() for _ in text.headings)
        height = _ROOMY_ROW_EMS if self.roomy else _ROW_EMS
        return [Table(tuple(empty for _ in range(text.rows)), widths, header, row_ems=height)]

    @_block.register
    def _(self, text: BoxText) -> Iterable[Block]:
        inner = tuple(self.blocks(text.blocks))
        return [Box(text.kind, inner)] if inner else []

    @_block.register
    def _(self, text: PanelText) -> Iterable[Block]:
        rows = tuple(filter(None, (self._panel_row(row) for row in _rows(text.blocks))))
        widths = (1.0,) if self.roomy else (0.305, 0.695)
        return [Table(rows, widths, lines=Lines.PANEL, early=True)] if rows else []

    def _panel_row(self, row: list[TemplateBlock]) -> tuple[Cell, ...]:
        """Whom to call, and for what signs: side by side, in large print one below the other."""
        remarks = tuple(self.blocks(text for text in row if not isinstance(text, BulletText)))
        bullets = [text for text in row if isinstance(text, BulletText) and text.numbers - self.off]
        signs = tuple(self._list(bullets, columns=2))
        if not signs:
            return ()
        return ((*remarks, *signs),) if self.roomy else (remarks, signs)

    @_block.register
    def _(self, text: FieldLine) -> Iterable[Block]:
        if text.name == "course_visits":
            return self._course_visits()
        return self._phones(text.gap) if text.name == "phones" else self._next_visits(text.gap)

    def _course_visits(self) -> Iterator[Block]:
        facts, words = self.filling.facts, self.filling.phrases.course
        if not isinstance(facts, CardFacts):
            raise TypeError(f"a {facts.kind} sheet is no course card")
        rows = []
        for one in facts.visits:
            which = words.of.format(number=one.number, planned=facts.planned) if one.number else ""
            day = short_date(one.day, self.filling.language)
            told = f"{which} *".strip() if one.held else which
            rows.append(
                (
                    cell(tied(day), bold=True),
                    cell(self.filling.clock(one.minute), bold=True),
                    cell(tied(told)),
                )
            )
        yield Table(tuple(rows), _CARD_WIDTHS, lines=Lines.NONE)

    def _phones(self, gap: Gap) -> Iterator[Block]:
        phones = [phone for phone in self.filling.facts.clinic.phones if has_ink(phone.number)]
        for phone in phones:
            number = Run(tied(phone.number), bold=True, origin="clinic's phone")
            beside = self.filling.told(phone.label.strip(), hours_tied(phone.hours.strip()))
            said = Run(beside, origin="hours of the clinic's phone")
            if self.roomy and beside:
                yield Paragraph((number, Run("  "), said))
                continue
            yield Paragraph((number,))
            if beside:
                yield Paragraph((said,), TextRole.SMALL)
        if not phones:
            self.filling.missing("phones", gap)
            yield FillRow((FillLine(self.filling.phrases.phone),))

    def _next_visits(self, gap: Gap) -> Iterator[Block]:
        said, codes = tuple(self._visits_said(gap)), tuple(self._codes())
        if not codes:
            yield from said
        elif self.roomy:
            yield from said
            yield Table((tuple((one,) for one in codes),), (1.0,) * len(codes), lines=Lines.NONE)
        else:
            widths = (1.0, *(_CODE_SHARE for _ in codes))
            yield Table(((said, *((one,) for one in codes)),), widths, lines=Lines.NONE)

    def _codes(self) -> Iterator[Code]:
        """For a phone's camera: the next visit, and the clinic's phone."""
        facts, phrases = self.filling.facts, self.filling.phrases
        if not isinstance(facts, SheetFacts):
            return
        if facts.visit_code:
            first = min(facts.next_visits, key=lambda visit: (visit.day, visit.minute))
            said = f"{phrases.next_visit}{phrases.marks.colon}{self._visit_said(first)}"
            yield Code(facts.visit_code, (Run(phrases.scan_visit),), said)
        if facts.phone_code:
            said = f"{phrases.phone}{phrases.marks.colon}{self.filling.value('clinic_phone')}"
            yield Code(facts.phone_code, (Run(phrases.scan_phone),), said)

    def _visit_said(self, visit: NextVisit) -> str:
        return self.filling.at(self.filling.day(visit.day), self.filling.clock(visit.minute))

    def _visits_said(self, gap: Gap) -> Iterator[Block]:
        visits = sorted(self.filling.facts.next_visits, key=lambda visit: (visit.day, visit.minute))
        for number, visit in enumerate(visits[:SHOWN_VISITS]):
            yield Paragraph((Run(self._visit_said(visit)),), TextRole.BODY if number else TextRole.CALLOUT)
        if not visits:
            self.filling.missing("next_visits", gap)
            yield FillRow((FillLine(self.filling.phrases.next_visit),))


def _number_kept(inline: Inline) -> Inline:
    """In a heading the number to call, at its end, never stands on a line alone."""
    return (
        replace(inline, text=_LAST_NUMBER.sub(tied(" "), inline.text)) if isinstance(inline, Run) else inline
    )


def _rows(blocks: Iterable[TemplateBlock]) -> list[list[TemplateBlock]]:
    """The rows of a panel: each begins with its heading."""
    rows: list[list[TemplateBlock]] = []
    for block in blocks:
        if isinstance(block, HeadingText) or not rows:
            rows.append([])
        rows[-1].append(block)
    return rows
