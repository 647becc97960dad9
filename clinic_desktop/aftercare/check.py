"""What a text as a whole has to say."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from clinic_desktop.aftercare.fields import FIELDS, NEEDED_FIELDS, NEEDED_WORDS
from clinic_desktop.aftercare.inline import Reading
from clinic_desktop.aftercare.private_words import private_words
from clinic_desktop.aftercare.problems import Flaw
from clinic_desktop.aftercare.statements import ORDER, REQUIRED, STATEMENTS
from clinic_desktop.aftercare.template import (
    BoxText,
    FieldLine,
    FieldPart,
    FillText,
    PanelText,
    Part,
    RuledTable,
    Template,
    TemplateBlock,
    TextPart,
)

_SIGNS = frozenset({10, 11, 12})


def check_template(template: Template, reading: Reading) -> None:
    """Every statement of its kind, the facts that must show, and the numbers to call."""
    blocks = list(all_blocks(template.blocks))
    kind = template.front.kind
    said = frozenset[int]().union(*(block.numbers for block in blocks))
    for number in sorted(REQUIRED[kind] - said):
        reading.wrong(0, Flaw.MISSING_STATEMENT, name=str(number), statement=STATEMENTS[number])
    _check_order(template, reading)
    for name in sorted(NEEDED_FIELDS[kind] - set(_fields(blocks))):
        reading.wrong(0, Flaw.MISSING_FIELD, name=name, label=FIELDS[name].label)
    words = " ".join(_texts(blocks))
    for word in NEEDED_WORDS[kind]:
        if word not in words:
            reading.wrong(0, Flaw.MISSING_WORD, name=word)
    _check_private(template, reading)


def _check_private(template: Template, reading: Reading) -> None:
    front = template.front
    for line, text in [(0, front.title), *_lines(template.blocks)]:
        for word in private_words(front.kind, front.language, text):
            reading.wrong(line, Flaw.PRIVATE_WORD, name=word)


def _check_order(template: Template, reading: Reading) -> None:
    order = ORDER.get(template.front.kind, ())
    first = dict(reversed([*_said_in_order(template.blocks, order)]))
    there = [number for number in order if number in first]
    for early, late in pairwise(there):
        if first[early] > first[late]:
            said = {"statement": STATEMENTS[early], "other": str(late), "late": STATEMENTS[late]}
            reading.wrong(first[early], Flaw.OUT_OF_ORDER, name=str(early), **said)


def _said_in_order(blocks: Iterable[TemplateBlock], order: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Statement and line. A panel says the signs: what else is a reason to call stands among them."""
    for block in blocks:
        numbers = block.numbers
        if isinstance(block, PanelText):
            inner = all_blocks(block.blocks)
            numbers = frozenset[int]().union(*(one.numbers for one in inner)) & _SIGNS
        if isinstance(block, FillText):
            continue
        yield from ((number, block.line) for number in numbers if number in order)
        if isinstance(block, BoxText):
            yield from _said_in_order(block.blocks, order)


def all_blocks(blocks: Iterable[TemplateBlock]) -> Iterator[TemplateBlock]:
    """Each block and those inside it, in the order of the file."""
    for block in blocks:
        yield block
        if isinstance(block, BoxText | PanelText):
            yield from all_blocks(block.blocks)


def parts_of(block: TemplateBlock) -> tuple[Part, ...]:
    """The words of a block, without those of the blocks inside it."""
    if isinstance(block, FillText):
        return tuple(TextPart(label) for label in block.labels)
    if isinstance(block, RuledTable):
        return tuple(TextPart(heading) for heading in block.headings)
    if isinstance(block, BoxText | PanelText | FieldLine):
        return ()
    return block.parts


def _fields(blocks: Iterable[TemplateBlock]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, FieldLine):
            yield block.name
        yield from (part.name for part in parts_of(block) if isinstance(part, FieldPart))


def _lines(blocks: Iterable[TemplateBlock]) -> Iterator[tuple[int, str]]:
    for block in all_blocks(blocks):
        yield from ((block.line, part.text) for part in parts_of(block) if isinstance(part, TextPart))


def _texts(blocks: Iterable[TemplateBlock]) -> Iterator[str]:
    for block in blocks:
        yield from (part.text for part in parts_of(block) if isinstance(part, TextPart))
