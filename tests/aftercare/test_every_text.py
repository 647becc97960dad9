"""The texts of every kind in every language that ships: the same is said in each, and it has room."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from clinic_desktop.aftercare.check import all_blocks, parts_of
from clinic_desktop.aftercare.parse import shipped_source, shipped_template, shipped_texts
from clinic_desktop.aftercare.sample_facts import Sample, longest_handed_out, longest_page, sample_page
from clinic_desktop.aftercare.sources import sources_of
from clinic_desktop.aftercare.statements import IV_SITE, REQUIRED
from clinic_desktop.aftercare.template import FieldLine, FieldPart, Template, TemplateBlock, TextPart
from clinic_desktop.aftercare.values import AFTER_TREATMENT, BEFORE_TREATMENT, KETAMINE, SheetKind
from clinic_desktop.foundation.document import PageSize
from clinic_desktop.printing.fonts import faces
from clinic_desktop.printing.lines import Line
from clinic_desktop.printing.pages import lay_out
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.printing.pieces import Cells, Stack, TextPiece
from tests.printing.reading import pages

TRANSLATIONS = ("es", "vi", "ru", "zh-Hans", "ko", "ar", "ht")
NOT_READ = "<!-- A draft: no translator has read it yet. -->"
KINDS = list(REQUIRED)
SIGNS_ALIKE = (8, 9, 10, 11, 12, 13, 16)


@cache
def template(kind: str, language: str) -> Template:
    return shipped_template(kind, language)


def shape(kind: str, language: str) -> Iterator[tuple[str, list[int], list[str]]]:
    """Each block: what it is, which statements it says, which facts it shows."""
    for block in all_blocks(template(kind, language).blocks):
        names = [part.name for part in parts_of(block) if isinstance(part, FieldPart)]
        if isinstance(block, FieldLine):
            names.append(block.name)
        yield type(block).__name__, sorted(block.numbers), sorted(names)


def said(block: TemplateBlock) -> str:
    return "".join(part.text if isinstance(part, TextPart) else part.name for part in parts_of(block))


def test_every_kind_is_there_in_every_language() -> None:
    there = {(path.parent.name, path.stem) for path in shipped_texts()}
    assert there == {(language, kind) for language in ("en", *TRANSLATIONS) for kind in REQUIRED}


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_translation_says_what_the_english_says_in_its_order(kind: str, language: str) -> None:
    """Block by block: the same statements, with the same facts and the same sources."""
    english = [(name, numbers, set(facts) - {"first_name"}) for name, numbers, facts in shape(kind, "en")]
    assert [
        (name, numbers, set(facts) - {"first_name"}) for name, numbers, facts in shape(kind, language)
    ] == english
    assert sources_of(template(kind, language)) == sources_of(template(kind, "en"))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_says_of_itself_that_nobody_has_read_it(language: str) -> None:
    assert all(NOT_READ in shipped_source(kind, language) for kind in KINDS)


@pytest.mark.parametrize("language", ["en", *TRANSLATIONS])
def test_the_signs_are_the_same_words_on_every_sheet_of_a_language(language: str) -> None:
    """Nobody has to mend one sentence in five places and miss one."""

    def signs(kind: str) -> list[tuple[list[int], str]]:
        blocks = all_blocks(template(kind, language).blocks)
        first = [one for one in blocks if one.numbers and min(one.numbers) in SIGNS_ALIKE]
        return [(sorted(one.numbers), said(one)) for one in first if type(one).__name__ == "BulletText"]

    assert signs("iv")
    assert all(signs(kind) == signs("iv") for kind in AFTER_TREATMENT)


@pytest.mark.parametrize("language", ["en", *TRANSLATIONS])
@pytest.mark.parametrize("kind", [*AFTER_TREATMENT, SheetKind.ESCORT])
def test_each_names_both_numbers_to_call_in_headings_of_their_own(kind: str, language: str) -> None:
    headings = [
        said(one)
        for one in all_blocks(template(kind, language).blocks)
        if type(one).__name__ == "HeadingText"
    ]
    assert [sum(number in one for one in headings) for number in ("911", "988")] == [1, 1]


@pytest.mark.parametrize("language", ["en", "es", "ru"])
@pytest.mark.parametrize("kind", sorted(KETAMINE))
def test_until_then_is_said_of_the_day_above_it_and_not_of_the_time_beside_it(
    kind: str, language: str
) -> None:
    """ "Your infusion ended at 12:11 PM. No bikes until then." names the wrong time."""
    last = [
        [part for part in parts_of(one) if isinstance(part, FieldPart) or part.text.strip(". ")][-1]
        for one in all_blocks(template(kind, language).blocks)
        if any(isinstance(p, FieldPart) and p.name in ("infusion_end", "last_dose") for p in parts_of(one))
    ]
    assert [one.name if isinstance(one, FieldPart) else one.text for one in last] == [
        "infusion_end",
        "last_dose",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_no_spanish_article_stands_before_a_time(kind: str) -> None:
    """ "a las 10:31", but "a la 1:00"."""
    assert not re.search(r"\blas? \*\*\{\{\w*time", shipped_source(kind, "es"))


def test_only_a_sheet_after_a_vein_speaks_of_the_arm() -> None:
    assert {kind for kind in AFTER_TREATMENT if IV_SITE in REQUIRED[kind]} == {"iv", "iv-pain", "kap"}


@pytest.mark.parametrize("language", ["en", *TRANSLATIONS])
@pytest.mark.parametrize("kind", KINDS)
def test_the_longest_that_it_may_have_to_say_has_room(kind: str, language: str) -> None:
    """Where there is least of it: in large print on Letter. The other papers: test_on_paper.py."""
    longest = longest_handed_out(template(kind, language), PageSize.LETTER, large_print=True)
    assert render_pdf(longest).page_count <= longest.most_pages


@pytest.mark.parametrize("language", ["en", *TRANSLATIONS])
@pytest.mark.parametrize("kind", BEFORE_TREATMENT)
def test_a_line_to_fill_in_never_stands_without_its_label(kind: str, language: str) -> None:
    """ "Phone:" at the end of a line, and nothing that says what the next one is for."""
    page = sample_page(template(kind, language), PageSize.LETTER, Sample.NO_DRIVER)
    lines = [line for stack in lay_out(page, faces()).pages for line in lines_in(stack)]
    blanks = [line for line in lines if any(one.face is None for one in line.segments)]
    assert blanks
    assert all(line.segments[0].face for line in blanks)


def lines_in(stack: Stack) -> Iterator[Line]:
    for piece in stack:
        if isinstance(piece, TextPiece):
            yield piece.line
        elif isinstance(piece, Cells):
            for column in piece.columns:
                yield from lines_in(column.stack)


def test_english_is_measured_as_a_draft_and_a_translation_as_it_is_handed_out() -> None:
    """No translation is given to anybody before it is approved, nor to whoever reads another language."""
    english, spanish = (
        " ".join(
            pages(render_pdf(longest_handed_out(template("iv", one), PageSize.LETTER, large_print=False)))
        )
        for one in ("en", "es")
    )
    assert "Draft, not yet approved by the clinic" in english
    assert "Go over this with an interpreter." in english
    assert "Aprobado por Wilhelmina Abernathy-Jones, MD, 29 de septiembre de 2026." in spanish
    assert "Borrador" not in spanish
    assert "intérprete" not in spanish


@pytest.mark.parametrize("kind", [*AFTER_TREATMENT, *BEFORE_TREATMENT])
def test_a_time_that_ends_with_a_full_stop_is_not_given_another(kind: str) -> None:
    """In Spanish "a. m." stands at the end of many sentences."""
    whole = " ".join(
        pages(render_pdf(longest_page(template(kind, "es"), PageSize.LETTER, large_print=False)))
    )
    assert "m." in whole
    assert ".." not in whole.replace("...", "")
