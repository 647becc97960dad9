"""Sending pages to the system's printer, for a worker thread. A queued job is not yet a printed sheet.

Where CUPS is, it gets the PDF itself and the job is followed until it is on paper or has failed.
Elsewhere the pages are painted at 300 dpi. Without any printer they are saved, and that is said.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.ui import cups
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint_pages import paint_pages
from clinic_desktop.ui.pdf_pages import render_page

_PAPERS = {(612, 792): "Letter", (595, 842): "A4"}  # points


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
            there = tr("Saved as {file}.") if self.asked else tr("No printer here. Saved as {file}.")
            return there.format(file=self.file)
        return (tr("Printed on {printer}.") if self.sure else tr("Sent to {printer}.")).format(
            printer=self.printer
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
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return write_private(Path(documents or Path.home()) / "Clinic sheets" / f"{name}.pdf", data)


def write_private(file: Path, data: bytes) -> Path:
    """Write pages with patient data for this person alone; a failure is worded."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.chmod(0o600)
        file.write_bytes(data)
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        raise EnvironmentFailure(
            tr("{file} could not be written: {why}. Choose another place.").format(file=file, why=why)
        ) from problem
    return file
