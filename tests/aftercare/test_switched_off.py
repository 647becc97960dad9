"""What a clinic leaves out by its number is left out in every language, and nothing else is."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pytest

from clinic_desktop.aftercare.check import all_blocks, parts_of
from clinic_desktop.aftercare.compose import compose_escort, compose_preparation, compose_sheet
from clinic_desktop.aftercare.compose_card import compose_card
from clinic_desktop.aftercare.fields import PREPARATION
from clinic_desktop.aftercare.parse import shipped_template
from clinic_desktop.aftercare.phrases import PHRASES
from clinic_desktop.aftercare.sample_facts import longest_cards, longest_facts, longest_preparation
from clinic_desktop.aftercare.statements import REQUIRED
from clinic_desktop.aftercare.template import HeadingText, Template, TemplateBlock, TextPart
from clinic_desktop.aftercare.values import AFTER_TREATMENT, BEFORE_TREATMENT, SheetKind
from clinic_desktop.foundation.document import Block, Document, Heading, PageSize, Run
from clinic_desktop.scheduling.set_up_checks import SWITCHABLE_STATEMENTS
from tests.aftercare.sample import MADE

KINDS = [*AFTER_TREATMENT, *BEFORE_TREATMENT, SheetKind.ESCORT, SheetKind.COURSE_CARD]


def composed(template: Template, off: frozenset[int]) -> Document:
    kind = template.front.kind
    if kind in PREPARATION:
        before = longest_preparation(kind, PageSize.LETTER, large_print=False)
        return compose_preparation(template, replace(before, statements_off=off), MADE)
    if kind == SheetKind.COURSE_CARD:
        cards = longest_cards(PageSize.LETTER, large_print=False)
        return compose_card(template, [replace(one, statements_off=off) for one in cards], MADE.at)
    after = longest_facts("iv" if kind == SheetKind.ESCORT else kind, PageSize.LETTER, large_print=False)
    after = replace(after, statements_off=after.statements_off | off)
    return (compose_escort if kind == SheetKind.ESCORT else compose_sheet)(template, after, MADE)


def words(of: object) -> Iterator[str]:
    if isinstance(of, Run):
        yield of.text
    elif isinstance(of, tuple):
        for one in of:
            yield from words(one)
    elif is_dataclass(of):
        for each in fields(of):
            yield from words(getattr(of, each.name))


def own_words(block: TemplateBlock) -> set[str]:
    """A section's heading stands as long as anything stands below it: that is looked at by itself."""
    if isinstance(block, HeadingText) and not block.numbers:
        return set()
    texts = (part.text for part in parts_of(block) if isinstance(part, TextPart))
    return {text for text in texts if len(text.strip()) > 1}


def said(template: Template, off: frozenset[int]) -> tuple[set[str], set[str]]:
    """The words that stay, and those that go."""
    stays: set[str] = set()
    goes: set[str] = set()
    for block in all_blocks(template.blocks):
        (goes if block.numbers and block.numbers <= off else stays).update(own_words(block))
    return stays, goes - stays


def lonely(blocks: tuple[Block, ...]) -> list[Heading]:
    """Headings of sections, with nothing below them."""
    below = (*blocks[1:], Heading(1, ()))
    return [
        one
        for one, then in zip(blocks, below, strict=True)
        if isinstance(one, Heading) and one.level > 1 and isinstance(then, Heading)
    ]


@pytest.mark.parametrize("language", sorted(PHRASES))
@pytest.mark.parametrize("kind", KINDS)
def test_a_statement_that_is_switched_off_is_not_said_in_any_language(kind: str, language: str) -> None:
    template = shipped_template(kind, language)
    switchable = sorted(SWITCHABLE_STATEMENTS & REQUIRED[kind])
    assert switchable
    everything = set(words(composed(template, frozenset()).blocks))
    for off in (*({number} for number in switchable), set(switchable)):
        document = composed(template, frozenset(off))
        printed = set(words(document.blocks))
        stays, goes = said(template, frozenset(off))
        assert goes & everything, off
        assert not goes & printed, off
        assert stays & everything <= printed, off
        assert not lonely(document.blocks), off
