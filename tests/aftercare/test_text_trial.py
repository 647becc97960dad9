"""A text while it is being written: flaws, statements, grade and pages, as they are at the moment."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_desktop.aftercare.grade import HIGHEST_GRADE, hardest_sentence, school_grade
from clinic_desktop.aftercare.parse import parse_template, shipped_source, shipped_texts
from clinic_desktop.aftercare.problems import Flaw
from clinic_desktop.aftercare.sample_facts import Sample
from clinic_desktop.aftercare.text_trial import fields_of, length_of, try_text
from clinic_desktop.foundation.document import Document, PageSize, RenderedPdf
from clinic_desktop.printing.pdf import render_pdf
from tests.aftercare.test_sheets import text_of

IV = shipped_source("iv")
LETTER = PageSize.LETTER


def no_pages(_document: Document) -> RenderedPdf:
    return RenderedPdf(b"", 1)


def tried(source: str, render=no_pages, sample: Sample = Sample.USUAL):
    return try_text(source, LETTER, sample, render)


@pytest.mark.parametrize("sample", Sample)
@pytest.mark.parametrize("path", shipped_texts(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_shipped_text_is_shown_with_every_invented_visit(path, sample: Sample) -> None:
    found = tried(path.read_text(encoding="utf-8"), sample=sample)
    assert (found.problems, found.trouble) == ((), None)
    assert found.pages is not None
    assert not found.too_long
    assert all(one.line for one in found.said)


def test_the_pages_show_the_words_as_they_are_now() -> None:
    pages = tried(IV.replace("[15] Rest.", "[15] Lie down for a while."), render_pdf).pages
    assert pages is not None
    assert "Lie down for a while." in text_of(pages.data)
    assert "Karl Meyer" in text_of(pages.data)


def test_without_a_driver_there_is_a_line_to_fill_in() -> None:
    named, unnamed = (tried(IV, render_pdf, one).pages for one in (Sample.USUAL, Sample.NO_DRIVER))
    assert named is not None
    assert unnamed is not None
    assert ["Daniel Meyer" in text_of(one.data) for one in (named, unnamed)] == [True, False]


def test_what_is_missing_is_said_and_the_pages_are_shown_all_the_same() -> None:
    lines = [line for line in IV.splitlines() if not line.startswith("- [13]")]
    found = tried("\n".join(lines))
    assert [one.flaw for one in found.problems] == [Flaw.MISSING_STATEMENT]
    assert [one.number for one in found.said if not one.line] == [13]
    assert found.pages is not None


def test_what_cannot_be_read_has_no_pages_and_names_its_line() -> None:
    found = tried(IV.replace("{{drive_date}}", "{{drive_day}}"))
    first = next(one for one in found.problems if one.flaw is Flaw.UNKNOWN_FIELD)
    assert IV.splitlines()[first.line - 1].startswith("^^ {{drive_date}}")
    assert "drive_date" in first.remedy
    assert found.pages is None
    assert [one.flaw for one in tried("words").problems] == [Flaw.NO_FRONT]


def test_another_language_is_not_measured_and_what_cannot_be_set_says_so() -> None:
    found = tried(IV.replace("language: en", "language: nv"))
    assert (found.grade, found.too_hard, found.pages) == (None, False, None)
    assert "Sheets cannot be set in Navajo yet" in str(found.trouble)


def test_a_sign_that_no_page_can_show_is_named() -> None:
    found = tried(IV.replace("[15] Rest.", "[15] Rest \N{CUNEIFORM SIGN A}."), render_pdf)
    assert found.pages is None
    assert "CUNEIFORM SIGN A" in str(found.trouble)


def test_the_hardest_sentence_is_named() -> None:
    hard = "Notwithstanding considerable improvement, communicate unanticipated complications immediately."
    found = tried(IV.replace("[15] Write down what", f"[15] {hard} Write down what"))
    assert found.hardest == hard
    plain = parse_template(IV, "iv.md")
    assert "moment" not in hardest_sentence(plain)
    assert hardest_sentence(plain) != hard
    assert found.grade is not None
    assert found.grade > (school_grade(plain) or 0)
    assert (school_grade(plain) or 0) <= HIGHEST_GRADE


def test_the_longest_sheet_is_measured_in_both_sizes() -> None:
    asked: list[bool] = []

    def counted(document: Document) -> RenderedPdf:
        asked.append(document.body_pt > 12)
        return RenderedPdf(b"", 5 if document.body_pt > 12 else 2)

    length = length_of(parse_template(IV, "iv.md"), LETTER, counted)
    assert (length.pages, length.most, length.large_pages, length.large_most) == (2, 2, 5, 4)
    assert asked == [False, True]
    assert not length.fits


def test_a_kind_offers_only_the_facts_it_knows() -> None:
    assert "drive_time" in fields_of("iv")
    assert "drive_time" not in fields_of("spravato")
    assert "visit_time" in fields_of("prep-iv")


PIECES = st.sampled_from(
    [
        *"{}[]*:#^~-_|\n ",
        "{{",
        "}}",
        ":::",
        "::: panel\n",
        "[15] ",
        "**",
        "---\n",
        "{{driver_name}}",
        "____",
        "é",
    ]
)


@given(cut=st.integers(0, len(IV)), length=st.integers(0, 60), put=st.lists(PIECES, max_size=4).map("".join))
@settings(max_examples=40, deadline=None)
def test_whatever_is_typed_is_answered(cut: int, length: int, put: str) -> None:
    """Half a sentence, half a mark: each is told of, and none breaks the editor."""
    found = tried(IV[:cut] + put + IV[cut + length :])
    lines = len((IV[:cut] + put + IV[cut + length :]).splitlines())
    assert all(0 <= one.line <= max(1, lines) for one in found.problems)
    assert found.problems or found.pages is not None or found.trouble is not None
    assert all(one.remedy for one in found.problems)
