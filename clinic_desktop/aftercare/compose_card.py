"""A text and the facts of a course into cards to cut out and fold: outside the visits, inside whom to call.
In large print, which no wallet holds, the same stands on a page."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from clinic_desktop.aftercare.blocks import Composing
from clinic_desktop.aftercare.card_facts import CardFacts
from clinic_desktop.aftercare.compose import LARGE_PT, MOST_LARGE_PAGES, Made, printed_again, wording_line
from clinic_desktop.aftercare.filling import Filling
from clinic_desktop.aftercare.head import notices
from clinic_desktop.aftercare.statements import ALWAYS_SAID
from clinic_desktop.aftercare.template import HeadingText, Template, TemplateBlock
from clinic_desktop.aftercare.values import SheetKind
from clinic_desktop.foundation.document import Block, Cards, Document, Footer, Paragraph

WIDTH, HEIGHT = 252.0, 162.0  # points: 3.5 by 2.25 inches, once it is folded
BODY_PT = 9.0


def compose_card(
    template: Template, cards: Sequence[CardFacts], at: datetime, again: Made | None = None
) -> Document:
    """The cards of a patient, at least one. ``at``: when they were made. ``again``: when and by whom they
    were printed once more, which the foot says. Raises ``Refusal`` for a missing fact."""
    if template.front.kind != SheetKind.COURSE_CARD:
        raise ValueError(f"a {template.front.kind} text is no course card")
    first = Filling(cards[0], template.front.language, template.wording)
    words, large = first.phrases, cards[0].large_print
    day, time = first.stamp(at)
    printed = words.sentence(words.printed_by_nobody, on=day, time=time)
    once_more = f" {printed_again(first, again)}" if again else ""
    lines = (f"{wording_line(template, first)} {printed}{once_more}",)
    sides = [side for one in cards for side in _sides(template, one)]
    return Document(
        title=template.front.title,
        language=template.front.language,
        blocks=tuple(_one_below_the_other(sides)) if large else (Cards(tuple(sides), WIDTH, HEIGHT),),
        page_size=cards[0].page_size,
        body_pt=LARGE_PT if large else BODY_PT,
        footer=Footer(lines if large else (words.course.cut, *lines), words.page if large else ""),
        most_pages=MOST_LARGE_PAGES if large else 1,
        rtl=words.rtl,
    )


def _sides(template: Template, facts: CardFacts) -> Iterator[tuple[Block, ...]]:
    """Outside and inside: what stands above the first heading, and the rest."""
    filling = Filling(facts, template.front.language, template.wording)
    composing = Composing(filling, facts.statements_off - ALWAYS_SAID, roomy=True)
    outside, inside = _parted(template.blocks)
    told = tuple(Paragraph((one,)) for one in notices(template, filling))
    if inside:
        yield tuple(composing.blocks(outside))
        yield (*composing.blocks(inside), *told)
    else:
        yield (*composing.blocks(outside), *told)


def _parted(blocks: tuple[TemplateBlock, ...]) -> tuple[tuple[TemplateBlock, ...], tuple[TemplateBlock, ...]]:
    end = next((n for n, block in enumerate(blocks) if isinstance(block, HeadingText)), len(blocks))
    return blocks[:end], blocks[end:]


def _one_below_the_other(sides: Sequence[tuple[Block, ...]]) -> Iterator[Block]:
    for side in sides:
        yield from side
