"""A text and a visit's facts into the sheet that is printed, and into the receipt for the chart."""

from dataclasses import dataclass, replace
from datetime import datetime

from clinic_desktop.aftercare.blocks import Composing
from clinic_desktop.aftercare.filling import Filling, Handover, tied
from clinic_desktop.aftercare.head import draft_line, identity, masthead, running_head, title
from clinic_desktop.aftercare.prepare import PrepareFacts
from clinic_desktop.aftercare.rules import STATEMENT_NEEDED
from clinic_desktop.aftercare.statements import ALWAYS_SAID, STATEMENTS
from clinic_desktop.aftercare.template import ParagraphText, Template, TemplateBlock
from clinic_desktop.aftercare.values import PageFacts, SheetFacts, SheetKind, SheetVersion
from clinic_desktop.foundation.document import Block, Document, Footer, Run, Running
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import plain_date

BODY_PT, LARGE_PT = 12.0, 18.0
"""Body text in points, and in large print [H5] [H6]."""

MOST_PAGES, MOST_LARGE_PAGES = 2, 4
MOST_ESCORT, MOST_LARGE_ESCORT = 1, 2
GOOD_PREPARATION, GOOD_LARGE_PREPARATION = 1, 2


@dataclass(frozen=True, slots=True)
class Made:
    """When, by whom, and which copy. ``by`` is a name or initials as printed in the footer."""

    at: datetime
    by: str
    copy_number: int = 1


@dataclass(frozen=True, slots=True)
class Ahead:
    """What makes a sheet one that was filled in before the visit: the fields that are lines, the box that
    says what to do with them, and the mark at the head and the foot of its pages."""

    by_hand: frozenset[str]
    box: Block
    mark: str


def most_pages(facts: PageFacts) -> int:
    """How many pages the sheet may have."""
    return MOST_LARGE_PAGES if facts.large_print else MOST_PAGES


def compose_sheet(template: Template, facts: SheetFacts, made: Made, again: Made | None = None) -> Document:
    """The sheet; ``again``: when and by whom it was printed once more, which its foot says.

    Raises ``Refusal`` for a missing fact, or for a statement that every sheet says.
    """
    if template.front.kind != facts.kind:
        raise ValueError(f"a {template.front.kind} text cannot be filled with {facts.kind} facts")
    filling = Filling(facts, template.front.language, template.wording, made.copy_number)
    composing = Composing(filling, _switched_off(facts), roomy=facts.large_print)
    lead, rest = _lead(template.blocks)
    blocks = (
        *masthead(filling),
        title(template),
        *composing.blocks(lead),
        identity(template, filling),
        *composing.blocks(rest),
    )
    number = filling.phrases.visit_number.format(visit=facts.visit_id)
    printed = [_printed(filling, made, number)]
    if again is not None:
        printed.append(printed_again(filling, again))
    footer = (wording_line(template, filling), " ".join(printed))
    return _document(template, filling, blocks, running_head(filling), footer)


def compose_receipt(
    template: Template,
    facts: SheetFacts,
    wording: SheetVersion,
    made: Made,
    handover: Handover = Handover(),  # noqa: B008 - frozen
) -> Document:
    """The slip for the chart: handed over to, by, when, and signatures; no drug, no number of the visit.

    ``wording`` is the version of the sheet that was handed over. What ``handover`` leaves open is
    written by hand.
    """
    if template.front.kind != SheetKind.RECEIPT:
        raise ValueError(f"a {template.front.kind} text is no receipt")
    filling = Filling(facts, template.front.language, wording, made.copy_number, handover)
    composing = Composing(filling, roomy=facts.large_print)
    lead, rest = _lead(template.blocks)
    blocks = (
        *masthead(filling),
        title(template),
        *composing.blocks(lead),
        identity(template, filling),
        *composing.blocks(rest),
    )
    return _document(template, filling, blocks, Running(), (_printed(filling, made),))


def compose_preparation(template: Template, facts: PrepareFacts, made: Made) -> Document:
    """What to do before a visit, for the patient to keep."""
    if template.front.kind != facts.kind:
        raise ValueError(f"a {template.front.kind} text cannot be filled with {facts.kind} facts")
    filling = Filling(facts, template.front.language, template.wording, made.copy_number)
    composing = Composing(filling, _switched_off(facts), roomy=facts.large_print)
    lead, rest = _lead(template.blocks)
    blocks = (
        *masthead(filling),
        title(template),
        *composing.blocks(lead),
        identity(template, filling),
        *composing.blocks(rest),
    )
    number = filling.phrases.visit_number.format(visit=facts.visit_id)
    footer = (wording_line(template, filling), _printed(filling, made, number))
    page = _document(template, filling, blocks, running_head(filling), footer)
    return replace(page, good_pages=GOOD_LARGE_PREPARATION if facts.large_print else GOOD_PREPARATION)


def compose_ahead(template: Template, facts: SheetFacts, made: Made, ahead: Ahead) -> Document:
    """The sheet of a visit that is still to come, for a day without the program: what nobody knows yet is
    lines, and head, box and foot of every page say that it was filled in before the visit."""
    if template.front.kind != facts.kind:
        raise ValueError(f"a {template.front.kind} text cannot be filled with {facts.kind} facts")
    filling = Filling(facts, template.front.language, template.wording, by_hand=ahead.by_hand)
    composing = Composing(filling, _switched_off(facts), roomy=facts.large_print)
    lead, rest = _lead(template.blocks)
    blocks = (
        *masthead(filling),
        ahead.box,
        title(template),
        *composing.blocks(lead),
        identity(template, filling),
        *composing.blocks(rest),
    )
    running = replace(running_head(filling), right=(Run(ahead.mark, bold=True),))
    number = filling.phrases.visit_number.format(visit=facts.visit_id)
    day, time = filling.stamp(made.at)
    footer = (wording_line(template, filling), f"{ahead.mark} ({day}, {time}). {number}")
    page = _document(template, filling, blocks, running, footer)
    return replace(page, most_pages=page.most_pages + 1)  # the box, and lines, take room


def compose_escort(template: Template, facts: SheetFacts, made: Made) -> Document:
    """The page for whoever takes the patient home: the first name, and nothing of what was given, or why."""
    if template.front.kind != SheetKind.ESCORT:
        raise ValueError(f"a {template.front.kind} text is no page for the escort")
    filling = Filling(facts, template.front.language, template.wording, made.copy_number)
    composing = Composing(filling, _switched_off(facts), roomy=facts.large_print)
    blocks = (*masthead(filling), title(template), *draft_line(template, filling))
    blocks += tuple(composing.blocks(template.blocks))
    clinic = Running((), (Run(filling.value("clinic_phone"), bold=True, origin="clinic's phone"),))
    day, time = filling.stamp(made.at)
    printed = filling.phrases.sentence(filling.phrases.printed_by_nobody, on=day, time=time)
    page = _document(template, filling, blocks, clinic, (wording_line(template, filling), printed))
    return replace(page, most_pages=MOST_LARGE_ESCORT if facts.large_print else MOST_ESCORT)


def _switched_off(facts: PageFacts) -> frozenset[int]:
    needed = sorted(facts.statements_off & ALWAYS_SAID)
    if needed:
        raise Refusal([Finding(STATEMENT_NEEDED, {"number": n, "statement": STATEMENTS[n]}) for n in needed])
    return facts.statements_off


def _lead(blocks: tuple[TemplateBlock, ...]) -> tuple[tuple[TemplateBlock, ...], tuple[TemplateBlock, ...]]:
    """The paragraphs under the title, and everything after them."""
    end = next((n for n, block in enumerate(blocks) if not isinstance(block, ParagraphText)), len(blocks))
    return blocks[:end], blocks[end:]


def _document(
    template: Template,
    filling: Filling,
    blocks: tuple[Block, ...],
    running: Running,
    footer: tuple[str, ...],
) -> Document:
    facts = filling.facts
    return Document(
        title=template.front.title,
        language=template.front.language,
        blocks=blocks,
        page_size=facts.page_size,
        body_pt=LARGE_PT if facts.large_print else BODY_PT,
        running=running,
        footer=Footer((" ".join(footer),) if facts.large_print else footer, filling.phrases.page),
        most_pages=most_pages(facts),
        rtl=filling.phrases.rtl,
    )


def _printed(filling: Filling, made: Made, number: str = "") -> str:
    words = filling.phrases
    day, time = filling.stamp(made.at)
    pattern = words.printed if made.by else words.printed_by_nobody
    copy = words.copy.format(number=made.copy_number) if made.copy_number > 1 else ""
    return " ".join(
        one for one in (words.sentence(pattern, on=day, time=time, by=made.by), number, copy) if one
    )


def printed_again(filling: Filling, again: Made) -> str:
    """When and by whom a paper was printed once more, for its foot."""
    words = filling.phrases
    day, time = filling.stamp(again.at)
    return words.sentence(words.again if again.by else words.again_by_nobody, on=day, time=time, by=again.by)


def wording_line(template: Template, filling: Filling) -> str:
    """Which wording it is, and who approved it."""
    front, words = template.front, filling.phrases
    line = words.wording.format(title=front.title, language=words.language_name, version=front.version)
    if template.approved and front.approved_on:
        day = tied(plain_date(front.approved_on, front.language))
        line += " " + words.sentence(words.approved, by=front.approved_by, on=day)
    return line if template.approved else f"{line} {words.draft}{words.marks.stop.strip()}"
