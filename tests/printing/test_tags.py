"""What a screen reader reads of a page: every word once, in order, as what it is."""

import ctypes
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
from pypdfium2 import raw

from clinic_desktop.foundation.document import (
    Block,
    Box,
    BoxKind,
    BulletList,
    Cards,
    Divider,
    Document,
    FillLine,
    FillRow,
    Footer,
    Heading,
    Lines,
    PageSize,
    Paragraph,
    RenderedPdf,
    Run,
    Running,
    Signature,
    Table,
    TextRole,
    cell,
    text,
)
from clinic_desktop.printing.pages import Layout
from clinic_desktop.printing.pdf import _draw, render_many, render_pdf
from clinic_desktop.printing.pen import Pen
from clinic_desktop.printing.pieces import Piece
from clinic_desktop.printing.tags import Element
from tests.printing.read_aloud import outline, poppler, tags
from tests.printing.reading import pages, paragraph, printed, read
from tests.printing.test_day_grid import entry, grid
from tests.printing.test_pages import every_block, fillers


def document(*blocks: Block, **more) -> Document:
    return Document("Test", "en", blocks, footer=Footer(("Version 1.",)), **more)


def unmarked(pdf: RenderedPdf) -> int:
    """How many things are drawn that are neither part of an element nor an artifact."""
    opened = pdfium.PdfDocument(pdf.data)
    try:
        return sum(not _marked(one) for page in opened for one in page.get_objects())
    finally:
        opened.close()


def alternative(pdf: RenderedPdf) -> str:
    """What is read in place of the first thing on the first page."""
    opened = pdfium.PdfDocument(pdf.data)
    tree = raw.FPDF_StructTree_GetForPage(opened[0])
    try:
        first = raw.FPDF_StructElement_GetChildAtIndex(raw.FPDF_StructTree_GetChildAtIndex(tree, 0), 0)
        buffer = ctypes.create_string_buffer(256)
        size = raw.FPDF_StructElement_GetAltText(first, buffer, 256)
        return bytes(buffer)[:size].decode("utf-16-le").rstrip("\0")
    finally:
        raw.FPDF_StructTree_Close(tree)
        opened.close()


def _marked(one: pdfium.PdfObject) -> bool:
    artifact = any(
        _name(raw.FPDFPageObj_GetMark(one, n)) == "Artifact" for n in range(raw.FPDFPageObj_CountMarks(one))
    )
    return artifact != (raw.FPDFPageObj_GetMarkedContentID(one) >= 0)


def _name(mark: object) -> str:
    buffer = (raw.FPDF_WCHAR * 32)()
    size = ctypes.c_ulong(0)
    assert raw.FPDFPageObjMark_GetName(mark, buffer, 64, size)
    return bytes(buffer)[: size.value].decode("utf-16-le").rstrip("\0")


@poppler
def test_headings_paragraphs_boxes_and_lists_are_read_in_order(tmp_path):
    box = Box(BoxKind.DANGER, (Paragraph(text("Do not drive."), TextRole.CALLOUT), paragraph("Rest.")))
    pdf = render_pdf(
        document(
            Heading(1, text("After your visit")),
            box,
            Heading(2, text("When to call")),
            BulletList((text("pain"), text("fever"), text("bleeding")), columns=2),
            Divider(),
            Heading(3, text("At night")),
            FillRow((FillLine("Left at:"), FillLine("With:"))),
            Signature(text("Patient"), "Time"),
        )
    )
    assert outline(pdf, tmp_path) == [
        "H1 After your visit",
        "P Do not drive.",
        "P Rest.",
        "H2 When to call",
        *("Lbl •", "LBody pain", "Lbl •", "LBody fever", "Lbl •", "LBody bleeding"),
        "H3 At night",
        *("P Left at:", "P With:"),
        *("P Patient", "P Time"),
    ]
    nested = tags(pdf, tmp_path)
    assert '\n  Sect\n    P\n      "Do not drive."' in nested
    assert nested.count("\n    LI\n      Lbl\n") == 3


@poppler
def test_a_table_is_read_by_rows_with_its_header_once(tmp_path):
    rows = tuple((cell(f"Row {n}"), ()) for n in range(60))
    pdf = printed(Table(rows, (1, 1), (cell("Room"), cell("Use"))))
    assert [page.startswith("Room Use") for page in pages(pdf)] == [True] * 3
    nested = tags(pdf, tmp_path)
    assert nested.count("\n    TR\n") == 61
    assert nested.count("\n      TH\n") == 2
    assert nested.count("\n      TD\n") == 120, "an empty cell is a cell"
    assert nested.count('"Room"') == 1


@poppler
def test_what_only_stands_side_by_side_is_no_table(tmp_path):
    beside = Table(((cell("Clinic"), cell("Phone")), (cell("Born"), ())), (1, 1), lines=Lines.NONE)
    panel = Table(((cell("Call 911"), cell("Chest pain")),), (1, 1), lines=Lines.PANEL)
    pdf = printed(beside, panel)
    assert outline(pdf, tmp_path) == ["P Clinic", "P Phone", "P Born", "P Call 911", "P Chest pain"]
    assert "T" not in {line.strip()[:1] for line in tags(pdf, tmp_path).splitlines()}


@poppler
def test_a_paragraph_over_two_pages_is_one(tmp_path):
    words = " ".join(f"word{n}" for n in range(400))
    pdf = printed(*fillers(30), paragraph(words))
    assert pdf.page_count == 2
    assert outline(pdf, tmp_path)[-1] == f"P {words}"


@poppler
def test_bullets_in_columns_over_two_pages_are_read_down_the_columns(tmp_path):
    items = tuple(text(f"item{n}") for n in range(120))
    pdf = printed(BulletList(items, columns=2))
    assert pdf.page_count == 2
    lines = [line for line in outline(pdf, tmp_path) if line.startswith("LBody")]
    assert lines == [f"LBody item{n}" for n in range(120)]


@poppler
def test_the_foot_and_a_repeated_head_are_not_read_but_a_head_on_the_first_page_is(tmp_path):
    running = Running(text("Cedar Street"), text("Tuesday. "), page_label="Page {page} of {pages}")
    later = document(*fillers(60), running=running)
    everywhere = replace(later, running=replace(running, everywhere=True))
    assert outline(render_pdf(later), tmp_path)[0] == "P Filler 0."
    lines = outline(render_pdf(everywhere), tmp_path)
    assert lines[:3] == ["P Cedar Street", "P Tuesday. Page 1 of 2", "P Filler 0."]
    assert len(lines) == 62


@poppler
def test_a_day_is_read_room_by_room_and_then_what_had_no_room(tmp_path):
    later, short = entry(0, 600, 690, "Ada", "10:00"), entry(0, 700, 702, "Ben", "11:40", "IV")
    lines = outline(render_pdf(grid(entry(1, 600, 690, "Cy"), later, short, columns=2)), tmp_path)
    rooms = ["P Room 1", "P Ada", "P 10:00", "P (1) Ben", "P Room 2", "P Cy"]
    assert lines[-len(rooms) - 2 :] == [*rooms, "P In full:", "P (1) Ben · 11:40 · IV"]


@poppler
def test_words_in_another_language_say_so(tmp_path):
    pdf = printed(paragraph("Do not drive."), Paragraph((Run("No maneje.", lang="es"),)))
    assert pdf.data.count(b"/Lang (es)") == 1
    assert outline(pdf, tmp_path) == ["P Do not drive.", "P No maneje."]


@poppler
def test_every_word_on_paper_is_read(tmp_path):
    pdf = printed(*every_block("Word"), Cards(((paragraph("A"),), (paragraph("B"),)), 200, 100))
    told = " ".join(line.split(" ", 1)[1] for line in outline(pdf, tmp_path))
    assert set(told.split()) == set(read(pdf).split())


def test_every_block_is_marked_down_to_its_rules_and_frames():
    blocks = every_block("Wwwwww" * 60)
    cards = Cards(((paragraph("A"),), (paragraph("B"),)), 200, 100)
    pdf = render_pdf(document(*blocks, cards, running=Running(text("Clinic"), text("Day"))))
    assert pdf.page_count > 2
    assert unmarked(pdf) == 0
    hatched = entry(0, 600, 690, hatched=True, dashed=True)
    assert unmarked(render_pdf(grid(hatched, entry(1, 600, 620)))) == 0


@poppler
def test_documents_in_one_file_are_read_one_after_the_other_each_in_its_language(tmp_path):
    one, other = (
        document(paragraph("Do not drive.")),
        replace(document(paragraph("No maneje.")), language="es"),
    )
    pdf = render_many((one, other, one), "Sheets")
    assert pages(pdf) == [
        "Do not drive. Version 1. Page 1 of 1",
        "No maneje. Version 1. Page 1 of 1",
        "Do not drive. Version 1. Page 1 of 1",
    ]
    assert outline(pdf, tmp_path) == ["P Do not drive.", "P No maneje.", "P Do not drive."]
    assert (pdf.data.count(b"/Lang (en)"), pdf.data.count(b"/Lang (es)")) == (1, 1)
    assert pdf.data.count(b"/FontFile2") == 2, "each weight is in the file once"
    assert pdf == render_many((one, other, one), "Sheets")


def test_documents_in_one_file_keep_their_paper():
    upright = document(paragraph("Do not drive."))
    wide = replace(upright, page_size=PageSize.A4, landscape=True)
    opened = pdfium.PdfDocument(render_many((upright, wide, upright), "Sheets").data)
    sizes = [tuple(round(edge) for edge in page.get_size()) for page in opened]
    opened.close()
    assert sizes == [(612, 792), (842, 595), (612, 792)]


def test_a_picture_is_read_by_its_words():
    top = Element("Document")
    figure = Picture(element=top.add("Figure", instead="Próxima visita: 20 de noviembre"))
    layout = Layout(612, 792, ((figure,),), ((),), ((),), top)
    pdf = RenderedPdf(_draw([layout], top, "Test", "es"), 1)
    assert alternative(pdf) == "Próxima visita: 20 de noviembre"
    assert unmarked(pdf) == 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture(Piece):
    element: Element

    @property
    def height(self) -> float:
        return 20.0

    def draw(self, pen: Pen, x: float, top: float) -> None:
        pen.begin(self.element)
        pen.squares(x, top, 10, ((True, False), (True, True)))
        pen.end()


def test_one_document_in_a_file_is_the_document_itself():
    one = document(paragraph("Do not drive."))
    assert render_many((one,), one.title) == render_pdf(one)
