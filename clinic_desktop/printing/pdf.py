"""A document as PDF bytes: fonts embedded, text as text, the same bytes for the same document."""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from threading import Lock
from typing import TYPE_CHECKING, Literal

from clinic_desktop.foundation.document import Document, RenderedPdf
from clinic_desktop.printing.fonts import Face, faces
from clinic_desktop.printing.pages import Layout, lay_out
from clinic_desktop.printing.tags import Element, Marks

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_ONE_AT_A_TIME = Lock()  # the library reads a font's file by a place that all its documents share
_CORNER = 5.0
_DASHES = (4, 2)
_HATCH = 0.3
_SPOTS = 4096  # places on pages: sheets have their lines at the same ones
_FILL: Literal[0] = 0
_FILL_AND_OUTLINE: Literal[2] = 2

_Texts = dict[tuple[str, Face, float], str]
"""Texts of a file as they are shown, by face and size."""


def render_pdf(document: Document) -> RenderedPdf:
    """Draw a document. Raises ``GlyphMissing`` before anything is drawn."""
    parts = [document]
    while (behind := parts[-1].then) is not None:
        parts.append(behind)
    return render_many(parts, document.title)


def render_many(documents: Sequence[Document], title: str) -> RenderedPdf:
    """Draw documents, at least one, one after the other into one file, with one set of fonts.

    Each begins a page and counts its own. ``title`` is the file's: no patient data in it. Raises
    ``GlyphMissing`` before anything is drawn.
    """
    language = documents[0].language
    layouts = [lay_out(document, faces()) for document in documents]
    read = layouts[0].read
    if len(documents) > 1:
        read = Element("Document")
        for layout, document in zip(layouts, documents, strict=True):
            part = read.add("Part", document.language if document.language != language else "")
            part.kids = layout.read.kids
    with _ONE_AT_A_TIME:
        data = _draw(layouts, read, title, language)
    return RenderedPdf(data, sum(len(layout.pages) for layout in layouts))


def _draw(layouts: Sequence[Layout], read: Element, title: str, language: str) -> bytes:
    # reportlab costs a tenth of a second: paid at the first sheet, not when the program starts
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    from clinic_desktop.printing.tag_tree import write_tags  # noqa: PLC0415 - it imports reportlab

    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pageCompression=1,
        invariant=1,
        initialFontName=faces().regular.name,  # type: ignore[arg-type]  # the stub says float; it is a name
        lang=language,
        pdfVersion=(1, 7),
    )
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("Clinic Desktop")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    marks, texts = Marks(), _Texts()
    for layout in layouts:
        canvas.setPageSize((layout.width, layout.height))
        pen = _CanvasPen(canvas, layout.height, marks, texts)
        for number in range(len(layout.pages)):
            marks.begin_page()
            layout.draw_page(number, pen)
            pen.end_page()
            canvas.showPage()
    write_tags(canvas, read, marks)
    canvas.save()
    return buffer.getvalue()


@lru_cache(maxsize=_SPOTS)
def _spot(x: float, y: float) -> str:
    from reportlab.lib.rl_accel import fp_str  # noqa: PLC0415 - it imports all of reportlab

    found: str = fp_str(x, y)
    return found


@lru_cache(maxsize=64)  # the clinic's phone stands on every sheet, and at the same place
def _filled(x: float, top: float, side: float, rows: tuple[tuple[bool, ...], ...]) -> tuple[str, ...]:
    """Neighbours in a row are one rectangle: no hair of white between them, and a smaller file."""
    from reportlab.lib.rl_accel import fp_str  # noqa: PLC0415 - it imports all of reportlab

    found: list[str] = []
    for number, row in enumerate(rows, start=1):
        column = 0
        for black, run in groupby(row):
            count = len(list(run))
            if black:
                found.append(f"n {fp_str(x + column * side, top - number * side, count * side, side)} re f*")
            column += count
    return tuple(found)


class _CanvasPen:
    """Turns the page upside down: reportlab counts from the bottom.

    Each stretch of a page is marked as part of an element or, where it is for the eye alone, as an artifact.
    """

    def __init__(self, canvas: "Canvas", height: float, marks: Marks, texts: _Texts) -> None:
        self._canvas, self._height, self._marks, self._texts = canvas, height, marks, texts
        self._element: Element | None = None
        self._marked: list[Element | None] = []  # the stretch at hand, if there is one

    def begin(self, element: Element | None) -> None:
        self._element = element

    def end(self) -> None:
        self._element = None

    def end_page(self) -> None:
        if self._marked:
            self._operator("EMC")
            self._marked.clear()

    def _mark(self) -> None:
        """Before anything is drawn. Lines of one paragraph that follow each other are one stretch."""
        if self._marked == [self._element]:
            return
        self.end_page()
        element = self._element
        if element is None:
            self._operator("/Artifact BMC")
        else:
            self._operator(f"/{element.tag} <</MCID {self._marks.next(element)}>> BDC")
        self._marked.append(element)

    def _operator(self, code: str) -> None:
        self._canvas._code.append(code)  # type: ignore[attr-defined]  # there is no other way

    def write(
        self,
        x: float,
        baseline: float,
        text: str,
        *,
        face: Face,
        size: float,
        width: float,  # noqa: ARG002 - of every pen
        silent: bool = False,
    ) -> None:
        self._mark()
        if face.outline:
            self._canvas.setLineWidth(face.outline * size / 1000)
        if silent:
            self._operator("/Span <</ActualText <FEFF>>> BDC")
        self._operator(
            f"BT 1 0 0 1 {_spot(x, self._height - baseline)} Tm {self._shown(text, face, size)} ET"
        )
        if silent:
            self._operator("EMC")

    def _shown(self, text: str, face: Face, size: float) -> str:
        """How a text is shown, wherever it stands: within a file that never changes."""
        key = text, face, size
        if (known := self._texts.get(key)) is None:
            line = self._canvas.beginText()
            line.setFont(face.name, size)
            if face.outline:
                line.setTextRenderMode(_FILL_AND_OUTLINE)
            line.textLine(text)  # as textOut, which would measure the text once more to move a cursor on
            if face.outline:
                line.setTextRenderMode(_FILL)
            begin_and_place = 2
            self._texts[key] = known = " ".join(line._code[begin_and_place:])  # type: ignore[attr-defined]  # no other way to its text
        return known

    def rule(self, x: float, y: float, width: float, weight: float) -> None:
        self._mark()
        self._canvas.setLineWidth(weight)
        self._canvas.line(x, self._height - y, x + width, self._height - y)

    def stem(self, x: float, top: float, height: float, weight: float) -> None:
        self._mark()
        self._canvas.setLineWidth(weight)
        self._canvas.line(x, self._height - top, x, self._height - top - height)

    def frame(
        self, x: float, top: float, width: float, height: float, weight: float, *, dashed: bool = False
    ) -> None:
        self._mark()
        self._canvas.setLineWidth(weight)
        self._canvas.setDash(*(_DASHES if dashed else ()))
        half, corner = weight / 2, min(_CORNER, width / 4, height / 4)
        self._canvas.roundRect(
            x + half, self._height - top - height + half, width - weight, height - weight, corner
        )
        self._canvas.setDash()

    def blank(self, x: float, top: float, width: float, height: float) -> None:
        self._mark()
        self._canvas.setFillGray(1)
        self._canvas.rect(x, self._height - top - height, width, height, stroke=0, fill=1)
        self._canvas.setFillGray(0)

    def hatch(self, x: float, top: float, width: float, height: float, gap: float) -> None:
        """Each line ends at the rectangle's edge by arithmetic, not by clipping."""
        self._mark()
        self._canvas.setLineWidth(_HATCH)
        bottom = self._height - top - height
        reach = gap
        while reach < width + height:
            left, right = max(0.0, reach - height), min(width, reach)
            self._canvas.line(x + left, bottom + reach - left, x + right, bottom + reach - right)
            reach += gap

    def squares(self, x: float, top: float, side: float, rows: Sequence[Sequence[bool]]) -> None:
        self._mark()
        for code in _filled(x, self._height - top, side, tuple(map(tuple, rows))):
            self._operator(code)
