"""Cutting a document into pages."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.document import (
    Block,
    Box,
    BoxKind,
    BulletList,
    Divider,
    Document,
    FillLine,
    FillRow,
    Footer,
    Heading,
    KeepTogether,
    Lines,
    PageBreak,
    PageSize,
    Paragraph,
    Running,
    Signature,
    Table,
    TextRole,
    cell,
    text,
)
from clinic_desktop.printing.fonts import faces
from clinic_desktop.printing.pages import lay_out
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.printing.style import MARGIN
from tests.printing.reading import edges, pages, paragraph, printed, raw_pages

SIZES = {PageSize.LETTER: (612, 792), PageSize.A4: (595.28, 841.89)}
SOME_WORDS = "Rest. Get up slowly. Hold the rail on the stairs. "


def fillers(count: int) -> tuple[Paragraph, ...]:
    return tuple(paragraph(f"Filler {n}.") for n in range(count))


FILLER = fillers(30)


def first_words(pdf) -> list[str]:
    return [page.split(" ")[0] for page in pages(pdf)]


@pytest.mark.parametrize("page_size", PageSize)
@pytest.mark.parametrize("landscape", [False, True])
def test_nothing_is_drawn_outside_the_margins(page_size, landscape):
    blocks = every_block("Wwwwww" * 60)
    footer = Footer(("F" * 200,))
    running = Running(text("L" * 150), text("R" * 150))
    pdf = render_pdf(Document("T", "en", blocks, page_size, landscape, footer=footer, running=running))
    width, height = SIZES[page_size][::-1] if landscape else SIZES[page_size]
    assert pdf.page_count > 2
    for left, bottom, right, top in edges(pdf):
        assert left >= MARGIN - 2
        assert right <= width - MARGIN + 2
        assert bottom >= MARGIN - 4
        assert top <= height - MARGIN + 4


def every_block(word: str) -> tuple[Block, ...]:
    """One of each kind, with words long enough to cross pages."""
    long = text(f"{word} {SOME_WORDS * 12}")
    return (
        Heading(1, long),
        Heading(2, long),
        *(Paragraph(long, role) for role in TextRole),
        BulletList((long, long)),
        BulletList((long, long, text("short")), columns=2),
        FillRow((FillLine(word), FillLine("Left at:", 2))),
        Signature(long, word),
        Divider(),
        Box(BoxKind.DANGER, (Paragraph(long), Paragraph(long))),
        Table(((cell(word), cell(SOME_WORDS * 30), ()),) * 3, (1, 2, 1), (cell(word), cell("B"), cell("C"))),
        Table(((cell(SOME_WORDS), cell(word)),), (1, 1), lines=Lines.NONE),
        KeepTogether((Paragraph(long), Box(BoxKind.NOTICE, (Paragraph(long * 40),)))),
    )


def test_a_heading_is_never_left_alone_at_the_foot():
    """Whatever stands before it, the heading comes on the page of its first words."""
    for count in range(20, 50):
        pdf = printed(
            *(paragraph(f"Filler {n}.") for n in range(count)), Heading(2, text("Topic")), paragraph("Words.")
        )
        assert any("Topic Words." in page for page in pages(pdf)), count


def test_what_belongs_together_stays_on_a_page():
    group = KeepTogether(tuple(paragraph(f"Part {n}.") for n in range(10)))
    shown = pages(printed(*FILLER, group))
    assert [("Part 0." in page, "Part 9." in page) for page in shown] == [(False, False), (True, True)]


def test_what_is_longer_than_a_page_is_cut_rather_than_lost():
    group = KeepTogether(tuple(paragraph(f"Part {n}.") for n in range(100)))
    shown = " ".join(pages(printed(*FILLER, group)))
    assert all(f"Part {n}." in shown for n in range(100))


def test_a_box_longer_than_a_page_goes_on_in_a_box():
    box = Box(BoxKind.DANGER, tuple(paragraph(f"Part {n}.") for n in range(100)))
    shown = " ".join(pages(printed(box)))
    assert all(f"Part {n}." in shown for n in range(100))


def test_a_table_breaks_between_rows_and_repeats_its_header():
    rows = tuple((cell(f"Row {n}"), cell("x")) for n in range(60))
    shown = pages(printed(Table(rows, (1, 1), (cell("Room"), cell("Use")))))
    assert len(shown) > 1
    assert all(page.startswith("Room Use Row") for page in shown)
    assert [f"Row {n} " in " ".join(shown) for n in range(60)] == [True] * 60


def test_a_row_taller_than_a_page_is_cut():
    tall = tuple(paragraph(f"Line {n}.") for n in range(120))
    shown = pages(printed(Table(((tall, cell("beside")),), (1, 1), (cell("A"), cell("B")))))
    assert all(page.startswith("A B") for page in shown)
    assert all(f"Line {n}." in " ".join(shown) for n in range(120))


def test_a_page_break_begins_a_page():
    assert first_words(printed(paragraph("One"), PageBreak(), paragraph("Two"))) == ["One", "Two"]


def test_a_page_break_at_the_end_or_the_beginning_makes_no_empty_page():
    assert printed(paragraph("One"), PageBreak()).page_count == 1
    assert printed(PageBreak(), paragraph("One")).page_count == 1


def test_a_paragraph_leaves_no_single_line_behind():
    """Two lines at least at the foot, two at least on the next page."""
    long = paragraph(" ".join(f"word{n}" for n in range(60)))
    for count in range(25, 50):
        parts = [_word_lines(page) for page in raw_pages(printed(*fillers(count), long))]
        assert 1 not in parts, count


def _word_lines(page: str) -> int:
    return sum(line.startswith("word") for line in page.splitlines())


def rows(count: int, name: str = "Row") -> tuple[tuple[tuple[Block, ...], ...], ...]:
    return tuple((cell(f"{name} {n}"), cell("x")) for n in range(count))


def test_a_table_goes_with_the_paragraph_that_says_what_it_is_for():
    table = Table(rows(5), (1, 1))
    second = pages(printed(*fillers(36), Heading(2, text("Medicines")), paragraph("Fill in."), table))[1]
    assert second.startswith("Medicines Fill in. Row 0")


def test_a_notice_goes_with_the_paragraph_before_it():
    """Whom to call, and until when."""
    for count in range(20, 50):
        told = (*(paragraph(f"Filler {n}.") for n in range(count)), paragraph("Call us."))
        found = pages(printed(*told, Box(BoxKind.NOTICE, (paragraph("555-0100"), paragraph("By day")))))
        assert all(("Call us." in page) == ("555-0100" in page) for page in found)


@pytest.mark.parametrize("rtl", [False, True])
def test_a_line_to_fill_in_stands_beside_its_label(rtl):
    """Where a long label leaves its line no room in its share, the shares are of what the labels leave."""
    row = FillRow((FillLine("When you left the clinic:", 1), FillLine("With:", 3)))
    document = Document("Test", "en", (row,), body_pt=18, rtl=rtl)
    (cells,) = lay_out(document, faces()).pages[0]
    assert [len(column.stack) for column in cells.columns] == [1, 1]
    one, other = cells.columns
    assert other.x > one.x + one.stack[0].width


def test_what_is_to_begin_early_is_set_tighter_until_it_does():
    """Not a page more or less: only where it stands."""
    panel = Table(((cell("Call 911"),), (cell("Call us"),)), (1,), lines=Lines.PANEL)

    def first(early: bool) -> str:
        blocks = (*fillers(38), replace(panel, early=early), *fillers(20))
        return pages(printed(*blocks, most_pages=2))[0]

    assert "Call 911" not in first(early=False)
    assert "Call 911" in first(early=True)


def test_fewer_pages_are_a_wish_that_makes_no_page_shorter_in_vain():
    just_over, far_over = fillers(42), fillers(60)
    assert [printed(*just_over, good_pages=one).page_count for one in (0, 1)] == [2, 1]
    usual, asked = (pages(printed(*far_over, good_pages=one)) for one in (0, 1))
    assert asked == usual


def test_only_where_a_document_is_too_long_otherwise_a_box_is_cut_and_never_one_that_warns():
    def count(kind: BoxKind, most: int) -> int:
        return printed(*(Box(kind, fillers(25)) for _ in range(3)), most_pages=most).page_count

    assert [count(BoxKind.NOTICE, most) for most in (0, 3, 2)] == [3, 3, 2]
    assert [count(BoxKind.DANGER, most) for most in (0, 3, 2)] == [3, 3, 3]


def test_a_row_that_is_cut_leaves_more_than_its_heading():
    """Whom to call goes with at least some of the signs, or goes to the next page."""
    signs = tuple(paragraph(f"Sign {n}.") for n in range(12))
    tall = Table(((cell("Call 911"),), ((*cell("Call us"), *signs),)), (1,), lines=Lines.PANEL)
    cut = 0
    for before in range(28, 44):
        first = pages(printed(*fillers(before), tall, *fillers(32), most_pages=2))[0]
        shown = first.count("Sign")
        assert ("Call us" in first) == (shown > 0)
        assert shown == 0 or shown >= 3
        cut += 0 < shown < len(signs)
    assert cut > 5


def test_the_head_of_pages_gets_smaller_before_there_is_a_page_more():
    def paper(most: int):
        head = Running(text("Amara Okafor, " * 16), text("(512) 555-0100"))
        return Document("T", "en", fillers(82), running=head, footer=Footer(page_label=""), most_pages=most)

    usual, tight = (render_pdf(paper(most)) for most in (0, 2))
    assert (usual.page_count, tight.page_count) == (3, 2)
    assert len(raw_pages(tight)[1].split("Filler")[0].splitlines()) < len(
        raw_pages(usual)[1].split("Filler")[0].splitlines()
    )


def test_pages_are_numbered_and_headed():
    document = Document(
        "T",
        "en",
        (*FILLER, *FILLER),
        running=Running(text("Amara Okafor"), text("Cedar Street Clinic")),
        footer=Footer(("After your visit, version 1.",)),
    )
    shown = pages(render_pdf(document))
    assert "Amara Okafor" not in shown[0]
    assert shown[1].startswith("Amara Okafor Cedar Street Clinic")
    assert shown[0].endswith("After your visit, version 1. Page 1 of 2")
    assert shown[1].endswith("After your visit, version 1. Page 2 of 2")


def test_bullets_in_columns_are_read_down_each_column():
    items = tuple(text(f"item{n}") for n in range(5))
    assert pages(printed(BulletList(items, columns=2))) == ["• item0 • item1 • item2 • item3 • item4"]


def test_an_empty_document_is_one_page():
    assert printed().page_count == 1


WRAPS = (
    paragraph,
    lambda body: Box(BoxKind.NOTICE, (paragraph(body),)),
    lambda body: BulletList((text(body),)),
    lambda body: Table(((cell(body),),), (1.0,)),
    lambda body: KeepTogether((paragraph(body),)),
)


@given(st.lists(st.integers(1, 400), max_size=12), st.sampled_from(list(PageSize)))
def test_every_word_is_printed_once_and_in_order(lengths, page_size):
    """Through boxes, lists and tables, however they fall on the pages."""
    numbers = iter(range(10_000))
    bodies = [" ".join(f"w{next(numbers)}" for _ in range(length)) for length in lengths]
    blocks = [WRAPS[n % len(WRAPS)](body) for n, body in enumerate(bodies)]
    shown = " ".join(pages(printed(*blocks, page_size=page_size))).replace("•", "").split()
    assert shown == " ".join(bodies).split()
