"""What a text as a whole has to say."""

from collections.abc import Iterable, Iterator

from clinic_desktop.aftercare.fields import FIELDS, NEEDED_FIELDS, NEEDED_WORDS
from clinic_desktop.aftercare.inline import Reading
from clinic_desktop.aftercare.problems import Flaw
from clinic_desktop.aftercare.statements import REQUIRED, STATEMENTS
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


def check_template(template: Template, reading: Reading) -> None:
    """Every statement of its kind, the facts that must show, and the numbers to call."""
    blocks = list(all_blocks(template.blocks))
    kind = template.front.kind
    said = frozenset[int]().union(*(block.numbers for block in blocks))
    for number in sorted(REQUIRED[kind] - said):
        reading.wrong(0, Flaw.MISSING_STATEMENT, name=str(number), statement=STATEMENTS[number])
    for name in sorted(NEEDED_FIELDS[kind] - set(_fields(blocks))):
        reading.wrong(0, Flaw.MISSING_FIELD, name=name, label=FIELDS[name].label)
    words = " ".join(_texts(blocks))
    for word in NEEDED_WORDS[kind]:
        if word not in words:
            reading.wrong(0, Flaw.MISSING_WORD, name=word)


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


def _texts(blocks: Iterable[TemplateBlock]) -> Iterator[str]:
    for block in blocks:
        yield from (part.text for part in parts_of(block) if isinstance(part, TextPart))
