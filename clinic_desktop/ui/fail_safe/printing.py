"""Printing the paper for a day without the program: a job for each part, and how far it is.

It can be stopped on its way. Where there is no printer it is one job, and saved as one file.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import cast

from PySide6.QtCore import QObject

from clinic_desktop.aftercare.ahead import ahead_sheet
from clinic_desktop.foundation.document import Document, RenderPdf
from clinic_desktop.foundation.unprintable import rendered
from clinic_desktop.reports.fail_safe import Part, parts_of
from clinic_desktop.reports.sums import ReportStore
from clinic_desktop.ui.batch import Batch, BatchPaper, Ready
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, NoticeAction
from clinic_desktop.ui.printers import Route, printer_here
from clinic_desktop.ui.sheets.prepare_words import failed_words, progress_words

JOB = QT_TR_NOOP("Day on paper")  # in the printer's queue, where everybody reads it


class PaperPrinting(QObject):
    """``prepare`` in a worker, then ``print``."""

    def __init__(self, frame: Frame, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._frame, self._desk = frame, desk
        self._papers: Sequence[BatchPaper] = ()
        self._withdraw: Callable[[], object] | None = None
        self.batch: Batch | None = None

    def prepare(self, day: date) -> None:
        """Read what is to be printed; nothing where there is no printer."""
        render = self._desk.render
        if render is None or not printer_here():
            self._papers = ()
            return
        reports = cast("ReportStore", self._desk.store)  # every store answers reports
        found = enumerate(parts_of(reports, day, ahead_sheet), start=1)
        self._papers = [_paper(one, f"paper-{day.isoformat()}-{number}", render) for number, one in found]

    def print(self) -> bool:
        """Begin; False where it is to go as one job."""
        if not self._papers:
            return False
        batch = Batch(self, self._desk, tr(JOB), self._papers)
        if not batch.start():
            batch.deleteLater()
            return True  # another batch is on its way, which was said
        self.batch = batch
        batch.progressed.connect(self._further)
        batch.ended.connect(self._ended)
        title = tr("Printing the paper")
        text = tr("%n part(s), one after the other.", "", len(self._papers))
        self._withdraw = self._frame.notice(title, text, Tone.INFO, NoticeAction(tr("Stop"), self.stop))
        return True

    def stop(self) -> None:
        """No more is handed over; what the printer has comes out."""
        if self.batch is not None:
            self.batch.stop()

    def _further(self) -> None:
        if self.batch is not None:
            self._frame.say(progress_words(self.batch.progress, running=True))

    def _ended(self) -> None:
        """Said in the status bar, and where something is wrong in a notice."""
        batch, self.batch = self.batch, None
        if batch is None:
            return
        if self._withdraw is not None:
            self._withdraw()
        said = progress_words(batch.progress, running=False)
        self._frame.say(said)
        if batch.progress.trouble is not None or batch.progress.why:
            names = [self._papers[number].name for number in batch.progress.why]
            text = failed_words(names, list(batch.progress.why.values())) or said
            self._frame.notice(tr("Not all of the paper came out"), text, Tone.DANGER)
        batch.deleteLater()


def _paper(part: Part, name: str, render: RenderPdf) -> BatchPaper:
    return BatchPaper(part.patient or tr("The day"), partial(_ready, part.document, name, render))


def _ready(document: Document, name: str, render: RenderPdf, _there: Route) -> Ready:
    return Ready(rendered(document, render).data, name)
