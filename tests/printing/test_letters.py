"""Every character either reaches the paper as itself or is refused by name."""

import json
import unicodedata
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.document import (
    Blank,
    BulletList,
    Document,
    Footer,
    GlyphMissing,
    Heading,
    Paragraph,
    Run,
    Running,
    Table,
    cell,
    text,
)
from clinic_desktop.printing.fonts import faces
from clinic_desktop.printing.letters import clean, in_faces
from clinic_desktop.printing.pdf import render_pdf
from tests.printing.hard_strings import CONTROLS, MARKUP, NAMES, UNPRINTABLE
from tests.printing.reading import ink, paragraph, printed, read
from tests.shared_data import shared


@pytest.mark.parametrize("words", [*MARKUP, *NAMES])
def test_text_prints_as_itself(words):
    assert ink(unicodedata.normalize("NFC", words)) in ink(read(printed(paragraph(words))))


@pytest.mark.parametrize("words", UNPRINTABLE)
def test_r12_a_missing_glyph_is_refused_by_name(words):
    with pytest.raises(GlyphMissing) as refused:
        printed(paragraph(words))
    assert refused.value.character in words
    assert f"U+{ord(refused.value.character):04X}" in str(refused.value)
    str(refused.value).encode()  # a lone surrogate must not spoil the message


def test_the_refusal_says_where():
    with pytest.raises(GlyphMissing) as refused:
        printed(Paragraph((Run("Patient: "), Run("שרה", origin="patient's name"))))
    assert (refused.value.character, refused.value.where) == ("ש", "patient's name")
    assert str(refused.value) == (
        "This cannot be printed: U+05E9 ש HEBREW LETTER SHIN in patient's name. "
        "Write it in another way, then print."
    )


@pytest.mark.parametrize(
    ("document", "where"),
    [
        (Document("T", "en", (Heading(1, text("ש")),)), "a heading"),
        (Document("T", "en", (BulletList((text("ש"),)),)), "a list"),
        (Document("T", "en", (Table(((cell("ש"),),), (1.0,)),)), "a paragraph"),
        (Document("T", "en", (), footer=Footer(("ש",))), "the footer"),
        (Document("T", "en", (), running=Running(text("ש"))), "the page head"),
    ],
)
def test_no_part_of_a_page_escapes_the_check(document, where):
    with pytest.raises(GlyphMissing) as refused:
        render_pdf(document)
    assert refused.value.where == where


@pytest.mark.parametrize("words", CONTROLS)
def test_control_characters_leave_no_trace(words):
    shown = read(printed(paragraph(words)))
    kept = [c for c in words if unicodedata.category(c) not in ("Cc", "Cf")]
    assert ink(shown) == ink("".join(kept))


def test_line_ends_and_tabs_part_words():
    assert read(printed(paragraph("one\ntwo\tthree"))) == "one two three"


def test_composed_and_decomposed_letters_print_alike():
    assert printed(paragraph("Zoe\u0308")).data == printed(paragraph("Zoë")).data


@given(st.text(max_size=40))
def test_any_text_prints_or_is_refused(words):
    """What no face can draw is refused, and named; everything else is printed."""
    chain = list(faces().chain(False))
    missing = [c for c in clean(words).replace(" ", "") if not any(face.has(c) for face in chain)]
    if missing:
        with pytest.raises(GlyphMissing) as refused:
            printed(paragraph(words))
        assert refused.value.character in {*missing, *filter(unicodedata.combining, words)}
        return
    # a mark may also be refused on a letter: no face has both
    with nullcontext() if _printable(words) else pytest.raises(GlyphMissing):
        printed(paragraph(words))


@given(st.text(st.characters(max_codepoint=0x24F, categories=("L", "N", "P", "S")), min_size=1, max_size=60))
def test_latin_text_is_read_back_letter_for_letter(words):
    assert ink(clean(words)) == ink(read(printed(paragraph(words))))


def test_the_bold_face_knows_every_character_of_the_regular_one():
    assert set(faces().regular.advances) == set(faces().bold.advances)


def test_a_blank_needs_no_glyph():
    assert read(printed(Paragraph((Run("Time:"), Blank())))) == "Time:"


@pytest.mark.parametrize("name", ["naughty_strings", "markup_strings", "reportlab_markup"])
def test_broken_input_prints_as_itself(name):
    """One document for all printable strings: each comes back in its turn, none is read as markup."""
    strings = json.loads(shared(f"data/bad_input/{name}.json").read_text(encoding="utf-8"))
    printable = [f"«{words}»" for words in strings if _printable(words)]
    assert len(printable) > len(strings) * 0.6
    shown = ink(read(printed(*map(paragraph, printable))))
    for words in printable:
        wanted = ink(clean(words))
        at = shown.find(wanted)
        assert at >= 0, words
        shown = shown[at + len(wanted) :]


@pytest.mark.parametrize("name", ["naughty_strings", "markup_strings", "reportlab_markup"])
def test_broken_input_that_cannot_print_is_refused(name):
    strings = json.loads(shared(f"data/bad_input/{name}.json").read_text(encoding="utf-8"))
    for words in strings:
        if not _printable(words):
            with pytest.raises(GlyphMissing):
                printed(paragraph(words))


def _printable(words: str) -> bool:
    try:
        in_faces(clean(words), faces(), False, "a test")
    except GlyphMissing:
        return False
    return True
