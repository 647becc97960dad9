"""The words of a page that was made to be printed, without its looks."""

from collections.abc import Iterable, Iterator
from itertools import chain

from clinic_desktop.foundation.document import (
    Block,
    Box,
    BulletList,
    Cards,
    Document,
    FillRow,
    Heading,
    KeepTogether,
    Paragraph,
    Run,
    Signature,
    Table,
    Words,
)


def words_of(document: Document) -> list[str]:
    """Its paragraphs in order, headings and foot too, each as one text; a line to fill in is "____"."""
    said = [one for block in document.blocks for one in _of(block)]
    said += [one for one in document.footer.lines if one]
    return [*said, *(words_of(document.then) if document.then is not None else [])]


def _of(block: Block) -> Iterator[str]:
    match block:
        case Heading(words=words) | Paragraph(words=words) | Signature(words=words):
            yield from _line(words)
        case BulletList():
            yield from chain.from_iterable(_line(item) for item in block.items)
        case FillRow():
            yield " ".join(f"{one.label} ____" for one in block.lines)
        case _:
            yield from chain.from_iterable(_of(inner) for inner in _inside(block))


def _inside(block: Block) -> Iterable[Block]:
    """The blocks that a frame, a table or a card holds."""
    match block:
        case Box() | KeepTogether():
            return block.blocks
        case Table():
            return (inner for row in (block.header, *block.rows) for part in row for inner in part)
        case Cards():
            return chain.from_iterable(block.cards)
        case _:
            return ()


def _line(words: Words) -> Iterator[str]:
    text = "".join(one.text if isinstance(one, Run) else "____" for one in words).strip()
    if text:
        yield text
