"""The end of the day on paper, with room for a tick behind each line."""

from collections.abc import Callable

from clinic_desktop.foundation.document import (
    Block,
    Document,
    Footer,
    Heading,
    PageSize,
    Paragraph,
    Table,
    cell,
    text,
)
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import long_date
from clinic_desktop.reports.day_sheet import KEEP, PAGE, Say
from clinic_desktop.reports.end_of_day import Chapter, EndLine, EndOfDay

TITLE = "End of the day"
TODAY, WEEK = "Before you close", "For the week"
NOTHING = "Nothing is open."
SPOKEN = (TITLE, TODAY, WEEK, NOTHING, *Chapter)


def end_document(
    read: EndOfDay, say: Say = str, word: Callable[[Finding], str] = Finding.sentence
) -> Document:
    """The list on paper. ``word`` says a finding in the person's language."""
    blocks: list[Block] = [Heading(1, text(f"{say(TITLE)}, {long_date(read.day)}"))]
    for title, of_the_week in ((TODAY, False), (WEEK, True)):
        chapters = [one for one in Chapter if one.of_the_week is of_the_week and read.of(one)]
        blocks.append(Heading(2, text(say(title))))
        if not chapters:
            blocks.append(Paragraph(text(say(NOTHING))))
        for chapter in chapters:
            rows = tuple(_row(one, word) for one in read.of(chapter))
            blocks += [Heading(3, text(say(chapter))), Table(rows, (2, 5, 0.4))]
    return Document(
        "End of the day",
        "en",
        tuple(blocks),
        PageSize(read.page),
        body_pt=10.0,
        footer=Footer((read.clinic, say(KEEP)), say(PAGE)),
    )


def _row(one: EndLine, word: Callable[[Finding], str]) -> tuple[tuple[Block, ...], ...]:
    """Who, what, and room for a tick."""
    return (cell(one.patient, bold=True), cell(word(one.says)), ())
