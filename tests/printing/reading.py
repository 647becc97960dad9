"""What is on paper, read back from the PDF."""

import re
from unicodedata import combining, normalize

import pypdfium2 as pdfium
from PIL.Image import Image

from clinic_desktop.foundation.document import Block, Document, Footer, Paragraph, RenderedPdf, Run
from clinic_desktop.printing.pdf import render_pdf


def pages(pdf: RenderedPdf) -> list[str]:
    """The text of each page, blanks and line ends as single spaces."""
    return [" ".join(text.split()) for text in raw_pages(pdf)]


def raw_pages(pdf: RenderedPdf) -> list[str]:
    document = pdfium.PdfDocument(pdf.data)
    try:
        return [_page_text(page) for page in document]
    finally:
        document.close()


def read(pdf: RenderedPdf) -> str:
    return " ".join(pages(pdf))


LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})


def ink(text: str) -> str:
    """The text without its blanks, which a broken line changes.

    The reader spells ligatures out, and takes a mark that sits twice on one letter for one.
    """
    kept: list[str] = []
    marks: set[str] = set()
    for character in "".join(text.translate(LIGATURES).split()):
        if not combining(character):
            marks.clear()
        elif character in marks:
            continue
        else:
            marks.add(character)
        kept.append(character)
    return "".join(kept)


def letters(text: str) -> str:
    """The ink of letters as themselves, whichever shape they are drawn in. Without Arabic's vowel signs: a
    reader finds them beside their word."""
    plain = normalize("NFKC", text)
    return ink("".join(one for one in plain if not "\u064b" <= one <= "\u0652"))


def printed(*blocks: Block, **more) -> RenderedPdf:
    """A document of these blocks alone."""
    return render_pdf(Document("Test", "en", blocks, footer=Footer(page_label=""), **more))


def paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def actual_texts(pdf: RenderedPdf) -> list[str]:
    """What elements are read as in place of what is drawn."""
    found = re.findall(rb"/ActualText \((.*?[^\\])\)>>", pdf.data, re.S)
    return [_string(one) for one in found]


def _string(raw: bytes) -> str:
    plain = re.sub(rb"\\([0-7]{3}|.)", lambda m: _escaped(m[1]), raw, flags=re.S)
    return plain.decode("utf-16") if plain.startswith((b"\xfe\xff", b"\xff\xfe")) else plain.decode("latin1")


def _escaped(code: bytes) -> bytes:
    if len(code) == 3:
        return bytes([int(code, 8)])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(code, code)


def edges(pdf: RenderedPdf) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top of the ink of each page, in points; pages are 72 dots an inch."""
    document = pdfium.PdfDocument(pdf.data)
    try:
        return [_edges(page) for page in document]
    finally:
        document.close()


def pictures(pdf: RenderedPdf, dpi: int = 200) -> list[Image]:
    """Each page as it comes out of a printer."""
    document = pdfium.PdfDocument(pdf.data)
    try:
        return [page.render(scale=dpi / 72).to_pil() for page in document]
    finally:
        document.close()


def _page_text(page: pdfium.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return text.get_text_range()
    finally:
        text.close()


def _edges(page: pdfium.PdfPage) -> tuple[float, float, float, float]:
    boxes = [item.get_bounds() for item in page.get_objects()]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)
