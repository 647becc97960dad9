"""Printing where there is no CUPS: each page rendered at 300 dpi and painted on the system's printer."""

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from clinic_desktop.foundation.errors import NotPrinted
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.pdf_pages import POINTS_PER_INCH, render_page

DPI = 300
_FAILED = (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)


def paint_pages(printer: QPrinter, data: bytes, title: str) -> None:
    """Paint every page, each as large as it is. For a worker thread; raises :class:`NotPrinted`."""
    scale = DPI / POINTS_PER_INCH
    page = render_page(data, 0, scale)
    printer.setResolution(DPI)
    printer.setDocName(title)
    size = QPageSize(QSizeF(page.width, page.height), QPageSize.Unit.Point)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise _not_printed(printer)
    try:
        for number in range(page.count):
            if number:
                printer.newPage()
                page = render_page(data, number, scale)
            painter.drawImage(QRectF(0, 0, page.width * scale, page.height * scale), page.image)
    finally:
        painter.end()
    if printer.printerState() in _FAILED:
        raise _not_printed(printer)


def _not_printed(printer: QPrinter) -> NotPrinted:
    said = tr("{printer} did not print. Look at it, then print again, or save the pages as PDF.")
    said = said.format(printer=printer.printerName() or tr("The printer"))
    return NotPrinted(said, QT_TR_NOOP("the printer gave up"))
