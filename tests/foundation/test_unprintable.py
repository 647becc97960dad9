"""Paper that must come out does so, whatever a name is written in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.document import (
    Document,
    GlyphMissing,
    Heading,
    RenderedPdf,
    Table,
    cell,
    text,
)
from clinic_desktop.foundation.unprintable import rendered


def printed(document: Document) -> RenderedPdf:
    """A printer of ASCII."""
    for sign in repr(document):
        if ord(sign) > 126:
            raise GlyphMissing(sign, "SIGN", "name")
    return RenderedPdf(repr(document).encode(), 1)


def page(name: str) -> Document:
    behind = Document("Behind", "en", (Table(((cell(name),),), (1.0,)),))
    return Document("Page", "en", (Heading(1, text(name)),), then=behind)


def test_what_can_be_printed_is_printed_as_it_is() -> None:
    assert rendered(page("Amara"), printed) == printed(page("Amara"))


def test_a_letter_that_cannot_be_printed_is_marked_on_every_page_and_told_on_the_first() -> None:
    data = rendered(page("\u10d0mar\u0e01"), printed).data.decode()
    assert data.count("[?]mar[?]") == 2
    assert "[?] stands for a letter that cannot be printed here." in data


@given(st.text(max_size=12).filter(str.isprintable))
def test_it_always_comes_out(name: str) -> None:
    assert rendered(page(name), printed).page_count == 1


def test_a_printer_that_refuses_everything_is_not_asked_for_ever() -> None:
    def refuses(_document: Document) -> RenderedPdf:
        raise GlyphMissing("x", "LATIN SMALL LETTER X", "name")

    with pytest.raises(GlyphMissing):
        rendered(page("Amara"), refuses)
