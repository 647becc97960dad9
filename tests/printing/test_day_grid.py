"""A day on a page: every word somewhere, every block whole, nothing beyond the edges."""

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.document import (
    Cards,
    DayGrid,
    Document,
    Footer,
    GridEntry,
    GridShut,
    RenderedPdf,
    Running,
    text,
)
from clinic_desktop.printing.fonts import faces
from clinic_desktop.printing.pages import lay_out
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.printing.style import MARGIN
from clinic_desktop.scheduling.board_layout import Item, laid_out
from tests.printing.reading import edges, ink, pages, paragraph, read

LONG = ("Okafor, Amara", "10:00-11:30", "IV ketamine, 2 of 6", "Driver confirmed", "Maya Jones")


def entry(column: int, start: int, end: int, *lines: str, **more) -> GridEntry:
    return GridEntry(column, start, end, tuple(text(one) for one in lines or LONG), **more)


def grid(*entries: GridEntry, columns: int = 8, **more) -> Document:
    rooms = tuple(f"Room {n}" for n in range(1, columns + 1))
    hours = tuple((n * 60, f"{n} h") for n in range(8, 18))
    block = DayGrid(rooms, 480, 1080, entries, hours=hours, more="In full:", **more)
    head = Running(text("Clinic"), text("Printed. "), everywhere=True, page_label="Page {page} of {pages}")
    return Document("Day", "en", (block,), landscape=True, body_pt=10, running=head, footer=Footer((), ""))


def frames(pdf: RenderedPdf) -> list[tuple[float, ...]]:
    """Left, bottom, right, top of every stroked shape, page by page."""
    document = pdfium.PdfDocument(pdf.data)
    try:
        return [one.get_bounds() for page in document for one in page.get_objects() if one.type == 2]
    finally:
        document.close()


def test_eight_rooms_stand_on_one_page_with_its_head():
    pdf = render_pdf(grid(*(entry(n, 600, 690) for n in range(8))))
    (page,) = pages(pdf)
    assert page.startswith("Clinic Printed. Page 1 of 1")
    assert all(f"Room {n}" in page for n in range(1, 9))
    assert page.count("Okafor, Amara") == 8
    assert "In full:" not in page


def test_a_short_visit_keeps_its_number_and_its_words_stand_below():
    (page,) = pages(render_pdf(grid(entry(0, 600, 620), entry(1, 600, 690))))
    assert "(1) Okafor, Amara" in page.split("In full:")[0]
    told = ink(page.split("In full:")[1])
    assert all(ink(words) in told for words in LONG)


def test_many_words_without_room_go_to_a_page_of_their_own():
    narrow = [
        entry(0, 480 + 30 * n, 510 + 30 * n, *LONG, *LONG, lane=lane, lanes=9)
        for n in range(20)
        for lane in range(9)
    ]
    pdf = render_pdf(grid(*narrow))
    assert pdf.page_count > 1
    first, *others = pages(pdf)
    assert "In full:" not in first
    assert ink("".join(others)).count(ink(LONG[0])) == 2 * len(narrow)


def test_a_head_may_stand_on_the_first_page_and_counts_all():
    document = Document(
        "T",
        "en",
        tuple(paragraph(f"Filler {n}.") for n in range(80)),
        running=Running(text("Left"), everywhere=True, page_label="{page}/{pages}"),
        footer=Footer((), ""),
    )
    found = pages(render_pdf(document))
    assert [one[:8] for one in found] == [f"Left {n}/{len(found)}" for n in range(1, len(found) + 1)]


@pytest.mark.parametrize("body", [8, 10, 14])
def test_nothing_is_drawn_outside_the_margins(body):
    wide = entry(7, 1050, 1080, "W" * 90, "W" * 90)
    base = grid(wide, entry(0, 480, 481), shut=(GridShut(2, 480, 1080),))
    document = Document(base.title, "en", base.blocks, landscape=True, body_pt=body, running=base.running)
    for left, bottom, right, top in edges(render_pdf(document)):
        assert left >= MARGIN - 2
        assert right <= 792 - MARGIN + 2
        assert bottom >= MARGIN - 2
        assert top <= 612 - MARGIN + 2


days = st.lists(st.tuples(st.integers(0, 7), st.integers(480, 1060), st.integers(20, 240)), max_size=25)


def placed(day) -> list[GridEntry]:
    """As the composers of a day place them: no two on one spot."""
    items = [Item(n, column, start, min(1080, start + long)) for n, (column, start, long) in enumerate(day)]
    return [
        entry(one.column, one.start, one.end, f"Name{one.id}x", *LONG[1:], lane=one.lane, lanes=one.lanes)
        for one in laid_out(items)
    ]


@given(days)
def test_every_word_of_every_visit_is_on_paper_whatever_the_day(day):
    found = ink(read(render_pdf(grid(*placed(day)))))
    assert all(f"Name{n}x" in found for n in range(len(day)))
    assert found.count(ink(LONG[4])) >= len(day)


@given(days)
def test_blocks_stand_whole_in_their_column_and_apart(day):
    piece = lay_out(grid(*placed(day)), faces()).pages[0][0]
    width = (piece.width - piece.gutter) / 8
    for number, one in enumerate(piece.entries):
        assert one.x >= piece.gutter + one.entry.column * width
        assert one.x + one.width <= piece.gutter + (one.entry.column + 1) * width
        assert one.top >= piece.head
        assert one.top + one.height <= piece.height + 0.01
        for other in piece.entries[:number]:
            beside = one.x >= other.x + other.width or other.x >= one.x + one.width
            above = one.top >= other.top + other.height - 0.01 or other.top >= one.top + one.height - 0.01
            assert beside or above


def test_what_is_held_is_framed_with_dashes_and_what_overlaps_is_hatched():
    plain, held, over = (
        render_pdf(grid(entry(0, 600, 700, **more))).data
        for more in ({}, {"dashed": True}, {"hatched": True})
    )
    assert len({plain, held, over}) == 3
    assert len(frames(RenderedPdf(over, 1))) > len(frames(RenderedPdf(plain, 1)))


def test_cards_stand_two_beside_each_other_and_are_never_cut():
    cards = tuple((paragraph(f"Card {n}"),) for n in range(1, 12))
    pdf = render_pdf(Document("C", "en", (Cards(cards, 252, 162),), body_pt=9, footer=Footer((), "")))
    first, second = pages(pdf)
    assert first.split("Card ")[1:] == ["1 ", "2 ", "3 ", "4 ", "5 ", "6 ", "7 ", "8"]
    assert second == "Card 9 Card 10 Card 11"
