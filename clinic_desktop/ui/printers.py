"""Sending pages to the system's printer, for a worker thread. A queued job is not yet a printed sheet.

Where CUPS is, it gets the PDF itself and the job is followed until it is on paper or has failed.
Elsewhere the pages are painted at 300 dpi. Without any printer they are saved, and that is said.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from clinic_desktop.foundation import private_file, settings
from clinic_desktop.foundation.errors import EnvironmentFailure, NotPrinted
from clinic_desktop.ui import cups
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint_pages import paint_pages
from clinic_desktop.ui.pdf_pages import render_page
from clinic_desktop.ui.printer_choice import PrinterChoice, chosen

KEPT_DAYS = 14  # of pages that were saved because there is no printer
_SAVED = "Clinic sheets"
_RESTED = timedelta(days=1)  # since the last change; beyond it the clock is in doubt
_PAPERS = {(612, 792): "Letter", (595, 842): "A4"}  # points
# The names that this program gives: "sheet-12-1.pdf", "receipt-12-1.pdf", "day-2026-11-16.pdf".
_OURS = re.compile(
    r"(sheet|receipt|preparation|course-card|day|call-list|rems|end|paper)-[\d-]+\.pdf|\.clinic-.*\.part"
)


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


class PrinterGone(NotPrinted):
    """The printer that was chosen on this computer is not there any more."""


@dataclass(frozen=True, slots=True)
class PrinterHere:
    """A printer as the system lists it."""

    name: str
    both_sides: bool = False
    usual: bool = False  # the one that the system prints on


@dataclass(frozen=True, slots=True)
class Route:
    """Where pages go from here, asked once for all of a batch. printer: empty where they are saved.
    options: what ``lp`` is told; None where no CUPS is."""

    printer: str = ""
    choice: PrinterChoice = PrinterChoice()  # noqa: RUF009 - frozen
    options: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """Pages that the printing system has taken. number: of the job there, while it is to be followed."""

    printer: str = ""
    number: int | None = None
    file: Path | None = None


def printers_here() -> list[PrinterHere]:
    """All printers as the system lists them. For a worker: it asks each what it can do."""
    if cups.here():
        usual = cups.queue()
        return [PrinterHere(one, cups.two_sided(cups.abilities(one)), one == usual) for one in cups.queues()]
    usual = QPrinterInfo.defaultPrinterName()
    return [PrinterHere(one, _both_sides(one), one == usual) for one in QPrinterInfo.availablePrinterNames()]


def printer_here() -> str:
    """The printer that pages would go to; empty where they would be saved."""
    return chosen().printer or _usual()


def route() -> Route:
    """Where pages go now. Raises :class:`PrinterGone`: they never come out of another printer than the one
    that was chosen without a word."""
    choice = chosen()
    printer = choice.printer or _usual()
    if not printer:
        return Route()
    if not cups.here():
        names = QPrinterInfo.availablePrinterNames()
        if printer not in names:
            raise _gone(printer)
        return Route(printer, choice)
    can = cups.abilities(printer)
    if can is None and printer not in cups.queues():
        raise _gone(printer)
    return Route(printer, choice, tuple(cups.options(choice, can)))


def print_pages(data: bytes, title: str, name: str, told: Callable[[int], object] = bool) -> Printed:
    """Print a PDF. ``title`` names the job and ``name`` a saved file; neither may name a patient. ``told`` is
    told the number of the job as soon as the printing system gives it one.

    Raises :class:`EnvironmentFailure` when the printer did not print.
    """
    handed = hand_over(route(), data, title, name)
    if handed.number is not None:
        told(handed.number)
    return follow(handed)


def hand_over(there: Route, data: bytes, title: str, name: str) -> Handed:
    """To the printing system; where there is none the pages are saved. See :func:`print_pages`."""
    if not there.printer:
        return Handed(file=save_pages(data, name))
    if there.options is not None:
        number = cups.hand_over(there.printer, data, title, paper_of(data), there.options)
        return Handed(there.printer, number)
    printer = QPrinter(QPrinterInfo.printerInfo(there.printer), QPrinter.PrinterMode.HighResolution)
    printer.setCopyCount(there.choice.copies)
    printer.setCollateCopies(True)
    if there.choice.both_sides and _both_sides(there.printer):
        printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    paint_pages(printer, data, title)
    return Handed(there.printer)


def follow(handed: Handed) -> Printed:
    """Wait for what became of it. Raises :class:`NotPrinted`."""
    if handed.number is None:
        return Printed(handed.printer, handed.file)
    return Printed(handed.printer, sure=cups.follow(handed.printer, handed.number))


def take_back(handed: Handed, trouble: NotPrinted) -> Printed:
    """What is not out yet never will be; raises ``trouble`` for it, which stopped its printer."""
    if handed.number is not None and not cups.take_back(handed.printer, handed.number):
        raise trouble
    return Printed(handed.printer, handed.file)


def _usual() -> str:
    return (
        cups.queue()
        or QPrinterInfo.defaultPrinterName()
        or next(iter(QPrinterInfo.availablePrinterNames()), "")
    )


def _both_sides(printer: str) -> bool:
    modes = QPrinterInfo.printerInfo(printer).supportedDuplexModes()
    return QPrinter.DuplexMode.DuplexLongSide in modes


def _gone(printer: str) -> PrinterGone:
    said = tr("{printer} was chosen on this computer, and is not there any more. Choose a printer: Ctrl+F3.")
    return PrinterGone(said.format(printer=printer), QT_TR_NOOP("the chosen printer is gone"))


def paper_of(data: bytes) -> str:
    """The name that printers know the first page's size by; empty for another size."""
    page = render_page(data, 0, 0.05)
    return _PAPERS.get((round(page.width), round(page.height)), "")


def save_pages(data: bytes, name: str) -> Path:
    """Save a PDF among the documents of whoever sits here, readable for them alone."""
    return write_private(saved_folder() / f"{name}.pdf", data)


def saved_folder() -> Path:
    """Where pages are saved when there is no printer: with the program's own files where these were put
    elsewhere, so that a trial of the program neither adds to somebody's documents nor deletes there."""
    if settings.is_elsewhere():
        return settings.home() / _SAVED
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / _SAVED


def clear_saved(now: datetime, last_written: datetime | None) -> int:
    """Delete what was saved there for want of a printer more than :data:`KEPT_DAYS` days ago; a file of
    another name is somebody's own. How many went.

    last_written: when the clinic's last change was written, by the clock of then. While this computer's
    clock is behind that, or far ahead of it, it may be wrong, and nothing goes; after a rest of the clinic
    the next start deletes.
    """
    if last_written is None or not last_written <= now <= last_written + _RESTED:
        return 0
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
