"""Pages to look at before they are printed: what is shown is what goes to the printer."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.foundation.document import RenderedPdf
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.ui import file_dialogs
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import AT_PRINTERS, run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.preview import PdfPreview
from clinic_desktop.ui.printer_dialog import choose_again
from clinic_desktop.ui.printers import Printed, print_pages, write_private
from clinic_desktop.ui.recorded_print import Send, Sent, Told
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.wording import problem_worded

SAVE_KEY = "Ctrl+S"
_LEAST_PAGE = 100  # px of a page that are seen beside what is said of it


class PaperDialog(Dialog):
    """Pages with the verbs for them: Enter prints, Ctrl+S saves, Esc leaves.

    ``job`` names them in the printer's queue and ``name`` in a file; neither names a patient. ``done`` is
    told once they came out; ``on_record`` puts it on record, then sends.
    """

    def __init__(
        self,
        parent: QWidget,
        frame: Frame,
        title: str,
        job: str,
        name: str,
        done: Callable[[], None],
        on_record: "OnRecord",
    ) -> None:
        super().__init__(parent, title)
        self._frame, self._behind, self._job = frame, parent, job
        self._done, self._on_record = done, on_record
        self._instead: Callable[[], bool] | None = None
        self._named: Callable[[], str] = lambda: name
        self._told: Callable[[], str] = str
        self._data = b""
        self._asked: QFileDialog | None = None
        self.notice = NoticeBox("", "", Tone.WARN)
        self.notice.hide()
        self.body.addWidget(self.notice)
        self.preview = PdfPreview(title, self)
        self.preview.take_room(parent)
        self.body.addWidget(self.preview)
        self.pages = label("", TextRole.LABEL, "third")
        self.body.addWidget(self.pages)
        self.add_leave_button(tr("Back"))
        self.save = self.add_button(tr("Save as PDF"), key=SAVE_KEY)
        self.save.fired.connect(self.ask_where)
        self.print = self.add_button(tr("Print"), Kind.PRIMARY, key="Return")
        self.print.fired.connect(self.send)
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(key), self, self.send)
        QShortcut(QKeySequence(SAVE_KEY), self, self.ask_where)
        self.preview.page_changed.connect(self._turned)
        self.preview.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        frame: Frame,
        title: str,
        make: Callable[[], RenderedPdf],
        *,
        job: str,
        name: str,
        done: Callable[[], None],
        on_record: "OnRecord",
    ) -> "PaperDialog":
        """``make`` reads and sets the pages, off the GUI thread."""
        made = cls(parent.window(), frame, title, job, name, done, on_record)
        made.open()
        run(made, make, made.show_pages, made._not_made)
        return made

    def name_by(self, name: Callable[[], str]) -> None:
        """What the pages are called in a file, where only the pages that were made tell it."""
        self._named = name

    def tell_by(self, told: Callable[[], str]) -> None:
        """What is to be known of the pages that were made, beside them and once more when they came out: in
        which language they are not, what in them does not hold. Mostly nothing."""
        self._told = told

    def print_by(self, instead: Callable[[], bool]) -> None:
        """Print them in another way than as one job, where it does not answer False."""
        self._instead = instead

    def show_pages(self, pdf: RenderedPdf) -> None:
        self._data = pdf.data
        said = self._told()
        self.notice.set_notice(tr("Look at this"), said, Tone.WARN)
        self.notice.setVisible(bool(said))
        if said:
            announce(self, said)
            wide = self.preview.width()
            less = self.notice.heightForWidth(wide) + self.body.spacing()
            self.preview.take_room(self._behind, min(less, self.preview.minimumHeight() - _LEAST_PAGE))
        self.preview.show_pdf(pdf.data)

    def _not_made(self, problem: ClinicProblem) -> None:
        self.reject()
        self._frame.notice(tr("The pages were not made"), problem_worded(problem), Tone.WARN)

    def _turned(self, page: int, count: int) -> None:
        self.pages.setText(tr("Page {page} of {count}").format(page=page, count=count))

    def send(self) -> None:
        """To the printer, and back to the work; what became of it is said in the status bar."""
        if self._data and self._instead is not None and self._instead():
            self.accept()
        elif self._data:
            self._away(partial(print_pages, self._data, self._job, self._named()), to_printer=True)

    def ask_where(self) -> None:
        """Choose a file for the pages."""
        if self._data:
            self._asked = file_dialogs.ask_save(
                self, tr("Save as PDF"), tr("Pages (*.pdf)"), "pdf", f"{self._named()}.pdf", self.save_to
            )

    def save_to(self, path: str) -> None:
        self._away(partial(_written, Path(path), self._data), to_printer=False)

    def _away(self, send: Send, *, to_printer: bool) -> None:
        parent, frame = self._behind, self._frame
        work = partial(self._on_record(), send, to_printer)
        self.accept()
        told = partial(_sent, parent, frame, self._done, self._told())
        run(parent, work, told, partial(_not_sent, parent, frame), pool=AT_PRINTERS)


Sends = Callable[[Send, bool], Sent]
"""Sends with a record, for a worker: how it goes out, and whether to a printer."""
OnRecord = Callable[[], Sends]
"""Asked when it is to go out, on the GUI thread: it goes in the name of whoever pressed the key, also where
somebody else comes in while it is on its way."""


def _written(path: Path, data: bytes, _told: Told) -> Printed:
    return Printed(file=write_private(path, data), asked=True)


def _sent(parent: QWidget, frame: Frame, done: Callable[[], None], told: str, sent: Sent) -> None:
    if sent.unrecorded is not None:
        said = problem_worded(sent.unrecorded)
        frame.notice(tr("What came of it is not on record"), said, Tone.WARN)
    if sent.problem is not None:
        _not_sent(parent, frame, sent.problem)
    if sent.printed is not None:
        frame.say(sent.printed.words)
        announce(parent, sent.printed.words)
        if told:
            frame.notice(tr("Look at this"), told, Tone.WARN)
    if sent.printed is not None or sent.changes:
        done()


def _not_sent(parent: QWidget, frame: Frame, problem: ClinicProblem) -> None:
    action = choose_again(parent, frame, problem)
    frame.notice(tr("Nothing came out"), problem_worded(problem), Tone.DANGER, action)
