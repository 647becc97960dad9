"""Sending pages to the system's printer, for a worker thread. A queued job is not yet a printed sheet.

Where CUPS is, it gets the PDF itself and the job is followed until it is done or has failed. Elsewhere
the pages are painted at 300 dpi. Without any printer the caller saves the pages and says so.
"""

import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QStandardPaths
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.pdf_pages import render_page

_PATIENCE = 60.0  # seconds a job may take before somebody looks at the printer
_LOOK_EVERY = 0.25
_DPI, _POINTS = 300, 72


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of the pages: the printer that has them, or the file they were saved to."""

    printer: str = ""
    file: Path | None = None


def print_pages(data: bytes, title: str, name: str) -> Printed:
    """Print a PDF. ``title`` names the job and ``name`` a saved file; neither may name a patient.

    Raises :class:`EnvironmentFailure` when the printer did not print.
    """
    queue = _cups_queue()
    if queue:
        _print_by_cups(queue, data, title)
        return Printed(printer=queue)
    if QPrinterInfo.availablePrinterNames():
        return Printed(printer=_paint(data, title))
    return Printed(file=save_pages(data, name))


def save_pages(data: bytes, name: str) -> Path:
    """Save a PDF among the documents of whoever sits here, readable for them alone."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(documents or Path.home()) / "Clinic sheets"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{name}.pdf"
    path.write_bytes(data)
    path.chmod(0o600)
    return path


def _cups_queue() -> str:
    """The default queue of CUPS, else its first; empty without CUPS or without a queue."""
    if shutil.which("lp") is None or shutil.which("lpstat") is None:
        return ""
    default = _said(["lpstat", "-d"])
    if ":" in default:
        return default.rsplit(":", 1)[1].strip()
    return next(iter(_said(["lpstat", "-e"]).split()), "")


def _print_by_cups(queue: str, data: bytes, title: str) -> None:
    with tempfile.TemporaryDirectory(prefix="clinic-") as folder:  # made for this user alone, and gone after
        page = Path(folder) / "pages.pdf"
        page.write_bytes(data)
        job = _job_of(_said(["lp", "-d", queue, "-t", title, str(page)]))
        if not job:
            raise EnvironmentFailure(_not_printed(queue))
        _follow(queue, job)


def _job_of(said: str) -> str:
    """The job's id out of "request id is Front-desk-12 (1 file(s))"."""
    words = said.split()
    return words[words.index("is") + 1] if "is" in words[:-1] else ""


def _follow(queue: str, job: str) -> None:
    """Wait until the queue reports the job as done; what it says when it cannot is passed on."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if job not in _said(["lpstat", "-W", "not-completed", "-o", queue]):
            if job in _said(["lpstat", "-W", "completed", "-o", queue]):
                return
            raise EnvironmentFailure(_not_printed(queue))
        time.sleep(_LOOK_EVERY)
    raise EnvironmentFailure(
        tr(
            "{printer} has not printed after a minute. Look at its paper and its lights, then print again."
        ).format(printer=queue)
    )


def _not_printed(queue: str) -> str:
    return tr("{printer} did not print. Look at it, then print again, or save the pages.").format(
        printer=queue
    )


def _said(command: list[str]) -> str:
    environment = {**os.environ, "LC_ALL": "C"}  # the words are read by us, not by people
    done = subprocess.run(  # noqa: S603 - a fixed command of the printing system
        command, capture_output=True, text=True, check=False, timeout=20, env=environment
    )
    return done.stdout if done.returncode == 0 else ""


def _paint(data: bytes, title: str) -> str:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(_DPI)
    printer.setDocName(title)
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise EnvironmentFailure(_not_printed(printer.printerName()))
    number, count = 0, 1
    while number < count:
        page = render_page(data, number, _DPI / _POINTS)
        count = page.count
        painter.drawImage(QRectF(0, 0, page.width * _DPI / _POINTS, page.height * _DPI / _POINTS), page.image)
        number += 1
        if number < count:
            printer.newPage()
    painter.end()
    return printer.printerName()
