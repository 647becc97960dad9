"""A document as PDF bytes: fonts embedded, text as text, the same bytes for the same document."""

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from clinic_desktop.foundation.document import Document, RenderedPdf
from clinic_desktop.printing.fonts import Face, faces
from clinic_desktop.printing.pages import Layout, lay_out

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_CORNER = 5.0
_DASHES = (4, 2)
_HATCH = 0.3


def render_pdf(document: Document) -> RenderedPdf:
    """Draw a document. Raises ``GlyphMissing`` before anything is drawn."""
    layouts = [lay_out(document, faces())]
    behind = document.then
    while behind is not None:
        layouts.append(lay_out(behind, faces()))
        behind = behind.then
    return RenderedPdf(_draw(document, layouts), sum(len(one.pages) for one in layouts))


def _draw(document: Document, layouts: Sequence[Layout]) -> bytes:
    # reportlab costs a tenth of a second: paid at the first sheet, not when the program starts
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    buffer, layout = BytesIO(), layouts[0]
    canvas = Canvas(
        buffer,
        pagesize=(layout.width, layout.height),
        pageCompression=1,
        invariant=1,
        initialFontName=faces().regular.name,  # type: ignore[arg-type]  # the stub says float; it is a name
        lang=document.language,
    )
    canvas.setTitle(document.title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("Clinic Desktop")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    pen = _CanvasPen(canvas, layout.height)
    for one in layouts:
        for number in range(len(one.pages)):
            one.draw_page(number, pen)
            canvas.showPage()
    canvas.save()
    return buffer.getvalue()


class _CanvasPen:
    """Turns the page upside down: reportlab counts from the bottom."""

    def __init__(self, canvas: "Canvas", height: float) -> None:
        self._canvas, self._height = canvas, height

    def write(self, x: float, baseline: float, text: str, *, face: Face, size: float) -> None:
        line = self._canvas.beginText(x, self._height - baseline)
        line.setFont(face.name, size)
        line.textOut(text)
        self._canvas.drawText(line)

    def rule(self, x: float, y: float, width: float, weight: float) -> None:
        self._canvas.setLineWidth(weight)
        self._canvas.line(x, self._height - y, x + width, self._height - y)

    def stem(self, x: float, top: float, height: float, weight: float) -> None:
        self._canvas.setLineWidth(weight)
        self._canvas.line(x, self._height - top, x, self._height - top - height)

    def frame(
        self, x: float, top: float, width: float, height: float, weight: float, *, dashed: bool = False
    ) -> None:
        self._canvas.setLineWidth(weight)
        self._canvas.setDash(*(_DASHES if dashed else ()))
        half, corner = weight / 2, min(_CORNER, width / 4, height / 4)
        self._canvas.roundRect(
            x + half, self._height - top - height + half, width - weight, height - weight, corner
        )
        self._canvas.setDash()

    def blank(self, x: float, top: float, width: float, height: float) -> None:
        self._canvas.setFillGray(1)
        self._canvas.rect(x, self._height - top - height, width, height, stroke=0, fill=1)
        self._canvas.setFillGray(0)

    def hatch(self, x: float, top: float, width: float, height: float, gap: float) -> None:
        """Each line ends at the rectangle's edge by arithmetic, not by clipping."""
        self._canvas.setLineWidth(_HATCH)
        bottom = self._height - top - height
        reach = gap
        while reach < width + height:
            left, right = max(0.0, reach - height), min(width, reach)
            self._canvas.line(x + left, bottom + reach - left, x + right, bottom + reach - right)
            reach += gap

    def squares(self, x: float, top: float, side: float, rows: Sequence[Sequence[bool]]) -> None:
        """Neighbours in a row are one rectangle: no hair of white between them, and a smaller file."""
        for number, row in enumerate(rows, start=1):
            column = 0
            for black, run in groupby(row):
                count = len(list(run))
                if black:
                    bottom = self._height - top - number * side
                    self._canvas.rect(x + column * side, bottom, count * side, side, stroke=0, fill=1)
                column += count

    def begin(self, tag: str, lang: str = "") -> None:
        """Nothing yet: the pages are not tagged."""

    def end(self) -> None:
        pass
