"""Pages of a PDF as pictures and text. Works on any thread; draws on none."""

import threading
from dataclasses import dataclass

from PySide6.QtGui import QImage

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.ui.i18n import tr

POINTS_PER_INCH = 72
_lock = threading.Lock()  # PDFium is not made for two threads at once


@dataclass(frozen=True, slots=True)
class PageView:
    """One page: ``number`` counts from 0; width and height in points; ``text`` as it stands on the page."""

    number: int
    count: int
    width: float
    height: float
    image: QImage
    text: str


def render_page(data: bytes, number: int, pixels_per_point: float) -> PageView:
    """Render one page; a number past the end gives the last. EnvironmentFailure for a damaged file."""
    # Here, because it costs 40 ms that the start of the program does not have; it ships no types.
    import pypdfium2 as pdfium  # type: ignore[import-untyped]  # noqa: PLC0415

    with _lock:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as broken:
            raise EnvironmentFailure(tr("This file cannot be shown. Make the sheet again.")) from broken
        try:
            number = max(0, min(number, len(document) - 1))
            page = document[number]
            width, height = page.get_size()
            bitmap = page.render(scale=pixels_per_point, prefer_bgrx=True)
            image = QImage(
                bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            ).copy()
            text = page.get_textpage().get_text_bounded()
            return PageView(number, len(document), width, height, image, text)
        finally:
            document.close()
