"""Sending pages to the system's printer, for a worker thread. A queued job is not yet a printed sheet.

Where CUPS is, it gets the PDF itself and the job is followed until it is on paper or has failed.
Elsewhere the pages are painted at 300 dpi. Without any printer they are saved, and that is said.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from clinic_desktop.foundation import private_file
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.ui import cups
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint_pages import paint_pages
from clinic_desktop.ui.pdf_pages import render_page

KEPT_DAYS = 14  # of pages that were saved because there is no printer
_PAPERS = {(612, 792): "Letter", (595, 842): "A4"}  # points
# The names that this program gives: "sheet-12-1.pdf", "receipt-12-1.pdf", "day-2026-11-16.pdf".
_OURS = re.compile(r"(sheet|receipt|course-card|day|call-list|rems|end)-[\d-]+\.pdf|\.clinic-.*\.part")


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of the pages: the printer that has them, or the file they were saved to.

    sure: False where the printing system took them and does not tell what became of them. asked: the file
    was what the person wanted, not what there was instead of a printer.
    """

    printer: str = ""
    file: Path | None = None
    sure: bool = True
    asked: bool = False

    @property
    def words(self) -> str:
        """What the status bar says."""
        if self.file is not None:
            there = tr("No printer here. Saved as {file}, where it stays for {days} days.")
            return (tr("Saved as {file}.") if self.asked else there).format(file=self.file, days=KEPT_DAYS)
        unsure = tr("Sent to {printer}. Look whether it came out.")
        return (tr("Printed on {printer}.") if self.sure else unsure).format(printer=self.printer)


def printer_here() -> str:
    """The printer that pages would go to; empty where they would be saved."""
    return (
        cups.queue()
        or QPrinterInfo.defaultPrinterName()
        or next(iter(QPrinterInfo.availablePrinterNames()), "")
    )


def print_pages(data: bytes, title: str, name: str) -> Printed:
    """Print a PDF. ``title`` names the job and ``name`` a saved file; neither may name a patient.

    Raises :class:`EnvironmentFailure` when the printer did not print.
    """
    queue = cups.queue()
    if queue:
        return Printed(queue, sure=cups.print_pdf(queue, data, title, paper_of(data)))
    if QPrinterInfo.availablePrinterNames():
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        paint_pages(printer, data, title)
        return Printed(printer.printerName())
    return Printed(file=save_pages(data, name))


def paper_of(data: bytes) -> str:
    """The name that printers know the first page's size by; empty for another size."""
    page = render_page(data, 0, 0.05)
    return _PAPERS.get((round(page.width), round(page.height)), "")


def save_pages(data: bytes, name: str) -> Path:
    """Save a PDF among the documents of whoever sits here, readable for them alone."""
    return write_private(saved_folder() / f"{name}.pdf", data)


def saved_folder() -> Path:
    """Where pages are saved when there is no printer."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / "Clinic sheets"


def clear_saved(now: datetime) -> int:
    """Delete what was saved there for want of a printer more than :data:`KEPT_DAYS` days ago; a file of
    another name is somebody's own. How many went."""
    return private_file.clear_older(saved_folder(), _OURS, now - timedelta(days=KEPT_DAYS))


def write_private(file: Path, data: bytes) -> Path:
    """Write pages with patient data for this person alone; a failure is worded."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        private_file.write_private(file, data)
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        raise EnvironmentFailure(
            tr("{file} could not be written: {why}. Choose another place.").format(file=file, why=why)
        ) from problem
    return file
