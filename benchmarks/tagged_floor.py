"""The plain way to a tagged PDF with reportlab, which the sheets are measured against.

Paragraphs by reportlab's own layout, each of them marked, and one flat list of tags: no boxes, lists, columns
or lines to fill in. The tags are written in the same pass, as ours are: going over the file once more with
another program's help (pikepdf) took longer.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFPage
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

from clinic_desktop.foundation import document as doc
from clinic_desktop.printing.fonts import faces

Untyped = Any  # reportlab's own: its stubs leave out what a tagged file is made of

Spoken = tuple[str, str]
"""A tag and the words it marks."""


def spoken(blocks: Iterable[doc.Block]) -> Iterator[Spoken]:
    """The words of a document, in order."""
    for block in blocks:
        match block:
            case doc.Heading():
                yield f"H{block.level}", _plain(block.words)
            case doc.Paragraph():
                yield "P", _plain(block.words)
            case doc.BulletList():
                yield from (("P", "• " + _plain(item)) for item in block.items)
            case doc.FillRow():
                yield from (("P", line.label) for line in block.lines)
            case doc.Box() | doc.KeepTogether():
                yield from spoken(block.blocks)
            case doc.Table():
                for cells in (block.header, *block.rows):
                    yield from (one for cell in cells for one in spoken(cell))


def tagged(parts: Sequence[Sequence[Spoken]], foot: str) -> bytes:
    """Each part from a page of its own on."""
    styles = _styles()
    buffer, marks = BytesIO(), _Marks()
    story: list[Any] = []
    for part in parts:
        story += [_tagged(tag, words, styles[tag[0]], marks) for tag, words in part]
        story.append(PageBreak())

    def page(canvas: Untyped, template: Untyped) -> None:
        canvas._code.append("/Artifact <</Type /Pagination>> BDC")
        canvas.setFont(faces().regular.name, 8)
        canvas.drawString(72, 30, f"{foot} Page {template.page}")
        canvas._code.append("EMC")

    made = SimpleDocTemplate(buffer, title="After your visit", lang="en", invariant=1)
    made.build(story, onFirstPage=page, onLaterPages=page, canvasmaker=partial(_Canvas, marks=marks))
    return buffer.getvalue()


def _styles() -> dict[str, ParagraphStyle]:
    regular, bold = faces().regular.name, faces().bold.name
    return {
        "P": ParagraphStyle("p", fontName=regular, fontSize=12, leading=15),
        "H": ParagraphStyle("h", fontName=bold, fontSize=15, leading=20),
    }


def _plain(words: doc.Words) -> str:
    return "".join(one.text if isinstance(one, doc.Run) else "____" for one in words)


class _Marks:
    """What was marked: page, number within it, tag. Writes the tags before the file is put together."""

    def __init__(self) -> None:
        self.drawn: list[tuple[int, int, str]] = []

    def write(self, file: Untyped) -> None:
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        top = PDFDictionary(
            {"Type": PDFName("StructElem"), "S": PDFName("Document"), "P": file.Reference(root)}
        )
        above = file.Reference(top)
        pages = file.Pages.pages
        of_page: list[list[Any]] = [[] for _ in pages]
        for page, number, tag in self.drawn:
            element = {"Type": PDFName("StructElem"), "S": PDFName(tag), "P": above, "K": number}
            element["Pg"] = file.Reference(pages[page - 1])
            of_page[page - 1].append(file.Reference(PDFDictionary(element)))
        numbers: list[Any] = []
        for number, (page, elements) in enumerate(zip(pages, of_page, strict=True)):
            page.__NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = number, PDFName("S")
            numbers += [number, PDFArray(elements)]
        top.dict["K"] = PDFArray([one for elements in of_page for one in elements])
        root.dict["K"] = above
        root.dict["ParentTree"] = file.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        file.Catalog.StructTreeRoot, file.Catalog.MarkInfo = root, PDFDictionary({"Marked": "true"})


class _Canvas(Canvas):
    def __init__(self, *args: Untyped, marks: _Marks, **more: Untyped) -> None:
        super().__init__(*args, **more)
        self._marks = marks

    def save(self) -> None:
        self._marks.write(self._doc)  # type: ignore[attr-defined]  # the stubs leave it out
        super().save()


class _Tagged(Paragraph):
    tag: str
    marks: _Marks

    def draw(self) -> None:
        canvas: Any = self.canv
        page, drawn = canvas.getPageNumber(), self.marks.drawn
        number = drawn[-1][1] + 1 if drawn and drawn[-1][0] == page else 0
        canvas._code.append(f"/{self.tag} <</MCID {number}>> BDC")
        super().draw()
        canvas._code.append("EMC")
        drawn.append((page, number, self.tag))

    def split(self, width: float, height: float) -> list[Any]:
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.tag, part.marks = self.tag, self.marks
        return parts


def _tagged(tag: str, words: str, style: ParagraphStyle, marks: _Marks) -> _Tagged:
    made = _Tagged(escape(words), style)
    made.tag, made.marks = tag, marks
    return made
