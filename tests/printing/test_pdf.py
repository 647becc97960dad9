"""The file itself."""

import re
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from functools import partial
from threading import Barrier, BrokenBarrierError

import pypdfium2 as pdfium

from clinic_desktop.foundation.document import Document, Footer, Paragraph, Run, TextRole, text
from clinic_desktop.printing import pdf
from clinic_desktop.printing.pdf import render_many, render_pdf
from tests.at_once import at_once
from tests.printing.reading import pages, paragraph, pictures, read

DOCUMENT = Document(
    "After your visit",
    "en",
    (Paragraph((Run("Do not drive. "), Run("Ever.", bold=True))), paragraph("Zoë Nguyễn")),
    footer=Footer(("Version 1.",)),
)
ONCE_MORE = """
import sys
from tests.printing.test_pdf import DOCUMENT
from clinic_desktop.printing.pdf import render_pdf
sys.stdout.buffer.write(render_pdf(DOCUMENT).data)
"""


def test_the_same_document_makes_the_same_bytes():
    first = render_pdf(DOCUMENT)
    render_pdf(replace(DOCUMENT, blocks=(paragraph("Something else between."),)))
    assert render_pdf(DOCUMENT) == first


def test_documents_are_drawn_one_after_the_other(monkeypatch):
    """A font's file is read by a place in it that all documents share; two at once read wrong letters."""
    alone, meeting, met = pdf._draw, Barrier(2), []

    def draw(*what):
        with suppress(BrokenBarrierError):
            met.append(meeting.wait(0.3))
        return alone(*what)

    monkeypatch.setattr(pdf, "_draw", draw)
    assert at_once(*([partial(render_pdf, DOCUMENT)] * 2)) == [render_pdf(DOCUMENT)] * 2
    assert not met


def test_another_process_makes_the_same_bytes():
    command = [sys.executable, "-c", ONCE_MORE]
    assert subprocess.run(command, capture_output=True, check=True).stdout == render_pdf(DOCUMENT).data


def test_a_page_is_the_same_wherever_it_stands_in_a_file():
    """Letters are numbered anew in each file, by which of them came first."""
    same = "Call 911"
    words = (Run("Nguyễn. "), Run(same), Run(f" {same} "), Run(same, bold=True))
    roles = tuple(Paragraph((Run(same),), role=role) for role in TextRole)
    other = replace(DOCUMENT, blocks=(Paragraph(words), *roles))
    together = render_many((other, DOCUMENT, other, DOCUMENT), "Sheets")
    alone = [render_pdf(one) for one in (other, DOCUMENT)] * 2
    assert pages(together) == [read(one) for one in alone]
    assert [one.tobytes() for one in pictures(together)] == [pictures(one)[0].tobytes() for one in alone]


def test_words_that_come_again_stand_in_their_own_size_and_weight():
    paragraphs = [(role, bold) for role in TextRole for bold in (False, True)]
    blocks = tuple(Paragraph((Run("Call 911", bold=bold),), role=role) for role, bold in paragraphs)
    once = replace(DOCUMENT, footer=Footer(page_label=""))
    together = _drawn(replace(once, blocks=blocks))
    assert together == [_drawn(replace(once, blocks=(block,)))[0] for block in blocks]
    assert len(set(together)) > len(TextRole)


def _drawn(document: Document) -> list[tuple[float, int]]:
    """The size and weight of each text on the first page."""
    page = pdfium.PdfDocument(render_pdf(document).data)[0]
    texts = page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT])
    return [(one.get_font_size(), one.get_font().get_weight()) for one in texts]


def test_another_word_makes_other_bytes():
    assert render_pdf(replace(DOCUMENT, blocks=(paragraph("Other"),))).data != render_pdf(DOCUMENT).data


def test_text_is_text_and_in_order():
    assert read(render_pdf(DOCUMENT)) == "Do not drive. Ever. Zoë Nguyễn Version 1. Page 1 of 1"


def test_the_fonts_travel_with_it():
    data = render_pdf(DOCUMENT).data
    fonts = set(re.findall(rb"/FontName /[A-Z]{6}\+(\S+)", data))
    assert fonts == {b"NotoSans-Regular", b"NotoSans-Bold"}
    assert len(re.findall(rb"/FontFile2", data)) == len(re.findall(rb"/Type /Font\b(?!D)", data))


def test_it_says_its_title_and_language():
    data = render_pdf(replace(DOCUMENT, language="es")).data
    assert b"/Lang (es)" in data
    document = pdfium.PdfDocument(data)
    assert document.get_metadata_value("Title") == "After your visit"
    assert document.get_metadata_value("Creator") == "Clinic Desktop"
    document.close()


def test_it_is_black_on_white():
    document = pdfium.PdfDocument(render_pdf(DOCUMENT).data)
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1 << 24)}
    document.close()
    assert (255, 255, 255) in colours
    assert all(red == green == blue for red, green, blue in colours)


def test_a_sheet_of_text_is_small():
    assert len(render_pdf(DOCUMENT).data) < 60_000


def test_page_size_is_us_letter_or_a4():
    sizes = {}
    for size in ("letter", "a4"):
        document = pdfium.PdfDocument(render_pdf(replace(DOCUMENT, page_size=size)).data)
        sizes[size] = tuple(round(edge) for edge in document[0].get_size())
        document.close()
    assert sizes == {"letter": (612, 792), "a4": (595, 842)}


def test_markup_is_text():
    assert "<b>x</b>" in read(render_pdf(replace(DOCUMENT, blocks=(Paragraph(text("<b>x</b>")),))))
